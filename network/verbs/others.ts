import { setTimeout as delay } from 'node:timers/promises'
import { playsAlone, type Topology } from '../description/topology.ts'
import { NetworkError, type NetworkErrorCode } from '../errors.ts'
import { report } from '../host/logger.ts'

/** People start their machines by hand, one after the other. */
const OTHERS_TIMEOUT_MS = 15 * 60_000
const PAUSE_MS = 2_000
/** What passes when others are there; everything else is a fault. */
const PASSING: readonly NetworkErrorCode[] = ['command-failed', 'timeout']

/**
 * Does what needs members of other machines, again until they are there. `work` looks first whether it is done. Where all organisations are
 * played here nobody is waited for. Throws `timeout` with what lacked last, and what `work` throws for good.
 */
export async function withOthers<T> (topology: Topology, what: string, work: () => Promise<T>): Promise<T> {
  if (!playsAlone(topology)) return await work()
  const deadline = Date.now() + OTHERS_TIMEOUT_MS
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof NetworkError) || !PASSING.includes(error.code)) throw error
      if (attempt === 1) report(`  waiting for ${what}: ${error.message.split('\n')[0] ?? ''}`)
      if (Date.now() >= deadline) {
        throw new NetworkError('timeout', `${what}: not within ${String(OTHERS_TIMEOUT_MS / 60_000)} minutes (last: ${error.message})`, {
          advice: 'Run `make up` again when the other members run theirs: it goes on where it was.', cause: error
        })
      }
      await delay(PAUSE_MS)
    }
  }
}
