import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'

/** Number of the block that holds a committed transaction. @throws {GatewayError} LEDGER_UNAVAILABLE while the own peer lags */
export async function findBlock (app: FastifyInstance, txId: string): Promise<number> {
  const transaction = await app.ledger.connection.findTransaction(txId)
  if (transaction === undefined) throw new GatewayError('LEDGER_UNAVAILABLE', 'the transaction\'s block is not here yet')
  return transaction.blockNumber
}
