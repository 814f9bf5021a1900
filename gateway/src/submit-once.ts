import { LedgerError } from '@epione/chaincode/client'
import type { Submitted } from '@epione/chaincode/client'
import type { StatementReceipt } from '@epione/chaincode/model'
import type { FastifyInstance } from 'fastify'
import { findBlock } from './sharing/find-block.ts'

/** What a write answers: what it left on the ledger, and where. */
export interface Written<T> { value: T, txId: string, blockNumber: number }

/**
 * Submits a statement; one that is on the ledger already through this hospital answers as it did the first time, so
 * that a client whose answer was lost can simply send it again. `recover` reads what the first time returned.
 * @throws {LedgerError} STATEMENT_REPLAYED when another hospital submitted it
 */
export async function submitOnce<T> (app: FastifyInstance, statementId: string, submit: () => Promise<Submitted<T>>, recover: (receipt: StatementReceipt) => Promise<T>): Promise<Written<T>> {
  return await submitOrRecover(app, statementId, submit, async (receipt) => {
    const transaction = receipt.submittedBy === app.config.mspId ? await app.ledger.connection.findTransaction(receipt.txId) : undefined
    return transaction === undefined ? undefined : { value: await recover(receipt), txId: receipt.txId, blockNumber: transaction.blockNumber }
  })
}

/** Submits a statement that authenticates itself: one that any hospital brought to the ledger already is done. */
export async function submitAnywhere<T> (app: FastifyInstance, statementId: string, submit: () => Promise<Submitted<T>>, recover: () => Promise<T>): Promise<Written<T>> {
  return await submitOrRecover(app, statementId, submit, async ({ txId }) => ({ value: await recover(), txId, blockNumber: await findBlock(app, txId) }))
}

async function submitOrRecover<T> (app: FastifyInstance, statementId: string, submit: () => Promise<Submitted<T>>, recover: (receipt: StatementReceipt) => Promise<Written<T> | undefined>): Promise<Written<T>> {
  try {
    const { value, txId, blockNumber } = await submit()
    return { value, txId, blockNumber: Number(blockNumber) }
  } catch (error) {
    if (!(error instanceof LedgerError) || error.code !== 'STATEMENT_REPLAYED') throw error
    const receipt = await app.ledger.gateway.findStatement(statementId)
    const former = receipt === undefined ? undefined : await recover(receipt)
    if (former === undefined) throw error
    return former
  }
}
