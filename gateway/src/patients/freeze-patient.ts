import type { SignedStatement } from '@epione/protocol'
import type { AnswerOf, RECOVERIES } from '@epione/protocol/api'
import type { FastifyInstance } from 'fastify'
import type { CheckedStatement } from '../ledger/statements.ts'
import { submitOnce } from '../ledger/submit-once.ts'

/** Freezes a patient; a repeat names the freeze that is in force by then. @throws {LedgerError} what the ledger refuses */
export async function freezePatient (
  app: FastifyInstance,
  statement: SignedStatement,
  { id, body }: CheckedStatement<'Freeze'>
): Promise<AnswerOf<typeof RECOVERIES.freeze>> {
  const { gateway: ledger } = app.ledger
  const recover = async (): Promise<{ id: string }> => (await ledger.getSafety(body.patientId)).freeze ?? { id }
  const { value, txId, blockNumber } = await submitOnce<{ id: string }>(app, id, () => ledger.freezePatient(statement), recover)
  return { freezeId: value.id, statementId: id, txId, blockNumber }
}
