import { setTimeout as delay } from 'node:timers/promises'

/** How long (ms) a peer is given to receive the block in which its neighbour already saw something. */
export const CATCH_UP_MS = 2_000
const PAUSE_MS = 50

/** Repeats `read` while it rejects with one of `codes`: the own peer may be a moment behind the asker's. */
export async function catchUp<T> (codes: readonly string[], timeoutMs: number, read: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    try {
      return await read()
    } catch (error) {
      if (!hasCode(error, codes) || performance.now() >= deadline) throw error
    }
    await delay(PAUSE_MS)
  }
}

function hasCode (error: unknown, codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code)
}
