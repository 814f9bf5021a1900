import { LedgerUnavailable } from '@epione/ledger/fabric'
import { LedgerError } from '@epione/protocol'
import type { LedgerErrorCode } from '@epione/protocol'

/** HTTP status of every code that the gateway itself answers with (STYLE 12: one table). */
export const GATEWAY_STATUS = {
  REQUEST_INVALID: 400,
  STATEMENT_INVALID: 400,
  FEATURE_INACTIVE: 400,
  STATEMENT_EXPIRED: 400,
  STATEMENT_NOT_YET_VALID: 400,
  SIGNATURE_INVALID: 400,
  CONTENT_EMPTY: 400,
  CONTENT_MISMATCH: 400,
  CONTENT_INTERRUPTED: 400,
  WRAP_MISMATCH: 400,
  CURSOR_INVALID: 400,
  KFRAG_INVALID: 400,
  KFRAGS_MISMATCH: 400,
  CUSTODY_NOT_LISTED: 400,
  ESCROW_MISMATCH: 400,
  BATCH_INVALID: 400,
  TOKEN_MISSING: 401,
  TOKEN_INVALID: 401,
  TOKEN_EXPIRED: 401,
  TOKEN_AUDIENCE: 401,
  SESSION_INVALID: 401,
  SESSION_EXPIRED: 401,
  SESSION_REPLAYED: 401,
  PEER_UNKNOWN: 401,
  SCOPE_MISSING: 403,
  NOT_ENROLLED: 403,
  NOT_PERMITTED: 403,
  ACCESS_DENIED: 403,
  EVENT_DENIED: 403,
  EVENT_OF_ANOTHER: 403,
  PERMIT_EXPIRED: 403,
  CONSENT_ENDED: 403,
  DECISION_MISMATCH: 403,
  WRAP_UNKNOWN: 403,
  STATEMENT_UNPROVEN: 403,
  NOT_FOUND: 404,
  STATEMENT_UNKNOWN: 404,
  CONTENT_UNKNOWN: 404,
  EVENT_UNKNOWN: 404,
  RECOVERY_UNKNOWN: 404,
  BACKUP_UNKNOWN: 404,
  SHARE_UNKNOWN: 404,
  REQUEST_TIMEOUT: 408,
  RECOVERY_PENDING: 409,
  RECOVERY_STOPPED: 409,
  RECOVERY_OUTDATED: 409,
  GUARDIANS_CONFLICT: 409,
  IDEMPOTENCY_KEY_REUSED: 409,
  IDEMPOTENCY_IN_PROGRESS: 409,
  PRACTITIONER_EXISTS: 409,
  CONTENT_MISSING: 409,
  KFRAG_MISSING: 409,
  BATCH_FINAL: 409,
  RECORD_ENDED: 410,
  PRECONDITION_FAILED: 412,
  CONTENT_TOO_LARGE: 413,
  REQUEST_TOO_LARGE: 413,
  MEDIA_TYPE_UNSUPPORTED: 415,
  RANGE_INVALID: 416,
  TOO_MANY_REQUESTS: 429,
  PROPOSALS_TOO_MANY: 429,
  DENIED_REPEATEDLY: 429,
  QUOTA_EXCEEDED: 429,
  INTERNAL: 500,
  PEER_REFUSED: 502,
  LEDGER_RESULT_INVALID: 502,
  NOT_READY: 503,
  LEDGER_UNAVAILABLE: 503,
  READ_MODEL_BEHIND: 503,
  PEER_BEHIND: 503,
  LEDGER_DIVERGED: 503,
  COPY_UNAVAILABLE: 503,
  CONTENT_UNAVAILABLE: 503,
  ANCHOR_MISMATCH: 503,
  CA_UNAVAILABLE: 503,
  IDENTITY_PROVIDER_UNAVAILABLE: 503,
  PROXIES_CONVICTED: 503,
  PROXIES_INSUFFICIENT: 503,
  PEER_UNAVAILABLE: 503,
  OVERLOADED: 503,
  STORAGE_FULL: 507
} as const satisfies Record<string, number>

export type GatewayErrorCode = keyof typeof GATEWAY_STATUS

