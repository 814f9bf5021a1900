import { GatewayError } from '../errors.ts'

/** Age (ms) of the newest transaction that the own peer showed from which on nothing of a stream is released. */
export const RECENT_MS = 60_000
/** Seconds after which asking again makes sense: by then a beat has come where the own peer is connected. */
const RETRY_AFTER_SECONDS = 10

/**
 * How old the newest transaction is that the own peer has shown since the start. A peer that is cut off shows no more, and one that is fed
 * slowly shows old ones: their times are endorsed, so that nobody makes them newer than 30 s ahead.
 */
export class RecentBlocks {
  readonly #clock: () => number
  #newestMs: number | undefined

  constructor (clock: () => number) {
    this.#clock = clock
  }

  /** A block, as the own peer showed it just now. */
  add ({ newestMs }: { newestMs?: number }): void {
    if (newestMs === undefined) return
    // A time ahead of the own clock makes nothing last longer.
    this.#newestMs = Math.max(this.#newestMs ?? 0, Math.min(newestMs, this.#clock()))
  }

  /** Age (ms) of the newest transaction; infinite before the first. */
  get ageMs (): number {
    return this.#newestMs === undefined ? Infinity : Math.max(0, this.#clock() - this.#newestMs)
  }

  /** @throws {GatewayError} PEER_BEHIND */
  requireRecent (): void {
    if (this.ageMs <= RECENT_MS) return
    throw new GatewayError(
      'PEER_BEHIND',
      `this hospital's peer has shown no transaction of the last ${RECENT_MS / 1000} s: nothing of a stream is released until it does`,
      { retryAfterSeconds: RETRY_AFTER_SECONDS }
    )
  }
}
