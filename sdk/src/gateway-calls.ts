import { checkSchema } from '@epione/protocol'
import type { Static, TSchema } from 'typebox'
import { ClientError } from './errors.ts'
import type { Authorize } from './gateway-info.ts'
import type { GatewayInfo } from './gateway-info.ts'
import { problemToError } from './gateway-problem.ts'
import type { Connect, HttpAnswer, HttpDownload, HttpRequest, Transport } from './transport.ts'
import { retryWhileBusy } from './retry.ts'

export interface SendOptions { /** Idempotency key: the statement's id. */ key?: string, authorize?: Authorize, timeoutMs?: number, method?: 'POST' | 'PUT' }

/** Calls to one gateway whose answers are checked against the form that the client knows; nothing in them is believed. */
export class GatewayCalls {
  readonly info: GatewayInfo
  readonly #http: Transport

  constructor (info: GatewayInfo, connect: Connect) {
    this.info = info
    this.#http = connect(info)
  }

  get<S extends TSchema> (path: string, schema: S, authorize?: Authorize): Promise<Static<S>> {
    return this.call({ method: 'GET', path }, schema, authorize)
  }

  /** A statement's id is its idempotency key: sent again, it is done once. */
  send<S extends TSchema> (path: string, json: unknown, schema: S, { key, authorize, timeoutMs, method = 'POST' }: SendOptions = {}): Promise<Static<S>> {
    const request: HttpRequest = { method, path, json, headers: key === undefined ? {} : { 'idempotency-key': key }, ...(timeoutMs === undefined ? {} : { timeoutMs }) }
    return key === undefined ? this.call(request, schema, authorize) : retryWhileBusy(() => this.call(request, schema, authorize))
  }

  async call<S extends TSchema> (request: HttpRequest, schema: S, authorize?: Authorize): Promise<Static<S>> {
    const headers = authorize === undefined ? request.headers ?? {} : { ...request.headers, authorization: authorize(this.info) }
    const answer = await this.#http.request({ ...request, headers })
    if (answer.status < 200 || answer.status > 299) throw problemToError(answer, this.info)
    try {
      return checkSchema(schema, answer.body, `${request.method} ${request.path}`)
    } catch (error) {
      throw new ClientError('ANSWER_MALFORMED', `The gateway of ${this.info.mspId} answers in a form that its agreement does not know.`, { party: { kind: 'gateway', mspId: this.info.mspId } }, { cause: error })
    }
  }

  async download (path: string, authorize: Authorize): Promise<AsyncIterable<Uint8Array>> {
    const answer = await this.#http.download({ method: 'GET', path, headers: { accept: 'application/octet-stream, application/problem+json', authorization: authorize(this.info) } })
    if (isDownload(answer)) return answer.stream
    throw problemToError(answer, this.info)
  }

  async close (): Promise<void> {
    await this.#http.close()
  }
}

function isDownload (answer: HttpDownload | HttpAnswer): answer is HttpDownload {
  return 'stream' in answer
}

/** `?name=value&…` of what is defined. */
export function toQuery (parameters: Record<string, string | number | undefined>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) query.set(name, String(value))
  return query.size === 0 ? '' : `?${query.toString()}`
}
