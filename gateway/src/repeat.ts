import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'

/** Waits, or less long when `signal` aborts. */
export async function pause (ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal, ref: false }).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
}

/** Does `work` now and again after each pause until aborted; a failure is logged and does not end it. */
export async function repeat (everyMs: number, signal: AbortSignal, work: () => Promise<void>, log: FastifyBaseLogger): Promise<void> {
  while (!signal.aborted) {
    try {
      await work()
    } catch (error) {
      log.error({ err: error }, 'periodic work failed; trying again')
    }
    await pause(everyMs, signal)
  }
}
