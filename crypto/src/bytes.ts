import { equalBytes } from '@noble/ciphers/utils.js'
import { bytesToHex, randomBytes as randomNoble } from '@noble/hashes/utils.js'
import { base32 } from 'multiformats/bases/base32'
import { CryptoError } from './errors.ts'
import { nodeBuffer } from './platform.ts'

const NO_NIBBLE = 255
/** What a letter of lowercase hex stands for, by its code. */
const NIBBLES = new Uint8Array(128).fill(NO_NIBBLE)
for (let value = 0; value < 16; value++) NIBBLES[value.toString(16).charCodeAt(0)] = value

const ENCODER = new TextEncoder()

/** A source of `length` uniformly random bytes; a test passes its own, so that recorded vectors replay exactly. */
export type RandomSource = (length: number) => Uint8Array

/** `length` bytes of the platform's cryptographic generator. */
export function randomBytes (length: number): Uint8Array {
  return randomNoble(length)
}

/** Lowercase hex, the form of bytes at every edge. */
export function toHex (bytes: Uint8Array): string {
  return bytesToHex(bytes)
}

/**
 * Bytes of a lowercase hex string, of exactly `length` bytes when that is given.
 * Throws `HEX_INVALID` for uppercase, odd length, another character or a wrong length: each value has one spelling.
 */
export function fromHex (text: string, length?: number): Uint8Array {
  if (typeof text !== 'string' || text.length % 2 !== 0) throw new CryptoError('HEX_INVALID', 'expected lowercase hex')
  if (length !== undefined && text.length !== 2 * length) {
    throw new CryptoError('HEX_INVALID', `expected ${length} bytes of hex, got ${text.length / 2}`)
  }
  const bytes = new Uint8Array(text.length / 2)
  readHex(bytes, 0, text)
  return bytes
}

/**
 * Writes the bytes of a lowercase hex string of exactly `length` bytes into `target`, which has room for them. Throws `HEX_INVALID`. For
 * whoever hashes several values one after the other, thousands of times.
 */
export function putHex (target: Uint8Array, offset: number, text: string, length: number): void {
  if (typeof text !== 'string' || text.length !== 2 * length) throw new CryptoError('HEX_INVALID', `expected ${length} bytes of lowercase hex`)
  readHex(target, offset, text)
}

/**
 * The same for long bytes that are held to their hash at once: Node's reader takes a third of the time, and some other spellings for
 * bytes, which the hash then names or does not. Throws `HEX_INVALID` for what it does not take.
 */
export function putHashedHex (target: Uint8Array, offset: number, text: string, length: number): void {
  if (nodeBuffer === null) { putHex(target, offset, text, length); return }
  const written = text.length === 2 * length ? nodeBuffer.from(target.buffer, target.byteOffset + offset, length).write(text, 'hex') : 0
  if (written !== length) throw new CryptoError('HEX_INVALID', `expected ${length} bytes of lowercase hex`)
}

/** Checked and read in one pass: ten times as fast as by a pattern and the library. */
function readHex (target: Uint8Array, offset: number, text: string): void {
  for (let from = 0, to = offset; from < text.length; from += 2, to++) {
    const high = NIBBLES[text.charCodeAt(from)] ?? NO_NIBBLE
    const low = NIBBLES[text.charCodeAt(from + 1)] ?? NO_NIBBLE
    if (high === NO_NIBBLE || low === NO_NIBBLE) throw new CryptoError('HEX_INVALID', 'expected lowercase hex')
    target[to] = high << 4 | low
  }
}

/** RFC 4648 base32 in lowercase, without padding. */
export function toBase32 (bytes: Uint8Array): string {
  return base32.baseEncode(bytes)
}

/** UTF-8 bytes; throws `TypeError` for a lone surrogate, which an encoder would silently replace. */
export function utf8 (text: string): Uint8Array {
  if (!text.isWellFormed()) throw new TypeError('text has a lone surrogate')
  return ENCODER.encode(text)
}

/** Throws `TypeError` for what is no bytes. */
export function concatBytes (...parts: Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) {
    requireBytes(part, 'part')
    length += part.length
  }
  const joined = new Uint8Array(length)
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

/** A copy in memory of its own and of the plain class: `slice` of a Buffer would share the caller's memory. */
export function copyBytes (bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes)
}

/** Compares without telling by its duration where two strings of the same length differ. */
export function equalConstantTime (left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && equalBytes(left, right)
}

/** Big-endian unsigned 32-bit integer, 4 bytes; throws `RangeError` outside its range. */
export function u32 (value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  putU32(bytes, 0, value)
  return bytes
}

/** Writes what `u32` gives into `target`, which has room for it. */
export function putU32 (target: Uint8Array, offset: number, value: number): void {
  if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) throw new RangeError(`not an unsigned 32-bit integer: ${value}`)
  for (let at = offset + 3, rest = value; at >= offset; at--, rest >>>= 8) target[at] = rest & 255
}

/** Big-endian unsigned 64-bit integer, 8 bytes, of a safe integer. */
export function u64 (value: number): Uint8Array {
  const bytes = new Uint8Array(8)
  putU64(bytes, 0, value)
  return bytes
}

/** Writes what `u64` gives into `target`, which has room for it. */
export function putU64 (target: Uint8Array, offset: number, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`not an unsigned safe integer: ${value}`)
  for (let at = offset + 7, rest = value; at >= offset; at--, rest = Math.floor(rest / 256)) target[at] = rest % 256
}

/** Throws `TypeError` unless `value` is bytes and, when `length` is given, of that length. For arguments, not for input. */
export function requireBytes (value: Uint8Array, name: string, length?: number): void {
  if (!(value instanceof Uint8Array)) throw new TypeError(`${name}: expected Uint8Array, got ${typeof value}`)
  if (length !== undefined && value.length !== length) throw new RangeError(`${name}: expected ${length} bytes, got ${value.length}`)
}

/** Throws `LENGTH_INVALID` unless input from outside is bytes of exactly `length`. */
export function requireLength (value: Uint8Array, what: string, length: number): void {
  if (!(value instanceof Uint8Array) || value.length !== length) {
    throw new CryptoError('LENGTH_INVALID', `${what}: expected ${length} bytes`)
  }
}
