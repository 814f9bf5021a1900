import type { TransactionName } from '@epione/protocol'

/** A committed transaction, and where it is. */
export interface Committed {
  result: Uint8Array
  txId: string
  blockNumber: bigint
}

/**
 * What the client needs of a ledger: a peer's gateway or an in-memory double. `submit` returns once the transaction
 * is committed and valid. Both throw a `LedgerError` for a refusal (see `parseLedgerError`), and `submit` a
 * `ReadConflict` when the transaction lost against one that committed before it.
 */
export interface LedgerPort {
  submit (transaction: TransactionName, args: string[]): Promise<Committed>
  evaluate (transaction: TransactionName, args: string[]): Promise<Uint8Array>
}

/** Something the transaction read was changed before it committed: it left no trace and may be made anew. */
export class ReadConflict extends Error {
  override readonly name = 'ReadConflict'
  readonly code = 'READ_CONFLICT'
  readonly txId: string

  constructor (txId: string, options?: ErrorOptions) {
    super(`Transaction ${txId} read what another one changed before it committed.`, options)
    this.txId = txId
  }
}
