import { secp256k1 } from '@noble/curves/secp256k1.js'
import type { RandomSource } from './bytes.ts'
import { fromHex, randomBytes, requireLength } from './bytes.ts'
import { CryptoError } from './errors.ts'

/*
 * All arithmetic on secp256k1 passes through this file, so that another backend changes nothing else.
 * `…Secret` functions are for secret scalars and go through noble's algorithmically constant-time `multiply`;
 * `…Public` functions leak their scalars by timing and take only values that everybody may know.
 */

const CurvePoint = secp256k1.Point
const scalarField = CurvePoint.Fn

declare const scalarBrand: unique symbol

/** A point of the curve other than the identity, unless a sum made it so: encoding then refuses it. */
export type Point = ReturnType<typeof CurvePoint.fromBytes>

/** An integer modulo the group order. */
export type Scalar = bigint & { readonly [scalarBrand]: true }

export const POINT_BYTES = 33
export const SCALAR_BYTES = 32
export const SIGNATURE_BYTES = 64

export const GENERATOR: Point = CurvePoint.BASE

/**
 * The second generator of Umbral: RFC 9380 `secp256k1_XMD:SHA-256_SSWU_RO_` of the message `POINT_U` under the
 * tag `PARAMETERS`. A constant, because hashing to the curve for every capsule costs more than the rest of it.
 */
export const PARAMETER_U_BYTES = fromHex('03079390d0fbe220fc34aab8ecbf49098098036820fadb98c03143e55db8ec73cd')
// The table for windows of 6 bits is made on first use, 14 ms once, and takes a multiplication from 2.0 to 0.33 ms.
export const PARAMETER_U: Point = CurvePoint.fromBytes(PARAMETER_U_BYTES).precompute(6)

/** Decodes a 33-byte compressed point; throws `POINT_INVALID` for any other form, a point off the curve or x >= p. */
export function decodePoint (bytes: Uint8Array): Point {
  if (!(bytes instanceof Uint8Array) || bytes.length !== POINT_BYTES) {
    throw new CryptoError('POINT_INVALID', `expected a compressed point of ${POINT_BYTES} bytes`)
  }
  try {
    return CurvePoint.fromBytes(bytes)
  } catch (error) {
    throw new CryptoError('POINT_INVALID', 'not a compressed point of the curve', { cause: error })
  }
}

/** 33 bytes; throws `POINT_INVALID` for the identity. */
export function encodePoint (point: Point): Uint8Array {
  refuseIdentity(point)
  return point.toBytes(true)
}

/** Decodes 32 big-endian bytes; throws `SCALAR_INVALID` unless 0 < x < n. */
export function decodeScalar (bytes: Uint8Array): Scalar {
  requireLength(bytes, 'scalar', SCALAR_BYTES)
  if (!secp256k1.utils.isValidSecretKey(bytes)) throw new CryptoError('SCALAR_INVALID', 'scalar is zero or not below the group order')
  return scalarField.fromBytes(bytes) as Scalar
}

export function encodeScalar (scalar: Scalar): Uint8Array {
  return scalarField.toBytes(scalar)
}

/** OS2IP(digest) mod (n-1) + 1: umbral-pre's hash to a scalar that is never zero. */
export function scalarFromDigest (digest: Uint8Array): Scalar {
  requireLength(digest, 'digest', 32)
  let value = 0n
  for (const byte of digest) value = (value << 8n) | BigInt(byte)
  return (value % (scalarField.ORDER - 1n) + 1n) as Scalar
}

/** 32 bytes of a uniform secret scalar (FIPS 186-5 A.2.1, from 48 random bytes). */
export function randomScalarBytes (rng: RandomSource = randomBytes): Uint8Array {
  return secp256k1.utils.randomSecretKey(rng(48))
}

export function randomScalar (rng?: RandomSource): Scalar {
  return decodeScalar(randomScalarBytes(rng))
}

export function addScalars (left: Scalar, right: Scalar): Scalar {
  return scalarField.add(left, right) as Scalar
}

export function subtractScalars (left: Scalar, right: Scalar): Scalar {
  return scalarField.sub(left, right) as Scalar
}

export function multiplyScalars (left: Scalar, right: Scalar): Scalar {
  return scalarField.mul(left, right) as Scalar
}

/** Inverse of a secret, blinded by a random factor because the inversion's duration depends on its argument. */
export function invertScalar (scalar: Scalar): Scalar {
  if (scalarField.is0(scalar)) throw new CryptoError('SCALAR_INVALID', 'zero has no inverse')
  const blinding = randomScalar()
  return multiplyScalars(scalarField.inv(multiplyScalars(scalar, blinding)) as Scalar, blinding)
}

export function multiplySecret (point: Point, scalar: Scalar): Point {
  refuseIdentity(point)
  return point.multiply(scalar)
}

/** left * a + right * b, for public scalars only. */
export function combinePublic (left: Point, a: Scalar, right: Point, b: Scalar): Point {
  return left.mulAddUnsafe(a, right, b)
}

export function multiplyPublic (point: Point, scalar: Scalar): Point {
  return point.multiplyUnsafe(scalar)
}

export function negateScalar (scalar: Scalar): Scalar {
  return scalarField.neg(scalar) as Scalar
}

export function addPoints (left: Point, right: Point): Point {
  return left.add(right)
}

export function pointsEqual (left: Point, right: Point): boolean {
  return left.equals(right)
}

/** ECDSA over SHA-256(message), RFC 6979, low-S, 64 bytes r || s. */
export function signEcdsa (message: Uint8Array, secret: Uint8Array): Uint8Array {
  return secp256k1.sign(message, secret, { prehash: true, lowS: true, format: 'compact' })
}

/** True for a 64-byte r || s with 0 < r, s < n and low S that fits; false for everything else. */
export function isEcdsaValid (signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  if (!(signature instanceof Uint8Array) || signature.length !== SIGNATURE_BYTES) return false
  return secp256k1.verify(signature, message, publicKey, { prehash: true, lowS: true, format: 'compact' })
}

/** True when 64 bytes are r || s in range with low S; says nothing about who signed what. */
export function isEcdsaCanonical (signature: Uint8Array): boolean {
  try {
    return !secp256k1.Signature.fromBytes(signature, 'compact').hasHighS()
  } catch {
    // Out of range is the one thing the decoder throws for, and that is the answer asked for.
    return false
  }
}

function refuseIdentity (point: Point): void {
  if (point.is0()) throw new CryptoError('POINT_INVALID', 'the identity is not a valid point here')
}
