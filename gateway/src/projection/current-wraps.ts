import { checkStatementBody } from '@epione/chaincode/model'
import type { RecordState } from '@epione/chaincode/model'
import type { Transaction } from 'kysely'
import type { LedgerEvent } from '../fabric/ledger-connection.ts'
import type { Tables } from '../store/tables.ts'

/**
 * Of a record registered or rewrapped: notes which wrap counts for a record version, and deletes the one that a rewrap replaced unless another record version
 * names it too: else anybody's record that claims a stranger's wrap could have it deleted everywhere. Repeating it changes nothing.
 */
export async function projectWrap ({ payload }: LedgerEvent, trx: Transaction<Tables>): Promise<void> {
  const { recordId, version, manifest, rewrap } = JSON.parse(new TextDecoder().decode(payload)) as RecordState
  const { wrapHash } = rewrap === undefined
    ? checkStatementBody('RecordManifest', JSON.parse(manifest.statement.body))
    : checkStatementBody('Rewrap', JSON.parse(rewrap.statement.body))
  await trx.insertInto('current_wraps').values({ record_id: recordId, version, wrap_hash: wrapHash })
    .onConflict((c) => c.columns(['record_id', 'version']).doUpdateSet({ wrap_hash: wrapHash })).execute()
  if (rewrap === undefined) return
  const { previousWrapHash } = checkStatementBody('Rewrap', JSON.parse(rewrap.statement.body))
  const named = await trx.selectFrom('current_wraps').select('record_id').where('wrap_hash', '=', previousWrapHash).executeTakeFirst()
  if (named === undefined) await trx.deleteFrom('wraps').where('wrap_hash', '=', previousWrapHash).execute()
}
