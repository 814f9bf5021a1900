import { ClientError, errorCodeOf, messageOf } from '../errors.ts'

/** The error of a gateway to which no connection could be made, or whose connection broke: `reason` is the system's own code. */
export function unreachable (url: string, cause: unknown): ClientError {
  const details = { url, reason: errorCodeOf(cause) ?? 'unknown' }
  return new ClientError('UNAVAILABLE', `The gateway at ${url} cannot be reached: ${messageOf(cause)}. Run the same command again.`, details, { cause })
}
