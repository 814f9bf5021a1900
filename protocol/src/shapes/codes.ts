import type { AnswerFault } from '@epione/crypto'

/** Every code a transaction can be refused with. The message that crosses the peer is `CODE: sentence`. */
export const LEDGER_ERROR_CODES = [
  'ARGUMENT_INVALID',
  'NETWORK_NOT_FOUNDED',
  'NETWORK_ALREADY_FOUNDED',
  'NOT_AUTHORIZED',
  'TIMESTAMP_OUT_OF_TOLERANCE',
  'STATEMENT_INVALID',
  'FEATURE_INACTIVE',
  'SIGNATURE_INVALID',
  'STATEMENT_REPLAYED',
  'STATEMENT_EXPIRED',
  'STATEMENT_NOT_YET_VALID',
  'PATIENT_UNKNOWN',
  'PATIENT_EXISTS',
  'PATIENT_ID_MISMATCH',
  'PATIENT_FROZEN',
  'PATIENT_SUCCEEDED',
  'DIRECTORY_CONFLICT',
  'CHANGE_PENDING',
  'CHANGE_STOPPED',
  'CHANGE_UNKNOWN',
  'GUARDIANS_UNKNOWN',
  'GUARDIANS_CONFLICT',
  'GUARDIANS_TOO_FEW',
  'RECOVERY_OUTDATED',
  'RECOVERY_STOPPED',
  'RECOVERIES_TOO_MANY',
  'REPRESENTATIONS_TOO_MANY',
  'FREEZE_CONFLICT',
  'BINDING_MISSING',
  'BINDING_MISMATCH',
  'BINDING_CONFLICT',
  'PROXY_UNKNOWN',
  'RECORD_UNKNOWN',
  'RECORD_EXISTS',
  'RECORD_CONFLICT',
  'REWRAP_CONFLICT',
  'WRAP_EXISTS',
  'COMPARTMENT_UNKNOWN',
  'COMPARTMENT_OUTDATED',
  'CONSENT_UNKNOWN',
  'CONSENT_INVALID',
  'CONSENT_OUTDATED',
  'CONSENT_ENDED',
  'CUSTODY_NOT_LISTED',
  'CUSTODY_MISSING',
  'EVENT_UNKNOWN',
  'EVENT_NOT_PERMITTED',
  'ACCUSATION_REFUSED',
  'ANCHOR_UNKNOWN',
  'ANCHOR_CONFLICT',
  'INTERNAL'
] as const

export type LedgerErrorCode = (typeof LEDGER_ERROR_CODES)[number]

/** What a false answer of a proxy is convicted of: the first check of `judgeAnswer` that it fails. */
export type AccusationFailure = AnswerFault

/** Rules of the decision (DESIGN §4). A permit lists the rules that granted it, a denial every rule that failed. */
export const DECISION_RULES = {
  roleMayAct: 'policy.role-may-act',
  roleMayNotAct: 'policy.role-may-not-act',
  policyForbids: 'policy.forbids',
  policyUndecided: 'policy.cannot-be-evaluated',
  consentGrants: 'consent.grants',
  recordUnknown: 'record.unknown',
  patientFrozen: 'patient.frozen',
  patientSucceeded: 'patient.succeeded',
  noConsent: 'consent.none-named',
  consentUnknown: 'consent.unknown',
  consentOfAnotherPatient: 'consent.of-another-patient',
  consentRevoked: 'consent.revoked',
  consentVoid: 'consent.void',
  consentPending: 'consent.pending',
  consentSuspended: 'consent.suspended',
  consentNotStarted: 'consent.not-started',
  consentExpired: 'consent.expired',
  granteeMismatch: 'consent.grantee-mismatch',
  receivingKeyMismatch: 'consent.receiving-key-mismatch',
  actionNotGranted: 'consent.action-not-granted',
  purposeNotGranted: 'consent.purpose-not-granted',
  compartmentNotGranted: 'consent.compartment-not-granted',
  conditionFailed: 'consent.condition-failed'
} as const

export type DecisionRule = (typeof DECISION_RULES)[keyof typeof DECISION_RULES]
