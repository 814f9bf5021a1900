import { Readable } from 'node:stream'
import { CidHasher } from '@epione/crypto/cid'
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import type { Grounds } from '../peers/peer-client.ts'
import { refuseStall } from './refuse-stall.ts'
import type { Round } from './round.ts'

/** A content wanted from another hospital, and why it should serve it. */
export interface WantedContent { cid: string, sizeClass: number, grounds: Grounds }

/**
 * A content whose last bytes come only when all of them have its CID: a stream that is not right breaks off. Who does not read it to its
 * end destroys it.
 */
export interface ProvenContent { sizeBytes: number, body: Readable }

/** Most bytes that are held back until all of a content is proven: what is no longer leaves only when it is right. */
export const HELD_BYTES = 4 * 1_048_576
/** How long (ms) another hospital may take to begin its answer, and may send nothing then. */
const BEGIN_MS = 8_000
const IDLE_MS = 8_000
/** How long (ms) it may take, from the question on, to all that is held back before others are asked first for a while. */
const HELD_MS = 8_000

/**
 * A content on its way from other hospitals, held against its CID. Before anything was passed on, one that lies or stalls is exchanged
 * for another; later, another goes on where one stalled.
 */
export class ArrivingContent {
  readonly #app: FastifyInstance
  readonly #round: Round
  readonly #wanted: WantedContent
  readonly #hasher = new CidHasher()
  /** Who sent any of it. */
  readonly #senders: string[]
  readonly #sizeBytes: number
  #source: Opened
  #receivedBytes = 0

  private constructor (app: FastifyInstance, round: Round, wanted: WantedContent, sender: string, opened: Opened) {
    this.#app = app
    this.#round = round
    this.#wanted = wanted
    this.#senders = [sender]
    this.#source = opened
    this.#sizeBytes = opened.sizeBytes
  }

  /** Begins with one hospital's answer. @throws {GatewayError} CONTENT_MISMATCH, PEER_REFUSED, PEER_UNAVAILABLE */
  static async begin (app: FastifyInstance, round: Round, wanted: WantedContent, mspId: string): Promise<ProvenContent> {
    const { peers, ports: { clock } } = app
    const askedAt = clock()
    const opened = await openAt(app, wanted, mspId)
    const content = new ArrivingContent(app, round, wanted, mspId, opened)
    const { sizeBytes } = opened
    try {
      const held = await content.#takeAtMost(HELD_BYTES)
      // It is not left: it may be the only one that has it.
      if (clock() - askedAt > HELD_MS) peers.doubt(mspId)
      const isWhole = content.#receivedBytes >= sizeBytes
      if (isWhole) await content.#prove()
      const body = Readable.from(isWhole ? held : content.#goOn(held), { objectMode: false })
      // Also when nobody ever reads it: its generator has not begun then, and ends without a word.
      body.once('close', () => { content.#source.close() })
      return { sizeBytes, body }
    } catch (error) {
      opened.close()
      throw error
    }
  }

  async #takeAtMost (bytes: number): Promise<Uint8Array[]> {
    const held: Uint8Array[] = []
    while (this.#receivedBytes < Math.min(this.#sizeBytes, bytes)) held.push(await this.#take())
    return held
  }

  async #take (): Promise<Uint8Array> {
    const next = await this.#source.pieces.next()
    if (next.done === true) throw new GatewayError('CONTENT_MISMATCH', `${this.#senders.join(', ')} sent less than promised`)
    await this.#hasher.update(next.value)
    this.#receivedBytes += next.value.length
    return next.value
  }

  /** Passes on all but the last piece, and that one when all are proven. */
  async * #goOn (held: Uint8Array[]): AsyncGenerator<Uint8Array, void, void> {
    try {
      while (this.#receivedBytes < this.#sizeBytes) {
        yield * held.splice(0)
        held.push(await this.#takeFromAny())
      }
      await this.#prove()
    } catch (error) {
      this.#round.giveUp(this.#senders, error)
      throw error
    }
    yield * held
  }

  /** The next piece, from another hospital where one stalled: the CID in the end is of all of them. */
  async #takeFromAny (): Promise<Uint8Array> {
    try {
      return await this.#take()
    } catch (error) {
      this.#round.passOver(this.#senders.at(-1) ?? '', error)
    }
    return await this.#round.next(async (mspId) => {
      const opened = await openAt(this.#app, this.#wanted, mspId, this.#receivedBytes)
      if (opened.sizeBytes !== this.#sizeBytes) {
        opened.close()
        throw new GatewayError('CONTENT_MISMATCH', `${mspId} has ${opened.sizeBytes} bytes where another has ${this.#sizeBytes}`)
      }
      this.#source.close()
      this.#source = opened
      this.#senders.push(mspId)
      return await this.#take()
    })
  }

