import type { AccessEvent } from '@epione/protocol'
import type { Kysely } from 'kysely'
import { GatewayError } from '../errors.ts'
import { decodeCursor, encodeCursor } from '../http/paging.ts'
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

export interface AccessLogPage { items: (AccessEvent & { blockNumber: number })[], next?: string }

/**
 * A page of the read model, newest first in the order of the ledger; every row can be checked against its block. @throws {GatewayError}
 * CURSOR_INVALID
 */
export async function queryAccessLog (db: Kysely<Tables>, filter: AccessLogFilter, limit: number, cursor?: string): Promise<AccessLogPage> {
  let query = db.selectFrom('access_events').select(['event', 'block_number', 'event_index'])
  const equal = { patient_id: filter.patientId, msp_id: filter.mspId, staff_id: filter.staffId, decision: filter.decision } as const
  for (const [column, value] of Object.entries(equal) as [keyof typeof equal, string | undefined][]) {
    if (value !== undefined) query = query.where(column, '=', value)
  }
  const { from, to } = filter
  if (from !== undefined) query = query.where('time', '>=', from)
  if (to !== undefined) query = query.where('time', '<=', to)
  if (cursor !== undefined) {
    const [block, index] = parseCursor(cursor)
    query = query.where((e) => e.or([e('block_number', '<', block), e.and([e('block_number', '=', block), e('event_index', '<', index)])]))
  }
  const rows = await query.orderBy('block_number', 'desc').orderBy('event_index', 'desc').limit(limit + 1).execute()
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const items = page.map(toItem)
  return rows.length > limit && last !== undefined ? { items, next: encodeCursor(`${last.block_number}.${last.event_index}`) } : { items }
}

function toItem (
  { event, block_number: blockNumber }: Pick<AccessEventRow, 'event' | 'block_number'>
): AccessEvent & { blockNumber: number } {
  return { ...JSON.parse(event) as AccessEvent, blockNumber }
}

function parseCursor (cursor: string): [number, number] {
  const match = /^(\d{1,15})\.(\d{1,9})$/.exec(decodeCursor(cursor))
  if (match === null) throw new GatewayError('CURSOR_INVALID', 'the cursor is not one of this list')
  return [Number(match[1]), Number(match[2])]
}
