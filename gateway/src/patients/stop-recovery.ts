import type { SignedStatement } from '@epione/protocol'
import type { AnswerOf, RECOVERIES } from '@epione/protocol/api'
import type { FastifyInstance } from 'fastify'
import type { CheckedStatement } from '../ledger/statements.ts'
import { submitForPlace } from '../ledger/submit-once.ts'

/** Brings a stop to the ledger, from whose block on no hospital hands the backup out. @throws {LedgerError} what the ledger refuses */
export async function stopRecovery (
  app: FastifyInstance,
  statement: SignedStatement,
  { id, body: { target } }: CheckedStatement<'RecoveryStop'>
): Promise<AnswerOf<typeof RECOVERIES.stop>> {
  const { txId, blockNumber } = await submitForPlace(app, id, () => app.ledger.gateway.stopRecovery(statement))
  return { target, statementId: id, txId, blockNumber }
}
