import { setTimeout as delay } from 'node:timers/promises'
import { NetworkError } from '../errors.ts'

/** What Fabric's commands print when a node closed or refused the connection: nothing says whether it had taken the call. */
const UNAVAILABLE = /rpc error: code = Unavailable/
const ATTEMPTS = 4
const PAUSE_MS = 2_000

/** Does once more, some times, what a node was not there for. `work` looks first whether it is done, so that twice does no harm. */
export async function retryUnavailable<T> (work: () => Promise<T>, pauseMs = PAUSE_MS): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof NetworkError) || !UNAVAILABLE.test(error.message) || attempt === ATTEMPTS) throw error
      await delay(pauseMs)
    }
  }
}
