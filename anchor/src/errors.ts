/** Every reason for which this workspace refuses something. Callers branch on it, never on the message. */
export type AnchorErrorCode =
  | 'ANCHOR_GAP'
  | 'ANCHOR_WRONG'
  | 'BLOCK_FILE_TORN'
  | 'BLOCK_MALFORMED'
  | 'BLOCK_MISSING'
  | 'CHAIN_BROKEN'
  | 'CHAIN_MISMATCH'
  | 'CHECKPOINT_MISMATCH'
  | 'CODE_FALSE'
  | 'COMMIT_HASH_FALSE'
  | 'CONFIG_MALFORMED'
  | 'CONFIG_UNAUTHORIZED'
  | 'CONTRACT_REPLACED'
  | 'DATA_HASH_MISMATCH'
  | 'DER_MALFORMED'
  | 'ENVELOPE_MALFORMED'
  | 'HISTORY_REWRITTEN'
  | 'LAST_CONFIG_WRONG'
  | 'LEDGER_CUT_OFF'
  | 'LEDGER_UNREADABLE'
  | 'NETWORK_MISMATCH'
  | 'ORDERER_SIGNATURE_INVALID'
  | 'TRANSACTIONS_SWAPPED'

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
