import { setTimeout as wait } from 'node:timers/promises'
import { isTooComplex } from '@epione/fhir/sealing'
import { Left, SyncError } from '../errors.ts'
import { parseFhir } from '../fhir-json.ts'
import { Pieces } from './pieces.ts'

/** Longest answer (bytes): a page, or one resource with its attachments. */
const ANSWER_BYTES_MAX = 64 * 1024 * 1024
const ANSWER_TIMEOUT_MS = 120_000
/** Pauses (ms) before an answer that failed is asked for again. */
const PAUSES_MS = [250, 1_000, 4_000]
const RETRY_AFTER_MAX_MS = 30_000
const PASSING = [408, 425, 429, 500, 502, 503, 504]

export interface FhirServer {
  /** As `https://ehr.example/fhir`. */
  readonly base: string
  /** Shown as a bearer token. */
  readonly token?: string | undefined
  /** `NAME:PASSWORD`, shown as HTTP Basic has it; for a server that takes no token. */
  readonly basic?: string | undefined
}

export interface FhirAnswer { readonly status: number, readonly headers: Headers, readonly value: unknown }

export interface FhirRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Its answer may take as long as it goes on. */
  readonly isLong?: boolean
  /** A status that is an answer to it, where others say with it that they cannot answer now. */
  readonly means?: number
}

/** @throws {SyncError} OPTION_INVALID */
function requireServer (base: string): string {
  const url = URL.canParse(base) ? new URL(base) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '' || url.username !== '') {
    throw new SyncError('OPTION_INVALID', `"${base.slice(0, 200)}" is not the address of a server: expected one as https://ehr.example/fhir.`)
  }
  if (url.protocol === 'http:' && !['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)) {
    throw new SyncError('OPTION_INVALID', `Records and tokens do not travel a network in the open: ask for ${base} by https.`)
  }
  return url.href.replace(/\/+$/, '')
}

/** @throws {SyncError} OPTION_INVALID */
function authorizationOf ({ token, basic }: FhirServer): string | undefined {
  if (basic === undefined) return token === undefined ? undefined : `Bearer ${token}`
  if (token !== undefined) throw new SyncError('OPTION_INVALID', 'A server is shown a token, or a name and a password, and not both.')
  if (!/^[^:]+:/.test(basic)) throw new SyncError('OPTION_INVALID', 'A name and a password are written as NAME:PASSWORD.')
  return `Basic ${Buffer.from(basic).toString('base64')}`
}

/** Speaks to one server alone: what is shown to it goes nowhere else, whatever an answer says. */
export class FhirHttp {
  readonly base: string
  readonly #authorization: string | undefined
  readonly #accept: string

  constructor (server: FhirServer, accept = 'application/fhir+json') {
    this.base = requireServer(server.base)
    this.#authorization = authorizationOf(server)
    this.#accept = accept
  }

  /** An address of the same server, perhaps relative to its base. @throws {Left} PAGING_FOREIGN */
  resolve (address: string): string {
    const url = URL.canParse(address, `${this.base}/`) ? new URL(address, `${this.base}/`) : undefined
    if (url === undefined || url.origin !== new URL(this.base).origin) {
      throw new Left('PAGING_FOREIGN', `it sends on to another server, ${address.slice(0, 200)}: that one is not asked`)
    }
    return url.href
  }

  /**
   * JSON of an answer; of 404, 410 and other refusals of one thing the status. @throws {Left} SOURCE_UNAVAILABLE, SOURCE_REFUSED,
   * SOURCE_INVALID, RESOURCE_TOO_LARGE, NOT_JSON
   */
  async ask (address: string, request: FhirRequest = {}): Promise<FhirAnswer> {
    const { answer, read: text } = await this.#askPatiently(this.resolve(address), request, readText)
    const type = answer.headers.get('content-type') ?? 'no type'
    const isJson = /[/+]json/.test(type)
    // What says that something is under way may say so in any words.
    if (answer.ok && answer.status !== 202 && text !== '' && !isJson) throw new Left('NOT_JSON', `it answers with ${type.slice(0, 80)} where JSON is due`)
    return { status: answer.status, headers: answer.headers, value: isJson && text !== '' ? parseFhir(text) : undefined }
  }

  /** The same, of an answer that is a list, as DICOMweb's are. @throws {Left} as `ask` */
  async askList (address: string): Promise<{ status: number, value: unknown[] }> {
    const { answer, read: text } = await this.#askPatiently(this.resolve(address), {}, readText)
    if (!answer.ok || text === '') return { status: answer.status, value: [] }
    const begin = text.trimStart().slice(0, 1)
    if (begin !== '[' || isTooComplex(text)) throw new Left('NOT_JSON', 'it answers with no list in JSON')
    return { status: answer.status, value: parseList(text) }
  }

  /** Bytes of an answer, at most so many. @throws {Left} */
  async bytes (address: string, accept: string, max: number): Promise<{ status: number, headers: Headers, bytes: Uint8Array }> {
    const request = { headers: { accept } }
    const { answer, read: bytes } = await this.#askPatiently(this.resolve(address), request, async (body) => await readWhole(body, max))
    return { status: answer.status, headers: answer.headers, bytes }
  }

