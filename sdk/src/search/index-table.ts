import { putHex, toHex } from '@epione/crypto'
import type { IndexedVersion, IndexSlots } from '@epione/crypto'

const SLOT_BYTES = 8
const ID_BYTES = 16
/** What stands of each row: where its tags and days lie, the state by its place in `ROW_STATES`. */
const COLUMNS = ['version', 'group', 'state', 'truncated', 'firstTag', 'tags', 'firstDay', 'days'] as const
type Column = (typeof COLUMNS)[number]
/** Where each column stands in a row. */
const PLACES = Object.fromEntries(COLUMNS.map((column, i) => [column, i])) as Readonly<Record<Column, number>>

/**
 * What became of an entry. Only an open one is searched; `moved`: its version stands elsewhere by now; `ended`: erased or withdrawn;
 * `lost`: no store has it; `keyless`: of an issue whose key the reader has not; `false`: its author sealed it wrongly.
 */
export const ROW_STATES = ['open', 'moved', 'ended', 'lost', 'keyless', 'false'] as const
export type RowState = (typeof ROW_STATES)[number]
const OPEN = ROW_STATES.indexOf('open')

export interface NewRow extends IndexedVersion {
  readonly group: number
  readonly state: RowState
  readonly truncated: boolean
  readonly entry?: IndexSlots | undefined
}

const NO_SLOTS: IndexSlots = { tags: new Uint8Array(), days: [] }

/** Its arrays, each as long as it is filled: what the cache keeps. */
export interface TableParts { readonly ids: Uint8Array, readonly tags: Uint8Array, readonly days: Int32Array, readonly rows: Int32Array }

/**
 * Entries of one compartment in the ledger's order, in four long arrays: ten thousand are read from the cache, and searched, within
 * milliseconds. Tags of a row are ascending, as in the entry.
 */
export class IndexTable {
  #ids: Uint8Array
  #tags: Uint8Array
  #days: Int32Array
  #rows: Int32Array
  #length: number
  #tagBytes: number
  #dayCount: number
  /** The newest row of each version; made when something ends. */
  #places: Map<string, number> | undefined

