import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from '@fastify/rate-limit'

interface Window { count: number, endsAt: number }
type Counted = Parameters<FastifyRateLimitStore['incr']>[1]

/** Callers whose counts are remembered; the one not seen for longest makes room. */
const CALLERS_REMEMBERED = 50_000

/**
 * Counts of the rate limiter by a clock that nobody sets: its own store counts by the time of day, and a clock that is set
 * back would refuse callers until it has caught up.
 */
class WindowCounts implements FastifyRateLimitStore {
  readonly #windows = new Map<string, Window>()

  incr (key: string, done: Counted, timeWindow: number): void {
    const now = performance.now()
    const known = this.#find(key, now)
    const window = { count: (known?.count ?? 0) + 1, endsAt: known?.endsAt ?? now + timeWindow }
    this.#windows.delete(key)
    const [oldest] = this.#windows.keys()
    if (this.#windows.size >= CALLERS_REMEMBERED && oldest !== undefined) this.#windows.delete(oldest)
    this.#windows.set(key, window)
    done(null, { current: window.count, ttl: window.endsAt - now })
  }

  /** The count as it is. */
  read (key: string, done: Counted): void {
    const now = performance.now()
    const known = this.#find(key, now)
    done(null, { current: known?.count ?? 0, ttl: known === undefined ? 0 : known.endsAt - now })
  }

  child (): WindowCounts {
    return new WindowCounts()
  }

  #find (key: string, now: number): Window | undefined {
    const window = this.#windows.get(key)
    return window === undefined || window.endsAt <= now ? undefined : window
  }
}

export const WindowCountsStore: FastifyRateLimitStoreCtor = WindowCounts
