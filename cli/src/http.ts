import { Readable } from 'node:stream'
import { Pool } from 'undici'
import type { Dispatcher } from 'undici'
import { ClientError, errorCodeOf, isClientError, messageOf } from '@epione/sdk'

/** Time in ms within which a gateway must accept a connection. */
const CONNECT_TIMEOUT_MS = 3_000
/** Time in ms a gateway may take for an ordinary answer; writes wait for the ledger, which may elect a leader meanwhile. */
const ANSWER_TIMEOUT_MS = 30_000
/** Time in ms between two pieces of a body. */
const BODY_TIMEOUT_MS = 60_000
/** Largest JSON answer in bytes that is read into memory. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024

export interface HttpAnswer { status: number, headers: Record<string, string>, body: unknown }
export interface HttpDownload { status: number, headers: Record<string, string>, stream: AsyncIterable<Uint8Array> }
export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT'
  path: string
  headers?: Record<string, string>
  json?: unknown
  upload?: AsyncIterable<Uint8Array>
  timeoutMs?: number
}

/** Connections to one gateway over TLS that trust one root only: the one its hospital's configuration names. */
export class HttpConnection {
  readonly url: string
  readonly #pool: Pool

  constructor (url: string, tlsCaPem: string) {
    this.url = url
    this.#pool = new Pool(url, {
      connections: 6,
      allowH2: false,
      connect: { ca: tlsCaPem, timeout: CONNECT_TIMEOUT_MS, rejectUnauthorized: true },
      bodyTimeout: BODY_TIMEOUT_MS
    })
  }

  /** Sends a request and reads a JSON answer. @throws {ClientError} UNAVAILABLE, ANSWER_MALFORMED */
  async request (request: HttpRequest): Promise<HttpAnswer> {
    const { statusCode, headers, body } = await this.#send(request)
    const bytes = await this.#readAll(body)
    return { status: statusCode, headers: flatten(headers), body: this.#parse(bytes, statusCode) }
  }

  /** Sends a GET and hands the body over as a stream when the status is 200 or 206, else its problem document. */
  async download (request: HttpRequest): Promise<HttpDownload | HttpAnswer> {
    const { statusCode, headers, body } = await this.#send(request)
    if (statusCode !== 200 && statusCode !== 206) {
      return { status: statusCode, headers: flatten(headers), body: this.#parse(await this.#readAll(body), statusCode) }
    }
    return { status: statusCode, headers: flatten(headers), stream: this.#pieces(body) }
  }

  async close (): Promise<void> {
    await this.#pool.destroy()
  }

  async #send ({ method, path, headers = {}, json, upload, timeoutMs = ANSWER_TIMEOUT_MS }: HttpRequest): Promise<Dispatcher.ResponseData> {
    const source = upload === undefined ? undefined : new WatchedSource(upload)
    const contentType = source !== undefined ? 'application/octet-stream' : 'application/json'
    const body = source !== undefined ? Readable.from(source, { objectMode: false }) : (json === undefined ? null : JSON.stringify(json))
    try {
      return await this.#pool.request({
        method,
        path,
        headers: { accept: 'application/json', ...(body === null ? {} : { 'content-type': contentType }), ...headers },
        body,
        headersTimeout: timeoutMs
      })
    } catch (error) {
      if (source?.failure !== undefined) throw source.failure.error
      throw this.#unavailable(error)
    }
  }

  async #readAll (body: AsyncIterable<Uint8Array>): Promise<Buffer> {
    const pieces: Uint8Array[] = []
    let size = 0
    for await (const piece of this.#pieces(body)) {
      size += piece.length
      if (size > MAX_ANSWER_BYTES) throw new ClientError('ANSWER_MALFORMED', `The gateway at ${this.url} answers with more than ${MAX_ANSWER_BYTES} bytes.`)
      pieces.push(piece)
    }
    return Buffer.concat(pieces)
  }

  async * #pieces (body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
    try {
      yield * body
    } catch (error) {
      throw isClientError(error) ? error : this.#unavailable(error)
    }
  }

  #parse (bytes: Buffer, status: number): unknown {
    if (bytes.length === 0) return undefined
    try {
      return JSON.parse(bytes.toString('utf8'))
    } catch (error) {
      // A proxy server in front of a gateway refuses with a page of its own; that is no answer of the gateway.
      if (status >= 400) return undefined
      throw new ClientError('ANSWER_MALFORMED', `The gateway at ${this.url} answers with something that is not JSON.`, { status }, { cause: error })
    }
  }

  #unavailable (error: unknown): ClientError {
    return new ClientError('UNAVAILABLE', `The gateway at ${this.url} cannot be reached: ${messageOf(error)}`, { url: this.url, reason: errorCodeOf(error) ?? 'unknown' }, { cause: error })
  }
}

/** Remembers the error with which a source ended, so that it is not mistaken for one of the connection. */
class WatchedSource {
  readonly #source: AsyncIterable<Uint8Array>
  failure: { error: unknown } | undefined

  constructor (source: AsyncIterable<Uint8Array>) {
    this.#source = source
  }

  async * [Symbol.asyncIterator] (): AsyncGenerator<Uint8Array, void, void> {
    try {
      yield * this.#source
    } catch (error) {
      this.failure = { error }
      throw error
    }
  }
}

function flatten (headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]]))
}
