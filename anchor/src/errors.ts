/** Every reason for which the anchor service refuses or stops. Callers branch on it, never on the message. */
export type AnchorErrorCode =
  | 'ANCHOR_DIFFERS'
  | 'CHAIN_MISMATCH'
  | 'CONTRACT_MISSING'
  | 'KEY_UNREADABLE'
  | 'LEDGER_MISMATCH'
  | 'MAILBOX_UNAVAILABLE'
  | 'NETWORK_INVALID'
  | 'NETWORK_MISMATCH'
  | 'OUTPUT_FAILED'
  | 'SETTINGS_INVALID'
  | 'STORAGE_FULL'
  | 'STORE_IN_USE'

/** A refusal or failure of anchoring; the message says what to do. */
export class AnchorError extends Error {
  override readonly name = 'AnchorError'
  readonly code: AnchorErrorCode

  constructor (code: AnchorErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
