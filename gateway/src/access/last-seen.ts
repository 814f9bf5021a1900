import { certifiedOf } from '@epione/protocol'
import type { AccessEvent, DecisionInput } from '@epione/protocol'
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'

/** What a person's certificate said at their last request up to a block; undefined when the log has none. */
export async function lastSeen (
  db: Kysely<Tables>,
  { mspId, staffId }: { mspId: string, staffId: string },
  blockNumber: number
): Promise<DecisionInput['actor'] | undefined> {
  const row = await db.selectFrom('access_events').select('event')
    .where('msp_id', '=', mspId).where('staff_id', '=', staffId).where('block_number', '<=', blockNumber)
    .orderBy('block_number', 'desc').orderBy('event_index', 'desc').limit(1).executeTakeFirst()
  if (row === undefined) return undefined
  return certifiedOf((JSON.parse(row.event) as AccessEvent).actor)
}
