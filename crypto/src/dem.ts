import type { RandomSource } from './bytes.ts'
import { concatBytes, randomBytes, requireBytes } from './bytes.ts'
import type { Capsule } from './capsule.ts'
import { CryptoError } from './errors.ts'
import { hkdfSha256 } from './hash.ts'
import { openXChaCha, sealXChaCha } from './xchacha.ts'

const NONCE_BYTES = 24
const TAG_BYTES = 16
const SEED_BYTES = 33

/** What encryption adds to a plaintext: nonce 24 and tag 16. */
export const DEM_OVERHEAD_BYTES = NONCE_BYTES + TAG_BYTES

/**
 * umbral-pre's whole-buffer encryption under a key seed: nonce 24 || XChaCha20-Poly1305 ciphertext || tag 16, the
 * key HKDF-SHA256(seed, no salt, no info, 32), associated data the 98-byte capsule.
 */
export function encryptDem (keySeed: Uint8Array, plaintext: Uint8Array, capsule: Capsule, rng: RandomSource = randomBytes): Uint8Array {
  const nonce = rng(NONCE_BYTES)
  return concatBytes(nonce, sealXChaCha(keyOf(keySeed), nonce, capsule.toBytes(), plaintext))
}

/** Opens what `encryptDem` or umbral-pre made; throws `DECRYPTION_FAILED`. */
export function decryptDem (keySeed: Uint8Array, ciphertext: Uint8Array, capsule: Capsule): Uint8Array {
  if (!(ciphertext instanceof Uint8Array) || ciphertext.length < DEM_OVERHEAD_BYTES) {
    throw new CryptoError('DECRYPTION_FAILED', `ciphertext is shorter than ${DEM_OVERHEAD_BYTES} bytes`)
  }
  const [nonce, sealed] = [ciphertext.subarray(0, NONCE_BYTES), ciphertext.subarray(NONCE_BYTES)]
  const plaintext = openXChaCha(keyOf(keySeed), nonce, capsule.toBytes(), sealed)
  if (plaintext === null) throw new CryptoError('DECRYPTION_FAILED', 'wrong key, or the ciphertext was modified')
  return plaintext
}

function keyOf (keySeed: Uint8Array): Uint8Array {
  requireBytes(keySeed, 'keySeed', SEED_BYTES)
  return hkdfSha256(keySeed, undefined, new Uint8Array(0), 32)
}
