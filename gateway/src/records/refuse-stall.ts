import { GatewayError } from '../errors.ts'

/** Slowest line that is waited for, in bytes a millisecond (16 kB/s): who sends less holds a file open for nothing. */
const BYTES_PER_MS_MIN = 16

/**
 * Waits for each piece no longer than `idleMs`, and less once much of that was used: only what comes gives it back. What its reader
 * takes does not count. @throws {GatewayError} REQUEST_TIMEOUT
 */
export async function * refuseStall (source: AsyncIterable<Uint8Array>, idleMs: number): AsyncGenerator<Uint8Array, void, void> {
  const iterator = source[Symbol.asyncIterator]()
  let [waiting, leftMs] = [false, idleMs]
  try {
    for (;;) {
      waiting = true
      const from = performance.now()
      const next = await within(leftMs, iterator.next())
      waiting = false
      if (next.done === true) return
      leftMs = Math.min(idleMs, leftMs - (performance.now() - from) + next.value.length / BYTES_PER_MS_MIN)
      yield next.value
    }
  } finally {
    // One that still waits would make its end wait, too.
    if (!waiting) await iterator.return?.()
  }
}

async function within<T> (ms: number, piece: Promise<T>): Promise<T> {
  const stalled = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => {
      stalled.reject(
        new GatewayError('REQUEST_TIMEOUT', `the upload stalled: send ${String(BYTES_PER_MS_MIN)} kB a second at least`)
      )
    },
    Math.max(ms, 1)
  )
  try {
    return await Promise.race([piece, stalled.promise])
  } finally {
    clearTimeout(timer)
  }
}
