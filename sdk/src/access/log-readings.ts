import { canonicalize } from '@epione/crypto'
import type { LoggedReading } from '@epione/protocol/api'
import type { PatientContext, PractitionerContext, TokenContext } from '../context/context.ts'
import type { LogReadingQuery } from '../gateways/gateway-api.ts'
import { readTwoLists } from './read-two.ts'
import type { TwoLists } from './read-two.ts'

export type ReadingsQuery = Omit<LogReadingQuery, 'cursor' | 'limit'> & { limit?: number }
export type ReadingsList = TwoLists<LoggedReading>

/**
 * Who read the access log, newest first: to an auditor or a practitioner by their own hospital's log; to a patient, about their own events,
 * by two hospitals' logs, merged. Each reading was noted by the hospital through which it went, and stands on the ledger.
 */
export async function listLogReadings (
  context: PatientContext | PractitionerContext | TokenContext,
  { limit, ...query }: ReadingsQuery
): Promise<ReadingsList> {
  const asked = context.role === 'patient' ? { ...query, patientId: context.patientId } : query
  return await readTwoLists(context, {
    what: 'reading',
    idOf: ({ readingId }: LoggedReading) => readingId,
    saidOf: canonicalize,
    limit,
    page: async (gateway, cursor, authorize) => await gateway.listLogReadings({ ...asked, cursor }, authorize)
  })
}
