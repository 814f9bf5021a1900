import { equalConstantTime } from './bytes.ts'
import type { CurveBackend, Point, PublicScalar } from './curve-backend.ts'
import { GENERATOR, IDENTITY } from './curve-backend.ts'

/** What is used of npm `secp256k1`, N-API bindings of libsecp256k1: 33 or 65-byte points, 32-byte scalars. */
interface Secp256k1 {
  privateKeyVerify (key: Uint8Array): boolean
  privateKeyNegate (key: Uint8Array): Uint8Array
  privateKeyTweakAdd (key: Uint8Array, tweak: Uint8Array): Uint8Array
  privateKeyTweakMul (key: Uint8Array, tweak: Uint8Array): Uint8Array
  publicKeyCreate (key: Uint8Array, compressed: boolean): Uint8Array
  publicKeyConvert (key: Uint8Array, compressed: boolean): Uint8Array
  publicKeyCombine (keys: readonly Uint8Array[], compressed: boolean): Uint8Array
  publicKeyTweakMul (key: Uint8Array, tweak: Uint8Array, compressed: boolean): Uint8Array
  ecdsaSign (digest: Uint8Array, key: Uint8Array): { signature: Uint8Array }
  ecdsaRecover (signature: Uint8Array, recoveryId: number, digest: Uint8Array, compressed: boolean): Uint8Array
  ecdsaVerify (signature: Uint8Array, digest: Uint8Array, key: Uint8Array): boolean
  ecdh (point: Uint8Array, key: Uint8Array, options: EcdhOptions, output: Uint8Array): Uint8Array
}

interface EcdhOptions {
  readonly hashfn: (x: Uint8Array, y: Uint8Array, data: unknown) => Uint8Array
  readonly xbuf: Uint8Array
  readonly ybuf: Uint8Array
}

type Require = (id: string) => unknown
interface Host { process?: { getBuiltinModule?: (id: string) => { createRequire (from: string): Require } | undefined } }

const FIELD_BYTES = 32
const HASHED = Uint8Array.of(1)

/* n - 2: x to this power is the inverse of x (Fermat). The steps are the same for every x. */
const INVERSION_EXPONENT = 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd036413f'
/* The exponent from its highest bit, cut into runs that end in a one, of 5 bits at most; each zero between stands alone. */
const INVERSION_RUNS = BigInt(`0x${INVERSION_EXPONENT}`).toString(2).match(/1[01]{0,3}1|1|0/g) ?? []

/**
 * libsecp256k1, or the reason why it is not there. `secp256k1/bindings.js` is asked for, because the package's main
 * file falls back to a slow implementation without a word; the request is made at run time, so that bundlers for
 * browsers do not follow it and CommonJS callers can load this module.
 */
export function loadNativeBackend (): CurveBackend | Error {
  const host = globalThis as Host
  const module = host.process?.getBuiltinModule?.('node:module')
  if (module === undefined) return new Error('this platform loads no native modules')
  try {
    return nativeBackend(module.createRequire(import.meta.url)('secp256k1/bindings.js') as Secp256k1)
  } catch (error) {
    return new Error('npm secp256k1 is not installed or has no build for this platform', { cause: error })
  }
}

