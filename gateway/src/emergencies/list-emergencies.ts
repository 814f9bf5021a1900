import { EMERGENCY_PURPOSE } from '@epione/protocol'
import type { AccessEvent } from '@epione/protocol'
import { OPENED_MAX } from '@epione/protocol/api'
import type { EMERGENCIES, ShownEmergency } from '@epione/protocol/api'
import type { Kysely } from 'kysely'
import { newestFirst, toPage } from '../access/log-pages.ts'
import type { AskedOf, LogPage } from '../access/log-pages.ts'
import type { EmergenciesTable, Tables } from '../store/tables.ts'

/** Which boxes; all that is given must fit. Times (ms) are of their opening, both ends included. */
export type EmergencyFilter = AskedOf<typeof EMERGENCIES.list>

type Opened = ShownEmergency['opened']

/** A page of boxes, newest first. @throws {GatewayError} CURSOR_INVALID */
export async function listEmergencies (
  db: Kysely<Tables>, filter: EmergencyFilter, { now, limit, cursor }: { now: number, limit: number, cursor?: string | undefined }
): Promise<LogPage<ShownEmergency>> {
  let query = db.selectFrom('emergencies').selectAll()
  const equal = { patient_id: filter.patientId, msp_id: filter.mspId, staff_id: filter.staffId } as const
  for (const [column, value] of Object.entries(equal) as [keyof typeof equal, string | undefined][]) {
    if (value !== undefined) query = query.where(column, '=', value)
  }
  if (filter.from !== undefined) query = query.where('time', '>=', filter.from)
  if (filter.to !== undefined) query = query.where('time', '<=', filter.to)
  if (filter.state === 'reviewed') query = query.where('review', 'is not', null)
  if (filter.state === 'open') query = query.where('open_until', '>=', now).where('closed_at', 'is', null).where('review', 'is', null)
  if (filter.state === 'due' || filter.state === 'overdue') {
    query = query.where('review', 'is', null).where('review_by', filter.state === 'due' ? '>=' : '<', now)
      .where((e) => e.or([e('open_until', '<', now), e('closed_at', 'is not', null)]))
  }
  const rows = await newestFirst(query, limit, cursor).execute()
  const page = toPage(rows, limit, (row) => row)
  const items: ShownEmergency[] = []
  for (const row of page.items) items.push(toItem(row, now, await findOpened(db, row)))
  return { ...page, items }
}

/** What its opener was permitted in a box, oldest first: the request that opened it, and those that name it. */
async function findOpened (db: Kysely<Tables>, emergency: EmergenciesTable): Promise<Opened> {
  const { event_id: opening, patient_id: patientId, msp_id: mspId, staff_id: staffId, time, open_until: until } = emergency
  const rows = await db.selectFrom('access_events').select('event').where('msp_id', '=', mspId).where('staff_id', '=', staffId)
    .where('patient_id', '=', patientId).where('purpose', '=', EMERGENCY_PURPOSE).where('decision', '=', 'permit')
    .where('time', '>=', time).where('time', '<=', until).orderBy('block_number').orderBy('event_index').limit(OPENED_MAX).execute()
  return rows.map(({ event }) => JSON.parse(event) as AccessEvent)
    .filter(({ eventId, emergency }) => eventId === opening || emergency?.opening === opening)
    .map(({ eventId, time: at, action, records }) =>
      ({ eventId, time: at, action, records: records.map(({ recordId, version }) => ({ recordId, version })) }))
}

function toItem (row: EmergenciesTable, now: number, opened: Opened): ShownEmergency {
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
    opened,
    blockNumber: row.block_number
  }
}

function stateOf (row: EmergenciesTable, now: number): ShownEmergency['state'] {
  if (row.review !== null) return 'reviewed'
  if (row.open_until >= now && row.closed_at === null) return 'open'
  return row.review_by < now ? 'overdue' : 'due'
}
