import { Readable } from 'node:stream'
import { Pool } from 'undici'
import type { Dispatcher } from 'undici'
import { ANSWER_TIMEOUT_MS, headersOf, isClientError, readAnswer, unreachable } from '@epione/sdk'
import type { GatewayInfo, HttpAnswer, HttpDownload, HttpRequest, Transport } from '@epione/sdk'

/** Time in ms within which a gateway must accept a connection. */
const CONNECT_TIMEOUT_MS = 3_000
/** At once to one gateway: each costs a handshake at both ends, which is more than a short answer does. */
const CONNECTIONS = 3
/** Time in ms between two pieces of a body. */
const BODY_TIMEOUT_MS = 60_000

/** Headers that name the trace which a command is a part of. */
export interface Trace { traceparent?: string }

/** W3C Trace Context: version 00, trace, parent, flags; no id may be all 0. */
const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/

/** What the program that started this command says of its trace, in TRACEPARENT; what is none is left out, as the standard asks. */
export function traceOf ({ TRACEPARENT: traceparent }: Record<string, string | undefined>): Trace {
  return traceparent !== undefined && TRACEPARENT.test(traceparent) ? { traceparent } : {}
}

/** Connections to one gateway over TLS that trust one root only: the one its hospital's configuration names. */
export class UndiciTransport implements Transport {
  readonly url: string
  readonly #pool: Pool
  readonly #trace: Trace

  constructor ({ url, tlsCaPem }: Pick<GatewayInfo, 'url' | 'tlsCaPem'>, trace: Trace = {}) {
    this.url = url
    this.#trace = trace
    this.#pool = new Pool(url, {
      connections: CONNECTIONS,
      allowH2: false,
      connect: { ...(tlsCaPem === undefined ? {} : { ca: tlsCaPem }), timeout: CONNECT_TIMEOUT_MS, rejectUnauthorized: true },
      bodyTimeout: BODY_TIMEOUT_MS
    })
  }

  /** Sends a request and reads a JSON answer. @throws {ClientError} UNAVAILABLE, ANSWER_MALFORMED */
  async request (request: HttpRequest): Promise<HttpAnswer> {
    const { statusCode, headers, body } = await this.#send(request)
    return { status: statusCode, headers: flatten(headers), body: await readAnswer(this.url, statusCode, this.#pieces(body)) }
  }

  /** Sends a GET and hands the body over as a stream when the status is 200 or 206, else its problem document. */
  async download (request: HttpRequest): Promise<HttpDownload | HttpAnswer> {
    const { statusCode, headers, body } = await this.#send(request)
    if (statusCode !== 200 && statusCode !== 206) {
      return { status: statusCode, headers: flatten(headers), body: await readAnswer(this.url, statusCode, this.#pieces(body)) }
    }
    return { status: statusCode, headers: flatten(headers), stream: this.#pieces(body) }
  }

  async close (): Promise<void> {
    await this.#pool.destroy()
  }

  async #send (request: HttpRequest): Promise<Dispatcher.ResponseData> {
    const { method, path, json, upload, timeoutMs = ANSWER_TIMEOUT_MS, signal } = request
    const source = upload === undefined ? undefined : new WatchedSource(upload)
    const body = source !== undefined ? Readable.from(source, { objectMode: false }) : (json === undefined ? null : JSON.stringify(json))
    try {
      return await this.#pool.request({
        method,
        path,
        headers: { ...headersOf(request), ...this.#trace },
        body,
        headersTimeout: timeoutMs,
        ...(signal !== undefined && { signal })
      })
    } catch (error) {
      if (source?.failure !== undefined) throw source.failure.error
      throw unreachable(this.url, error)
    }
  }

  async * #pieces (body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
    try {
      yield * body
    } catch (error) {
      throw isClientError(error) ? error : unreachable(this.url, error)
    }
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
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]])
  )
}
