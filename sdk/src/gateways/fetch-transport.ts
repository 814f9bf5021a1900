import { ClientError, isClientError } from '../errors.ts'
import type { GatewayInfo } from './gateway-info.ts'
import { readAnswer } from './read-answer.ts'
import { ANSWER_TIMEOUT_MS, headersOf } from './transport.ts'
import { unreachable } from './unreachable.ts'
import type { HttpAnswer, HttpDownload, HttpRequest, Transport } from './transport.ts'

/**
 * A gateway by `fetch`, for browsers and for programs that trust their system's roots. `baseUrl` is where its routes are, when that is
 * not its own address, such as below the page's origin.
 */
export class FetchTransport implements Transport {
  readonly #baseUrl: string
  readonly #closed = new AbortController()

  /** @throws {ClientError} CONFIG_INVALID when the gateway's configuration names a root of its own, which `fetch` cannot be held to */
  constructor ({ url, tlsCaPem }: Pick<GatewayInfo, 'url' | 'tlsCaPem'>, baseUrl: string = url) {
    if (tlsCaPem !== undefined) {
      throw new ClientError(
        'CONFIG_INVALID',
        `fetch trusts the system's roots and not the one given for ${url}: connect by another transport.`
      )
    }
    this.#baseUrl = baseUrl
  }

  async request (request: HttpRequest): Promise<HttpAnswer> {
    const response = await this.#send(request)
    return await this.#answerOf(response)
  }

  async download (request: HttpRequest): Promise<HttpDownload | HttpAnswer> {
    const response = await this.#send(request)
    if (response.status !== 200 && response.status !== 206) return await this.#answerOf(response)
    return { status: response.status, headers: Object.fromEntries(response.headers), stream: this.#piecesOf(response) }
  }

  close (): Promise<void> {
    this.#closed.abort()
    return Promise.resolve()
  }

  async #send (request: HttpRequest): Promise<Response> {
    const { method, path, json, upload, timeoutMs = ANSWER_TIMEOUT_MS, signal: ended } = request
    const body = upload !== undefined ? await collect(upload) : (json === undefined ? null : JSON.stringify(json))
    // The time is for the head of the answer: a body may take as long as it goes on.
    const head = new AbortController()
    const timer = setTimeout(() => { head.abort(new Error(`no answer within ${timeoutMs} ms`)) }, timeoutMs)
    try {
      const signal = AbortSignal.any([head.signal, this.#closed.signal, ...ended === undefined ? [] : [ended]])
      // A service on the own machine knows its pages by a cookie; no other origin is sent one.
      return await fetch(new URL(
        `${this.#baseUrl}${path}`
      ), { method, headers: headersOf(request), body, signal, credentials: 'same-origin', redirect: 'error', cache: 'no-store' })
    } catch (error) {
      throw unreachable(this.#baseUrl, error)
    } finally {
      clearTimeout(timer)
    }
  }

  async #answerOf (response: Response): Promise<HttpAnswer> {
    const { status, headers } = response
    return { status, headers: Object.fromEntries(headers), body: await readAnswer(this.#baseUrl, status, this.#piecesOf(response)) }
  }

  async * #piecesOf ({ body }: Response): AsyncGenerator<Uint8Array, void, void> {
    if (body === null) return
    const reader = body.getReader()
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
    } catch (error) {
      throw isClientError(error) ? error : unreachable(this.#baseUrl, error)
    } finally {
      await reader.cancel()
    }
  }
}

/** Browsers stream a body over HTTP/2 alone, and not all of them: a blob, which they keep on disk when it is large, goes everywhere. */
async function collect (pieces: AsyncIterable<Uint8Array>): Promise<Blob> {
  const kept: Array<Uint8Array<ArrayBuffer>> = []
  for await (const piece of pieces) kept.push(new Uint8Array(piece))
  return new Blob(kept)
}
