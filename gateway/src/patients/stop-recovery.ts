import type { SignedStatement } from '@epione/protocol'
import type { FastifyInstance } from 'fastify'
import type { CheckedStatement } from '../ledger/statements.ts'
import { submitOnce } from '../ledger/submit-once.ts'

export interface StoppedRecovery { target: string, statementId: string, txId: string, blockNumber: number }

/** Brings a stop to the ledger, from whose block on no hospital hands the backup out. @throws {LedgerError} what the ledger refuses */
export async function stopRecovery (
  app: FastifyInstance,
  statement: SignedStatement,
  { id, body: { target } }: CheckedStatement<'RecoveryStop'>
): Promise<StoppedRecovery> {
  const { txId, blockNumber } = await submitOnce<unknown>(app, id, () =>
    app.ledger.gateway.stopRecovery(statement), () => Promise.resolve())
  return { target, statementId: id, txId, blockNumber }
}
