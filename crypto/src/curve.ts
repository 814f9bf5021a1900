import { curveBackend } from './backends.ts'
import type { RandomSource } from './bytes.ts'
import { copyBytes, equalConstantTime, fromHex, randomBytes, requireLength } from './bytes.ts'
import type { Point, PublicScalar, SecretScalar } from './curve-backend.ts'
import { IDENTITY, PARAMETER_U } from './curve-backend.ts'
import { CryptoError } from './errors.ts'
import { sha256 } from './hash.ts'

/*
 * All arithmetic on secp256k1 passes through this file; the backends do it. A `SecretScalar` fits only functions
 * that take the same time for each of its values; what everybody may know becomes a `PublicScalar` by `publish`.
 */
export type { Point, PublicScalar, SecretScalar } from './curve-backend.ts'
export { GENERATOR, PARAMETER_U } from './curve-backend.ts'

export const POINT_BYTES = 33
export const SCALAR_BYTES = 32
const SIGNATURE_BYTES = 64

export const PARAMETER_U_BYTES = encodePoint(PARAMETER_U)

export const ONE = Uint8Array.from({ length: SCALAR_BYTES }, (_, index) => index === SCALAR_BYTES - 1 ? 1 : 0) as SecretScalar

/* n - 1 and n / 2, rounded down. */
const LARGEST_SCALAR = BigInt('0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140')
const LARGEST_LOW_S = fromHex('7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0')
const SEED_BYTES = 48
/* The cube root of 1 modulo n by which libsecp256k1 and noble split scalars (GLV). */
const LAMBDA = fromHex('5363ad4cc05c30e0a5261c028812645a122e22ea20816678df02967c1b23bd72')

/** Decodes a 33-byte compressed point; throws `POINT_INVALID` for any other form, a point off the curve or x >= p. */
export function decodePoint (bytes: Uint8Array): Point {
  if (!(bytes instanceof Uint8Array) || bytes.length !== POINT_BYTES) {
    throw new CryptoError('POINT_INVALID', `expected a compressed point of ${POINT_BYTES} bytes`)
  }
  const point = curveBackend().decodePoint(bytes)
  if (point === null) throw new CryptoError('POINT_INVALID', 'not a compressed point of the curve')
  return point
}

/** 33 bytes; throws `POINT_INVALID` for the identity. */
export function encodePoint (point: Point): Uint8Array {
  refuseIdentity(point)
  const bytes = point.slice(0, POINT_BYTES)
  bytes[0] = 2 | ((point[2 * SCALAR_BYTES] ?? 0) & 1)
  return bytes
}

/** Decodes 32 big-endian bytes; throws `SCALAR_INVALID` unless 0 < x < n. */
export function decodeSecret (bytes: Uint8Array): SecretScalar {
  return decodeScalar(bytes) as SecretScalar
}

/** As `decodeSecret`, for what everybody may know. */
export function decodePublic (bytes: Uint8Array): PublicScalar {
  return decodeScalar(bytes) as PublicScalar
}

/** OS2IP(digest) mod (n-1) + 1: umbral-pre's hash to a scalar that is never zero, of public input. */
export function publicFromDigest (digest: Uint8Array): PublicScalar {
  return scalarFromDigest(digest) as PublicScalar
}

/** The same of secret input. */
export function secretFromDigest (digest: Uint8Array): SecretScalar {
  return scalarFromDigest(digest) as SecretScalar
}

/** A uniform secret scalar (FIPS 186-5 A.2.1, from 48 random bytes). */
export function randomSecret (rng: RandomSource = randomBytes): SecretScalar {
  return scalarOfInteger(integerOf(rng(SEED_BYTES), SEED_BYTES)) as SecretScalar
}

/**
 * The weight a + b lambda of 16 bytes, 8 for each of a and b, whose lowest bits are set so that neither is zero:
 * 2^126 different weights, as a and b are far shorter than the lattice of lambda. The cube root of unity lambda
 * makes it two multiplications of 64 bits side by side, half the work of one of 128.
 */
export function weightFromBytes (bytes: Uint8Array): PublicScalar {
  const [a, b] = [new Uint8Array(SCALAR_BYTES), new Uint8Array(SCALAR_BYTES)]
  a.set(bytes.subarray(0, 8), SCALAR_BYTES - 8)
  b.set(bytes.subarray(8, 16), SCALAR_BYTES - 8)
  for (const half of [a, b]) half[SCALAR_BYTES - 1] = (half[SCALAR_BYTES - 1] ?? 0) | 1
  return curveBackend().add(curveBackend().multiply(LAMBDA, b), a) as PublicScalar
}

export function addSecrets (left: SecretScalar, right: SecretScalar): SecretScalar {
  return requireNonZero(curveBackend().add(left, right)) as SecretScalar
}

export function subtractSecrets (left: SecretScalar, right: SecretScalar): SecretScalar {
  return requireNonZero(curveBackend().add(left, curveBackend().negate(right))) as SecretScalar
}

export function multiplySecrets (left: SecretScalar, right: SecretScalar | PublicScalar): SecretScalar {
  return curveBackend().multiply(left, right) as SecretScalar
}

