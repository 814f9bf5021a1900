import { checkSchema, TRANSACTION_RESULTS } from '@epione/protocol'
import type { TransactionName, TransactionResult } from '@epione/protocol'

/** A peer answered something else than the transaction returns: it runs other chaincode, or lies. Ask another peer. */
export class LedgerResultInvalid extends Error {
  override readonly name = 'LedgerResultInvalid'
  readonly code = 'LEDGER_RESULT_INVALID'
  /** Of a transaction that was committed all the same. */
  readonly txId: string | undefined

  constructor (transaction: TransactionName, txId: string | undefined, options: ErrorOptions) {
    super(
      `The peer answers ${transaction} in a form that the transaction does not have: look whether it runs the network's chaincode.`,
      options
    )
    this.txId = txId
  }
}

/**
 * What a transaction returned: its response, and where that is empty what it had to say in its event, which then holds the same. So
 * blocks carry it once less.
 */
export function resultOf (response: Uint8Array, event: { payload: Uint8Array } | undefined): Uint8Array {
  return response.length === 0 ? event?.payload ?? response : response
}

/** What a transaction returned, read by its own schema. @throws {LedgerResultInvalid} */
export function readResult<N extends TransactionName> (transaction: N, result: Uint8Array, txId?: string): TransactionResult<N> {
  try {
    return checkSchema(TRANSACTION_RESULTS[transaction], JSON.parse(new TextDecoder().decode(result)), transaction)
  } catch (error) {
    throw new LedgerResultInvalid(transaction, txId, { cause: error })
  }
}
