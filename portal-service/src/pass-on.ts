import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { Transform } from 'node:stream'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { getCACertificates } from 'node:tls'
import { Pool } from 'undici'
import type { Dispatcher } from 'undici'
import { messageOf, readBoundedText } from '@epione/host'
import { PortalError } from './errors.ts'
import { headersOfData } from './policies.ts'
import type { Headers } from './policies.ts'

/** Time in ms within which a hospital must accept a connection, begin to answer, and send the next piece. */
const CONNECT_TIMEOUT_MS = 3_000
const HEAD_TIMEOUT_MS = 120_000
const PIECE_TIMEOUT_MS = 60_000
/** Time in ms for the whole of a small document that this service reads itself. */
const READ_TIMEOUT_MS = 15_000
const READ_MAX_BYTES = 2 ** 20
/** At once to one hospital: browsers open six to this service. */
const CONNECTIONS = 8
/** Largest body in bytes that is no stream of a record, and of one that is. */
const JSON_MAX_BYTES = 16 * 2 ** 20
const STREAM_MAX_BYTES = 64 * 2 ** 30

const METHODS = ['GET', 'POST', 'PUT'] as const
/** What travels on. Nothing of this machine or browser does: no cookie, origin, address or language. */
const REQUEST_HEADERS = ['accept', 'authorization', 'content-type', 'content-length', 'idempotency-key', 'if-match', 'if-none-match', 'if-range', 'last-event-id', 'range']
const ANSWER_HEADERS = ['accept-ranges', 'content-length', 'content-range', 'date', 'etag', 'last-modified', 'retry-after', 'x-request-id']
/** Kinds of data that a script of ours reads; everything else becomes bytes. */
const MEDIA_TYPES = ['application/json', 'application/problem+json', 'application/fhir+json', 'application/x-ndjson', 'text/event-stream', 'text/csv']

/** A hospital's gateway that requests are passed on to, as its configuration names it. */
export interface PassedGateway { mspId: string, id: string, name: string, url: string, tlsCaPem: string }

/** Where a request goes on to. */
export interface Target { url: string, caPem?: string | undefined, systemRoots?: boolean }

/** What is sent on: a request as it came, or what a framework took of one. */
export interface PassedRequest { method?: string | undefined, headers: IncomingHttpHeaders, body: Readable }
/** What came back, with the heads that travel. */
export interface PassedAnswer { status: number, headers: Headers, body: Readable }

/** Connections to the hospitals of one network; to each by the root that its hospital's configuration names. */
export class Onward {
  readonly #pools = new Map<string, Pool>()
  readonly #maxBytes: number | undefined

  /** `maxBytes`: the largest body that is passed on, whatever it is; by default one for streams of records and one for all else. */
  constructor ({ maxBytes }: { maxBytes?: number } = {}) {
    this.#maxBytes = maxBytes
  }

  /** Passes a request on to `path` (with its query) there and the answer back, piece by piece. @throws {PortalError} */
  async pass (request: IncomingMessage, response: ServerResponse, to: Target, path: string): Promise<void> {
    const gone = new AbortController()
    response.once('close', () => { gone.abort() })
    const answer = await this.ask({ method: request.method, headers: request.headers, body: request }, { to, path, signal: gone.signal })
    response.writeHead(answer.status, answer.headers)
    response.flushHeaders()
    // Either side may break off: the page sees a body that ends early, and asks again.
    await pipeline(answer.body, response).catch(() => { response.destroy() })
  }

  /** The same for a caller that gives the answer on by itself. @throws {PortalError} */
  async ask (request: PassedRequest, { to, path, signal }: { to: Target, path: string, signal: AbortSignal }): Promise<PassedAnswer> {
    const method = METHODS.find((known) => known === request.method)
    if (method === undefined) throw new PortalError('METHOD_NOT_SUPPORTED', `${String(request.method)} is passed on to nobody`)
    const answer = await this.#send(request, { to, path, method, signal })
    return { status: answer.statusCode, headers: headersOf(answer), body: answer.body }
  }

