import { ClientError } from '../errors.ts'

/** More pages than any list here has: a gateway that never ends one is refused. */
const MAX_PAGES = 10_000

/** Reads a list to its end, page by page, or up to `limit` items. @throws {ClientError} ANSWER_MALFORMED for one that never ends */
export async function readPages<T> (
  readPage: (cursor: string | undefined) => Promise<{ items: T[], next?: string }>,
  limit = Infinity
): Promise<T[]> {
  const items: T[] = []
  for await (const page of pagesOf(readPage)) {
    items.push(...page.items)
    if (items.length >= limit) break
  }
  return items.slice(0, limit)
}

/** Page after page of a list whose pages are more than their items. @throws {ClientError} likewise */
export async function * pagesOf<P extends { next?: string }> (
  readPage: (cursor: string | undefined) => Promise<P>
): AsyncGenerator<P, void, void> {
  let cursor: string | undefined
  for (let read = 0; read < MAX_PAGES; read += 1) {
    const page = await readPage(cursor)
    yield page
    if (page.next === undefined || page.next === '') return
    cursor = page.next
  }
  throw new ClientError('ANSWER_MALFORMED', 'The gateway gives a list that does not end.', { party: { kind: 'gateway' } })
}
