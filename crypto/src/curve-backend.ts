import type { BackendName } from './backend-choice.ts'

declare const point: unique symbol
declare const scalar: unique symbol

/** A point of the curve, 65 bytes uncompressed, checked to lie on it; `IDENTITY` only as the result of a sum. */
export type Point = Uint8Array & { readonly [point]: true }

/** An integer 0 < x < n that must not leak, 32 bytes big-endian. It fits `multiplySecret` alone. */
export type SecretScalar = Uint8Array & { readonly [scalar]: 'secret' }

/** An integer 0 < x < n that everybody may know, 32 bytes big-endian. */
export type PublicScalar = Uint8Array & { readonly [scalar]: 'public' }

export type CurveBackendName = BackendName

/**
 * The arithmetic on secp256k1 that everything else is made of. Arguments are valid by their types and results
 * are new bytes, so objects made with one backend serve the other, and both accept and refuse the same.
 * Whatever takes a secret takes the same time for each of its values: exactly in the native one, as far as
 * JavaScript's integers allow in the other.
 */
export interface CurveBackend {
  readonly name: CurveBackendName
  /** Null unless 33 bytes are the compressed form of a point. */
  decodePoint (compressed: Uint8Array): Point | null
  multiplyGenerator (scalar: SecretScalar): Point
  multiplySecret (point: Point, scalar: SecretScalar): Point
  multiplyPublic (point: Point, scalar: PublicScalar): Point
  /** left * a + right * b. */
  combinePublic (left: Point, a: PublicScalar, right: Point, b: PublicScalar): Point
  /** The sum of at least one point, none of them the identity. */
  sum (points: readonly Point[]): Point
  /** True for 32 bytes with 0 < x < n. */
  isScalar (bytes: Uint8Array): boolean
  /** Modulo n, of scalars: 32 bytes, which are zero for a value and its negative. */
  add (left: Uint8Array, right: Uint8Array): Uint8Array
  multiply (left: Uint8Array, right: Uint8Array): Uint8Array
  negate (value: Uint8Array): Uint8Array
  /** Of a secret. */
  invert (value: SecretScalar): Uint8Array
  /** ECDSA of a 32-byte digest, RFC 6979, low S: 64 bytes r || s. */
  sign (digest: Uint8Array, secret: SecretScalar): Uint8Array
  /** For 64 bytes; false for r or s out of range and for high S, too. */
  verify (signature: Uint8Array, digest: Uint8Array, key: Point): boolean
}

/** The point at infinity, which has no encoding: 65 zero bytes in memory only. */
export const IDENTITY = new Uint8Array(65) as Point

export const GENERATOR = pointOfHex(
  '0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8'
)

/**
 * The second generator of Umbral: RFC 9380 `secp256k1_XMD:SHA-256_SSWU_RO_` of the message `POINT_U` under the
 * tag `PARAMETERS`. A constant, because hashing to the curve for every capsule costs more than the rest of it.
 */
export const PARAMETER_U = pointOfHex(
  '04079390d0fbe220fc34aab8ecbf49098098036820fadb98c03143e55db8ec73cd7ea50b219da86a70e8489413e4b9388afb63ac6f26e5ec2cfdd983b83f0e84e7'
)

function pointOfHex (hex: string): Point {
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => parseInt(byte, 16)) as Point
}
