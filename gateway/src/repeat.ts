import type { FastifyBaseLogger } from 'fastify'
import { repeat as repeatWork } from '@epione/host'

/** Does `work` now and again after each pause until aborted; a failure is logged and does not end it. */
export async function repeat (everyMs: number, signal: AbortSignal, work: () => Promise<void>, log: FastifyBaseLogger): Promise<void> {
  await repeatWork(everyMs, signal, work, (error) => { log.error({ err: error }, 'periodic work failed; trying again') })
}
