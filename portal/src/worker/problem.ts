import { isClientError, messageOf } from '@epione/sdk/errors'
import type { ClientErrorCode, ErrorDetails } from '@epione/sdk'

type PortalErrorCode = 'LOCKED' | 'SIGNED_OUT' | 'SIGN_IN_GONE' | 'SIGN_IN_FALSE' | 'PROPOSAL_GONE' | 'WORDS_WRONG' | 'RECORD_TOO_LARGE'

/** What went wrong, as it crosses from the worker to the page: plain JSON without secrets. */
export interface Problem { code: ClientErrorCode | PortalErrorCode, message: string, details: ErrorDetails }

/** An error that the worker throws on purpose, beside those of the SDK. */
export class PortalError extends Error {
  override readonly name = 'PortalError'
  readonly code: PortalErrorCode

  constructor (code: PortalErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

export function problemOf (error: unknown): Problem {
  if (isClientError(error)) {
    const { message, details } = error
    // Said by the service of these pages, and not by the hospital that was asked through it.
    const code = details['gatewayCode'] === 'SESSION_ENDED' ? 'TOKEN_REQUIRED' : error.code
    return { code, message, details: JSON.parse(JSON.stringify(details)) as ErrorDetails }
  }
  if (error instanceof PortalError) return { code: error.code, message: error.message, details: {} }
  return { code: 'UNEXPECTED', message: messageOf(error), details: {} }
}
