/** Keys in order, for ranges. They sort by UTF-16 here and by UTF-8 in Fabric, which agree below the surrogates: ledger keys have none. */
export class SortedKeys {
  #sorted: string[]
  #fresh: string[] = []
  #gone = new Set<string>()

  constructor (keys: Iterable<string>) {
    this.#sorted = [...keys].sort(compare)
  }

  /** Adds a key that is not there. */
  add (key: string): void {
    if (!this.#gone.delete(key)) this.#fresh.push(key)
  }

  delete (key: string): void {
    this.#gone.add(key)
  }

  /** Keys from `start` on, up to `end`, which is among them only when `withEnd`; no end is none. */
  between (start: string, end: string, withEnd: boolean): string[] {
    this.#merge()
    const from = this.#position(start)
    const found: string[] = []
    for (let index = from; index < this.#sorted.length; index++) {
      const key = this.#sorted[index] ?? ''
      if (end !== '' && (withEnd ? key > end : key >= end)) break
      found.push(key)
    }
    return found
  }

  /** Ranges are rare beside writes: what came since the last one is merged when the next one asks. */
  #merge (): void {
    if (this.#gone.size > 0) {
      this.#sorted = this.#sorted.filter((key) => !this.#gone.has(key))
      this.#fresh = this.#fresh.filter((key) => !this.#gone.has(key))
      this.#gone.clear()
    }
    if (this.#fresh.length === 0) return
    // Both parts are runs in order, which this sort merges in one pass.
    this.#sorted = [...this.#sorted, ...this.#fresh.sort(compare)].sort(compare)
    this.#fresh = []
  }

  #position (key: string): number {
    let [low, high] = [0, this.#sorted.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#sorted[middle] ?? '') < key) low = middle + 1
      else high = middle
    }
    return low
  }
}

function compare (left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
