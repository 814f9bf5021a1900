import { setTimeout as delay } from 'node:timers/promises'
import type { Assembly } from './assemble.ts'
import { describeError } from './logger.ts'
import { readStatus } from './status.ts'

/** Pause (ms) between two reports to the own gateway: balance and cost are asked of the EVM node each time. */
const TELL_EVERY_MS = { local: 5_000, remote: 30_000 }

export type Telling = Parameters<typeof readStatus>[0] & Pick<Assembly, 'log'> &
  { network: Pick<Assembly['network'], 'local'>, mailbox: Pick<Assembly['mailbox'], 'tellStatus'> }

/**
 * Tells the own gateway how anchoring stands, until aborted. What cannot be read or told is logged: whoever reads the last word sees its
 * age.
 */
export async function tellStatus (
  telling: Telling, signal: AbortSignal, everyMs = TELL_EVERY_MS[telling.network.local ? 'local' : 'remote']
): Promise<void> {
  while (!signal.aborted) {
    try {
      await telling.mailbox.tellStatus(await readStatus(telling, Date.now()))
    } catch (error) {
      telling.log('warn', { err: describeError(error) }, 'the own gateway was not told how anchoring stands')
    }
    await delay(everyMs, undefined, { signal }).catch(() => undefined)
  }
}
