import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { LedgerError } from '@epione/protocol'
import { isFhir } from '@epione/protocol/api'
import { FHIR_JSON, outcomeOf } from '@epione/protocol/fhir'
import { LedgerResultInvalid } from '@epione/ledger/client'
import { isStorageFailing, isStorageFull } from '@epione/host'
import { LedgerUnavailable, SignatureInvalid, SignatureRequired, SigningUnderWay } from '@epione/ledger/fabric'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { GATEWAY_STATUS, GatewayError, LEDGER_STATUS } from '../errors.ts'
import { isDescribed } from '../problems/catalogue.ts'
import { challengeOf } from './challenge.ts'
import { STORAGE_FULL_DETAIL, STORAGE_UNAVAILABLE_DETAIL } from '../store/room.ts'
import type {} from '../store/room-plugin.ts'
import type {} from '../metrics/metrics-plugin.ts'
import './route-access.ts'

interface Failure {
  status: number
  code: string
  detail: string
  extensions: Record<string, unknown>
  retryAfterSeconds?: number | undefined
}

/** Logged for a refusal that the API document does not name at its operation: its place in `problems/` lacks one. */
export const UNDESCRIBED = 'a problem that the description of the operation does not name'

/** Seconds after which a client may try again when nothing more precise is known. */
const RETRY_AFTER_SECONDS = 2
/** Seconds after which a database that was away may be back. */
const STORAGE_RETRY_AFTER_SECONDS = 10

const FRAMEWORK_CODES: Record<string, string> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'MEDIA_TYPE_UNSUPPORTED',
  FST_ERR_CTP_BODY_TOO_LARGE: 'REQUEST_TOO_LARGE'
}

/** Answers on a connection whose request Node could not read: what it says, by Node's code. */
const UNREADABLE: Record<string, Failure> = {
  HPE_HEADER_OVERFLOW: refused(431, 'REQUEST_INVALID', 'the head of the request is too long'),
  ERR_HTTP_REQUEST_TIMEOUT: refused(408, 'REQUEST_TIMEOUT', 'the request did not come in time')
}
const NOT_HTTP = refused(400, 'REQUEST_INVALID', 'this is no HTTP request')

/** Turns every error into an RFC 9457 problem document. A 5xx body says nothing internal; the log says all. */
export const problemDetailsPlugin = fp((app) => {
  app.setErrorHandler((error, request, reply) => {
    const failure = classify(error)
    app.room.note(error)
    if (failure.status >= 500 && !isRefusedForRoom(error)) request.log.error({ err: error, code: failure.code }, 'request failed')
    else request.log.info({ code: failure.code, detail: failure.detail }, 'request refused')
    return sendProblem(request, reply, failure)
  })
  app.setNotFoundHandler((request, reply) =>
    sendProblem(request, reply, { status: 404, code: 'NOT_FOUND', detail: 'there is no such route; see /openapi.json', extensions: {} }))
}, { name: 'problem-details' })

/** What never reaches a route (a path that cannot be decoded, a parameter that is too long) is answered like all else. */
export function answerUnroutable (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  sendProblem(
    request,
    reply,
    ofFramework(error)
  ).catch((cause: unknown) => { request.log.error({ err: cause }, 'a refusal could not be sent') })
}

/** The same where there is no request: Node could not read one. */
export function answerUnreadable ({ code = '' }: Error & { code?: string }, socket: Socket): void {
  if (code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy()
    return
  }
  const failure = UNREADABLE[code] ?? NOT_HTTP
  const body = JSON.stringify(describe(failure, crypto.randomUUID()))
  const head = [
    `HTTP/1.1 ${String(failure.status)} ${titleOf(failure)}`, 'content-type: application/problem+json',
    `content-length: ${String(Buffer.byteLength(body))}`, 'connection: close'
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => { socket.destroy() })
}

/* Not a failure, and a disk that is full does not take a stack for each. */
function isRefusedForRoom (error: unknown): boolean {
  return error instanceof GatewayError && error.code === 'STORAGE_FULL'
}

