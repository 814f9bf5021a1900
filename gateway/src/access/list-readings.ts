import type { ACCESS, LoggedReading } from '@epione/protocol/api'
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'
import { newestFirst, toPage } from './log-pages.ts'
import type { AskedOf, LogPage } from './log-pages.ts'

/** Whose readings, or of which patient's events; times are when the ledger took the note, both ends included. */
export type ReadingFilter = AskedOf<typeof ACCESS.listReadings>

/** A page of who read the log, newest first; a patient is told of no other patients. @throws {GatewayError} CURSOR_INVALID */
export async function listReadings (
  db: Kysely<Tables>,
  { patientId, mspId, staffId, from, to }: ReadingFilter,
  { limit, cursor, reader }: { limit: number, cursor?: string | undefined, reader: 'patient' | 'staff' }
): Promise<LogPage<LoggedReading>> {
  let query = patientId === undefined
    ? db.selectFrom('log_readings').select(['reading', 'block_number', 'event_index'])
    : db.selectFrom('log_readings').where('reading_id', 'in', (e) => {
      const named = e.selectFrom('log_reading_patients').select('reading_id').where('patient_id', '=', patientId)
      // Without times, the newest of these are the answer; with them, more must be looked at.
      return from !== undefined || to !== undefined ? named : newestFirst(named, limit, cursor)
    }).select(['reading', 'block_number', 'event_index'])
  if (mspId !== undefined) query = query.where('msp_id', '=', mspId)
  if (staffId !== undefined) query = query.where('reader', '=', staffId)
  if (from !== undefined) query = query.where('time', '>=', from)
  if (to !== undefined) query = query.where('time', '<=', to)
  const rows = await newestFirst(query, limit, cursor).execute()
  return toPage(rows, limit, ({ reading }) => {
    const { patients, ...shown } = JSON.parse(reading) as LoggedReading
    return reader === 'patient' ? shown : { ...shown, ...(patients !== undefined && { patients }) }
  })
}
