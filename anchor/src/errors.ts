/** Every reason for which this workspace refuses something. Callers branch on it, never on the message. */
export type AnchorErrorCode =
  | 'BLOCK_FILE_TORN'
  | 'BLOCK_MALFORMED'
  | 'CHAIN_BROKEN'
  | 'CHAIN_MISMATCH'
  | 'DATA_HASH_MISMATCH'
  | 'ENVELOPE_MALFORMED'
  | 'LEDGER_UNREADABLE'

/** A refusal or failure of anchoring, proving or verifying; the message says what to do. */
export class AnchorError extends Error {
  override readonly name = 'AnchorError'
  readonly code: AnchorErrorCode

  constructor (code: AnchorErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