export function negateSecret (scalar: SecretScalar): SecretScalar {
  return curveBackend().negate(scalar) as SecretScalar
}

export function invertSecret (scalar: SecretScalar): SecretScalar {
  return curveBackend().invert(scalar) as SecretScalar
}

/** Declares that a value made of secrets is part of what the protocol shows to everybody, as s of a capsule or z of a proof. */
export function publish (scalar: SecretScalar): PublicScalar {
  return copyBytes(scalar) as PublicScalar
}

export function negatePublic (scalar: PublicScalar): PublicScalar {
  return curveBackend().negate(scalar) as PublicScalar
}

export function multiplyGenerator (scalar: SecretScalar): Point {
  return curveBackend().multiplyGenerator(scalar)
}

export function multiplySecret (point: Point, scalar: SecretScalar): Point {
  refuseIdentity(point)
  return curveBackend().multiplySecret(point, scalar)
}

export function multiplyPublic (point: Point, scalar: PublicScalar): Point {
  refuseIdentity(point)
  return curveBackend().multiplyPublic(point, scalar)
}

/** left * a + right * b. */
export function combinePublic (left: Point, a: PublicScalar, right: Point, b: PublicScalar): Point {
  refuseIdentity(left)
  refuseIdentity(right)
  return curveBackend().combinePublic(left, a, right, b)
}

/** The sum, which may be the identity: encoding then refuses it. */
export function addPoints (...points: Point[]): Point {
  const summands = points.filter((point) => !isIdentity(point))
  const [first = IDENTITY, ...others] = summands
  return others.length === 0 ? first : curveBackend().sum(summands)
}

export function pointsEqual (left: Point, right: Point): boolean {
  return equalConstantTime(left, right)
}

/** ECDSA over SHA-256(message), RFC 6979, low-S, 64 bytes r || s. */
export function signEcdsa (message: Uint8Array, secret: SecretScalar): Uint8Array {
  return curveBackend().sign(sha256(message), secret)
}

/** True for a 64-byte r || s with 0 < r, s < n and low S that fits; false for everything else. */
export function isEcdsaValid (signature: Uint8Array, message: Uint8Array, publicKey: Point): boolean {
  if (!(signature instanceof Uint8Array) || signature.length !== SIGNATURE_BYTES) return false
  return curveBackend().verify(signature, sha256(message), publicKey)
}

/** True when 64 bytes are r || s in range with low S; says nothing about who signed what. */
export function isEcdsaCanonical (signature: Uint8Array): boolean {
  const [r, s] = [signature.subarray(0, SCALAR_BYTES), signature.subarray(SCALAR_BYTES)]
  return curveBackend().isScalar(r) && curveBackend().isScalar(s) && !isAbove(s, LARGEST_LOW_S)
}

function decodeScalar (bytes: Uint8Array): Uint8Array {
  requireLength(bytes, 'scalar', SCALAR_BYTES)
  if (!curveBackend().isScalar(bytes)) throw new CryptoError('SCALAR_INVALID', 'scalar is zero or not below the group order')
  return copyBytes(bytes)
}

/* Bytewise: the sum has no carry to speak of, and the reduction is needed once in 2^128 digests. */
function scalarFromDigest (digest: Uint8Array): Uint8Array {
  requireLength(digest, 'digest', SCALAR_BYTES)
  if (digest.subarray(0, 15).every((byte) => byte === 0xff)) return scalarOfInteger(integerOf(digest, SCALAR_BYTES))
  const scalar = copyBytes(digest)
  for (let index = SCALAR_BYTES - 1, carry = 1; index >= 0; index--) {
    const sum = (scalar[index] ?? 0) + carry
    scalar[index] = sum
    carry = sum >> 8
  }
  return scalar
}

function integerOf (bytes: Uint8Array, length: number): bigint {
  requireLength(bytes, 'integer', length)
  const view = new DataView(bytes.buffer, bytes.byteOffset, length)
  let value = 0n
  for (let offset = 0; offset < length; offset += 8) value = (value << 64n) | view.getBigUint64(offset)
  return value
}

/* value mod (n-1) + 1 */
function scalarOfInteger (value: bigint): Uint8Array {
  const scalar = new Uint8Array(SCALAR_BYTES)
  const view = new DataView(scalar.buffer)
  let rest = value % LARGEST_SCALAR + 1n
  for (let offset = SCALAR_BYTES - 8; offset >= 0; offset -= 8) {
    view.setBigUint64(offset, rest)
    rest >>= 64n
  }
  return scalar
}

function isAbove (left: Uint8Array, right: Uint8Array): boolean {
  const index = left.findIndex((byte, position) => byte !== right[position])
  return index >= 0 && (left[index] ?? 0) > (right[index] ?? 0)
}

function isIdentity (point: Point): boolean {
  return point[0] === 0
}

function refuseIdentity (point: Point): void {
  if (isIdentity(point)) throw new CryptoError('POINT_INVALID', 'the identity is not a valid point here')
}

/* Only values and their negatives sum to zero: of random or hashed scalars, none do. */
function requireNonZero (scalar: Uint8Array): Uint8Array {
  if (scalar.every((byte) => byte === 0)) throw new CryptoError('SCALAR_INVALID', 'a scalar is zero')
  return scalar
}
