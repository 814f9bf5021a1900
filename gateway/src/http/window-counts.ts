import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from '@fastify/rate-limit'

interface Window { count: number, endsAt: number, /** Of `count`, what the other gateways know. */ told: number }
type Counted = Parameters<FastifyRateLimitStore['incr']>[1]
/** Of what a limiter is made with: `shareAs` is its name where gateways of one hospital count together. */
interface Options { shareAs?: string, max?: unknown }

/** More requests under a key than the others know of. */
export interface News { key: string, more: number }
/** How many were counted under a key by all, and how long (ms) its window still is. */
export interface Total { key: string, count: number, leftMs: number }

/** Callers whose counts are remembered; the one not seen for longest makes room. */
const CALLERS_REMEMBERED = 50_000
/** Part of a limit below which a count is nobody else's business: two that are both below it stay far from the limit. */
const SHARED_FROM = 1 / 8

/**
 * Counts of the rate limiter by a clock that nobody sets: its own store counts by the time of day, and a clock that is set
 * back would refuse callers until it has caught up.
 */
export class WindowCounts implements FastifyRateLimitStore {
  readonly #windows = new Map<string, Window>()
  /** Callers of whom the others are to be told. */
  readonly #due = new Set<string>()
  readonly #sharedFrom: number

  constructor ({ max }: Options = {}) {
    this.#sharedFrom = typeof max === 'number' ? Math.max(1, max * SHARED_FROM) : Infinity
  }

  incr (key: string, done: Counted, timeWindow: number): void {
    const now = performance.now()
    const known = this.#find(key, now)
    const window = { count: (known?.count ?? 0) + 1, endsAt: known?.endsAt ?? now + timeWindow, told: known?.told ?? 0 }
    this.#windows.delete(key)
    const [oldest] = this.#windows.keys()
    if (this.#windows.size >= CALLERS_REMEMBERED && oldest !== undefined) this.#windows.delete(oldest)
    this.#windows.set(key, window)
    if (window.count >= this.#sharedFrom) this.#due.add(key)
    done(null, { current: window.count, ttl: window.endsAt - now })
  }

  /** The count as it is. */
  read (key: string, done: Counted): void {
    const now = performance.now()
    const known = this.#find(key, now)
    done(null, { current: known?.count ?? 0, ttl: known === undefined ? 0 : known.endsAt - now })
  }

  child (options: object): WindowCounts {
    return new WindowCounts(options)
  }

  /** What the others should know and were not told. */
  news (): News[] {
    const now = performance.now()
    const due = [...this.#due]
    this.#due.clear()
    return due.flatMap((key) => {
      const known = this.#find(key, now)
      return known === undefined || known.count <= known.told ? [] : [{ key, more: known.count - known.told }]
    })
  }

  /** Takes the count of all, after these news were told; what was counted since comes on top. */
  learn ({ key, more }: News, { count, leftMs }: Total): void {
    const now = performance.now()
    const known = this.#find(key, now)
    if (known === undefined || leftMs <= 0) return
    this.#windows.set(key, { count: count + known.count - known.told - more, endsAt: now + leftMs, told: count })
  }

  #find (key: string, now: number): Window | undefined {
    const window = this.#windows.get(key)
    return window === undefined || window.endsAt <= now ? undefined : window
  }
}

/** The store of a rate limiter, and those of its limits that have a name, by that name. */
export function createCounts (): { store: FastifyRateLimitStoreCtor, named: ReadonlyMap<string, WindowCounts> } {
  const named = new Map<string, WindowCounts>()
  class NamedCounts extends WindowCounts {
    override child (options: object): WindowCounts {
      const { shareAs, max }: Options = options
      const counts = new WindowCounts({ max })
      if (shareAs !== undefined) named.set(shareAs, counts)
      return counts
    }
  }
  return { store: NamedCounts, named }
}
