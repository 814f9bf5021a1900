import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import fresh from 'fresh'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { parse } from 'range-parser'
import type { ProvenContent } from './arriving-content.ts'
import type { ByteRange } from './content-store.ts'
import type { StoredContent } from './write-content.ts'
import { GatewayError } from '../errors.ts'

/** Names a content's bytes as a whole, at whichever hospital: a strong tag, since a CID is of every byte. */
export function tagContent (reply: FastifyReply, cid: string): void {
  reply.headers({ etag: etagOf(cid), 'accept-ranges': 'bytes' })
}

/** Refuses a request that was meant for other bytes (RFC 9110 §13.1.1). @throws {GatewayError} PRECONDITION_FAILED */
export function requireMatch ({ headers: { 'if-match': wanted } }: FastifyRequest, cid: string): void {
  if (wanted === undefined || wanted.split(',').some((tag) => ['*', etagOf(cid)].includes(tag.trim()))) return
  throw new GatewayError('PRECONDITION_FAILED', `the content's tag is ${etagOf(cid)}`)
}

/** True when the caller has these bytes already, by `If-None-Match` (RFC 9110 §13.1.2). */
export function isFresh ({ headers }: FastifyRequest, cid: string): boolean {
  return fresh(headers, { etag: etagOf(cid) })
}

/** The `Range` to honour: none when `If-Range` names other bytes, or the tag is weak (RFC 9110 §13.1.5). */
export function wantedRange ({ headers: { range, 'if-range': condition } }: FastifyRequest, cid: string): string | undefined {
  return condition === undefined || condition === etagOf(cid) ? range : undefined
}

/** Sends a content of the own store, or the one part of it that `range` asks for. @throws {GatewayError} RANGE_INVALID */
export async function sendStored (
  reply: FastifyReply,
  { cid, sizeBytes }: StoredContent,
  range: string | undefined
): Promise<FastifyReply> {
  const { contents } = reply.server
  const part = selectPart(reply, range, sizeBytes)
  return await sendHeaded(reply, sizeBytes, part, await contents.read(cid, part))
}

/**
 * Sends a content that comes from another hospital, or a part of it: the whole is proven, and the part's last bytes wait for that.
 * @throws {GatewayError} RANGE_INVALID, once it is proven where the end is
 */
export async function sendProven (
  reply: FastifyReply,
  { sizeBytes, body }: ProvenContent,
  range: string | undefined
): Promise<FastifyReply> {
  let part: ByteRange | undefined
  try {
    part = selectPart(reply, range, sizeBytes)
  } catch (error) {
    // Who has gone needs no proof.
    reply.raw.once('close', () => { body.destroy() })
    await finished(body.resume())
    throw error
  }
  return await sendHeaded(reply, sizeBytes, part, part === undefined ? body : partOf(body, part))
}

/** A part of a stream that is read to its end; ends the stream with it, also when nobody reads it. */
export function partOf (body: Readable, part: ByteRange): Readable {
  return Readable.from(cut(body, part), { objectMode: false }).once('close', () => { body.destroy() })
}

async function sendHeaded (reply: FastifyReply, sizeBytes: number, part: ByteRange | undefined, body: Readable): Promise<FastifyReply> {
  reply.type('application/octet-stream')
  if (part === undefined) return await reply.header('content-length', sizeBytes).send(body)
  return await reply.code(206)
    .headers({ 'content-length': part.end - part.start + 1, 'content-range': `bytes ${part.start}-${part.end}/${sizeBytes}` })
    .send(body)
}

/** Reads a stream to its end and passes on a part of it, the last piece only then. */
async function * cut (source: AsyncIterable<Uint8Array>, { start, end }: ByteRange): AsyncGenerator<Uint8Array, void, void> {
  let at = 0
  let kept: Uint8Array | undefined
  for await (const piece of source) {
    const wanted = piece.subarray(Math.max(0, start - at), Math.max(0, end + 1 - at))
    at += piece.length
    if (wanted.length === 0) continue
    if (kept !== undefined) yield kept
    kept = wanted
  }
  if (kept !== undefined) yield kept
}

/** Undefined for what a server may ignore: another unit, a malformed header, several ranges. */
function selectPart (reply: FastifyReply, range: string | undefined, sizeBytes: number): ByteRange | undefined {
  if (range === undefined) return undefined
  const { code, type, ranges: [first, ...more] } = parse(sizeBytes, range)
  const isMalformed = (code & 1) !== 0
  if (type !== 'bytes' || isMalformed || more.length > 0) return undefined
  if (first === undefined) {
    // Says where the end is (RFC 9110 §15.5.17).
    reply.header('content-range', `bytes */${sizeBytes}`)
    throw new GatewayError('RANGE_INVALID', `the content has ${sizeBytes} bytes`)
  }
  return first
}

function etagOf (cid: string): string {
  return `"${cid}"`
}
