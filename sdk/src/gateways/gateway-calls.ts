import type { Part } from '@epione/crypto'
import { addressOf, bodyOf, checkAnswer, HEALTH } from '@epione/protocol/api'
import type { AnswerOf, Input, Operation } from '@epione/protocol/api'
import { ClientError, isClientError } from '../errors.ts'
import type { Authorize, GatewayInfo } from './gateway-info.ts'
import { problemToError } from './gateway-problem.ts'
import { requireFrom, resumeDownload } from './resumed-download.ts'
import type { Connect, HttpAnswer, HttpDownload, HttpRequest, Transport } from './transport.ts'
import { retryWhileBusy } from './retry.ts'
import type { SignTransactions } from './sign-transactions.ts'

/** How an operation is called. */
export interface CallOptions { /** Idempotency key: the statement's id. */ key?: string, authorize?: Authorize, timeoutMs?: number }

/** Calls to one gateway whose answers are checked against the form that the client knows; nothing in them is believed. */
export class GatewayCalls {
  readonly info: GatewayInfo
  readonly #http: Transport
  #signer: SignTransactions | undefined

  constructor (info: GatewayInfo, connect: Connect) {
    this.info = info
    this.#http = connect(info)
  }

  /** Has transactions of calls from now on signed, where the gateway asks for it. */
  signWith (signer: SignTransactions): void {
    this.#signer = signer
  }

  /**
   * Calls an operation and checks the answer against it. With the statement's id as idempotency key it is done once, however often it is
   * sent.
   */
  ask<O extends Operation> (operation: O, input: Input<O>, { key, authorize, timeoutMs }: CallOptions = {}): Promise<AnswerOf<O>> {
    const json = bodyOf(operation, input)
    const request: HttpRequest = {
      method: operation.method,
      path: addressOf(operation, input),
      // A POST without a body of its own has an empty one.
      ...(json === undefined && operation.method === 'GET' ? {} : { json: json ?? {} }),
      headers: key === undefined ? {} : { 'idempotency-key': key },
      ...(timeoutMs === undefined ? {} : { timeoutMs })
    }
    const attempt = (): Promise<AnswerOf<O>> => this.#exchangeSigned(operation, request, authorize)
    return key === undefined ? attempt() : retryWhileBusy(attempt)
  }

