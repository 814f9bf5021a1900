import { describeRange } from './memory-state.ts'
import type { MemoryState, ReadWriteSet } from './memory-state.ts'

/** The proposal that a stub shows to chaincode. */
export interface Proposal {
  txId: string
  channel: string
  timeMs: number
  mspId: string
  certificate: string
  transaction: string
  args: string[]
}
interface Kv { namespace: string, key: string, value: Uint8Array }
interface Iterator { next: () => Promise<{ done: boolean, value?: Kv }>, close: () => Promise<void> }

const PAGE_MAX = 100

/**
 * The part of Fabric's chaincode stub that contracts may use, on a `MemoryState`: reads see committed state only,
 * pagination and writes exclude each other, composite keys have Fabric's form. All else throws.
 */
export class MemoryStub {
  readonly readWriteSet: ReadWriteSet = { reads: new Map(), ranges: [], writes: new Map() }
  event: { name: string, payload: Uint8Array } | undefined
  readonly #state: MemoryState
  readonly #proposal: Proposal
  #paginated = false
  #openIterators = 0
  #calls = 0

  constructor (state: MemoryState, proposal: Proposal) {
    this.#state = state
    this.#proposal = proposal
  }

  /** A peer keeps what an iterator holds until it is closed. */
  get openIterators (): number {
    return this.#openIterators
  }

  /** Messages to the peer so far: reads, writes, ranges. */
  get calls (): number {
    return this.#calls
  }

  getBufferArgs (): Buffer[] {
    return [this.#proposal.transaction, ...this.#proposal.args].map((a) => Buffer.from(a))
  }

  getTxID (): string {
    return this.#proposal.txId
  }

  getChannelID (): string {
    return this.#proposal.channel
  }

  getCreator (): { mspid: string, idBytes: Uint8Array } {
    return { mspid: this.#proposal.mspId, idBytes: Buffer.from(this.#proposal.certificate) }
  }

  getDateTimestamp (): Date {
    return new Date(this.#proposal.timeMs)
  }

  getState (key: string): Promise<Uint8Array> {
    this.#calls++
    const found = this.#state.get(key)
    this.readWriteSet.reads.set(key, found?.version)
    return Promise.resolve(Buffer.from(found?.value ?? []))
  }

  putState (key: string, value: Uint8Array): Promise<void> {
    this.#calls++
    if (this.#paginated) return Promise.reject(new Error('Transaction has already performed a paginated query. Writes are not allowed'))
    this.readWriteSet.writes.set(key, Buffer.from(value))
    return Promise.resolve()
  }

  deleteState (key: string): Promise<void> {
    this.#calls++
    if (this.#paginated) return Promise.reject(new Error('Transaction has already performed a paginated query. Writes are not allowed'))
    this.readWriteSet.writes.set(key, null)
    return Promise.resolve()
  }

  /** All of a range, to which a peer holds the transaction. */
  getStateByPartialCompositeKey (objectType: string, attributes: string[]): Promise<Iterator> {
    this.#calls++
    const start = this.createCompositeKey(objectType, attributes)
    const end = `${start}\u{10ffff}`
    const { entries } = this.#state.range(start, end, Infinity)
    this.readWriteSet.ranges.push({ start, end, limit: Infinity, seen: describeRange(entries) })
    return Promise.resolve(this.#iterate(entries.map(({ key, value }) => ({ namespace: 'epione', key, value: Buffer.from(value) }))))
  }

  getStateByPartialCompositeKeyWithPagination (
    objectType: string,
    attributes: string[],
    pageSize: number,
    bookmark: string
  ): Promise<object> {
    this.#calls++
    if (this.readWriteSet.writes.size > 0) {
      return Promise.reject(new Error('Paginated queries are supported only in a read-only transaction'))
    }
    if (pageSize < 1 || pageSize > PAGE_MAX) return Promise.reject(new Error(`a page of ${String(pageSize)} can crash a peer`))
    this.#paginated = true
    const prefix = this.createCompositeKey(objectType, attributes)
    const start = bookmark === '' ? prefix : bookmark
    const end = `${prefix}\u{10ffff}`
    const { entries, next } = this.#state.range(start, end, pageSize)
    this.readWriteSet.ranges.push({ start, end, limit: pageSize, seen: describeRange(entries) })
    const iterator = this.#iterate(entries.map(({ key, value }) => ({ namespace: 'epione', key, value: Buffer.from(value) })))
    // Fabric's shim drops metadata that encodes to no bytes: an empty page comes without.
    return Promise.resolve(
      entries.length === 0 ? { iterator } : { iterator, metadata: { fetchedRecordsCount: entries.length, bookmark: next } }
    )
  }

  setEvent (name: string, payload: Uint8Array): void {
    this.event = { name, payload }
  }

  createCompositeKey (objectType: string, attributes: string[]): string {
    for (const part of [objectType, ...attributes]) {
      if (part === '' || /[^\x20-\x7e]/.test(part)) throw new Error(`not a key attribute: ${JSON.stringify(part)}`)
    }
    return `\0${[objectType, ...attributes].join('\0')}\0`
  }

  splitCompositeKey (key: string): { objectType: string, attributes: string[] } {
    const [objectType = '', ...attributes] = key.slice(1, -1).split('\0')
    return { objectType, attributes }
  }

  #iterate (entries: Kv[]): Iterator {
    this.#openIterators++
    let position = 0
    return {
      next: () => {
        const value = entries[position++]
        return Promise.resolve(value === undefined ? { done: true } : { done: false, value })
      },
      close: () => {
        this.#openIterators--
        return Promise.resolve()
      }
    }
  }
}