/** HTTP status of every code that the ledger refuses with. */
export const LEDGER_STATUS: Record<LedgerErrorCode, number> = {
  ARGUMENT_INVALID: 400,
  NETWORK_NOT_FOUNDED: 503,
  NETWORK_ALREADY_FOUNDED: 409,
  NETWORK_CONFLICT: 409,
  MEMBERS_FIXED: 400,
  PROPOSAL_INVALID: 400,
  PROPOSAL_PENDING: 409,
  PROPOSAL_UNKNOWN: 404,
  PROPOSAL_LAPSED: 409,
  APPROVAL_CONFLICT: 409,
  POLICY_UNKNOWN: 404,
  POLICY_INVALID: 400,
  NOT_AUTHORIZED: 403,
  TIMESTAMP_OUT_OF_TOLERANCE: 503,
  STATEMENT_INVALID: 400,
  FEATURE_INACTIVE: 400,
  SIGNATURE_INVALID: 400,
  STATEMENT_REPLAYED: 409,
  STATEMENT_EXPIRED: 400,
  STATEMENT_NOT_YET_VALID: 400,
  PATIENT_UNKNOWN: 404,
  PATIENT_EXISTS: 409,
  PATIENT_ID_MISMATCH: 400,
  PATIENT_FROZEN: 409,
  PATIENT_SUCCEEDED: 409,
  DIRECTORY_CONFLICT: 409,
  CHANGE_PENDING: 409,
  CHANGE_STOPPED: 409,
  CHANGE_UNKNOWN: 404,
  GUARDIANS_UNKNOWN: 404,
  GUARDIANS_CONFLICT: 409,
  GUARDIANS_TOO_FEW: 403,
  RECOVERY_OUTDATED: 409,
  RECOVERY_STOPPED: 409,
  RECOVERIES_TOO_MANY: 409,
  REPRESENTATIONS_TOO_MANY: 409,
  FREEZE_CONFLICT: 409,
  BINDING_MISSING: 409,
  BINDING_MISMATCH: 403,
  BINDING_CONFLICT: 409,
  SUSPENDED: 403,
  SUSPENSION_CONFLICT: 409,
  PROXY_UNKNOWN: 404,
  RECORD_UNKNOWN: 404,
  RECORD_EXISTS: 409,
  RECORD_CONFLICT: 409,
  RECORD_ENDED: 410,
  ERASURE_TOO_LARGE: 400,
  ORDER_UNKNOWN: 404,
  ORDER_MISMATCH: 400,
  REWRAP_CONFLICT: 409,
  WRAP_EXISTS: 409,
  COMPARTMENT_UNKNOWN: 400,
  COMPARTMENT_OUTDATED: 409,
  CONSENT_UNKNOWN: 404,
  CONSENT_INVALID: 400,
  CONSENT_OUTDATED: 409,
  CONSENT_ENDED: 409,
  PROHIBITION_INVALID: 400,
  PROHIBITION_UNKNOWN: 404,
  PROHIBITIONS_TOO_MANY: 409,
  CUSTODY_NOT_LISTED: 400,
  CUSTODY_MISSING: 409,
  EVENT_UNKNOWN: 404,
  EVENT_NOT_PERMITTED: 409,
  ACCUSATION_REFUSED: 400,
  ANCHOR_UNKNOWN: 404,
  ANCHOR_CONFLICT: 409,
  INTERNAL: 500
}

export interface GatewayErrorOptions {
  cause?: unknown
  /** Further members of the problem document. */
  extensions?: Record<string, unknown>
  /** Seconds after which asking again makes sense; becomes the `Retry-After` header. */
  retryAfterSeconds?: number
}

/** Anything the gateway refuses or fails with on purpose; the error handler turns it into a problem document. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError'
  readonly code: GatewayErrorCode
  readonly extensions: Record<string, unknown>
  readonly retryAfterSeconds: number | undefined

  constructor (code: GatewayErrorCode, message: string, options: GatewayErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.extensions = options.extensions ?? {}
    this.retryAfterSeconds = options.retryAfterSeconds
  }

  get status (): number {
    return GATEWAY_STATUS[this.code]
  }
}

/** True for what was refused or failed on purpose, here or by the ledger: its code and message may be shown. */
export function isRefusal (error: unknown): error is GatewayError | LedgerError | LedgerUnavailable {
  return error instanceof GatewayError || error instanceof LedgerError || error instanceof LedgerUnavailable
}
