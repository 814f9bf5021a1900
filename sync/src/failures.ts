import { setTimeout as wait } from 'node:timers/promises'
import { isClientError, messageOf } from '@epione/sdk'
import type { ClientErrorCode } from '@epione/sdk'
import { Left } from './errors.ts'

/** Failures that the next thing would meet as well: the run ends, and the next one goes on from there. */
const ENDING: readonly ClientErrorCode[] = [
  'UNAVAILABLE', 'TOKEN_REQUIRED', 'SUSPENDED', 'NOT_INITIALIZED', 'NETWORK_MISMATCH', 'AGENT_UNAVAILABLE'
]

/** Pauses (ms) before something is tried again at a network that has no room now. */
const PAUSES_MS = [500, 2_000, 8_000]

/** Longest wait (ms) that a gateway may name which counts what a person does in a minute, and how often in a row it is waited. */
const [COUNTED_MAX_MS, COUNTED_TIMES] = [65_000, 10]

/**
 * Again while the network is busy: whatever came of the first time is found by the second. A gateway that says 429 did nothing, and says
 * when there is room again: a large system takes more than a minute's room.
 */
export async function withPatience (work: () => Promise<void>, pause: (ms: number) => Promise<unknown> = wait): Promise<void> {
  for (let [busy, counted] = [0, 0]; ;) {
    try {
      await work()
      return
    } catch (error) {
      if (!isClientError(error, 'UNAVAILABLE') || leftWithin(error) !== undefined) throw error
      const { status, retryAfterMs } = error.details
      const isCounted = status === 429 && typeof retryAfterMs === 'number'
      const ms = isCounted && counted++ < COUNTED_TIMES ? Math.min(retryAfterMs, COUNTED_MAX_MS) : PAUSES_MS[busy++]
      if (ms === undefined) throw error
      await pause(ms)
    }
  }
}

/** What concerns one thing alone: `undefined` for what would befall the next one, too. */
export function asLeft (error: unknown): Left | undefined {
  const left = leftWithin(error)
  if (left !== undefined) return left
  if (!isClientError(error) || ENDING.includes(error.code)) return undefined
  const code = error.details['gatewayCode']
  return new Left('NOT_SEALED', `${typeof code === 'string' ? code : error.code}: ${messageOf(error)}`, { cause: error })
}

/** What a source's bytes failed with on their way, however it was wrapped. */
function leftWithin (error: unknown): Left | undefined {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) if (cause instanceof Left) return cause
  return undefined
}