  /** Bytes of an answer as they come, however many. @throws {Left} SOURCE_UNAVAILABLE, SOURCE_REFUSED, SOURCE_INVALID, also on their way */
  async stream (address: string, accept: string): Promise<{ status: number, pieces: AsyncIterable<Uint8Array> }> {
    const request = { headers: { accept }, isLong: true }
    const { answer } = await this.#askPatiently(this.resolve(address), request, async (body) => await Promise.resolve(body))
    return { status: answer.status, pieces: piecesOf(answer) }
  }

  async #askPatiently<T> (url: string, request: FhirRequest, read: (body: Response) => Promise<T>): Promise<Read<T>> {
    for (const pause of [...PAUSES_MS, undefined]) {
      const outcome = await this.#askOnce(url, request, read)
      if (!('pauseMs' in outcome)) return outcome
      if (pause === undefined) throw outcome.left
      await wait(Math.max(pause, outcome.pauseMs))
    }
    throw new Left('SOURCE_UNAVAILABLE', 'it does not answer')
  }

  async #askOnce<T> (url: string, request: FhirRequest, read: (body: Response) => Promise<T>): Promise<Read<T> | Passing> {
    try {
      const answer = await this.#fetch(url, request)
      const left = answer.status === request.means ? undefined : refusalOf(answer)
      if (left === undefined) return { answer, read: await read(answer) }
      await answer.body?.cancel()
      if (left.reason !== 'SOURCE_UNAVAILABLE') throw left
      return { pauseMs: retryAfter(answer.headers), left }
    } catch (error) {
      if (error instanceof Left) throw error
      return { pauseMs: 0, left: new Left('SOURCE_UNAVAILABLE', `it does not answer: ${causeOf(error)}`, { cause: error }) }
    }
  }

  async #fetch (url: string, { method = 'GET', body, headers = {}, isLong = false }: FhirRequest): Promise<Response> {
    return await fetch(url, {
      method,
      headers: {
        accept: this.#accept,
        // HAPI gives the results of an earlier search for a minute otherwise.
        'cache-control': 'no-cache',
        ...(this.#authorization === undefined ? {} : { authorization: this.#authorization }),
        ...(body === undefined ? {} : { 'content-type': 'application/fhir+json' }),
        ...headers
      },
      // Another server is not followed to, and so is shown nothing.
      redirect: 'manual',
      // Silence of minutes ends a long one, too: fetch's own limit.
      ...(isLong ? {} : { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) }),
      ...(body === undefined ? {} : { body })
    })
  }
}

/** A refusal that may be over in a moment. */
interface Passing { pauseMs: number, left: Left }

interface Read<T> { answer: Response, read: T }

/** Of an answer that is none to what was asked; a status that speaks of one thing, as 404, is the caller's. */
function refusalOf ({ status, headers }: Response): Left | undefined {
  if (PASSING.includes(status)) return new Left('SOURCE_UNAVAILABLE', `it answers with status ${String(status)}`)
  if (status === 401 || status === 403) return new Left('SOURCE_REFUSED', `it answers with status ${String(status)}: it wants another token or password`)
  if (status < 300 || status >= 400) return undefined
  return new Left('SOURCE_INVALID', `it sends on to ${(headers.get('location') ?? 'nowhere').slice(0, 200)}: give the address that answers itself`)
}

async function * piecesOf (answer: Response): AsyncGenerator<Uint8Array> {
  const body: AsyncIterable<Uint8Array> | null = answer.body
  try {
    yield * body ?? []
  } catch (error) {
    throw new Left('SOURCE_UNAVAILABLE', `its answer breaks off: ${causeOf(error)}`, { cause: error })
  }
}

const readText = async (answer: Response): Promise<string> => new TextDecoder().decode(await readWhole(answer))

/** @throws {Left} NOT_JSON */
function parseList (text: string): unknown[] {
  try {
    return JSON.parse(text) as unknown[]
  } catch (cause) {
    throw new Left('NOT_JSON', 'it answers with no JSON', { cause })
  }
}

function causeOf (error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message
}

/** How long (ms) a server wants not to be asked again: half a minute at most. */
export function retryAfter (headers: Headers): number {
  const said = headers.get('retry-after') ?? '0'
  const seconds = /^\d/.test(said) ? Number(said) : (Date.parse(said) - Date.now()) / 1000
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0) * 1000, RETRY_AFTER_MAX_MS) : 0
}

/** @throws {Left} RESOURCE_TOO_LARGE */
async function readWhole (answer: Response, max = ANSWER_BYTES_MAX): Promise<Uint8Array<ArrayBuffer>> {
  const pieces = new Pieces()
  const body: AsyncIterable<Uint8Array> | null = answer.body
  for await (const piece of body ?? []) {
    if (pieces.sizeBytes + piece.length > max) throw new Left('RESOURCE_TOO_LARGE', `an answer has more than ${String(max)} bytes${max === ANSWER_BYTES_MAX ? ': ask for smaller pages (--count)' : ''}`)
    pieces.add(piece)
  }
  return pieces.whole()
}
