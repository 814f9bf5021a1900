/** Every reason for which this package refuses bytes from outside. Callers branch on it, never on the message. */
export type CryptoErrorCode =
  | 'HEX_INVALID'
  | 'LENGTH_INVALID'
  | 'PHRASE_INVALID'
  | 'POINT_INVALID'
  | 'SCALAR_INVALID'
  | 'CAPSULE_INVALID'
  | 'KFRAG_INVALID'
  | 'KFRAGS_INCONSISTENT'
  | 'PRECURSOR_INVALID'
  | 'CFRAG_INVALID'
  | 'ANSWER_INVALID'
  | 'EVIDENCE_INVALID'
  | 'DECRYPTION_FAILED'
  | 'WRAP_INVALID'
  | 'HEADER_INVALID'
  | 'COMMITMENT_MISMATCH'
  | 'CONTENT_MODIFIED'
  | 'CONTENT_TRUNCATED'
  | 'CONTENT_HASH_MISMATCH'
  | 'SEALED_INVALID'
  | 'INDEX_ENTRY_INVALID'
  | 'CHAIN_BROKEN'
  | 'SHARE_INVALID'
  | 'SHARE_OUTDATED'
  | 'SHARES_TOO_FEW'
  | 'BACKUP_INVALID'
  | 'STATEMENT_MALFORMED'
  | 'STATEMENT_NOT_CANONICAL'
  | 'STATEMENT_TOO_LARGE'
  | 'SIGNATURE_INVALID'
  | 'PROOF_INVALID'

/**
 * Thrown for bytes from outside that are malformed, unproven or cannot be opened; a wrong argument of the caller
 * is a `TypeError` or `RangeError` instead. Messages never carry a secret.
 */
export class CryptoError extends Error {
  override readonly name = 'CryptoError'
  readonly code: CryptoErrorCode

  constructor (code: CryptoErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}

/** Runs `decode`; whatever it refuses is refused under `code`, so that a caller learns which object was bad. */
export function refuseAs<T> (code: CryptoErrorCode, what: string, decode: () => T): T {
  try {
    return decode()
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error
    throw new CryptoError(code, `${what}: ${error.message}`, { cause: error })
  }
}
