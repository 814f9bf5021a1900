import { setTimeout as delay } from 'node:timers/promises'

/** Waits, or less long when `signal` aborts; keeps no process from ending. */
export async function pause (ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal, ref: false }).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
}

/** Does `work` now and again after each pause until aborted; a failure is given to `failed` and does not end it. */
export async function repeat (
  everyMs: number, signal: AbortSignal, work: () => Promise<void>, failed: (error: unknown) => void
): Promise<void> {
  while (!signal.aborted) {
    try {
      await work()
    } catch (error) {
      failed(error)
    }
    await pause(everyMs, signal)
  }
}
