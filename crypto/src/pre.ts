import type { RandomSource } from './bytes.ts'
import { equalConstantTime, randomBytes } from './bytes.ts'
import type { Capsule } from './capsule.ts'
import { capsuleHash, capsuleOf, capsulePoints } from './capsule.ts'
import type { Opening, VerifiedFragment } from './cfrag.ts'
import { openingOf, proofHash, VerifiedCfrag } from './cfrag.ts'
import type { Point, SecretScalar } from './curve.ts'
import {
  addPoints, addSecrets, decodePoint, encodePoint, multiplyGenerator, multiplyPublic, multiplySecret, multiplySecrets,
  PARAMETER_U, pointsEqual, publish, randomSecret
} from './curve.ts'
import { CryptoError, refuseAs } from './errors.ts'
import type { PublicKey, SecretKey } from './keys.ts'
import { pointOf, scalarOf } from './keys.ts'
import type { VerifiedKfrag } from './kfrag.ts'
import { kfragParts, polynomialArgument, sharedSecret } from './kfrag.ts'
import type { CapsulePlace } from './place.ts'
import { interpolationFactors } from './polynomial.ts'

/**
 * Makes a capsule for `delegatingKey` and one place, and the 33-byte key seed inside it, the compressed point (r+u)A
 * (Umbral, Encapsulate). Run by an author; the seed is a secret.
 */
export function encapsulate (
  delegatingKey: PublicKey, place: CapsulePlace, rng?: RandomSource
): { capsule: Capsule, keySeed: Uint8Array } {
  const r = randomSecret(rng)
  const u = randomSecret(rng)
  const [e, v] = [multiplyGenerator(r), multiplyGenerator(u)]
  const encoded = { e: encodePoint(e), v: encodePoint(v) }
  const h = capsuleHash(encoded.e, encoded.v, place)
  const s = publish(addSecrets(u, multiplySecrets(r, h)))
  return {
    capsule: capsuleOf({ e, v, s, h, encoded }),
    keySeed: encodePoint(multiplySecret(pointOf(delegatingKey), addSecrets(r, u)))
  }
}

/** The key seed a(E+V) by the delegating secret itself: how a patient opens an own record. 33 bytes. */
export function decapsulateOriginal (secretKey: SecretKey, capsule: Capsule): Uint8Array {
  const { e, v } = capsulePoints(capsule)
  return refuseAs('DECRYPTION_FAILED', 'capsule', () => encodePoint(multiplySecret(addPoints(e, v), scalarOf(secretKey))))
}

/**
 * Re-encrypts a capsule with a kfrag, with the proof that it was done right (Umbral, ReEncapsulate). Run by a proxy,
 * which learns nothing of the key seed. `rng` gives the nonce t of the proof: never the same twice.
 */
export function reencrypt (capsule: Capsule, kfrag: VerifiedKfrag, rng: RandomSource = randomBytes): VerifiedCfrag {
  const { key, commitmentPoint, fields: { id, precursor, commitment, signatureForReceiver } } = kfragParts(kfrag)
  const { e, v } = capsulePoints(capsule)
  const t = randomSecret(rng)
  const points = {
    e1: multiplySecret(e, key),
    v1: multiplySecret(v, key),
    e2: multiplySecret(e, t),
    v2: multiplySecret(v, t),
    commitment: commitmentPoint,
    u2: multiplySecret(PARAMETER_U, t)
  }
  const fields = {
    e1: encodePoint(points.e1),
    v1: encodePoint(points.v1),
    kfragId: id,
    precursor,
    e2: encodePoint(points.e2),
    v2: encodePoint(points.v2),
    commitment,
    u2: encodePoint(points.u2)
  }
  const z = publish(addSecrets(t, multiplySecrets(key, proofHash(capsule, fields))))
  return VerifiedCfrag.of({ fields: { ...fields, z, signature: signatureForReceiver }, points })
}

/**
 * The 33-byte key seed from cfrags of one grant, by the reader's receiving secret (Umbral, DecapsulateFrags).
 * Throws `KFRAGS_INCONSISTENT` when these cfrags, each proven right, do not combine: fewer than the threshold, of
 * different grants, or of kfrags that the patient made wrongly.
 */
export function decapsulateReencrypted (
  receivingSecret: SecretKey, delegatingKey: PublicKey, capsule: Capsule, cfrags: readonly (VerifiedCfrag | VerifiedFragment)[]
): Uint8Array {
  const shared = multiplySecret(decodePoint(requireOneGrant(cfrags.map(openingOf))), scalarOf(receivingSecret))
  return decapsulateShared(receivingSecret.publicKey(), shared, delegatingKey, capsule, cfrags)
}

/** Package-internal: as `decapsulateReencrypted`, from the point that reader and patient share. */
export function decapsulateShared (
  receivingKey: PublicKey, shared: Point, delegatingKey: PublicKey, capsule: Capsule, cfrags: readonly (VerifiedCfrag | VerifiedFragment)[]
): Uint8Array {
  const parts = cfrags.map(openingOf)
  const factors = openingFactors(receivingKey, shared, parts)
  return refuseAs('KFRAGS_INCONSISTENT', 'cfrags', () => {
    const e1 = weightedSum(parts.map(({ e1 }) => e1), factors)
    const v1 = weightedSum(parts.map(({ v1 }) => v1), factors)
    requireOpens(capsule, pointOf(delegatingKey), e1, v1)
    return encodePoint(addPoints(e1, v1))
  })
}

/** Package-internal: what each cfrag counts for in the opening, d times its Lagrange factor at 0. */
export function openingFactors (receivingKey: PublicKey, shared: Point, parts: readonly Pick<Opening, 'kfragId' | 'precursor'>[]): SecretScalar[] {
  const precursor = requireOneGrant(parts)
  const d = sharedSecret(precursor, receivingKey, shared)
  return interpolationFactors(parts.map(({ kfragId }) => polynomialArgument(precursor, receivingKey, shared, kfragId)))
    .map((factor) => multiplySecrets(factor, d))
}

function requireOneGrant (parts: readonly Pick<Opening, 'precursor'>[]): Uint8Array {
  const first = parts[0]
  if (first === undefined) throw new RangeError('cfrags: expected at least one')
  const { precursor } = first
  if (parts.some((part) => !equalConstantTime(part.precursor, precursor))) {
    throw new CryptoError('KFRAGS_INCONSISTENT', 'cfrags are of different grants')
  }
  return precursor
}

/*
 * umbral-pre's check (s/d) A = h E' + V', which holds only for f(0) = a/d, with both sides multiplied by d: the
 * points are dE' and dV', and the scalars that remain are public.
 */
function requireOpens (capsule: Capsule, delegatingPoint: Point, e1: Point, v1: Point): void {
  const { h, s } = capsulePoints(capsule)
  const right = addPoints(multiplyPublic(e1, h), v1)
  if (!pointsEqual(multiplyPublic(delegatingPoint, s), right)) {
    throw new CryptoError('KFRAGS_INCONSISTENT', 'they do not open the capsule together')
  }
}

/* The points are public; the factors come from a secret shared by patient and reader. */
function weightedSum (points: readonly Point[], factors: readonly SecretScalar[]): Point {
  return addPoints(...points.map((point, index) => multiplySecret(point, factors[index] ?? missing())))
}

function missing (): never {
  throw new TypeError('as many factors as points')
}
