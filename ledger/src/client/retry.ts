import { setTimeout } from 'node:timers/promises'
import { ReadConflict } from './port.ts'

const ATTEMPTS_MAX = 6
const FIRST_DELAY_MS = 20

/** Runs `attempt` again after a read conflict, and after nothing else, with growing jittered delays. */
export async function retryConflicts<T> (attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof ReadConflict) || tries === ATTEMPTS_MAX) throw error
      await setTimeout(FIRST_DELAY_MS * 2 ** (tries - 1) * (0.5 + Math.random()))
    }
  }
}
