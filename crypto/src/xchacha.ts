import { poly1305 } from '@noble/ciphers/_poly1305.js'
import { xchacha20, xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { equalConstantTime } from './bytes.ts'

const [BLOCK_BYTES, TAG_BYTES, MAC_KEY_BYTES] = [64, 16, 32]

/** XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03): ciphertext ‖ tag 16. Key 32 bytes, nonce 24. */
export function sealXChaCha (key: Uint8Array, nonce: Uint8Array, associated: Uint8Array, plain: Uint8Array): Uint8Array {
  return xchacha20poly1305(key, nonce, associated).encrypt(plain)
}

/**
 * Opens what `sealXChaCha` made; null where the tag is of other bytes, another key, nonce or associated data. A search opens thousands of
 * entries of some 300 bytes: the library's cipher takes twice as long over one as its two parts do, put together here as in RFC 8439 §2.8,
 * and the platform's costs more to set up than either.
 */
export function openXChaCha (key: Uint8Array, nonce: Uint8Array, associated: Uint8Array, sealed: Uint8Array): Uint8Array | null {
  const size = sealed.length - TAG_BYTES
  if (size < 0) return null
  // The first block of the stream is the tag's key, the others lie over the text.
  const stream = new Uint8Array(BLOCK_BYTES + size)
  stream.set(sealed.subarray(0, size), BLOCK_BYTES)
  xchacha20(key, nonce, stream, stream)
  const tag = poly1305(authenticated(associated, sealed.subarray(0, size)), stream.subarray(0, MAC_KEY_BYTES))
  const isRight = equalConstantTime(tag, sealed.subarray(size))
  stream.fill(0, 0, isRight ? BLOCK_BYTES : stream.length)
  return isRight ? stream.subarray(BLOCK_BYTES) : null
}

/** Both parts filled up to 16 bytes, then their lengths, u64 little-endian each. */
function authenticated (associated: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  const from = filled(associated.length)
  const lengths = from + filled(ciphertext.length)
  const bytes = new Uint8Array(lengths + 16)
  bytes.set(associated)
  bytes.set(ciphertext, from)
  const view = new DataView(bytes.buffer)
  view.setUint32(lengths, associated.length, true)
  view.setUint32(lengths + 8, ciphertext.length, true)
  return bytes
}

const filled = (bytes: number): number => Math.ceil(bytes / 16) * 16
