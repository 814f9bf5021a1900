import type { AccessEvent, LogQuery } from '@epione/protocol'
import type { LoggedAccessEvent } from '@epione/protocol/api'
import { sql } from 'kysely'
import type { Kysely, SelectQueryBuilder, SqlBool } from 'kysely'
import { afterPlace, newestFirst, toPage } from './log-pages.ts'
import type { LogPage } from './log-pages.ts'
import type { AccessEventRow, Tables } from '../store/tables.ts'

/** Which events; all that is given must fit. Times in ms, both ends included. */
export type AccessLogFilter = LogQuery

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
  const rows = await newestFirst(filtered(db, filter).select(['event', 'block_number', 'event_index']), limit, cursor).execute()
  const page = toPage(rows, limit, toItem)
  await addRepeats(db, page.items)
  return page
}

/** The rows that fit a filter. */
export function filtered (db: Kysely<Tables>, filter: AccessLogFilter): SelectQueryBuilder<Tables, 'access_events', object> {
  const { patientId, mspId, staffId, decision, purpose, origin, writtenAt, from, to } = filter
  const equal = {
    patient_id: patientId, msp_id: mspId, staff_id: staffId, decision, purpose, outside: origin === undefined ? undefined : Number(origin === 'other')
  }
  let query = db.selectFrom('access_events')
  for (const [column, value] of Object.entries(equal) as [keyof typeof equal, string | number | undefined][]) {
    if (value !== undefined) query = query.where(column, '=', value)
  }
  // A name of an organisation has none of the signs that mean something to `like`.
  if (writtenAt !== undefined) query = query.where('origins', 'like', `% ${writtenAt} %`)
  if (from !== undefined) query = query.where('time', '>=', from)
  if (to !== undefined) query = query.where('time', '<=', to)
  return query
}

/** As many rows are read at once where all are wanted. */
const WALK_ROWS = 1_000

/** How many events after a block fit. */
export async function countLater (db: Kysely<Tables>, filter: AccessLogFilter, throughBlock: number): Promise<number> {
  const row = await filtered(db, filter).select(({ fn }) => fn.countAll().as('count')).where('block_number', '>', throughBlock).executeTakeFirst()
  return Number(row?.count ?? 0)
}

/** All events up to a block that fit, newest first, in constant memory. */
export async function * walkAccessLog (
  db: Kysely<Tables>, filter: AccessLogFilter, throughBlock: number
): AsyncGenerator<LoggedAccessEvent, void, void> {
  let after = sql<SqlBool>`block_number <= ${throughBlock}`
  for (;;) {
    const rows = await filtered(db, filter).select(['event', 'block_number', 'event_index'])
      .where(after).orderBy('block_number', 'desc').orderBy('event_index', 'desc').limit(WALK_ROWS).execute()
    yield * rows.map(toItem)
    const last = rows.at(-1)
    if (last === undefined || rows.length < WALK_ROWS) return
    after = afterPlace(last)
  }
}

export function toItem (
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