  /** A JSON document of a hospital. @throws {PortalError} HOSPITAL_UNREACHABLE */
  async read (to: Target, path: string): Promise<unknown> {
    try {
      const { statusCode, body } = await this.#poolOf(to).request({ method: 'GET', path, headers: { accept: 'application/json' }, signal: AbortSignal.timeout(READ_TIMEOUT_MS) })
      if (statusCode !== 200) {
        await body.dump()
        throw new PortalError('HOSPITAL_UNREACHABLE', `${to.url}${path} answers ${String(statusCode)}`)
      }
      return JSON.parse(await readBoundedText(body, READ_MAX_BYTES))
    } catch (error) {
      throw error instanceof PortalError ? error : unreachable(to, error)
    }
  }

  async close (): Promise<void> {
    await Promise.all([...this.#pools.values()].map(async (pool) => { await pool.destroy() }))
  }

  async #send (
    request: PassedRequest,
    { to, path, method, signal }: { to: Target, path: string, method: typeof METHODS[number], signal: AbortSignal }
  ): Promise<Dispatcher.ResponseData> {
    const body = method === 'GET' ? undefined : boundedBody(request, this.#maxBytes)
    try {
      const headers = Object.fromEntries(REQUEST_HEADERS.flatMap((name) => typeof request.headers[name] === 'string' ? [[name, request.headers[name]]] : []))
      const answer = await this.#poolOf(to).request({ method, path, headers, body: body ?? null, signal, headersTimeout: HEAD_TIMEOUT_MS })
      if (answer.statusCode < 300 || answer.statusCode >= 400 || answer.statusCode === 304) return answer
      await answer.body.dump()
      throw new PortalError('HOSPITAL_UNREACHABLE', `${to.url} sends us elsewhere, where nothing is passed on to`)
    } catch (error) {
      if (error instanceof PortalError) throw error
      if (body?.errored instanceof PortalError) throw body.errored
      throw unreachable(to, error)
    }
  }

  #poolOf ({ url, caPem, systemRoots }: Target): Pool {
    const origin = new URL(url).origin
    // Who names another hospital's address does not say by which root that one is known.
    const name = JSON.stringify([origin, systemRoots === true, caPem])
    const known = this.#pools.get(name)
    if (known !== undefined) return known
    const ca = [...systemRoots === true ? getCACertificates('default') : [], ...caPem === undefined ? [] : [caPem]]
    const pool = new Pool(origin, {
      connections: CONNECTIONS,
      allowH2: false,
      connect: { ...(ca.length === 0 ? {} : { ca }), timeout: CONNECT_TIMEOUT_MS, rejectUnauthorized: true },
      bodyTimeout: PIECE_TIMEOUT_MS
    })
    this.#pools.set(name, pool)
    return pool
  }
}

/** A path that means what it says: nothing climbs out of it, written in whichever way. @throws {PortalError} NOT_FOUND */
export function requirePlain (path: string): string {
  const [way = ''] = path.split('?', 1)
  if (/(^|\/)(\.|%2e){1,2}(\/|$)|\\|%2f|%5c|%00|\/\//i.test(way)) throw new PortalError('NOT_FOUND', 'there is no such address')
  return path
}

function headersOf ({ headers }: Dispatcher.ResponseData): Headers {
  const said = String(headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  return {
    ...Object.fromEntries(ANSWER_HEADERS.flatMap((name) => typeof headers[name] === 'string' ? [[name, headers[name]]] : [])),
    ...headersOfData(),
    'content-type': MEDIA_TYPES.includes(said) ? said : 'application/octet-stream'
  }
}

/** Counts what goes through. @throws {PortalError} REQUEST_TOO_LARGE, at once where a length is said */
function boundedBody ({ headers, body }: PassedRequest, maxBytes: number | undefined): Transform {
  const limit = maxBytes ?? ((headers['content-type'] ?? '').startsWith('application/octet-stream') ? STREAM_MAX_BYTES : JSON_MAX_BYTES)
  const tooLarge = (): PortalError => new PortalError('REQUEST_TOO_LARGE', `a request has at most ${String(limit)} bytes`)
  if (Number(headers['content-length'] ?? 0) > limit) throw tooLarge()
  let size = 0
  const counted = new Transform({
    transform (piece: Buffer, _encoding, done): void {
      size += piece.length
      if (size > limit) done(tooLarge())
      else done(null, piece)
    }
  })
  pipeline(body, counted).catch(() => { counted.destroy() })
  return counted
}

function unreachable ({ url }: Target, cause: unknown): PortalError {
  return new PortalError('HOSPITAL_UNREACHABLE', `${url} cannot be reached: ${messageOf(cause)}`, { cause })
}
