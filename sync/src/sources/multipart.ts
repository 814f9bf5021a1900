import { Left } from '../errors.ts'

const CRLF = '\r\n'

/** The one part of a `multipart/related` answer (RFC 2387): nothing is taken of one that does not end. @throws {Left} SOURCE_INVALID */
export function onlyPart (contentType: string, bytes: Uint8Array): Uint8Array {
  const boundary = /boundary=(?:"([^"]{1,70})"|([^;\s"]{1,70}))/i.exec(contentType)
  const name = boundary?.[1] ?? boundary?.[2]
  if (!/^multipart\/related/i.test(contentType) || name === undefined) throw new Left('SOURCE_INVALID', `it answers with ${contentType.slice(0, 80)} where multipart/related is due`)
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const begin = all.indexOf(`--${name}${CRLF}`)
  const head = begin < 0 ? -1 : all.indexOf(`${CRLF}${CRLF}`, begin)
  const end = head < 0 ? -1 : all.indexOf(`${CRLF}--${name}`, head)
  const after = end < 0 ? '' : all.toString('latin1', end + CRLF.length + 2 + name.length, end + CRLF.length + 4 + name.length)
  if (after !== '--') throw new Left('SOURCE_INVALID', end < 0 ? 'its answer breaks off: the part has no end' : 'it answers with several parts where one was asked for')
  return all.subarray(head + 4, end)
}
