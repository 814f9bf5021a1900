/** One page of a list: `next` is the `cursor` of the next, and missing at the last. */
export interface Page<Item> { items: readonly Item[], next?: string | undefined }

/** Page after page of a list, each asked for when it is wanted. */
export async function * pagesOf<Item> (ask: (cursor: string | undefined) => Promise<Page<Item>>): AsyncGenerator<Page<Item>, void> {
  let cursor: string | undefined
  do {
    const page = await ask(cursor)
    yield page
    cursor = page.next
  } while (cursor !== undefined)
}

/** Item after item of a list. */
export async function * itemsOf<Item> (ask: (cursor: string | undefined) => Promise<Page<Item>>): AsyncGenerator<Item, void> {
  for await (const { items } of pagesOf(ask)) yield * items
}
