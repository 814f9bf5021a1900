import { setTimeout as delay } from 'node:timers/promises'
import { messageOf, NetworkError } from '../errors.ts'

/** Pause between two checks: short at first, then longer, so that checks do not slow down what they wait for. */
const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 400
const PAUSE_GROWTH = 1.2

/**
 * Asks `check` until it returns something but undefined, and returns that. An error of `check` counts as "not yet",
 * except a NetworkError `process-failed`, which is final. Throws `timeout` with the last error as its cause.
 */
export async function waitFor<T> (what: string, timeoutMs: number, check: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + timeoutMs
  let last: unknown
  let pauseMs = FIRST_PAUSE_MS
  for (;;) {
    try {
      const result = await check()
      if (result !== undefined) return result
    } catch (error) {
      if (error instanceof NetworkError && error.code === 'process-failed') throw error
      last = error
    }
    if (Date.now() >= deadline) {
      const reason = last === undefined ? '' : ` (last: ${messageOf(last)})`
      throw new NetworkError('timeout', `${what}: not within ${timeoutMs / 1000} s${reason}`, {
        advice: 'See `make status` and `make logs`; `make doctor` looks for causes.',
        cause: last
      })
    }
    await delay(pauseMs)
    pauseMs = Math.min(pauseMs * PAUSE_GROWTH, LONGEST_PAUSE_MS)
  }
}
