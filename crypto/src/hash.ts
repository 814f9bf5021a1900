import { hkdf } from '@noble/hashes/hkdf.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 as sha256Noble } from '@noble/hashes/sha2.js'
import { concatBytes, toHex, u32, utf8 } from './bytes.ts'
import { nodeCrypto } from './platform.ts'

/** Of SHA-256: what it gives, and what it takes at once. */
const [HASH_BYTES, BLOCK_BYTES] = [32, 64]

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
  return sha256(concatBytes(tagBytes(tag), ...parts))
}

const TAGS = new Map<string, Uint8Array>()

/* Tags are a few constants, encoded once. */
function tagBytes (tag: string): Uint8Array {
  const known = TAGS.get(tag) ?? utf8(tag)
  TAGS.set(tag, known)
  return known
}

/** umbral-pre's tagged hash: SHA-256(u32(length of tag) || tag || parts). */
export function umbralHash (tag: Uint8Array, ...parts: Uint8Array[]): Uint8Array {
  return sha256(concatBytes(u32(tag.length), tag, ...parts))
}

/** HKDF-SHA-256 (RFC 5869); no salt is the salt of 32 zero bytes. */
export function hkdfSha256 (keyMaterial: Uint8Array, salt: Uint8Array | undefined, info: Uint8Array, length: number): Uint8Array {
  if (nodeCrypto === null) return hkdf(sha256Noble, keyMaterial, salt, info, length)
  const key = hmacSha256(salt ?? new Uint8Array(HASH_BYTES), keyMaterial)
  const okm = new Uint8Array(length)
  let block: Uint8Array = new Uint8Array(0)
  for (let [offset, counter] = [0, 1]; offset < length; offset += HASH_BYTES, counter++) {
    if (counter > 255) throw new RangeError(`length: HKDF gives at most ${255 * HASH_BYTES} bytes`)
    block = hmacSha256(key, concatBytes(block, info, Uint8Array.of(counter)))
    okm.set(block.subarray(0, length - offset), offset)
  }
  key.fill(0)
  return okm
}

/**
 * HMAC-SHA-256 (RFC 2104) of short messages. Made of the platform's one-shot hash: its HMAC and HKDF set up an object a call, which takes
 * five times as long as the hashing, and a day of windows derives four keys for each.
 */
export function hmacSha256 (key: Uint8Array, message: Uint8Array): Uint8Array {
  if (nodeCrypto === null) return hmac(sha256Noble, key, message)
  const short = key.length > BLOCK_BYTES ? sha256(key) : key
  const [inner, outer] = [new Uint8Array(BLOCK_BYTES + message.length), new Uint8Array(BLOCK_BYTES + HASH_BYTES)]
  for (let index = 0; index < BLOCK_BYTES; index++) {
    const byte = short[index] ?? 0
    inner[index] = byte ^ 0x36
    outer[index] = byte ^ 0x5c
  }
  inner.set(message, BLOCK_BYTES)
  outer.set(sha256(inner), BLOCK_BYTES)
  const tag = sha256(outer)
  for (const padded of [inner, outer]) padded.fill(0, 0, BLOCK_BYTES)
  return tag
}

/** A Buffer is a Uint8Array whose `slice` aliases and whose inspection differs; callers get the plain class. */
export function plainBytes (bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
