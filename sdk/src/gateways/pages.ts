import { ClientError } from '../errors.ts'

/** More pages than any list here has: a gateway that never ends one is refused. */
const MAX_PAGES = 10_000

/** Reads a list to its end, page by page, or up to `limit` items. */
export async function readPages<T> (
  readPage: (cursor: string | undefined) => Promise<{ items: T[], next?: string }>,
  limit = Infinity
): Promise<T[]> {
  const items: T[] = []
  let cursor: string | undefined
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { items: more, next } = await readPage(cursor)
    items.push(...more)
    if (next === undefined || next === '' || items.length >= limit) return items.slice(0, limit)
    cursor = next
  }
  throw new ClientError('ANSWER_MALFORMED', 'The gateway gives a list that does not end.', { party: { kind: 'gateway' } })
}
