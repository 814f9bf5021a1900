import type { FastifyBaseLogger } from 'fastify'
import type { RecentBlocks } from '../peers/recent-blocks.ts'
import { repeat } from '../repeat.ts'

/** Age (ms) of the newest transaction from which on a gateway through which somebody follows makes one itself. */
export const BEAT_AFTER_MS = 20_000
/** How much later (ms) at most: of many gateways one beats, and its block is one for all. */
const SPREAD_MS = 5_000
/** How often (ms) it is looked whether a beat is due. */
const LOOK_EVERY_MS = 1_000

interface Options {
  recent: Pick<RecentBlocks, 'ageMs'>
  /** Whether anybody follows through this gateway now. */
  isWanted: () => boolean
  /** Has a transaction ordered that changes nothing. */
  submit: () => Promise<unknown>
  log: FastifyBaseLogger
}

/**
 * Where nothing else happens, proxies could not tell a quiet ledger from a peer that is cut off: while somebody follows, their gateway has
 * something happen. At most one beat at a time.
 */
export class Beats {
  readonly #options: Options
  #dueMs = dueMs()
  #isUnderWay = false

  constructor (options: Options) {
    this.#options = options
  }

  /** Looks until aborted. */
  async keep (signal: AbortSignal): Promise<void> {
    await repeat(LOOK_EVERY_MS, signal, async () => { await this.look() }, this.#options.log)
  }

  /** Beats if that is due; true when it did. One that fails is logged, and tried again at the next look. */
  async look (): Promise<boolean> {
    const { recent, isWanted, submit, log } = this.#options
    if (this.#isUnderWay || !isWanted() || recent.ageMs < this.#dueMs) return false
    this.#isUnderWay = true
    try {
      await submit()
      this.#dueMs = dueMs()
      return true
    } catch (error) {
      log.warn({ err: error }, 'no beat reached the ledger: proxies release nothing of streams once their peers show nothing new')
      return false
    } finally {
      this.#isUnderWay = false
    }
  }
}

function dueMs (): number {
  return BEAT_AFTER_MS + Math.random() * SPREAD_MS
}
