/** A committed value and the transaction that wrote it. */
export interface Versioned { value: Uint8Array, version: string }
export interface RangeRead { start: string, end: string, limit: number, seen: string }

/** What a simulated transaction read, by version, and what it would write (`null` deletes). */
export interface ReadWriteSet { reads: Map<string, string | undefined>, ranges: RangeRead[], writes: Map<string, Uint8Array | null> }

/** World state with versions, in key order; decides which transactions are valid the way a Fabric peer does. */
export class MemoryState {
  readonly #values = new Map<string, Versioned>()
  readonly #keys: string[] = []

  get (key: string): Versioned | undefined {
    return this.#values.get(key)
  }

  /** Up to `limit` entries from `start` to before `end`, and the key after them. */
  range (start: string, end: string, limit: number): { entries: (Versioned & { key: string })[], next: string } {
    const first = this.#position(start)
    const keys = this.#keys.slice(first, first + limit + 1).filter((k) => k < end)
    const entries = keys.slice(0, limit).map((key) => ({ key, ...this.#require(key) }))
    return { entries, next: keys[limit] ?? '' }
  }

  /** True when everything the transaction read is still as it read it, ranges included. */
  isCurrent ({ reads, ranges }: ReadWriteSet): boolean {
    const keysCurrent = [...reads].every(([key, version]) => this.get(key)?.version === version)
    return keysCurrent && ranges.every((r) => describeRange(this.range(r.start, r.end, r.limit).entries) === r.seen)
  }

  apply ({ writes }: ReadWriteSet, version: string): void {
    for (const [key, value] of writes) {
      // A peer takes an empty value for a delete.
      if (value === null || value.length === 0) this.#delete(key)
      else this.#put(key, { value, version })
    }
  }

  #require (key: string): Versioned {
    const value = this.#values.get(key)
    if (value === undefined) throw new Error(`key order and values differ at ${JSON.stringify(key)}`)
    return value
  }

  #put (key: string, value: Versioned): void {
    if (!this.#values.has(key)) this.#keys.splice(this.#position(key), 0, key)
    this.#values.set(key, value)
  }

  #delete (key: string): void {
    if (this.#values.delete(key)) this.#keys.splice(this.#position(key), 1)
  }

  /** Index of the first key that is not before `key`. Keys are ASCII, so code units sort like LevelDB's bytes. */
  #position (key: string): number {
    let low = 0
    let high = this.#keys.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#keys[middle] ?? '') < key) low = middle + 1
      else high = middle
    }
    return low
  }
}

export function describeRange (entries: readonly { key: string, version: string }[]): string {
  return JSON.stringify(entries.map(({ key, version }) => [key, version]))
}
