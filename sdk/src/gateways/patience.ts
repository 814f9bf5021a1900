import { isClientError } from '../errors.ts'
import { pause } from './pause.ts'

/** Pauses (ms) before each new try of a transfer that broke off; what came on begins them anew. A gateway restarts within them. */
const PAUSES_MS = [250, 500, 1_000, 2_000, 4_000, 8_000]

/** How long one goes on with a transfer whose connection breaks: for as long as it gets anywhere. */
export class Patience {
  #tries = 0
  #at = -1

  /**
   * Waits before the next try, when the error is one that passes: the connection, or a busy gateway. `at`: bytes that are through.
   * @throws the error itself when it is no such one, or nothing has moved for too long
   */
  async endure (error: unknown, at: number): Promise<void> {
    if (at > this.#at) this.#tries = 0
    this.#at = at
    const pauseMs = PAUSES_MS[this.#tries]
    if (!isClientError(error, 'UNAVAILABLE') || pauseMs === undefined) throw error
    this.#tries += 1
    await pause(pauseMs)
  }
}
