import { checkStatementBody } from '@epione/chaincode/model'
import { readPayload } from '../ledger-events.ts'
import { RecordState } from '../schemas/ledger.ts'
import type { Projection } from './projection.ts'

/** Of a record rewrapped: deletes the wrap that was replaced. A wrap has one name on the ledger, so it is no stranger's. Repeating it changes nothing. */
export const deleteReplacedWrap: Projection = (event) => {
  const { rewrap } = readPayload(RecordState, event)
  if (rewrap === undefined) return undefined
  const { previousWrapHash } = checkStatementBody('Rewrap', JSON.parse(rewrap.statement.body))
  return async (trx) => { await trx.deleteFrom('wraps').where('wrap_hash', '=', previousWrapHash).execute() }
}
