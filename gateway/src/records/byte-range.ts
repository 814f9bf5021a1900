import type { ByteRange } from '../content/content-store.ts'
import { GatewayError } from '../errors.ts'

/**
 * The one range that a `Range` header asks for; undefined when it asks for none, or for what RFC 9110 lets a server
 * ignore (another unit, several ranges). @throws {GatewayError} RANGE_INVALID when it lies outside
 */
export function parseByteRange (header: string | undefined, sizeBytes: number): ByteRange | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  const [first, last] = [match?.[1] ?? '', match?.[2] ?? '']
  if (first === '' && last === '') return undefined
  const range = first === ''
    ? { start: Math.max(0, sizeBytes - Number(last)), end: sizeBytes - 1 }
    : { start: Number(first), end: last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1) }
  if (first !== '' && last !== '' && Number(first) > Number(last)) return undefined
  if (range.start > range.end) throw new GatewayError('RANGE_INVALID', `the content has ${sizeBytes} bytes`)
  return range
}
