/** Who brings something: `peer:` and an MSP id for another gateway, else `staff:` or `patient:` and a name. */
export type Owner = string

/** Place taken by one upload, ended with it. */
export interface Reservation { grow: (bytes: number) => Promise<void>, end: () => void }

/** A content counts for at least so many bytes: a file and a row cost something, however small it is. */
const BYTES_MIN = 65_536

/** What a content of this size counts for. */
export function weigh (bytes: number): number {
  return Math.max(bytes, BYTES_MIN)
}

/** The kind of an owner: the word before the colon. */
export function kindOf (owner: Owner): string {
  return owner.split(':', 1).join()
}

/** Sums by owner and by kind of owner, kept in memory: to ask the database anew for each piece of an upload costs more than the piece. */
export class Tally {
  readonly #sums = new Map<string, number>()

  add (owner: Owner, amount: number): void {
    for (const name of [owner, kindOf(owner)]) {
      const sum = this.of(name) + amount
      if (sum === 0) this.#sums.delete(name)
      else this.#sums.set(name, sum)
    }
  }

  /** Of one owner, or of all of one kind. */
  of (name: string): number {
    return this.#sums.get(name) ?? 0
  }
}
