import { GatewayError } from './errors.ts'

interface Options { /** Reads at once. */ concurrent: number, /** Time in ms for which an answer counts. */ lifeMs: number }
interface Entry { answer: Promise<unknown>, until: number }

/** Answers kept at once; each is at most a directory of half a mebibyte. */
const ENTRIES_MAX = 64
/** Reads that may wait for a place, and Retry-After (s) for those that may not. */
const [WAITING_MAX, RETRY_AFTER_SECONDS] = [256, 1]

/**
 * Reads of the ledger for callers that nobody knows. The same question asked at the same time is asked once, its answer
 * serves for a moment, and however many ask, only so many questions reach the peer at once.
 */
export class SharedReads {
  readonly #options: Options
  readonly #entries = new Map<string, Entry>()
  readonly #waiting: (() => void)[] = []
  #running = 0

  constructor (options: Options) {
    this.#options = options
  }

  /** @throws {GatewayError} OVERLOADED, and whatever `read` throws */
  async read<T> (key: string, read: () => Promise<T>): Promise<T> {
    const known = this.#entries.get(key)
    if (known !== undefined && known.until > performance.now()) return await known.answer as T
    const entry: Entry = { answer: this.#inTurn(read), until: Infinity }
    this.#keep(key, entry)
    try {
      const answer = await entry.answer as T
      entry.until = performance.now() + this.#options.lifeMs
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

  async #inTurn<T> (read: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#options.concurrent) await this.#waitForPlace()
    else this.#running += 1
    try {
      return await read()
    } finally {
      // The place goes to whoever waits longest.
      const next = this.#waiting.shift()
      if (next === undefined) this.#running -= 1
      else next()
    }
  }

  async #waitForPlace (): Promise<void> {
    if (this.#waiting.length >= WAITING_MAX) throw new GatewayError('OVERLOADED', 'too many reads of the ledger are waiting', { retryAfterSeconds: RETRY_AFTER_SECONDS })
    await new Promise<void>((resolve) => { this.#waiting.push(resolve) })
  }
}
