import type { AccessEvent } from '@epione/protocol'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { readerOf } from './visible-events.ts'

/** Notes whose events the caller is about to be shown, before anything is shown. */
export async function noteReading (
  app: FastifyInstance,
  request: FastifyRequest,
  events: readonly Pick<AccessEvent, 'patientId'>[]
): Promise<void> {
  await app.logNotes.noteReading(readerOf(request), events.map(({ patientId }) => patientId))
}
