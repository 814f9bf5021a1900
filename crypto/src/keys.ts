import type { RandomSource } from './bytes.ts'
import { copyBytes, equalConstantTime, fromHex, toHex } from './bytes.ts'
import type { Point, SecretScalar } from './curve.ts'
import { decodePoint, decodeSecret, encodePoint, multiplyGenerator, randomSecret, signEcdsa } from './curve.ts'
import { DOMAINS } from './domains.ts'
import { domainHash } from './hash.ts'

/* Set by the classes below: the functions of this file read private fields that no method shows. */
let readPoint: (key: PublicKey) => Point
let readSecret: (key: SecretKey) => SecretScalar

const INSPECT = Symbol.for('nodejs.util.inspect.custom')

/** A public key: a 33-byte compressed point of secp256k1, checked to lie on the curve. */
export class PublicKey {
  readonly #bytes: Uint8Array
  readonly #point: Point

  private constructor (bytes: Uint8Array, point: Point) {
    this.#bytes = bytes
    this.#point = point
  }

  /** Decodes 33 bytes; throws `POINT_INVALID`. */
  static fromBytes (bytes: Uint8Array): PublicKey {
    const point = decodePoint(bytes)
    return new PublicKey(copyBytes(bytes), point)
  }

  /** Decodes 66 lowercase hex digits; throws `HEX_INVALID` or `POINT_INVALID`. */
  static fromHex (text: string): PublicKey {
    return PublicKey.fromBytes(fromHex(text))
  }

  /** 33-byte compressed point. */
  toBytes (): Uint8Array {
    return copyBytes(this.#bytes)
  }

  toHex (): string {
    return toHex(this.#bytes)
  }

  toJSON (): string {
    return this.toHex()
  }

  equals (other: PublicKey): boolean {
    return equalConstantTime(this.#bytes, other.#bytes)
  }

  /** What two people read to each other: 24 hex digits (96 bits) of SHA-256("epione/fingerprint" || key) in groups of four. */
  fingerprint (): string {
    const digits = toHex(domainHash(DOMAINS.fingerprint, this.#bytes).subarray(0, 12))
    return [0, 4, 8, 12, 16, 20].map((start) => digits.slice(start, start + 4)).join('-')
  }

  [INSPECT] (): string {
    return `PublicKey(${this.toHex()})`
  }

  static { readPoint = (key) => key.#point }
}

/**
 * A secret key, used for re-encryption and for ECDSA alike (never the same one for both). It shows itself neither
 * in JSON nor to `inspect`; the one way to its bytes is `exportSecret`.
 */
export class SecretKey {
  readonly #scalar: SecretScalar
  #publicKey: PublicKey | undefined

  private constructor (scalar: SecretScalar) {
    this.#scalar = scalar
  }

  /** A new key from 48 random bytes. */
  static random (rng?: RandomSource): SecretKey {
    return new SecretKey(randomSecret(rng))
  }

  /** Decodes 32 big-endian bytes; throws `LENGTH_INVALID`, or `SCALAR_INVALID` unless 0 < x < n. */
  static fromBytes (bytes: Uint8Array): SecretKey {
    return new SecretKey(decodeSecret(bytes))
  }

  publicKey (): PublicKey {
    this.#publicKey ??= PublicKey.fromBytes(encodePoint(multiplyGenerator(this.#scalar)))
    return this.#publicKey
  }

  toJSON (): string {
    return '[SecretKey]'
  }

  toString (): string {
    return '[SecretKey]'
  }

  [INSPECT] (): string {
    return '[SecretKey]'
  }

  static { readSecret = (key) => key.#scalar }
}

/** 32 big-endian bytes of a secret key, for an encrypted key store alone; the caller wipes them. */
export function exportSecret (key: SecretKey): Uint8Array {
  return copyBytes(readSecret(key))
}

/** Package-internal: the curve point of a public key. */
export function pointOf (key: PublicKey): Point {
  return readPoint(key)
}

/** Package-internal: the secret scalar. */
export function scalarOf (key: SecretKey): SecretScalar {
  return readSecret(key)
}

/** Package-internal: ECDSA over SHA-256(message), 64 bytes. */
export function signWith (key: SecretKey, message: Uint8Array): Uint8Array {
  return signEcdsa(message, readSecret(key))
}
