import { isClientError, messageOf } from '@epione/sdk/errors'
import type { ClientErrorCode, ErrorDetails } from '@epione/sdk'

/** What went wrong, as it crosses from the worker to the page: plain JSON without secrets. */
export interface Problem { code: ClientErrorCode | 'LOCKED' | 'PROPOSAL_GONE' | 'WORDS_WRONG', message: string, details: ErrorDetails }

/** An error that the worker throws on purpose, beside those of the SDK. */
export class PortalError extends Error {
  override readonly name = 'PortalError'
  readonly code: 'LOCKED' | 'PROPOSAL_GONE' | 'WORDS_WRONG'

  constructor (code: 'LOCKED' | 'PROPOSAL_GONE' | 'WORDS_WRONG', message: string) {
    super(message)
    this.code = code
  }
}

export function problemOf (error: unknown): Problem {
  if (isClientError(error)) {
    const { code, message, details } = error
    return { code, message, details: JSON.parse(JSON.stringify(details)) as ErrorDetails }
  }
  if (error instanceof PortalError) return { code: error.code, message: error.message, details: {} }
  return { code: 'UNEXPECTED', message: messageOf(error), details: {} }
}
