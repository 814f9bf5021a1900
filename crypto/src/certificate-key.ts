import { p256 } from '@noble/curves/nist.js'
import { concatBytes, fromHex, requireBytes } from './bytes.ts'

/** Bytes of a seed: as many more than the order has that the scalar's bias is beyond measure (FIPS 186-5, A.2.1). */
export const CERTIFICATE_SEED_BYTES = 48
/** SubjectPublicKeyInfo of an uncompressed point of P-256 (RFC 5480), up to the point. */
const KEY_INFO = fromHex('3059301306072a8648ce3d020106082a8648ce3d030107034200')

/**
 * The key of a person's certificate where it is kept by their own device: ECDSA over P-256 with SHA-256, which is what Fabric takes. In a
 * file of its own, since few programs need this curve.
 */
export class CertificateKey {
  readonly #secret: Uint8Array
  /** The public key as certificates have it: DER of SubjectPublicKeyInfo, 91 bytes. */
  readonly publicKeyInfo: Uint8Array

  private constructor (secret: Uint8Array) {
    this.#secret = secret
    this.publicKeyInfo = concatBytes(KEY_INFO, p256.getPublicKey(secret, false))
  }

  /** `KeyRing.certificateSeed` gives the 48 bytes, of which the scalar is made. Throws `RangeError` for another length. */
  static fromSeed (seed: Uint8Array): CertificateKey {
    requireBytes(seed, 'seed', CERTIFICATE_SEED_BYTES)
    return new CertificateKey(p256.utils.randomSecretKey(seed))
  }

  /** Signs whole bytes; DER of r and s (RFC 3279), with the lower s, which alone peers take. */
  sign (message: Uint8Array): Uint8Array {
    return p256.sign(message, this.#secret, { prehash: true, lowS: true, format: 'der' })
  }

  toJSON (): string {
    return '[CertificateKey]'
  }
}
