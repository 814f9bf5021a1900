import fresh from 'fresh'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { parse } from 'range-parser'
import type { ByteRange, StoredContent } from './content-store.ts'
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
  const part = range === undefined ? undefined : selectPart(reply, range, sizeBytes)
  reply.type('application/octet-stream')
  if (part === undefined) return await reply.header('content-length', sizeBytes).send(await contents.read(cid))
  return await reply.code(206)
    .headers({ 'content-length': part.end - part.start + 1, 'content-range': `bytes ${part.start}-${part.end}/${sizeBytes}` })
    .send(await contents.read(cid, part))
}

/** Refuses a range beyond the end, saying where the end is (RFC 9110 §15.5.17). */
export function refuseRange (reply: FastifyReply, contentRange: string): GatewayError {
  reply.header('content-range', contentRange)
  return new GatewayError('RANGE_INVALID', `the content has no such bytes: ${contentRange}`)
}

/** Undefined for what a server may ignore: another unit, a malformed header, several ranges. */
function selectPart (reply: FastifyReply, range: string, sizeBytes: number): ByteRange | undefined {
  const { code, type, ranges: [first, ...more] } = parse(sizeBytes, range)
  const isMalformed = (code & 1) !== 0
  if (type !== 'bytes' || isMalformed || more.length > 0) return undefined
  if (first === undefined) throw refuseRange(reply, `bytes */${sizeBytes}`)
  return first
}

function etagOf (cid: string): string {
  return `"${cid}"`
}
