import { LedgerError } from '@epione/protocol'
import type { Submitted } from '@epione/ledger/client'
import type { StatementReceipt } from '@epione/protocol'
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import { CATCH_UP_MS, catchUp } from '../catch-up.ts'
import { findBlock } from './find-block.ts'

/** What a write answers: what it left on the ledger, and where; `isNew` unless it was there before. */
export interface Written<T> { value: T, txId: string, blockNumber: number, isNew: boolean }

/**
 * Submits a statement; one that is on the ledger already, whoever brought it there, answers as it did the first time: a
 * client whose answer was lost simply sends it again, and nobody can spend it for somebody else. `recover` reads what the
 * first time returned.
 */
export async function submitOnce<T> (
  app: FastifyInstance,
  statementId: string,
  submit: () => Promise<Submitted<T>>,
  recover: (receipt: StatementReceipt) => Promise<T>
): Promise<Written<T>> {
  try {
    const { value, txId, blockNumber } = await submit()
    return { value, txId, blockNumber: Number(blockNumber), isNew: true }
  } catch (error) {
    if (!(error instanceof LedgerError) || error.code !== 'STATEMENT_REPLAYED') throw error
    const receipt = await findReceipt(app, statementId, error)
    return { value: await recover(receipt), txId: receipt.txId, blockNumber: await findBlock(app, receipt.txId), isNew: false }
  }
}

/** The same of a statement of whose effect nothing but its place is answered. */
export async function submitForPlace (
  app: FastifyInstance,
  statementId: string,
  submit: () => Promise<Submitted<unknown>>
): Promise<Pick<Written<unknown>, 'txId' | 'blockNumber' | 'isNew'>> {
  return await submitOnce<unknown>(app, statementId, submit, () => Promise.resolve())
}

/**
 * Another peer's word that the ledger has a statement counts once the own peer shows it, which may be a moment behind after a restart.
 * @throws {GatewayError} LEDGER_UNAVAILABLE
 */
async function findReceipt (app: FastifyInstance, statementId: string, cause: LedgerError): Promise<StatementReceipt> {
  return await catchUp(['LEDGER_UNAVAILABLE'], CATCH_UP_MS, async () => {
    const receipt = await app.ledger.gateway.findStatement(statementId)
    if (receipt !== undefined) return receipt
    throw new GatewayError('LEDGER_UNAVAILABLE', 'another hospital\'s peer has this statement, and this hospital\'s does not show it yet', { cause })
  })
}