  constructor ({ ids, tags, days, rows }: TableParts = {
    ids: new Uint8Array(), tags: new Uint8Array(), days: new Int32Array(), rows: new Int32Array()
  }) {
    [this.#ids, this.#tags, this.#days, this.#rows] = [ids, tags, days, rows]
    this.#length = rows.length / COLUMNS.length
    this.#tagBytes = tags.length
    this.#dayCount = days.length
  }

  get length (): number {
    return this.#length
  }

  parts (): TableParts {
    return {
      ids: this.#ids.subarray(0, this.#length * ID_BYTES),
      tags: this.#tags.subarray(0, this.#tagBytes),
      days: this.#days.subarray(0, this.#dayCount),
      rows: this.#rows.subarray(0, this.#length * COLUMNS.length)
    }
  }

  add ({ recordId, version, group, state, truncated, entry }: NewRow): void {
    const { tags, days } = entry ?? NO_SLOTS
    const row = this.#length
    this.#makeRoom(row + 1, this.#tagBytes + tags.length, this.#dayCount + days.length)
    putHex(this.#ids, row * ID_BYTES, recordId, ID_BYTES)
    this.#tags.set(tags, this.#tagBytes)
    for (let i = 0; i < days.length; i++) this.#days[this.#dayCount + i] = days[i] ?? 0
    const rows = this.#rows
    const at = row * COLUMNS.length
    rows[at + PLACES.version] = version
    rows[at + PLACES.group] = group
    rows[at + PLACES.state] = ROW_STATES.indexOf(state)
    rows[at + PLACES.truncated] = Number(truncated)
    rows[at + PLACES.firstTag] = this.#tagBytes / SLOT_BYTES
    rows[at + PLACES.tags] = tags.length / SLOT_BYTES
    rows[at + PLACES.firstDay] = this.#dayCount
    rows[at + PLACES.days] = days.length
    this.#tagBytes += tags.length
    this.#dayCount += days.length
    this.#length += 1
    this.#places?.set(nameOf({ recordId, version }), row)
  }

  /** Takes a version's newest entry out of the search, and overwrites its tags and days; false where it had none. */
  end (of: IndexedVersion, state: 'moved' | 'ended'): boolean {
    const row = this.#rowOf(of)
    if (row === undefined) return false
    const [firstTag, firstDay] = [this.#at(row, 'firstTag') * SLOT_BYTES, this.#at(row, 'firstDay')]
    this.#tags.fill(0, firstTag, firstTag + this.#at(row, 'tags') * SLOT_BYTES)
    this.#days.fill(0, firstDay, firstDay + this.#at(row, 'days'))
    this.#rows.set([ROW_STATES.indexOf(state), 0, 0, 0, 0, 0], row * COLUMNS.length + PLACES.state)
    return true
  }

  versionAt (row: number): IndexedVersion {
    return { recordId: toHex(this.#ids.subarray(row * ID_BYTES, (row + 1) * ID_BYTES)), version: this.#at(row, 'version') }
  }

  groupAt (row: number): number {
    return this.#at(row, 'group')
  }

  has (state: RowState): boolean {
    const number = ROW_STATES.indexOf(state)
    for (let row = 0; row < this.#length; row++) if (this.#at(row, 'state') === number) return true
    return false
  }

  isTruncated (row: number): boolean {
    return this.#at(row, 'truncated') === 1
  }

  isOpen (row: number): boolean {
    return this.#at(row, 'state') === OPEN
  }

  stateAt (row: number): RowState {
    return ROW_STATES[this.#at(row, 'state')] ?? 'lost'
  }

  /** Whether a row has a tag of 8 bytes, given as two whole numbers (`tagWords`): asked of each row, thousands of times. */
  hasTag (row: number, { high, low }: TagWords): boolean {
    const tags = this.#tags
    let from = this.#at(row, 'firstTag')
    let until = from + this.#at(row, 'tags')
    while (from < until) {
      const middle = (from + until) >> 1
      const found = wordAt(tags, middle * SLOT_BYTES)
      const order = found === high ? wordAt(tags, middle * SLOT_BYTES + 4) - low : found - high
      if (order === 0) return true
      if (order < 0) from = middle + 1
      else until = middle
    }
    return false
  }

  hasDay (row: number, from: number, until: number): boolean {
    const first = this.#at(row, 'firstDay')
    const end = first + this.#at(row, 'days')
    for (let i = first; i < end; i++) {
      const day = this.#days[i] ?? 0
      if (day >= from && day <= until) return true
    }
    return false
  }

  #at (row: number, column: Column): number {
    return this.#rows[row * COLUMNS.length + PLACES[column]] ?? 0
  }

  #makeRoom (rows: number, tagBytes: number, days: number): void {
    this.#ids = withRoom(this.#ids, rows * ID_BYTES)
    this.#rows = withRoom(this.#rows, rows * COLUMNS.length)
    this.#tags = withRoom(this.#tags, tagBytes)
    this.#days = withRoom(this.#days, days)
  }

  #rowOf (of: IndexedVersion): number | undefined {
    this.#places ??= new Map(Array.from({ length: this.#length }, (_, row) => [nameOf(this.versionAt(row)), row]))
    return this.#places.get(nameOf(of))
  }
}

/** A tag as its two halves, each a whole number of 32 bits. */
export interface TagWords { readonly high: number, readonly low: number }

export const tagWords = (tag: Uint8Array): TagWords => ({ high: wordAt(tag, 0), low: wordAt(tag, 4) })

const wordAt = (bytes: Uint8Array, at: number): number =>
  (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0

/** Most records have one version: their id is made longer for no other. */
const nameOf = ({ recordId, version }: IndexedVersion): string => version === 1 ? recordId : `${recordId}:${version}`

/** The same array, or one twice as long that begins alike. */
function withRoom<A extends Uint8Array | Int32Array> (array: A, length: number): A
function withRoom (array: Uint8Array | Int32Array, length: number): Uint8Array | Int32Array {
  if (array.length >= length) return array
  const longer = array instanceof Int32Array ? new Int32Array(Math.max(64, 2 * length)) : new Uint8Array(Math.max(64, 2 * length))
  longer.set(array)
  return longer
}