  /** Sends a stream of bytes up. */
  upload<O extends Operation> (
    operation: O,
    input: Input<O>,
    bytes: AsyncIterable<Uint8Array>,
    { authorize, timeoutMs }: CallOptions = {}
  ): Promise<AnswerOf<O>> {
    return this.#exchange(
      operation,
      { method: operation.method, path: addressOf(operation, input), upload: bytes, ...(timeoutMs === undefined ? {} : { timeoutMs }) },
      authorize
    )
  }

  /** Calls an operation that answers by its headers alone, and returns these. */
  async signal<O extends Operation> (
    operation: O,
    input: Input<O>,
    { authorize, ...request }: Pick<HttpRequest, 'headers' | 'upload' | 'timeoutMs'> & { authorize: Authorize }
  ): Promise<Record<string, string>> {
    const { headers } = await this.#send({ method: operation.method, path: addressOf(operation, input), ...request }, authorize)
    return headers
  }

  /** By the `date` of an answer that everybody gets. */
  async readTime (): Promise<number | undefined> {
    const { headers } = await this.#send({ method: 'GET', path: HEALTH.live.path })
    const time = Date.parse(headers['date'] ?? '')
    return Number.isNaN(time) ? undefined : time
  }

  /** Whether the gateway can do its work: while it cannot it says the same with another status. */
  async readReadiness (timeoutMs: number): Promise<AnswerOf<typeof HEALTH.ready>> {
    const answer = await this.#http.request({ method: 'GET', path: HEALTH.ready.path, headers: {}, timeoutMs })
    if (!(answer.status in HEALTH.ready.answers)) throw problemToError(answer, this.info)
    return this.#checked(HEALTH.ready, answer)
  }

  /** The same request again with each signature that is asked for, which it is until the transaction is committed or refused. */
  async #exchangeSigned<O extends Operation> (operation: O, request: HttpRequest, authorize?: Authorize): Promise<AnswerOf<O>> {
    const { underCaller }: Operation = operation
    const sign = underCaller === undefined ? undefined : this.#signer?.begin(operation, request.json)
    for (let headers = request.headers ?? {}; ;) {
      try {
        return await this.#exchange(operation, { ...request, headers }, authorize)
      } catch (error) {
        if (sign === undefined || !isClientError(error) || error.details['gatewayCode'] !== 'SIGNATURE_REQUIRED') throw error
        headers = { ...request.headers, 'epione-signature': sign(error.details['problem']) }
      }
    }
  }

  async #exchange<O extends Operation> (operation: O, request: HttpRequest, authorize?: Authorize): Promise<AnswerOf<O>> {
    return this.#checked(operation, await this.#send(request, authorize))
  }

  #checked<O extends Operation> (operation: O, { status, body }: HttpAnswer): AnswerOf<O> {
    try {
      return checkAnswer(operation, status, body)
    } catch (error) {
      throw this.#malformed(error)
    }
  }

  async #send (request: HttpRequest, authorize?: Authorize): Promise<HttpAnswer> {
    const headers = authorize === undefined ? request.headers ?? {} : { ...request.headers, authorization: authorize(this.info) }
    const answer = await this.#http.request({ ...request, headers })
    if (answer.status < 200 || answer.status > 299) throw problemToError(answer, this.info)
    return answer
  }

  #malformed (cause: unknown): ClientError {
    return new ClientError('ANSWER_MALFORMED', `The gateway of ${this.info.mspId} answers in a form that its agreement does not know.`, {
      party: { kind: 'gateway', mspId: this.info.mspId }
    }, { cause })
  }

  /**
   * Reads a stream of bytes, or a part of it, also over several connections: one that breaks off is followed by another from that byte on.
   */
  async download<O extends Operation> (
    operation: O, input: Input<O>, authorize: Authorize, part?: Part
  ): Promise<AsyncIterable<Uint8Array>> {
    const open = async (headers: Record<string, string>): Promise<HttpDownload> =>
      await this.#open(addressOf(operation, input), { authorize, mediaType: 'application/octet-stream', headers })
    const rangeFrom = (start: number): { range: string } => ({ range: `bytes=${String(start)}-${String(part?.end ?? '')}` })
    const first = part === undefined ? await open({}) : requireFrom(part.start, await open(rangeFrom(part.start)))
    return resumeDownload(first, async (start, etag) => await open({ ...rangeFrom(start), 'if-match': etag }), part?.start)
  }

  /** Reads server-sent events as bytes, until they or the signal end them. */
  async listen<O extends Operation> (
    operation: O, input: Input<O>, authorize: Authorize, signal: AbortSignal
  ): Promise<AsyncIterable<Uint8Array>> {
    return (await this.#open(addressOf(operation, input), { authorize, mediaType: 'text/event-stream', signal })).stream
  }

  async #open (
    path: string,
    { authorize, mediaType, headers, ...request }: Pick<HttpRequest, 'headers' | 'signal'> & { authorize: Authorize, mediaType: string }
  ): Promise<HttpDownload> {
    const answer = await this.#http.download({
      method: 'GET',
      path,
      headers: { accept: `${mediaType}, application/problem+json`, authorization: authorize(this.info), ...headers },
      ...request
    })
    if (isDownload(answer)) return answer
    throw problemToError(answer, this.info)
  }

  async close (): Promise<void> {
    await this.#http.close()
  }
}

function isDownload (answer: HttpDownload | HttpAnswer): answer is HttpDownload {
  return 'stream' in answer
}
