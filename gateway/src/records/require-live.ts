import { causeOf } from '@epione/protocol'
import type { RecordState } from '@epione/protocol'
import type { Kysely } from 'kysely'
import { GatewayError } from '../errors.ts'
import type { LedgerRule } from '../judge.ts'
import type { Tables } from '../store/tables.ts'

/**
 * Refuses a record version of which the own peer shows a tombstone, honoured unproven: inventing one gains nothing but this refusal.
 * @throws {GatewayError} RECORD_ENDED
 */
export function requireLive ({ recordId, version, end }: Pick<RecordState, 'recordId' | 'version' | 'end'>): void {
  if (end !== undefined) throw ended(recordId, version, causeOf(end))
}

/**
 * Refuses to keep anything of a record version that this hospital has destroyed: whoever has a copy could else bring it back within the
 * life of the statement that names it. @throws {GatewayError} RECORD_ENDED
 */
export async function requireNotDestroyed (
  db: Kysely<Tables>,
  { recordId, version }: { recordId: string, version: number },
  rule?: LedgerRule
): Promise<void> {
  const row = await db.selectFrom('ended_versions').select('cause')
    .where('record_id', '=', recordId).where('version', '=', version).executeTakeFirst()
  if (row !== undefined) throw ended(recordId, version, row.cause, rule === undefined ? {} : { rule })
}

function ended (recordId: string, version: number, cause: string, extensions: { rule?: LedgerRule } = {}): GatewayError {
  return new GatewayError('RECORD_ENDED', `version ${String(version)} of record ${recordId} was ${cause}: nothing of it is kept or given`, {
    extensions
  })
}
