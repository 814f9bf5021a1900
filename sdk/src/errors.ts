/** What the `epione` command returns to its caller. */
export const EXIT_CODES = {
  ok: 0,
  unexpected: 1,
  usage: 2,
  refused: 3,
  verificationFailed: 4,
  unavailable: 5,
  keystore: 6,
  notFound: 7,
  incomplete: 8
} as const

export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES]

const E = EXIT_CODES

const CODE_EXITS = {
  UNEXPECTED: E.unexpected,
  /** Something was done and its answer is lost. */
  OUTPUT_FAILED: E.unexpected,

  USAGE: E.usage,
  ALREADY_INITIALIZED: E.usage,
  NOT_INITIALIZED: E.usage,
  CONFIG_INVALID: E.usage,
  CATEGORY_UNKNOWN: E.usage,
  /** A part of a record that lies beyond it: `sizeBytes` is its length. */
  PART_INVALID: E.usage,
  FILE_UNREADABLE: E.usage,
  FILE_EMPTY: E.usage,
  TEXT_NOT_UTF8: E.usage,
  FILE_CHANGED: E.usage,
  FILE_DAMAGED: E.usage,
  /** Measurements that do not validate, or that a format cannot say: `reason`, and `line` and `column` or `byte`. */
  MEASUREMENTS_INVALID: E.usage,
  FILE_EXISTS: E.usage,
  PHRASE_INVALID: E.usage,
  PHRASE_FOREIGN: E.usage,
  /** A search that cannot be read: `column` says where, `advice` what to do. */
  QUERY_INVALID: E.usage,
  TOKEN_REQUIRED: E.usage,
  PASSPHRASE_REQUIRED: E.usage,
  FINGERPRINT_REQUIRED: E.usage,
  /** Mistyped, misheard, or another's key on the ledger: nothing tells which, so nobody is accused. */
  FINGERPRINT_MISMATCH: E.usage,
  IDENTITY_CHANGED: E.usage,

  REFUSED: E.refused,
  /** Uses what is agreed and no code does yet. */
  FEATURE_INACTIVE: E.refused,
  ACCESS_DENIED: E.refused,
  /** A person, or the keys in question, ended for good. */
  SUSPENDED: E.refused,
  /** Somebody was asked and did not say yes: nothing was done. */
  DECLINED: E.refused,
  PATIENT_FROZEN: E.refused,
  PATIENT_SUCCEEDED: E.refused,
  /** A patient's device ended, or is outside of its period: it writes nothing more. */
  DEVICE_ENDED: E.refused,
  DEVICE_NOT_IN_FORCE: E.refused,
  /** Somebody's version came first: details name it. */
  RECORD_CONFLICT: E.refused,
  RECORD_ENDED: E.refused,
  /** A segment of a stream has windows, and no content of its own. */
  RECORD_IS_STREAM: E.refused,
  CHANGE_PENDING: E.refused,
  GUARDIAN_UNKNOWN: E.refused,
  RECOVERY_PENDING: E.refused,
  RECOVERY_STOPPED: E.refused,
  RECOVERY_OUTDATED: E.refused,
  RECOVERY_IMPOSSIBLE: E.refused,
  SHARE_OUTDATED: E.refused,
  ACCUSATION_UNFOUNDED: E.refused,
  CARD_INCOMPLETE: E.refused,
  SHARES_TOO_FEW: E.refused,
  /** A department has another key by now, or was put in place anew: its consents wait for the patient. */
  REGRANT_NEEDED: E.refused,
  REPRESENTATION_ENDED: E.refused,
  /** What the patient alone does. */
  NOT_FOR_REPRESENTATIVES: E.refused,
  NOT_FOR_DELEGATES: E.refused,
  DELEGATE_ENDED: E.refused,
  /** The patient has newer keys than a representative was given. */
  KEYS_OUTDATED: E.refused,
  PROOF_PENDING: E.refused,
  /** A policy says otherwise than somebody expects of it. */
  POLICY_DIFFERS: E.refused,

  ANSWER_MALFORMED: E.verificationFailed,
  NETWORK_MISMATCH: E.verificationFailed,
  ORGANIZATIONS_DIFFER: E.verificationFailed,
  DIRECTORY_INVALID: E.verificationFailed,
  DEVICE_INVALID: E.verificationFailed,
  SEARCH_KEYS_INVALID: E.verificationFailed,
  SAFETY_INVALID: E.verificationFailed,
  SHARE_INVALID: E.verificationFailed,
  BACKUP_INVALID: E.verificationFailed,
  EVIDENCE_INVALID: E.verificationFailed,
  BINDING_INVALID: E.verificationFailed,
  BINDING_FOREIGN: E.verificationFailed,
  MEMBERSHIP_INVALID: E.verificationFailed,
  /** What the hospital hands out as the department's key is not what the member who made it signed. */
  ENVELOPE_INVALID: E.verificationFailed,
  CARD_INVALID: E.verificationFailed,
  /** Keys that a patient handed over are not theirs, or do not open. */
  REPRESENTATION_INVALID: E.verificationFailed,
  COMPARTMENT_MISMATCH: E.verificationFailed,
  STATEMENT_NOT_COMMITTED: E.verificationFailed,
  RECEIPT_MISMATCH: E.verificationFailed,
  ECHO_MISMATCH: E.verificationFailed,
  MANIFEST_INVALID: E.verificationFailed,
  CONSENT_INVALID: E.verificationFailed,
  EVENT_INVALID: E.verificationFailed,
  /** Links, entries or heads of an index contradict what is signed: `party` served them. */
  INDEX_INVALID: E.verificationFailed,
  WRAP_MISMATCH: E.verificationFailed,
  /** Windows that a hospital serves are not those under their segment's root, or not their device's. */
  WINDOWS_INVALID: E.verificationFailed,
  PROXIES_LIED: E.verificationFailed,
  KFRAGS_INCONSISTENT: E.verificationFailed,
  SEALED_WRONGLY: E.verificationFailed,
  /** A roll-up says something else than the samples that it sums up. */
  ROLL_UP_DIFFERS: E.verificationFailed,
  CONTENT_MODIFIED: E.verificationFailed,
  PROOF_FALSE: E.verificationFailed,
  /** An exported file or its manifest: `exportCode` says what is wrong. */
  EXPORT_FALSE: E.verificationFailed,
  LEDGER_FALSE: E.verificationFailed,

  UNAVAILABLE: E.unavailable,
  DISK_FULL: E.unavailable,
  AGENT_UNAVAILABLE: E.unavailable,
  SECOND_ORGANIZATION_UNREACHABLE: E.unavailable,
  /** Too many of a consent's proxies gave false answers: until members clear them there is nothing to wait for. */
  PROXIES_CONVICTED: E.unavailable,
  PROXIES_INSUFFICIENT: E.unavailable,
  ESCROW_INCOMPLETE: E.unavailable,

  PASSPHRASE_WRONG: E.keystore,
  /** The keystore is sealed under an authenticator, too. */
  SECOND_FACTOR_REQUIRED: E.keystore,
  KEYSTORE_DAMAGED: E.keystore,
  KEYSTORE_MISSING: E.keystore,

  NOT_FOUND: E.notFound,

  LEDGER_INCOMPLETE: E.incomplete,
  /** Some of what was to be moved was not; the rest was: details say what became of all. */
  SYNC_INCOMPLETE: E.incomplete
} as const satisfies Record<string, ExitCode>

