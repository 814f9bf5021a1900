/** Every reason for which this workspace refuses something. Callers branch on it, never on the message. */
export type AnchorErrorCode =
  | 'ANCHOR_DIFFERS'
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
  | 'LEDGER_MISMATCH'
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
  | 'DER_MALFORMED'
  | 'ENVELOPE_MALFORMED'
  | 'EVENT_MISMATCH'
  | 'EVENT_NOT_VALID'
  | 'HISTORY_REWRITTEN'
  | 'KEY_UNREADABLE'
  | 'LAST_CONFIG_WRONG'
  | 'LEDGER_CUT_OFF'
  | 'LEDGER_UNREADABLE'
  | 'LOG_MALFORMED'
  | 'MAILBOX_UNAVAILABLE'
  | 'NETWORK_INVALID'
  | 'NETWORK_MISMATCH'
  | 'ORDERER_SIGNATURE_INVALID'
  | 'OUTPUT_FAILED'
  | 'PROOF_MALFORMED'
  | 'PROOF_PENDING'
  | 'RPC_UNUSABLE'
  | 'SETTINGS_INVALID'
  | 'SIGNATURES_MISSING'
  | 'SIGNATURE_INVALID'
  | 'STORAGE_FULL'
  | 'STORE_IN_USE'
  | 'TRANSACTIONS_SWAPPED'
  | 'TRANSACTION_PATH_FALSE'
  | 'WITNESSES_INVALID'
  | 'WITNESSES_MISMATCH'

/** Where a fault lies, as far as it has a place. */
export interface Place { readonly block?: number, readonly transaction?: number, readonly batch?: number }

/** A refusal or failure of anchoring, proving or verifying; the message says what to do. */
export class AnchorError extends Error {
  override readonly name = 'AnchorError'
  readonly code: AnchorErrorCode
  readonly place: Place

  constructor (code: AnchorErrorCode, message: string, options?: ErrorOptions & { place?: Place }) {
    super(message, options)
    this.code = code
    this.place = options?.place ?? {}
  }
}
