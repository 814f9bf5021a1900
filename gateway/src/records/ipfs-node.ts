import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { CID_CHUNK_BYTES, CID_LINKS } from '@epione/crypto/cid'
import { readBoundedText } from '@epione/host'
import { Pool } from 'undici'
import type { Dispatcher } from 'undici'
import { GatewayError } from '../errors.ts'

/** Time (ms) to connect, to an answer's head, and between two pieces of a body. */
const TIMEOUT_MS = { connect: 1_000, headers: 8_000, body: 8_000 }
/** An answer about a whole content, as adding and collecting garbage are, is waited for so long (ms), beside what its size takes. */
const LONG_MS = 60_000
const BYTES_PER_MS = 5_000
/** How long (ms) the swarm is searched for a content: one that nobody has would let wait for ever. */
const FIND_MS = 3_000
/** How long (ms) a node that did not answer is left alone by whoever only reads. */
const REST_MS = 30_000
/** Largest answer (bytes) that is read into memory. */
const ANSWER_BYTES_MAX = 65_536
const CONNECTIONS = 8
/** Contents that are read at once, on connections of their own: who takes one slowly keeps neither pins nor erasures from their turn. */
export const READS_MAX = 32

/** As the gateway itself takes CIDs (`crypto/src/cid.ts`): every constant spelled out, since defaults of importers move. */
const IMPORT = {
  'cid-version': '1',
  'raw-leaves': 'true',
  hash: 'sha2-256',
  chunker: `size-${String(CID_CHUNK_BYTES)}`,
  'max-file-links': String(CID_LINKS),
  trickle: 'false',
  'wrap-with-directory': 'false',
  progress: 'false',
  fscache: 'false'
}

/** A content as the swarm gives it: nothing of it is proven. */
export interface SwarmContent { sizeBytes: number, body: Readable }

/** `reads`: looks for a content in the swarm. */
interface CallOptions { body?: Readable, contentType?: string, timeout?: number, reads?: boolean }

/**
 * The hospital's own Kubo node, by its RPC interface, which can do anything to that node: it is asked for six things, listens to the own
 * gateway alone (docs/operations.md), and nothing that it answers is believed.
 */
export class IpfsNode {
  readonly #pool: Pool
  readonly #reads: Pool
  #reading = 0
  readonly #headers: Record<string, string>
  #restsUntil = -Infinity

