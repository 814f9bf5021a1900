import type { IssueType } from '@epione/protocol/fhir'

/** HTTP status of every code that this service itself answers with; codes of the SDK are in problems.ts. */
export const FHIR_STATUS = {
  REQUEST_INVALID: 400,
  PARAMETER_UNKNOWN: 400,
  CURSOR_INVALID: 400,
  RESOURCE_INVALID: 422,
  NOT_EXPRESSIBLE: 422,
  TOKEN_MISSING: 401,
  SCOPE_MISSING: 403,
  HOST_FOREIGN: 403,
  ORIGIN_FOREIGN: 403,
  NOT_FOUND: 404,
  PATIENT_UNKNOWN: 422,
  CARD_MISSING: 422,
  METHOD_NOT_SUPPORTED: 405,
  NOT_ACCEPTABLE: 406,
  RECORD_CONFLICT: 409,
  PRECONDITION_FAILED: 412,
  REQUEST_TOO_LARGE: 413,
  CONTENT_TOO_LARGE: 413,
  EXPORT_TOO_LARGE: 413,
  MEDIA_TYPE_UNSUPPORTED: 415,
  RANGE_INVALID: 416,
  TOO_MANY_REQUESTS: 429,
  CALLERS_INVALID: 500,
  INTERNAL: 500
} as const satisfies Record<string, number>

export type FhirErrorCode = keyof typeof FHIR_STATUS

interface More { issue?: IssueType, expression?: readonly string[], cause?: unknown }

/** Everything that this service throws on purpose. */
export class FhirError extends Error {
  override readonly name = 'FhirError'
  readonly code: FhirErrorCode
  /** Where the status alone says too little. */
  readonly issue: IssueType | undefined
  readonly expression: readonly string[] | undefined

  constructor (code: FhirErrorCode, message: string, { issue, expression, cause }: More = {}) {
    super(message, cause === undefined ? {} : { cause })
    this.code = code
    this.issue = issue
    this.expression = expression
  }

  get status (): number {
    return FHIR_STATUS[this.code]
  }
}