function nativeBackend (curve: Secp256k1): CurveBackend {
  const scratch = { x: new Uint8Array(FIELD_BYTES), y: new Uint8Array(FIELD_BYTES) }
  const options: EcdhOptions = { hashfn: () => HASHED, xbuf: scratch.x, ybuf: scratch.y }
  const ignored = new Uint8Array(1)

  const multiplyPublic = (point: Point, scalar: PublicScalar): Point => curve.publicKeyTweakMul(point, scalar, false) as Point

  const sum = (points: readonly Point[]): Point => {
    try {
      return curve.publicKeyCombine(points, false) as Point
    } catch (error) {
      // The bindings refuse to sum valid points for one reason: nothing encodes the identity.
      if (points.length !== 2) return points.reduce((total, point) => total === IDENTITY ? point : sum([total, point]), IDENTITY)
      if (isOpposite(points)) return IDENTITY
      throw error
    }
  }

  return {
    name: 'native',

    decodePoint (compressed) {
      try {
        return curve.publicKeyConvert(compressed, false) as Point
      } catch {
        // With 33 bytes the bindings throw for nothing but a bad point, and that is the answer asked for.
        return null
      }
    },

    multiplyGenerator: (scalar) => curve.publicKeyCreate(scalar, false) as Point,

    /* ECDH is the library's one constant-time multiplication of any point; the "hash" hands out the coordinates. */
    multiplySecret (point, scalar) {
      curve.ecdh(point, scalar, options, ignored)
      const product = new Uint8Array(1 + 2 * FIELD_BYTES)
      product[0] = 4
      product.set(scratch.x, 1)
      product.set(scratch.y, 1 + FIELD_BYTES)
      return product as Point
    },

    multiplyPublic,

    combinePublic: (left, a, right, b) => (left === GENERATOR ? recover(curve, a, right, b) : undefined) ?? sum([
      left === GENERATOR ? curve.publicKeyCreate(a, false) as Point : multiplyPublic(left, a),
      multiplyPublic(right, b)
    ]),

    sum,
    isScalar: (bytes) => curve.privateKeyVerify(bytes),

    add (left, right) {
      try {
        return curve.privateKeyTweakAdd(new Uint8Array(left), right)
      } catch (error) {
        // The bindings refuse a sum of zero, which only a value and its negative have.
        if (equalConstantTime(left, curve.privateKeyNegate(new Uint8Array(right)))) return new Uint8Array(FIELD_BYTES)
        throw error
      }
    },

    multiply: (left, right) => curve.privateKeyTweakMul(new Uint8Array(left), right),
    negate: (value) => curve.privateKeyNegate(new Uint8Array(value)),
    invert: (value) => invert(curve, value),
    sign: (digest, secret) => curve.ecdsaSign(digest, secret).signature,

    verify (signature, digest, key) {
      const inRange = curve.privateKeyVerify(signature.subarray(0, FIELD_BYTES)) && curve.privateKeyVerify(signature.subarray(FIELD_BYTES))
      return inRange && curve.ecdsaVerify(signature, digest, key)
    }
  }
}

/*
 * aG + bP in one pass over both scalars, which the bindings have under another name: the key that an ECDSA signature (r, s) over m is of,
 * (s/r)R - (m/r)G, with R = P, r = x of P, s = br and m = -ar. Undefined where that is no signature, as x of P is not below the group order
 * (one point in 2^128), or no key, as the sum is the identity. All of it is public.
 */
function recover (curve: Secp256k1, a: PublicScalar, point: Point, b: PublicScalar): Point | undefined {
  const x = point.subarray(1, 1 + FIELD_BYTES)
  if (!curve.privateKeyVerify(x)) return undefined
  const signature = new Uint8Array(2 * FIELD_BYTES)
  signature.set(x)
  signature.set(curve.privateKeyTweakMul(new Uint8Array(b), x), FIELD_BYTES)
  const message = curve.privateKeyNegate(curve.privateKeyTweakMul(new Uint8Array(a), x))
  try {
    return curve.ecdsaRecover(signature, (point[2 * FIELD_BYTES] ?? 0) & 1, message, false) as Point
  } catch {
    // The bindings throw for nothing else of valid arguments, and the sum of two products says which it is.
    return undefined
  }
}

function invert (curve: Secp256k1, value: Uint8Array): Uint8Array {
  const square = curve.privateKeyTweakMul(new Uint8Array(value), value)
  const oddPowers = [value]
  for (let power = value; oddPowers.length < 16;) oddPowers.push(power = curve.privateKeyTweakMul(new Uint8Array(power), square))
  const result = new Uint8Array(FIELD_BYTES).fill(1, FIELD_BYTES - 1)
  for (const run of INVERSION_RUNS) {
    for (let bit = 0; bit < run.length; bit++) curve.privateKeyTweakMul(result, result)
    if (run !== '0') curve.privateKeyTweakMul(result, oddPowers[parseInt(run, 2) >> 1] ?? value)
  }
  return result
}

function isOpposite ([left = IDENTITY, right = IDENTITY]: readonly Point[]): boolean {
  return equalConstantTime(left.subarray(1, 33), right.subarray(1, 33)) && !equalConstantTime(left, right)
}
