/** Somebody's use of a place. */
export interface Held<T> { item: T, holder: string, /** Since when (ms) it is as it is. */ since: number, /** Pieces of work under way. */ working: number }

/**
 * Places that holders share. Who needs one when none is left gets an idle one, of the holder with the most that which is idle
 * for longest: however many places somebody takes, they lose their own first. Work under way is ended only where a holder has
 * more than half of what one may have, and for another one.
 */
export class Places<T> {
  readonly #max: number
  readonly #held = new Map<T, Held<T>>()
  readonly #counts = new Map<string, number>()

  constructor (max: number) {
    this.#max = max
  }

  /** Takes a place; returns what has to go for it, which may be the newcomer. */
  take (item: T, holder: string, maxOfHolder: number): T | undefined {
    const newcomer: Held<T> = { item, holder, since: performance.now(), working: 0 }
    const isHolderFull = this.#countOf(holder) >= maxOfHolder
    if (!isHolderFull && this.#held.size < this.#max) {
      this.#add(newcomer)
      return undefined
    }
    const victim = this.#findVictim(({ holder: other, working }) => {
      if (isHolderFull) return other === holder && working === 0
      return working === 0 || (other !== holder && this.#countOf(other) > maxOfHolder / 2)
    })
    if (victim === undefined) return item
    this.leave(victim.item)
    this.#add(newcomer)
    return victim.item
  }

  leave (item: T): void {
    const held = this.#held.get(item)
    if (held === undefined) return
    this.#held.delete(item)
    const left = this.#countOf(held.holder) - 1
    if (left > 0) this.#counts.set(held.holder, left)
    else this.#counts.delete(held.holder)
  }

  /** Work begins (1) or ends (-1). */
  work (item: T, change: 1 | -1): void {
    const held = this.#held.get(item)
    if (held === undefined) return
    held.working = Math.max(0, held.working + change)
    held.since = performance.now()
  }

  #findVictim (isEligible: (held: Held<T>) => boolean): Held<T> | undefined {
    let victim: Held<T> | undefined
    for (const held of this.#held.values()) {
      if (isEligible(held) && (victim === undefined || this.#goesBefore(held, victim))) victim = held
    }
    return victim
  }

  /** Idle ones first, of these the greatest holder's, of these the one that has been so for longest. */
  #goesBefore (one: Held<T>, other: Held<T>): boolean {
    const byWork = Number(one.working > 0) - Number(other.working > 0)
    const byHolder = this.#countOf(other.holder) - this.#countOf(one.holder)
    const first = [byWork, byHolder, one.since - other.since].find((difference) => difference !== 0) ?? 0
    return first < 0
  }

  #add (held: Held<T>): void {
    this.#held.set(held.item, held)
    this.#counts.set(held.holder, this.#countOf(held.holder) + 1)
  }

  #countOf (holder: string): number {
    return this.#counts.get(holder) ?? 0
  }
}
