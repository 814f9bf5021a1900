export type PortalErrorCode =
  | 'ADDRESS_FOREIGN'
  | 'ORIGIN_FOREIGN'
  | 'SESSION_ENDED'
  | 'NOT_FOUND'
  | 'METHOD_NOT_SUPPORTED'
  | 'REQUEST_INVALID'
  | 'REQUEST_TOO_LARGE'
  | 'TOO_MANY_REQUESTS'
  | 'HOSPITAL_UNREACHABLE'
  | 'SITE_DAMAGED'
  | 'PORT_TAKEN'

const STATUS: Partial<Record<PortalErrorCode, number>> = {
  ADDRESS_FOREIGN: 421,
  ORIGIN_FOREIGN: 403,
  SESSION_ENDED: 401,
  NOT_FOUND: 404,
  METHOD_NOT_SUPPORTED: 405,
  REQUEST_INVALID: 400,
  REQUEST_TOO_LARGE: 413,
  TOO_MANY_REQUESTS: 503,
  HOSPITAL_UNREACHABLE: 502
}

/** What the service of the pages refuses, or what keeps it from starting. */
export class PortalError extends Error {
  override readonly name = 'PortalError'
  readonly code: PortalErrorCode

  constructor (code: PortalErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }

  get status (): number {
    return STATUS[this.code] ?? 500
  }
}