export type ClientErrorCode = keyof typeof CODE_EXITS

const KINDS = new Map(Object.entries(EXIT_CODES).map(([kind, exit]) => [exit, kind as keyof typeof EXIT_CODES]))

/** Which kind of fault a code is; of others than the SDK's `unexpected`. */
export function codeKind (code: string): keyof typeof EXIT_CODES {
  const exit = Object.hasOwn(CODE_EXITS, code) ? CODE_EXITS[code as ClientErrorCode] : EXIT_CODES.unexpected
  return KINDS.get(exit) ?? 'unexpected'
}

/** Who gave a false answer, as far as the first failing check tells (PROTOCOL §2). */
export interface Party {
  kind: 'gateway' | 'organizations' | 'proxy' | 'patient' | 'author' | 'store' | 'card' | 'guardian' | 'accuser'
  mspId?: string
  mspIds?: string[]
  patientId?: string
  staffId?: string
  /** A patient's device that wrote something. */
  deviceId?: string
}

/** Names an author or patient in a sentence. */
export function describeParty ({ mspId, staffId, patientId, deviceId }: Party): string {
  if (deviceId !== undefined) return `device ${deviceId}`
  return mspId !== undefined && staffId !== undefined ? `${mspId}/${staffId}` : `patient ${patientId ?? ''}`
}

export interface ErrorDetails { party?: Party, [detail: string]: unknown }

/** Everything the SDK throws on purpose. `details` are plain JSON without secrets; callers branch on `code`. */
export class ClientError extends Error {
  override readonly name = 'ClientError'
  readonly code: ClientErrorCode
  readonly details: ErrorDetails

  constructor (code: ClientErrorCode, message: string, details: ErrorDetails = {}, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
    this.details = details
  }

  get exitCode (): ExitCode {
    return CODE_EXITS[this.code]
  }
}

export function isClientError (error: unknown, ...codes: readonly ClientErrorCode[]): error is ClientError {
  return error instanceof ClientError && (codes.length === 0 || codes.includes(error.code))
}

/** The `code` member of an error of the platform or of a library, when it has one. */
export function errorCodeOf (error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

export function messageOf (error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
