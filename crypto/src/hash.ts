import { hkdf } from '@noble/hashes/hkdf.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 as sha256Noble } from '@noble/hashes/sha2.js'
import { concatBytes, toHex, u32, utf8 } from './bytes.ts'
import { nodeCrypto } from './platform.ts'

/** A SHA-256 that takes its input in pieces. */
export interface IncrementalHash {
  update (bytes: Uint8Array): unknown
  digest (): Uint8Array
}

export function createSha256 (): IncrementalHash {
  return nodeCrypto === null ? sha256Noble.create() : nodeCrypto.createHash('sha256')
}

/** SHA-256, 32 bytes. */
export function sha256 (data: Uint8Array): Uint8Array {
  return nodeCrypto === null ? sha256Noble(data) : plainBytes(nodeCrypto.hash('sha256', data, 'buffer'))
}

/** SHA-256 of bytes, or of the UTF-8 of a well-formed text, as 64 hex digits: the quickest way for short input. */
export function sha256Hex (data: Uint8Array | string): string {
  if (nodeCrypto !== null) return nodeCrypto.hash('sha256', data, 'hex')
  return toHex(sha256Noble(typeof data === 'string' ? utf8(data) : data))
}

/** SHA-256(tag || parts), the tag from `domains.ts`. */
export function domainHash (tag: string, ...parts: Uint8Array[]): Uint8Array {
  return sha256(concatBytes(utf8(tag), ...parts))
}

/** umbral-pre's tagged hash: SHA-256(u32(length of tag) || tag || parts). */
export function umbralHash (tag: Uint8Array, ...parts: Uint8Array[]): Uint8Array {
  return sha256(concatBytes(u32(tag.length), tag, ...parts))
}

/** HKDF-SHA-256 (RFC 5869); no salt is the salt of 32 zero bytes. */
export function hkdfSha256 (keyMaterial: Uint8Array, salt: Uint8Array | undefined, info: Uint8Array, length: number): Uint8Array {
  if (nodeCrypto === null) return hkdf(sha256Noble, keyMaterial, salt, info, length)
  return new Uint8Array(nodeCrypto.hkdfSync('sha256', keyMaterial, salt ?? new Uint8Array(0), info, length))
}

export function hmacSha256 (key: Uint8Array, message: Uint8Array): Uint8Array {
  if (nodeCrypto === null) return hmac(sha256Noble, key, message)
  return plainBytes(nodeCrypto.createHmac('sha256', key).update(message).digest())
}

/** A Buffer is a Uint8Array whose `slice` aliases and whose inspection differs; callers get the plain class. */
export function plainBytes (bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
