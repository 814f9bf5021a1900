import { GatewayError } from '../errors.ts'
import { FairTurns } from './fair-turns.ts'

interface Options { /** Reads at once. */ concurrent: number, /** Time in ms for which an answer counts. */ lifeMs: number }
interface Entry { answer: Promise<unknown>, until: number, from: string, isRunning: boolean }

/** Answers kept at once; each is at most a directory of half a mebibyte. */
const ENTRIES_MAX = 64
/** Reads that may wait in all and of one origin, and Retry-After (s) for those that may not. */
const [WAITING_MAX, WAITING_OF_ORIGIN_MAX, RETRY_AFTER_SECONDS] = [256, 32, 1]

/**
 * Reads of the ledger for callers that nobody knows. The same question asked at the same time is asked once, its answer
 * serves for a moment, and however many ask, only so many questions reach the peer at once, of each origin in its turn.
 */
export class SharedReads {
  readonly #lifeMs: number
  readonly #turns: FairTurns
  readonly #entries = new Map<string, Entry>()

  constructor ({ concurrent, lifeMs }: Options) {
    this.#lifeMs = lifeMs
    this.#turns = new FairTurns({ concurrent, waiting: WAITING_MAX, waitingOfOrigin: WAITING_OF_ORIGIN_MAX })
  }

  /** @throws {GatewayError} OVERLOADED, and whatever `read` throws */
  async read<T> (key: string, from: string, read: () => Promise<T>): Promise<T> {
    const known = this.#entries.get(key)
    // Nobody waits in the line of somebody else.
    if (known !== undefined && known.until > performance.now() && (known.isRunning || known.from === from)) return await known.answer as T
    const entry: Entry = { answer: Promise.resolve(), until: Infinity, from, isRunning: false }
    entry.answer = this.#readInTurn(entry, read)
    this.#keep(key, entry)
    try {
      const answer = await entry.answer as T
      entry.until = performance.now() + this.#lifeMs
      return answer
    } catch (error) {
      if (this.#entries.get(key) === entry) this.#entries.delete(key)
      throw error
    }
  }

  /** The ledger changed: what was read, or is being read, before counts no longer. */
  forget (): void {
    this.#entries.clear()
  }

  #keep (key: string, entry: Entry): void {
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    const oldest = this.#entries.keys().next()
    if (this.#entries.size > ENTRIES_MAX && oldest.done !== true) this.#entries.delete(oldest.value)
  }

  async #readInTurn (entry: Entry, read: () => Promise<unknown>): Promise<unknown> {
    const { from } = entry
    if (!await this.#turns.take(from)) {
      throw new GatewayError('OVERLOADED', 'too many reads of the ledger are waiting', { retryAfterSeconds: RETRY_AFTER_SECONDS })
    }
    entry.isRunning = true
    try {
      return await read()
    } finally {
      this.#turns.end(from)
    }
  }
}
