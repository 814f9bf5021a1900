import type { RecoveryState, SignedStatement } from '@epione/protocol'
import type { AnswerOf, RECOVERIES } from '@epione/protocol/api'
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import type { CheckedStatement } from '../ledger/statements.ts'
import { submitOnce } from '../ledger/submit-once.ts'

/**
 * Brings a recovery to the ledger; `availableFrom` (ms) is when hospitals hand the backup out. @throws {LedgerError} what the ledger
 * refuses
 */
export async function requestRecovery (
  app: FastifyInstance,
  statement: SignedStatement,
  { id, body }: CheckedStatement<'RecoveryRequest'>
): Promise<AnswerOf<typeof RECOVERIES.request>> {
  const { gateway: ledger } = app.ledger
  const recover = async (): Promise<RecoveryState> => {
    const { recoveries } = await ledger.getSafety(body.patientId)
    const recovery = recoveries.find(({ request }) => request.id === id)
    if (recovery === undefined) throw new GatewayError('RECOVERY_UNKNOWN', `this hospital's own peer has no recovery ${id} yet`)
    return recovery
  }
  const { value: { availableFrom }, txId, blockNumber } = await submitOnce(app, id, () => ledger.requestRecovery(statement), recover)
  return { requestId: id, availableFrom, txId, blockNumber }
}
