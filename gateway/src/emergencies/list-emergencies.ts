import type { ShownEmergency } from '@epione/protocol/api'
import type { Kysely } from 'kysely'
import { afterCursor, toPage } from '../access/log-pages.ts'
import type { LogPage } from '../access/log-pages.ts'
import type { EmergenciesTable, Tables } from '../store/tables.ts'

/** Which boxes; all that is given must fit. */
export interface EmergencyFilter { state?: ShownEmergency['state'], patientId?: string, mspId?: string, staffId?: string }

/** A page of boxes, newest first. @throws {GatewayError} CURSOR_INVALID */
export async function listEmergencies (
  db: Kysely<Tables>, filter: EmergencyFilter, { now, limit, cursor }: { now: number, limit: number, cursor?: string | undefined }
): Promise<LogPage<ShownEmergency>> {
  let query = db.selectFrom('emergencies').selectAll()
  const equal = { patient_id: filter.patientId, msp_id: filter.mspId, staff_id: filter.staffId } as const
  for (const [column, value] of Object.entries(equal) as [keyof typeof equal, string | undefined][]) {
    if (value !== undefined) query = query.where(column, '=', value)
  }
  if (filter.state === 'reviewed') query = query.where('review', 'is not', null)
  if (filter.state === 'open') query = query.where('open_until', '>=', now).where('closed_at', 'is', null).where('review', 'is', null)
  if (filter.state === 'due' || filter.state === 'overdue') {
    query = query.where('review', 'is', null).where('review_by', filter.state === 'due' ? '>=' : '<', now)
      .where((e) => e.or([e('open_until', '<', now), e('closed_at', 'is not', null)]))
  }
  const after = afterCursor(cursor)
  if (after !== undefined) query = query.where(after)
  const rows = await query.orderBy('block_number', 'desc').orderBy('event_index', 'desc').limit(limit + 1).execute()
  return toPage(rows, limit, (row) => toItem(row, now))
}

function toItem (row: EmergenciesTable, now: number): ShownEmergency {
  return {
    eventId: row.event_id,
    patientId: row.patient_id,
    mspId: row.msp_id,
    staffId: row.staff_id,
    ...(row.second !== null && { second: row.second }),
    reason: row.reason as ShownEmergency['reason'],
    state: stateOf(row, now),
    time: row.time,
    openUntil: row.open_until,
    reviewBy: row.review_by,
    ...(row.closed_at !== null && { closedAt: row.closed_at }),
    ...(row.review !== null && { review: JSON.parse(row.review) as NonNullable<ShownEmergency['review']> }),
    blockNumber: row.block_number
  }
}

function stateOf (row: EmergenciesTable, now: number): ShownEmergency['state'] {
  if (row.review !== null) return 'reviewed'
  if (row.open_until >= now && row.closed_at === null) return 'open'
  return row.review_by < now ? 'overdue' : 'due'
}
