import type { RandomSource } from './bytes.ts'
import { concatBytes, fromHex, requireBytes, utf8 } from './bytes.ts'
import type { Point } from './curve.ts'
import { encodePoint, multiplyGenerator, multiplySecret, randomSecret } from './curve.ts'
import { DOMAINS } from './domains.ts'
import { CryptoError, refuseAs } from './errors.ts'
import { hkdfSha256 } from './hash.ts'
import type { SecretKey } from './keys.ts'
import { pointOf, PublicKey, scalarOf } from './keys.ts'
import { openXChaCha, sealXChaCha } from './xchacha.ts'

const POINT_BYTES = 33
const TAG_BYTES = 16

/** What sealing adds to a plaintext: ephemeral key 33 and tag 16. */
export const SEALED_OVERHEAD_BYTES = POINT_BYTES + TAG_BYTES

/**
 * Encrypts a small secret, such as a kfrag in transit, to one public key: ephemeral point 33 || XChaCha20-Poly1305
 * ciphertext || tag 16. Key 32 and nonce 24 are HKDF-SHA256(compressed shared point, salt = ephemeral || recipient,
 * info "epione/sealed"), used once; `associatedData` must be the same on opening. It hides nothing of the
 * length and proves nothing of the sender.
 */
export function sealTo (publicKey: PublicKey, plaintext: Uint8Array, associatedData: Uint8Array, rng?: RandomSource): Uint8Array {
  requireBytes(plaintext, 'plaintext')
  requireBytes(associatedData, 'associatedData')
  const secret = randomSecret(rng)
  const ephemeral = encodePoint(multiplyGenerator(secret))
  const shared = multiplySecret(pointOf(publicKey), secret)
  const { key, nonce } = keyOf(shared, ephemeral, publicKey)
  return concatBytes(ephemeral, sealXChaCha(key, nonce, associatedData, plaintext))
}

/** Opens what `sealTo` made; throws `SEALED_INVALID` for a wrong key, other associated data or any changed byte. */
export function openSealed (secret: SecretKey, sealed: Uint8Array, associatedData: Uint8Array): Uint8Array {
  requireBytes(associatedData, 'associatedData')
  if (!(sealed instanceof Uint8Array) || sealed.length < SEALED_OVERHEAD_BYTES) {
    throw new CryptoError('SEALED_INVALID', `shorter than ${SEALED_OVERHEAD_BYTES} bytes`)
  }
  const ephemeral = sealed.subarray(0, POINT_BYTES)
  const sender = refuseAs('SEALED_INVALID', 'ephemeral key', () => PublicKey.fromBytes(ephemeral))
  const { key, nonce } = keyOf(multiplySecret(pointOf(sender), scalarOf(secret)), ephemeral, secret.publicKey())
  const plaintext = openXChaCha(key, nonce, associatedData, sealed.subarray(POINT_BYTES))
  if (plaintext === null) throw new CryptoError('SEALED_INVALID', 'wrong key or associated data, or modified')
  return plaintext
}

/** Associated data of a kfrag in transit (PROTOCOL §2): "epione/kfrag" || consent id 32 || kfrag id 32 || MSP id. Ids as hex. */
export function kfragAssociatedData (transit: { consentId: string, mspId: string, kfragId: string }): Uint8Array {
  return concatBytes(
    utf8(DOMAINS.kfragInTransit), fromHex(transit.consentId, 32), fromHex(transit.kfragId, 32), utf8(transit.mspId))
}

function keyOf (shared: Point, ephemeral: Uint8Array, recipient: PublicKey): { key: Uint8Array, nonce: Uint8Array } {
  const okm = hkdfSha256(encodePoint(shared), concatBytes(ephemeral, recipient.toBytes()), utf8(DOMAINS.sealed), 56)
  return { key: okm.subarray(0, 32), nonce: okm.subarray(32) }
}
