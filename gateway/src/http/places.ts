/** Somebody's use of a place. */
export interface Held<T> {
  item: T
  holder: string
  /** Since when (ms) it waits: nothing came of it. */ since: number
  /** Pieces of work under way. */ working: number
}

/**
 * Places that holders share. When none is left, who holds fewer than the greatest holder gets a place of that one's: an idle
 * one first, else that which has waited for longest, at work or not. So however many holders fill all places, a newcomer gets
 * one. The greatest holders themselves get only idle ones: they end nobody's work, their own included.
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
    const own = this.#countOf(holder)
    if (own < maxOfHolder && this.#held.size < this.#max) {
      this.#add(newcomer)
      return undefined
    }
    const victim = this.#findVictim(holder, own, own >= maxOfHolder)
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

  /** Work goes on. */
  progress (item: T): void {
    const held = this.#held.get(item)
    if (held !== undefined) held.since = performance.now()
  }

  #findVictim (holder: string, own: number, isHolderFull: boolean): Held<T> | undefined {
    const greatest = isHolderFull ? own : Math.max(...this.#counts.values())
    let victim: Held<T> | undefined
    for (const held of this.#held.values()) {
      if (isHolderFull ? held.holder !== holder : this.#countOf(held.holder) < greatest) continue
      if ((held.working === 0 || own < greatest) && (victim === undefined || goesBefore(held, victim))) victim = held
    }
    return victim
  }

  #add (held: Held<T>): void {
    this.#held.set(held.item, held)
    this.#counts.set(held.holder, this.#countOf(held.holder) + 1)
  }

  #countOf (holder: string): number {
    return this.#counts.get(holder) ?? 0
  }
}

/** Idle ones first, of these the one that has waited for longest. */
function goesBefore (one: Held<unknown>, other: Held<unknown>): boolean {
  const byWork = Number(one.working > 0) - Number(other.working > 0)
  return (byWork === 0 ? one.since - other.since : byWork) < 0
}