  /** @throws {GatewayError} CONTENT_MISMATCH */
  async #prove (): Promise<void> {
    const cid = await this.#hasher.cid()
    if (cid !== this.#wanted.cid) {
      throw new GatewayError('CONTENT_MISMATCH', `${this.#senders.join(', ')} sent bytes that have the CID ${cid}`)
    }
  }
}

/** A hospital's answer, from a byte on, and how long it says that the whole is. */
interface Opened { sizeBytes: number, pieces: AsyncIterator<Uint8Array>, close: () => void }

/** Stands for a hospital's name where the own IPFS node gives a content. */
export const SWARM = 'the IPFS swarm'

async function openAt (
  app: FastifyInstance,
  wanted: WantedContent,
  mspId: string,
  start = 0
): Promise<Opened> {
  const opened = mspId === SWARM ? await openInSwarm(app, wanted, start) : await openAtPeer(app, wanted, mspId, start)
  const { sizeClass } = wanted
  const isOfClass = opened.sizeBytes > 2 ** (sizeClass - 1) && opened.sizeBytes <= 2 ** sizeClass
  if (isOfClass) return opened
  opened.close()
  throw new GatewayError('CONTENT_MISMATCH', `${mspId} promises ${opened.sizeBytes} bytes, which is not size class ${sizeClass}`)
}

async function openInSwarm ({ ipfs }: FastifyInstance, { cid }: WantedContent, start: number): Promise<Opened> {
  if (ipfs === undefined) throw new GatewayError('IPFS_UNAVAILABLE', 'this hospital has no IPFS node')
  const { sizeBytes, body } = await ipfs.cat(cid, start)
  return { sizeBytes, pieces: piecesOf(body, SWARM), close: () => { body.destroy() } }
}

async function openAtPeer (
  { peers }: FastifyInstance,
  { cid, grounds }: WantedContent,
  mspId: string,
  start: number
): Promise<Opened> {
  const giveUp = new AbortController()
  // The time is for the answer to begin: the whole may take as long as it goes on.
  const timer = setTimeout(() => { giveUp.abort(new Error(`no answer within ${BEGIN_MS} ms`)) }, BEGIN_MS)
  const range = start === 0 ? undefined : `bytes=${start}-`
  const { headers, body } = await peers.of(mspId).getContent(cid, grounds, range, giveUp.signal).finally(() => { clearTimeout(timer) })
  // One that is closed before its end says so, also when nobody reads it any more.
  body.on('error', () => undefined)
  const close = (): void => { body.destroy() }
  return { sizeBytes: sizeOf(headers, start), pieces: piecesOf(body, mspId), close }
}

/** Length of the whole as the answer's head says it; NaN when it does not, or begins elsewhere. */
function sizeOf (headers: Record<string, string | string[] | undefined>, start: number): number {
  const { 'content-length': length, 'content-range': contentRange } = headers
  if (start === 0) return contentRange === undefined ? Number(length) : NaN
  const [, first, last, size] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(String(contentRange)) ?? []
  return Number(first) === start && Number(last) + 1 === Number(size) ? Number(size) : NaN
}

/** @throws {GatewayError} PEER_UNAVAILABLE when they stop coming */
async function * piecesOf (body: Readable, mspId: string): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield * refuseStall(body as AsyncIterable<Uint8Array>, IDLE_MS)
  } catch (cause) {
    throw new GatewayError('PEER_UNAVAILABLE', `the gateway of ${mspId} stalled, or broke off its answer`, { cause })
  }
}
