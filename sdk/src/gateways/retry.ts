import { isClientError } from '../errors.ts'
import { pause } from './pause.ts'

/** Repeats of one statement that a busy gateway or an electing ledger refused with 503 and `Retry-After`. */
const REPEATS = 2
/** Longest pause in ms that a gateway can make the client take. */
const PAUSE_MAX_MS = 4_000

/** Calls again when the gateway asks for it by `Retry-After`; only for calls that do the same thing once however often they are sent. */
export async function retryWhileBusy<T> (call: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call()
    } catch (error) {
      const pauseMs = isClientError(error, 'UNAVAILABLE') ? error.details['retryAfterMs'] : undefined
      if (typeof pauseMs !== 'number' || attempt > REPEATS) throw error
      await pause(Math.min(pauseMs, PAUSE_MAX_MS))
    }
  }
}
