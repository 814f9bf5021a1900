import { concatBytes, equalConstantTime, toHex } from './bytes.ts'
import type { Capsule } from './capsule.ts'
import { CAPSULE_BYTES, capsulePoints } from './capsule.ts'
import type { FragmentParts, VerifiedFragment } from './cfrag.ts'
import { fragmentParts } from './cfrag.ts'
import type { SecretScalar } from './curve.ts'
import {
  addPoints, decodePoint, encodePoint, multiplyPublic, multiplySecret, multiplySecrets, pointsEqual, subtractSecrets
} from './curve.ts'
import { CryptoError, refuseAs } from './errors.ts'
import type { PublicKey, SecretKey } from './keys.ts'
import { pointOf, scalarOf } from './keys.ts'
import { openingFactors } from './pre.ts'
import { openWith, requireWrapBytes } from './wrap.ts'

/**
 * Opens the wraps of one compartment by fragments of proven batches. What is the same for all wraps is computed once for each set of
 * proxies: the point that reader and patient share, the factors f_i (d times Lagrange's), and the check that they combine: with
 * sum f_i K_i = A, sA = sum f_i (h E1_i + V1_i) for every capsule, as h E1_i + V1_i = s K_i. The key seed is sum f_i (E1_i + V1_i) =
 * sA + sum (1 - h) f_i E1_i.
 */
export class BatchOpener {
  readonly #receivingSecret: SecretKey
  readonly #delegatingKey: PublicKey
  readonly #factors = new Map<string, SecretScalar[]>()
  #last: { parts: readonly FragmentParts[], factors: SecretScalar[] } | undefined

  constructor (receivingSecret: SecretKey, delegatingKey: PublicKey) {
    this.#receivingSecret = receivingSecret
    this.#delegatingKey = delegatingKey
  }

  /**
   * The 32-byte content key, by fragments of this wrap's capsule. Throws `KFRAGS_INCONSISTENT` when these, each proven right, do not
   * combine (as `decapsulateReencrypted` does), `WRAP_INVALID`, `DECRYPTION_FAILED`. Run by the practitioner.
   */
  open (wrap: Uint8Array, fragments: readonly VerifiedFragment[]): Uint8Array {
    const parts = fragments.map(fragmentParts)
    const capsule = requireOneCapsule(wrap, parts)
    const factors = this.#factorsOf(parts)
    const seed = refuseAs('KFRAGS_INCONSISTENT', 'cfrags', () => {
      const { s, h } = capsulePoints(capsule)
      const images = parts.map(({ e1 }, index) => {
        const factor = factors[index] ?? missing()
        return multiplySecret(e1, subtractSecrets(factor, multiplySecrets(factor, h)))
      })
      return encodePoint(addPoints(multiplyPublic(pointOf(this.#delegatingKey), s), ...images))
    })
    return openWith(seed, wrap.subarray(CAPSULE_BYTES), capsule)
  }

  #factorsOf (parts: readonly FragmentParts[]): SecretScalar[] {
    // Wrap after wrap of the same batches.
    if (this.#last !== undefined && isOfSameBatches(this.#last.parts, parts)) return this.#last.factors
    const name = toHex(concatBytes(...parts.flatMap(({ precursor, kfragId, generatorImage }) =>
      [precursor, kfragId, encodePoint(generatorImage)])))
    const factors = this.#factors.get(name) ?? this.#combine(parts)
    this.#factors.set(name, factors)
    this.#last = { parts, factors }
    return factors
  }

  #combine (parts: readonly FragmentParts[]): SecretScalar[] {
    const [first = missing()] = parts
    const shared = multiplySecret(decodePoint(first.precursor), scalarOf(this.#receivingSecret))
    const factors = openingFactors(this.#receivingSecret.publicKey(), shared, parts)
    const image = addPoints(...parts.map(({ generatorImage }, index) => multiplySecret(generatorImage, factors[index] ?? missing())))
    if (!pointsEqual(image, pointOf(this.#delegatingKey))) {
      throw new CryptoError('KFRAGS_INCONSISTENT', 'they do not open the capsule together')
    }
    return factors
  }
}

/* The fragments of one proven batch share what their batch has once. */
function isOfSameBatches (left: readonly FragmentParts[], right: readonly FragmentParts[]): boolean {
  return left.length === right.length && left.every(({ kfragId, precursor, generatorImage }, index) =>
    kfragId === right[index]?.kfragId && precursor === right[index].precursor && generatorImage === right[index].generatorImage)
}

function requireOneCapsule (wrap: Uint8Array, parts: readonly FragmentParts[]): Capsule {
  requireWrapBytes(wrap)
  const [first = missing()] = parts
  const own = wrap.subarray(0, CAPSULE_BYTES)
  if (parts.some(({ capsule }, index) => (index === 0 || capsule !== first.capsule) && !equalConstantTime(capsule.toBytes(), own))) {
    throw new CryptoError('KFRAGS_INCONSISTENT', 'fragments are of another capsule')
  }
  return first.capsule
}

function missing (): never {
  throw new RangeError('cfrags: expected at least one, and as many factors')
}
