import type { AccessEvent } from '@epione/protocol'
import type { LoggedAccessEvent } from '@epione/protocol/api'
import type { Kysely } from 'kysely'
import { afterCursor, toPage } from './log-pages.ts'
import type { LogPage } from './log-pages.ts'
import type { AccessEventRow, Tables } from '../store/tables.ts'

/** Which events; all that is given must fit. Times in ms, both ends included. */
export interface AccessLogFilter {
  patientId?: string
  mspId?: string
  staffId?: string
  decision?: 'permit' | 'deny'
  from?: number
  to?: number
}

/**
 * A page of the read model, newest first in the order of the ledger; every row can be checked against its block. @throws {GatewayError}
 * CURSOR_INVALID
 */
export async function queryAccessLog (
  db: Kysely<Tables>,
  filter: AccessLogFilter,
  limit: number,
  cursor?: string
): Promise<LogPage<LoggedAccessEvent>> {
  let query = db.selectFrom('access_events').select(['event', 'block_number', 'event_index'])
  const equal = { patient_id: filter.patientId, msp_id: filter.mspId, staff_id: filter.staffId, decision: filter.decision } as const
  for (const [column, value] of Object.entries(equal) as [keyof typeof equal, string | undefined][]) {
    if (value !== undefined) query = query.where(column, '=', value)
  }
  const { from, to } = filter
  if (from !== undefined) query = query.where('time', '>=', from)
  if (to !== undefined) query = query.where('time', '<=', to)
  const after = afterCursor(cursor)
  if (after !== undefined) query = query.where(after)
  const rows = await query.orderBy('block_number', 'desc').orderBy('event_index', 'desc').limit(limit + 1).execute()
  const page = toPage(rows, limit, toItem)
  await addRepeats(db, page.items)
  return page
}

function toItem (
  { event, block_number: blockNumber }: Pick<AccessEventRow, 'event' | 'block_number'>
): LoggedAccessEvent {
  return { ...JSON.parse(event) as AccessEvent, blockNumber }
}

/** Says of denials how often they were asked again. */
async function addRepeats (db: Kysely<Tables>, items: LoggedAccessEvent[]): Promise<void> {
  const denied = new Map(items.filter(({ decision }) => decision === 'deny').map((item) => [item.eventId, item]))
  if (denied.size === 0) return
  const rows = await db.selectFrom('denial_repeats').select((e) => ['event_id', e.fn.sum<number | string>('count').as('count')])
    .where('event_id', 'in', [...denied.keys()]).groupBy('event_id').execute()
  for (const { event_id: eventId, count } of rows) {
    const item = denied.get(eventId)
    if (item !== undefined) item.repeats = Number(count)
  }
}
