import { LedgerError } from '@epione/protocol'
import type { LedgerErrorCode } from '@epione/protocol'

/** The bytes themselves are wrong: no peer will ever take them. */
const WRONG_BYTES: readonly LedgerErrorCode[] = ['STATEMENT_INVALID', 'SIGNATURE_INVALID']
/** A revocation whose signer acts for the patient no more; one of a peer that does not know who signed yet is another. */
const REVOCATION_OVER: readonly LedgerErrorCode[] = [...WRONG_BYTES, 'REPRESENTATION_ENDED', 'DELEGATE_ENDED', 'DELEGATE_EXCEEDED']
/**
 * What a consent is refused for that leaves nothing to wait for: it will never be right, or its patient makes it anew, from the
 * newest directory or once unfrozen. Who sends the same one again brings its kfrags again.
 */
const CONSENT_OVER: readonly LedgerErrorCode[] = [
  'CONSENT_INVALID', 'CONSENT_ENDED', 'CONSENT_OUTDATED', 'COMPARTMENT_UNKNOWN', 'COMPARTMENT_OUTDATED', 'PATIENT_FROZEN', 'PATIENT_SUCCEEDED',
  'REPRESENTATION_ENDED'
]

/**
 * True for refusals that the same revocation meets for ever. All else may pass: a peer that lags or is broken, a certificate
 * that is being replaced, an answer that came too late.
 */
export function isFinalForRevocation (error: unknown): error is LedgerError {
  return error instanceof LedgerError && REVOCATION_OVER.includes(error.code)
}

/** True for refusals after which kfrags of the consent are kept no longer. */
export function isFinalForConsent (error: unknown): error is LedgerError {
  return error instanceof LedgerError && [...WRONG_BYTES, ...CONSENT_OVER].includes(error.code)
}
