import type { FastifyError } from 'fastify'
import { QueryRefused } from '@epione/protocol/fhir'
import type { Outcome } from '@epione/protocol/fhir'
import { isClientError } from '@epione/sdk'
import type { ClientError, ClientErrorCode } from '@epione/sdk'
import { FhirError } from './errors.ts'

/** Codes of the SDK that say more than their exit code does. */
const STATUS_OF_CODE: Partial<Record<ClientErrorCode, number>> = {
  RECORD_CONFLICT: 409,
  RECORD_ENDED: 410,
  CARD_INCOMPLETE: 422,
  FILE_EMPTY: 422,
  CATEGORY_UNKNOWN: 422,
  QUERY_INVALID: 400,
  PATIENT_FROZEN: 403,
  PATIENT_SUCCEEDED: 410,
  FILE_DAMAGED: 500,
  TOKEN_REQUIRED: 500,
  DISK_FULL: 507
}

/** By what `epione` would end with: wrong usage, refused, somebody lied, unavailable, keystore, not found. */
const STATUS_OF_EXIT: Readonly<Record<number, number>> = { 2: 400, 3: 403, 4: 502, 5: 503, 6: 500, 7: 404 }

const FRAMEWORK: Readonly<Record<string, Pick<Outcome, 'status' | 'code'>>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { status: 415, code: 'MEDIA_TYPE_UNSUPPORTED' },
  FST_ERR_CTP_BODY_TOO_LARGE: { status: 413, code: 'REQUEST_TOO_LARGE' }
}

export const HIDDEN: Outcome = { status: 500, code: 'INTERNAL', detail: 'the service failed; what it wrote to its output has the cause under the request id' }

/** Any error as what is answered. What is nobody's fault but ours says nothing of our inside. */
export function classify (error: unknown): Outcome {
  if (error instanceof FhirError) {
    const { status, code, message, issue, expression } = error
    return { status, code, detail: message, ...(issue === undefined ? {} : { issue }), ...(expression === undefined ? {} : { expression }) }
  }
  if (error instanceof QueryRefused) {
    return { status: 400, code: 'REQUEST_INVALID', detail: error.message, expression: [`http.${error.parameter.slice(0, 40)}`] }
  }
  if (isClientError(error)) return ofClient(error)
  return ofFramework(error)
}

function ofFramework (error: unknown): Outcome {
  const { statusCode = 500, code = '', message = '' } = error as Partial<FastifyError>
  if (statusCode >= 500) return HIDDEN
  const known = FRAMEWORK[code] ?? { status: statusCode, code: 'REQUEST_INVALID' }
  return { ...known, detail: message }
}

function ofClient (error: ClientError): Outcome {
  const status = STATUS_OF_CODE[error.code] ?? STATUS_OF_EXIT[error.exitCode] ?? 500
  const gatewayCode = error.details['gatewayCode']
  const base: Outcome = {
    status,
    code: error.code === 'REFUSED' && typeof gatewayCode === 'string' ? gatewayCode : error.code,
    detail: status === 500 ? HIDDEN.detail : error.message
  }
  if (error.code !== 'ACCESS_DENIED') return base
  const { reasons, eventId } = error.details
  return { ...base, rules: rulesOf(reasons), ...(typeof eventId === 'string' ? { detail: `${error.message} Event ${eventId}.` } : {}) }
}

function rulesOf (reasons: unknown): string[] {
  return Array.isArray(reasons)
    ? reasons.flatMap((reason: unknown) => typeof reason === 'object' && reason !== null && 'rule' in reason && typeof reason.rule === 'string' ? [reason.rule] : [])
    : []
}