function classify (error: unknown): Failure {
  // Before all others: whatever failed for want of room, or of a database, can be tried again once it is there.
  if (isStorageFull(error)) {
    return refused(GATEWAY_STATUS.STORAGE_FULL, 'STORAGE_FULL', STORAGE_FULL_DETAIL)
  }
  if (isStorageFailing(error)) {
    return {
      ...refused(GATEWAY_STATUS.STORAGE_UNAVAILABLE, 'STORAGE_UNAVAILABLE', STORAGE_UNAVAILABLE_DETAIL),
      retryAfterSeconds: STORAGE_RETRY_AFTER_SECONDS
    }
  }
  if (error instanceof GatewayError) return ofGateway(error)
  if (error instanceof LedgerError) return ofLedger(error)
  if (error instanceof LedgerUnavailable) return ofUnavailable(error)
  if (error instanceof SignatureRequired) return ofSigning(error)
  if (error instanceof SignatureInvalid || error instanceof SigningUnderWay) {
    return refused(GATEWAY_STATUS[error.code], error.code, error.message)
  }
  if (error instanceof LedgerResultInvalid) return hidden(GATEWAY_STATUS[error.code], error.code)
  return ofFramework(error as Partial<FastifyError>)
}

function ofFramework ({ statusCode, code, validation, message }: Partial<FastifyError>): Failure {
  if (validation !== undefined) return refused(400, 'REQUEST_INVALID', message ?? 'the request does not fit its schema')
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return refused(statusCode, FRAMEWORK_CODES[code ?? ''] ?? 'REQUEST_INVALID', message ?? 'the request was refused')
  }
  return hidden(500, 'INTERNAL')
}

function ofGateway (error: GatewayError): Failure {
  if (error.status === 500) return hidden(500, error.code)
  return {
    status: error.status,
    code: error.code,
    detail: error.message,
    extensions: error.extensions,
    retryAfterSeconds: error.retryAfterSeconds
  }
}

function ofLedger (error: LedgerError): Failure {
  const status = LEDGER_STATUS[error.code]
  return status === 500 ? hidden(500, 'INTERNAL') : refused(status, error.code, error.message)
}

function ofUnavailable ({ code, message, txId, retryAfterSeconds }: LedgerUnavailable): Failure {
  return { status: GATEWAY_STATUS[code], code, detail: message, extensions: txId === undefined ? {} : { txId }, retryAfterSeconds }
}

/** `header` is what comes before the signature, in base64url, in `Epione-Signature`. */
function ofSigning ({ code, message, request: { undertaking, txId, stage, bytes } }: SignatureRequired): Failure {
  const signing = { txId, stage, bytes: Buffer.from(bytes).toString('base64'), header: `${undertaking}.${txId}.${stage}.` }
  return { ...refused(GATEWAY_STATUS[code], code, message), extensions: { signing } }
}

function refused (status: number, code: string, detail: string): Failure {
  return { status, code, detail, extensions: {} }
}

function hidden (status: number, code: string): Failure {
  return refused(status, code, 'the gateway failed; its log has the cause under the request id')
}

const titleOf = ({ status }: Failure): string => STATUS_CODES[status] ?? 'Error'

function describe (failure: Failure, instance: string): Record<string, unknown> {
  const { status, code, detail, extensions } = failure
  return {
    ...extensions,
    type: `urn:epione:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title: titleOf(failure),
    status,
    detail,
    instance,
    code
  }
}

/** By its route, however the address spells it; where there is none, by the address. */
function speaksFhir ({ routeOptions, url }: FastifyRequest): boolean {
  return isFhir(routeOptions.url ?? url)
}

async function sendProblem (request: FastifyRequest, reply: FastifyReply, failure: Failure): Promise<void> {
  const { status } = failure
  const retryAfter = failure.retryAfterSeconds ?? (status === 503 ? RETRY_AFTER_SECONDS : undefined)
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter))
  const { operation } = request.routeOptions.config
  if (operation !== undefined && !isDescribed(operation, failure)) {
    request.log.warn({ operation: operation.id, status, code: failure.code }, UNDESCRIBED)
  }
  request.server.metrics.problems.inc({ code: failure.code })
  const challenge = challengeOf(failure, request.server.config.publicUrl)
  if (challenge !== undefined) reply.header('www-authenticate', challenge)
  if (speaksFhir(request)) {
    await reply.code(status).type(FHIR_JSON).serializer(String).send(JSON.stringify(outcomeOf({ ...failure, ...(status >= 500 && { severity: 'fatal' }) })))
    return
  }
  await reply.code(status).type('application/problem+json').serializer(JSON.stringify).send(describe(failure, request.id))
}
