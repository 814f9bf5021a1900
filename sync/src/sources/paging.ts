import { createHash } from 'node:crypto'
import { Left } from '../errors.ts'

/** Pages with nothing in them, one after the other. */
const EMPTY_MAX = 20
/** Pages of one search: beyond them it is asked for in smaller parts. */
const PAGES_MAX = 1_000_000

/** Ends paging that goes in a circle, or brings nothing, for ever. */
export class Paging {
  readonly #addresses = new Set<string>()
  readonly #pages = new Set<string>()
  #empty = 0

  /** @throws {Left} PAGING_ENDLESS */
  require (next: string | undefined, names: readonly string[]): void {
    if (next === undefined) return
    this.#empty = names.length === 0 ? this.#empty + 1 : 0
    const isAgain = addTo(this.#addresses, next) || (names.length > 0 && addTo(this.#pages, names.join('\n')))
    if (isAgain) throw new Left('PAGING_ENDLESS', 'a page came a second time: its pages go in a circle')
    if (this.#empty > EMPTY_MAX || this.#addresses.size > PAGES_MAX) throw new Left('PAGING_ENDLESS', 'its pages do not end')
  }
}

/** Whether it was there already. */
function addTo (set: Set<string>, text: string): boolean {
  const digest = createHash('sha256').update(text).digest('base64').slice(0, 16)
  if (set.has(digest)) return true
  set.add(digest)
  return false
}
