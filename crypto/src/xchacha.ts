import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { cipherBackend } from './cipher-backend.ts'

const [KEY_BYTES, NONCE_BYTES, TAG_BYTES] = [32, 24, 16]

/** XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03): ciphertext ‖ tag 16. Key 32 bytes, nonce 24. */
export function sealXChaCha (key: Uint8Array, nonce: Uint8Array, associated: Uint8Array, plain: Uint8Array): Uint8Array {
  return xchacha20poly1305(key, nonce, associated).encrypt(plain)
}

/**
 * Opens what `sealXChaCha` made; null where the tag is of other bytes, another key, nonce or associated data. Throws `RangeError` for a key
 * or nonce of another length: the native backend reads as many bytes as they should have.
 */
export function openXChaCha (key: Uint8Array, nonce: Uint8Array, associated: Uint8Array, sealed: Uint8Array): Uint8Array | null {
  if (key.length !== KEY_BYTES || nonce.length !== NONCE_BYTES) throw new RangeError(`expected a key of ${KEY_BYTES} bytes and a nonce of ${NONCE_BYTES}`)
  return sealed.length < TAG_BYTES ? null : cipherBackend().open(key, nonce, associated, sealed)
}
