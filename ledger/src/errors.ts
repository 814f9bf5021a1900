/** Every reason for which proofs, anchors and whole ledgers are refused. Callers branch on it, never on the message. */
export type VerificationErrorCode =
  | 'ANCHOR_GAP'
  | 'ANCHOR_WRONG'
  | 'BATCH_INVALID'
  | 'BATCH_NOT_ANCHORED'
  | 'BLOCK_FILE_TORN'
  | 'BLOCK_MALFORMED'
  | 'BLOCK_MISSING'
  | 'BLOCK_PATH_FALSE'
  | 'CALL_MALFORMED'
  | 'CHAIN_BROKEN'
  | 'CHAIN_MISMATCH'
  | 'CHAIN_UNREACHABLE'
  | 'CHECKPOINT_MISMATCH'
  | 'CODE_FALSE'
  | 'COMMIT_HASH_FALSE'
  | 'CONFIG_MALFORMED'
  | 'CONFIG_UNAUTHORIZED'
  | 'CONTRACT_MISMATCH'
  | 'CONTRACT_MISSING'
  | 'CONTRACT_REPLACED'
  | 'DATA_HASH_MISMATCH'
  | 'ENVELOPE_MALFORMED'
  | 'EVENT_MISMATCH'
  | 'EVENT_NOT_VALID'
  | 'HISTORY_REWRITTEN'
  | 'LAST_CONFIG_WRONG'
  | 'LEDGER_CUT_OFF'
  | 'LEDGER_UNREADABLE'
  | 'LOG_MALFORMED'
  | 'NETWORK_MISMATCH'
  | 'ORDERER_SIGNATURE_INVALID'
  | 'PROOF_MALFORMED'
  | 'PROOF_PENDING'
  | 'RPC_UNUSABLE'
  | 'SIGNATURES_MISSING'
  | 'SIGNATURE_INVALID'
  | 'TRANSACTIONS_SWAPPED'
  | 'TRANSACTION_PATH_FALSE'
  | 'WITNESSES_INVALID'
  | 'WITNESSES_MISMATCH'

/** Where a fault lies, as far as it has a place. */
export interface Place { readonly block?: number, readonly transaction?: number, readonly batch?: number }

/** Something that does not prove what it claims, or cannot be judged; the message says what to do. */
export class VerificationError extends Error {
  override readonly name = 'VerificationError'
  readonly code: VerificationErrorCode
  readonly place: Place

  constructor (code: VerificationErrorCode, message: string, options?: ErrorOptions & { place?: Place }) {
    super(message, options)
    this.code = code
    this.place = options?.place ?? {}
  }
}
