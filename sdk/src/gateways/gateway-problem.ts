import { Value } from 'typebox/value'
import { ClientError } from '../errors.ts'
import type { ClientErrorCode } from '../errors.ts'
import { ReadProblem } from '@epione/protocol/api'
import type { GatewayInfo } from './gateway-info.ts'
import type { HttpAnswer } from './transport.ts'

/** Codes of gateways and ledger that mean the same here, so that callers branch on them. */
const SAME_CODES = [
  'ACCESS_DENIED', 'PROXIES_CONVICTED', 'PROXIES_INSUFFICIENT', 'PATIENT_FROZEN', 'PATIENT_SUCCEEDED', 'SUSPENDED', 'RECORD_CONFLICT', 'RECORD_ENDED',
  'DEVICE_ENDED', 'DEVICE_NOT_IN_FORCE', 'CHANGE_PENDING', 'RECOVERY_PENDING', 'RECOVERY_STOPPED', 'RECOVERY_OUTDATED'
] as const satisfies ClientErrorCode[]

/**
 * Turns a problem document (RFC 9457) into an error of ours. The gateway's own code stands in `details.gatewayCode`, its
 * further members in `details.problem`.
 */
export function problemToError (answer: HttpAnswer, gateway: GatewayInfo): ClientError {
  const problem = Value.Check(ReadProblem, answer.body) ? answer.body : { code: `HTTP_${answer.status}` }
  const retryAfterMs = parseRetryAfter(answer.headers['retry-after'])
  const sentence = problem.detail ?? problem.title ?? 'no detail given'
  const code = codeOf(answer.status, problem.code)
  const advice = code === 'UNAVAILABLE' ? '. Run the same command again.' : ''
  return new ClientError(code, `${gateway.mspId} answers ${problem.code}: ${sentence}${advice}`, {
    status: answer.status,
    gatewayCode: problem.code,
    gateway: gateway.mspId,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    problem
  })
}

function codeOf (status: number, problemCode: string): ClientErrorCode {
  const own = SAME_CODES.find((code) => code === problemCode)
  if (own !== undefined) return own
  // A person without bound keys is a conflict to the ledger; to a reader, something that is not there.
  if (status === 404 || problemCode === 'BINDING_MISSING') return 'NOT_FOUND'
  if (status === 429 || status >= 500) return 'UNAVAILABLE'
  return 'REFUSED'
}

function parseRetryAfter (value: string | undefined): number | undefined {
  return value !== undefined && /^[0-9]{1,6}$/.test(value) ? Number(value) * 1000 : undefined
}
