import type { RandomSource } from './bytes.ts'
import { concatBytes, equalConstantTime, requireLength, u32 } from './bytes.ts'
import type { Capsule } from './capsule.ts'
import { capsulePoints } from './capsule.ts'
import type { VerifiedCfrag, VerifiedFragment } from './cfrag.ts'
import { openingOf } from './cfrag.ts'
import type { Point, PublicScalar } from './curve.ts'
import {
  addPoints, addSecrets, decodePoint, decodePublic, encodePoint, multiplyPublic, multiplySecret, multiplySecrets, negatePublic,
  POINT_BYTES, pointsEqual,
  publicFromDigest, publish, randomSecret, SCALAR_BYTES
} from './curve.ts'
import { DOMAINS } from './domains.ts'
import { CryptoError, refuseAs } from './errors.ts'
import { domainHash } from './hash.ts'
import type { PublicKey, SecretKey } from './keys.ts'
import { pointOf, scalarOf } from './keys.ts'
import { openingFactors } from './pre.ts'

/** One wrap, the key it is for, and what of proven answers opens it together. */
export interface OpeningShown {
  readonly delegatingKey: PublicKey
  readonly capsule: Capsule
  readonly cfrags: readonly (VerifiedCfrag | VerifiedFragment)[]
}

type Encoded = Readonly<Record<'seed' | 'keyNonce' | 'seedNonce', Uint8Array>>

/**
 * Shows the key seed S of one wrap with a proof that it is right: 33 bytes S || T1 33 || T2 33 || z_i 32 for each cfrag in turn. The proof
 * is of knowledge of factors f_i with sum f_i (h E1_i + V1_i) = sA and sum f_i (E1_i + V1_i) = S (Schnorr, Fiat-Shamir): as E1_i = rk_i E
 * and V1_i = rk_i V, the first says that sum f_i rk_i = a, hence S = a(E+V). Neither the factors nor the point that reader and
 * patient share are told, so that nothing but this wrap opens with it. Throws `KFRAGS_INCONSISTENT` for cfrags that do not open. Run by
 * the reader.
 */
export function showOpening (receivingSecret: SecretKey, shown: OpeningShown, rng?: RandomSource): Uint8Array {
  const parts = shown.cfrags.map(openingOf)
  const shared = multiplySecret(decodePoint(parts[0]?.precursor ?? new Uint8Array()), scalarOf(receivingSecret))
  const factors = openingFactors(receivingSecret.publicKey(), shared, parts)
  const { ofKey, ofSeed } = basesOf(shown)
  const sumOf = (
    bases: readonly Point[],
    scalars: typeof factors
  ): Point => addPoints(...bases.map((base, i) => multiplySecret(base, at(scalars, i))))
  if (!pointsEqual(sumOf(ofKey, factors), keyImage(shown))) {
    throw new CryptoError('KFRAGS_INCONSISTENT', 'they do not open the capsule together')
  }
  const nonces = factors.map(() => randomSecret(rng))
  const encoded = {
    seed: encodePoint(sumOf(ofSeed, factors)),
    keyNonce: encodePoint(sumOf(ofKey, nonces)),
    seedNonce: encodePoint(sumOf(ofSeed, nonces))
  }
  const c = challenge(shown, encoded)
  const responses = factors.map((factor, i) => publish(addSecrets(at(nonces, i), multiplySecrets(factor, c))))
  return concatBytes(encoded.seed, encoded.keyNonce, encoded.seedNonce, ...responses)
}

/** The proven key seed, 33 bytes. Throws `EVIDENCE_INVALID`. Run by whoever judges. */
export function verifyOpening (bytes: Uint8Array, shown: OpeningShown): Uint8Array {
  return refuseAs('EVIDENCE_INVALID', 'opening', () => {
    requireLength(bytes, 'opening', 3 * POINT_BYTES + SCALAR_BYTES * shown.cfrags.length)
    const pointAt = (i: number): Uint8Array => bytes.slice(i * POINT_BYTES, (i + 1) * POINT_BYTES)
    const encoded = { seed: pointAt(0), keyNonce: pointAt(1), seedNonce: pointAt(2) }
    const scalars = bytes.slice(3 * POINT_BYTES)
    const responses = shown.cfrags.map((_, i) => decodePublic(scalars.slice(i * SCALAR_BYTES, (i + 1) * SCALAR_BYTES)))
    const { ofKey, ofSeed } = basesOf(shown)
    const c = negatePublic(challenge(shown, encoded))
    const isShown = (bases: readonly Point[], image: Point, nonce: Uint8Array): boolean =>
      equalConstantTime(
        encodePoint(addPoints(...bases.map((base, i) => multiplyPublic(base, at(responses, i))), multiplyPublic(image, c))),
        nonce
      )
    if (!isShown(ofKey, keyImage(shown), encoded.keyNonce) || !isShown(ofSeed, decodePoint(encoded.seed), encoded.seedNonce)) {
      throw new CryptoError('EVIDENCE_INVALID', 'the key seed is not proven')
    }
    return encoded.seed
  })
}

/* h E1_i + V1_i, which the factors sum to sA, and E1_i + V1_i, which they sum to the key seed. */
function basesOf ({ capsule, cfrags }: OpeningShown): { ofKey: Point[], ofSeed: Point[] } {
  const { h } = capsulePoints(capsule)
  const parts = cfrags.map(openingOf)
  return { ofKey: parts.map(({ e1, v1 }) => addPoints(multiplyPublic(e1, h), v1)), ofSeed: parts.map(({ e1, v1 }) => addPoints(e1, v1)) }
}

function keyImage ({ delegatingKey, capsule }: OpeningShown): Point {
  return multiplyPublic(pointOf(delegatingKey), capsulePoints(capsule).s)
}

function challenge ({ delegatingKey, capsule, cfrags }: OpeningShown, { seed, keyNonce, seedNonce }: Encoded): PublicScalar {
  const parts = cfrags.map(openingOf)
  return publicFromDigest(domainHash(DOMAINS.opening, concatBytes(
    delegatingKey.toBytes(), capsule.toBytes(), u32(parts.length), ...parts.flatMap(({ e1, v1 }) =>
      [encodePoint(e1), encodePoint(v1)]), seed, keyNonce, seedNonce)))
}

function at<T> (values: readonly T[], index: number): T {
  const value = values[index]
  if (value === undefined) throw new TypeError('as many factors as points')
  return value
}
