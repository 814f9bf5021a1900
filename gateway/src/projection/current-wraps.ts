import { checkStatementBody } from '@epione/chaincode/model'
import { readPayload } from '../ledger-events.ts'
import { RecordState } from '../schemas/ledger.ts'
import type { Projection } from './projection.ts'

/**
 * Of a record registered or rewrapped: notes which wrap counts for a record version, and deletes the one that a rewrap replaced unless another record version
 * names it too: else anybody's record that claims a stranger's wrap could have it deleted everywhere. Repeating it changes nothing.
 */
export const projectWrap: Projection = (event) => {
  const { recordId, version, manifest, rewrap } = readPayload(RecordState, event)
  const replaced = rewrap === undefined ? undefined : checkStatementBody('Rewrap', JSON.parse(rewrap.statement.body))
  const { wrapHash } = replaced ?? checkStatementBody('RecordManifest', JSON.parse(manifest.statement.body))
  return async (trx) => {
    await trx.insertInto('current_wraps').values({ record_id: recordId, version, wrap_hash: wrapHash })
      .onConflict((c) => c.columns(['record_id', 'version']).doUpdateSet({ wrap_hash: wrapHash })).execute()
    if (replaced === undefined) return
    const named = await trx.selectFrom('current_wraps').select('record_id').where('wrap_hash', '=', replaced.previousWrapHash).executeTakeFirst()
    if (named === undefined) await trx.deleteFrom('wraps').where('wrap_hash', '=', replaced.previousWrapHash).execute()
  }
}