  /** `secret`: what the node asks for as a bearer token. */
  constructor (url: string, secret: string | undefined) {
    this.#headers = secret === undefined ? {} : { authorization: `Bearer ${secret}` }
    const { connect, headers: headersTimeout, body: bodyTimeout } = TIMEOUT_MS
    const open = (connections: number): Pool => new Pool(url, { connections, headersTimeout, bodyTimeout, connect: { timeout: connect } })
    ;[this.#pool, this.#reads] = [open(CONNECTIONS), open(READS_MAX)]
  }

  /** False for a while after it did not answer: whoever can ask elsewhere does not wait for it. */
  get isUp (): boolean {
    return performance.now() > this.#restsUntil
  }

  /** Adds and pins bytes that have this CID. @throws {GatewayError} IPFS_UNAVAILABLE, CONTENT_MISMATCH when the node says another CID */
  async add (cid: string, bytes: Readable, sizeBytes: number): Promise<void> {
    const boundary = `epione-${randomUUID()}`
    const body = Readable.from(multipart(boundary, bytes), { objectMode: false })
    const timeout = LONG_MS + Math.ceil(sizeBytes / BYTES_PER_MS)
    const answer = await this.#call('add', { ...IMPORT, pin: 'true' }, { body, contentType: `multipart/form-data; boundary=${boundary}`, timeout })
    const added = /"Hash":"([a-zA-Z0-9]+)"/.exec(await this.#text(answer))?.[1]
    if (added === cid) return
    if (added !== undefined) await this.remove(added)
    throw new GatewayError('CONTENT_MISMATCH', `the IPFS node gives the CID ${String(added)} to the bytes of ${cid}`)
  }

  /**
   * A content from this node, or from others of its swarm; destroyed by who does not read it to its end. @throws {GatewayError}
   * IPFS_UNAVAILABLE, also when nobody has it in time, and when as many are read as may be
   */
  async cat (cid: string, start = 0): Promise<SwarmContent> {
    // Who waited in a line for a place would wait for as long as others like: there are other hospitals.
    if (this.#reading >= READS_MAX) throw this.#unavailable(`gives ${String(READS_MAX)} contents already`)
    this.#reading += 1
    const { headers, body } = await this.#call('cat', { arg: cid, offset: String(start) }, { reads: true }).catch((error: unknown) => {
      this.#reading -= 1
      throw error
    })
    body.on('error', () => undefined).once('close', () => { this.#reading -= 1 })
    const sizeBytes = Number(headers['x-content-length']) + start
    if (Number.isSafeInteger(sizeBytes)) return { sizeBytes, body }
    body.destroy()
    throw this.#unavailable('does not say how long the content is')
  }

  /** Names of all that is pinned here as a whole. @throws {GatewayError} IPFS_UNAVAILABLE */
  async * pins (): AsyncGenerator<string, void, void> {
    const { body } = await this.#call('pin/ls', { type: 'recursive', stream: 'true' }, { timeout: LONG_MS })
    let rest = ''
    try {
      for await (const piece of body) {
        const lines = (rest + String(piece)).split('\n')
        rest = lines.pop() ?? ''
        if (rest.length > ANSWER_BYTES_MAX) throw new Error('a line is too long')
        for (const line of lines) yield (JSON.parse(line) as { Cid?: string }).Cid ?? ''
      }
    } catch (cause) {
      throw this.#unavailable('broke off its answer', cause)
    }
  }

  /** Unpins a content and removes its blocks, and what else of others was only passing through. @throws {GatewayError} IPFS_UNAVAILABLE */
  async remove (cid: string): Promise<void> {
    await this.#call('pin/rm', { arg: cid }).then(async (answer) => await this.#text(answer), (error: unknown) => {
      if (!isNotPinned(error)) throw error
    })
    await this.#text(await this.#call('repo/gc', { quiet: 'true', silent: 'true' }, { timeout: LONG_MS }))
  }

  async close (): Promise<void> {
    await Promise.all([this.#pool.destroy(), this.#reads.destroy()])
  }

  async #call (command: string, query: Record<string, string>, options: CallOptions = {}): Promise<Dispatcher.ResponseData> {
    const answer = await this.#send(`/api/v0/${command}?${new URLSearchParams(query).toString()}`, options).catch((cause: unknown) => {
      options.body?.destroy()
      const isAbsent = options.reads === true && isSlow(cause)
      if (!isAbsent) this.#restsUntil = performance.now() + REST_MS
      throw this.#unavailable(isAbsent ? 'does not find it in time' : 'does not answer', cause)
    })
    if (answer.statusCode === 200) return answer
    options.body?.destroy()
    throw this.#unavailable(`answers ${String(answer.statusCode)}: ${(await this.#text(answer).catch(() => '')).slice(0, 300)}`)
  }

  async #send (path: string, { body, contentType, timeout, reads = false }: CallOptions): Promise<Dispatcher.ResponseData> {
    return await (reads ? this.#reads : this.#pool).request({
      method: 'POST',
      path,
      headers: { ...this.#headers, ...(contentType !== undefined && { 'content-type': contentType }) },
      body: body ?? null,
      ...(timeout !== undefined && { headersTimeout: timeout, bodyTimeout: timeout }),
      ...(reads && { headersTimeout: FIND_MS })
    })
  }

  async #text ({ body }: Dispatcher.ResponseData): Promise<string> {
    return await readBoundedText(body, ANSWER_BYTES_MAX).catch((cause: unknown) => { throw this.#unavailable('broke off its answer', cause) })
  }

  #unavailable (what: string, cause?: unknown): GatewayError {
    return new GatewayError('IPFS_UNAVAILABLE', `this hospital's IPFS node ${what}`, { ...(cause !== undefined && { cause }), retryAfterSeconds: 10 })
  }
}

async function * multipart (boundary: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  yield Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="content"\r\nContent-Type: application/octet-stream\r\n\r\n`)
  yield * bytes
  yield Buffer.from(`\r\n--${boundary}--\r\n`)
}

const isNotPinned = (error: unknown): boolean => error instanceof GatewayError && /not pinned/.test(error.message)
/** An absent content lets wait for ever; the node itself is well. */
const isSlow = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'UND_ERR_HEADERS_TIMEOUT'
