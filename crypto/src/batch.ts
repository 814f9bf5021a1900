import type { RandomSource } from './bytes.ts'
import { concatBytes, copyBytes, equalConstantTime, randomBytes, u32 } from './bytes.ts'
import type { Capsule } from './capsule.ts'
import { capsulePoints } from './capsule.ts'
import { VerifiedFragment } from './cfrag.ts'
import type { Point, PublicScalar } from './curve.ts'
import {
  addPoints, addSecrets, combinePublic, decodePoint, decodePublic, encodePoint, GENERATOR, isEcdsaCanonical, isEcdsaValid,
  multiplyGenerator, multiplyPublic, multiplySecret, multiplySecrets, negatePublic, PARAMETER_U, publicFromDigest, publish,
  randomSecret, weightFromBytes
} from './curve.ts'
import { DOMAINS } from './domains.ts'
import { CryptoError, refuseAs } from './errors.ts'
import { domainHash } from './hash.ts'
import { pointOf } from './keys.ts'
import type { VerifiedKfrag } from './kfrag.ts'
import { kfragMessage, kfragParts } from './kfrag.ts'
import { Layout } from './layout.ts'
import type { ListedKfrag } from './listed-kfrag.ts'
import { isOfListed } from './listed-kfrag.ts'

/** Windows of a few segments: a day is read by a handful of answers. A signed answer for as many has some 35 kB. */
export const MAX_BATCH = 256

type Field = 'kfragId' | 'precursor' | 'commitment' | 'generatorImage' | 'uNonce' | 'sumNonce' | 'z' | 'signature'

const HEAD = new Layout<Field>([
  [
    'kfragId', 32
  ], ['precursor', 33], ['commitment', 33], ['generatorImage', 33], ['uNonce', 33], ['sumNonce', 33], ['z', 32], ['signature', 64]
])
const POINT_BYTES = 33
const WEIGHT_BYTES = 16

/** Bytes of a batch for so many capsules. */
export function batchBytes (capsules: number): number {
  return HEAD.length + capsules * POINT_BYTES
}

interface BatchParts {
  readonly fields: Readonly<Record<Field, Uint8Array>>
  /** E1 of each capsule, encoded and as points. */
  readonly encoded: readonly Uint8Array[]
  readonly images: readonly Point[]
}

let readParts: (batch: Batch) => BatchParts

/**
 * The answer of one proxy to many capsules at once, with one proof for all, as it was received: well-formed but
 * unproven. 293 bytes and 33 for each capsule, where single cfrags take 359 each.
 */
export class Batch {
  readonly #parts: BatchParts

  private constructor (parts: BatchParts) {
    this.#parts = parts
  }

  /** Package-internal, for `reencryptBatch`: every decoded or computed batch is unproven, so anybody may have one. */
  static of (fields: Record<Field, Uint8Array>, encoded: Uint8Array[], images: Point[]): Batch {
    return new Batch({ fields, encoded, images })
  }

  /**
   * Decodes kfrag id 32 || precursor 33 || U1 33 || K 33 || tU 33 || tP 33 || z 32 || signature for the receiver 64,
   * then E1 33 for each of 1 to 256 capsules. Throws `CFRAG_INVALID`.
   */
  static fromBytes (bytes: Uint8Array): Batch {
    return refuseAs('CFRAG_INVALID', 'batch', () => {
      const rest = bytes instanceof Uint8Array ? bytes.length - HEAD.length : -1
      if (rest <= 0 || rest % POINT_BYTES !== 0 || rest / POINT_BYTES > MAX_BATCH) {
        throw new CryptoError('LENGTH_INVALID', 'no batch has this length')
      }
      const fields = HEAD.unpack(bytes.subarray(0, HEAD.length))
      for (const name of ['precursor', 'commitment', 'generatorImage', 'uNonce', 'sumNonce'] as const) decodePoint(fields[name])
      decodePublic(fields.z)
      if (!isEcdsaCanonical(fields.signature)) throw new CryptoError('SIGNATURE_INVALID', 'signature out of range or with high S')
      const encoded = Array.from({
        length: rest / POINT_BYTES
      }, (_, index) => copyBytes(bytes.subarray(HEAD.length + index * POINT_BYTES, HEAD.length + (index + 1) * POINT_BYTES)))
      return new Batch({ fields, encoded, images: encoded.map(decodePoint) })
    })
  }

  toBytes (): Uint8Array {
    return concatBytes(HEAD.pack(this.#parts.fields), ...this.#parts.encoded)
  }

  /** 32 bytes: the kfrag it was made with. */
  get kfragId (): Uint8Array {
    return copyBytes(this.#parts.fields.kfragId)
  }

  /** U1, 33 bytes: must equal what the consent lists for the kfrag id. */
  get commitment (): Uint8Array {
    return copyBytes(this.#parts.fields.commitment)
  }

  /** X, 33 bytes: must equal what the consent names for the compartment. */
  get precursor (): Uint8Array {
    return copyBytes(this.#parts.fields.precursor)
  }

  /** The number of capsules. */
  get size (): number {
    return this.#parts.images.length
  }

  static { readParts = (batch) => batch.#parts }
}

/**
 * Re-encrypts 1 to 256 capsules of one compartment with one proof (docs/protocol.md, "Batch proof"): E1 = rk E for
 * each, K = rk G once; V1 follows as sK - hE1. Run by a proxy. `rng` gives the nonce of the proof: never the same
 * twice.
 */
export function reencryptBatch (capsules: readonly Capsule[], kfrag: VerifiedKfrag, rng: RandomSource = randomBytes): Batch {
  requireCount(capsules.length)
  const { key, fields: { id, precursor, commitment, signatureForReceiver } } = kfragParts(kfrag)
  const t = randomSecret(rng)
  const generatorImage = encodePoint(multiplyGenerator(key))
  const images = capsules.map((capsule) => multiplySecret(capsulePoints(capsule).e, key))
  const encoded = images.map(encodePoint)
  const transcript = transcriptOf(capsules, encoded, { kfragId: id, precursor, commitment, generatorImage })
  const base = weightedSum(GENERATOR, capsules.map((capsule) => capsulePoints(capsule).e), weightsOf(transcript, capsules.length))
  const [uNonce, sumNonce] = [encodePoint(multiplySecret(PARAMETER_U, t)), encodePoint(multiplySecret(base, t))]
  const z = publish(addSecrets(t, multiplySecrets(key, challengeOf(transcript, uNonce, sumNonce))))
  return Batch.of(
    { kfragId: id, precursor, commitment, generatorImage, uNonce, sumNonce, z, signature: signatureForReceiver },
    encoded,
    images
  )
}

/**
 * Proves a batch for exactly these capsules in this order, made with the kfrag that the consent lists, and gives what opens each of
 * them. All inputs are public. Throws `CFRAG_INVALID`.
 */
export function verifyBatch (batch: Batch, capsules: readonly Capsule[], listed: ListedKfrag): VerifiedFragment[] {
  const { fields, encoded, images } = readParts(batch)
  if (!isOfListed(batch, listed)) throw new CryptoError('CFRAG_INVALID', 'the batch is not of the kfrag that the consent lists')
  if (capsules.length !== images.length) throw new CryptoError('CFRAG_INVALID', `batch of ${images.length} for ${capsules.length} capsules`)
  const transcript = transcriptOf(capsules, encoded, fields)
  const weights = weightsOf(transcript, capsules.length)
  const generatorImage = decodePoint(fields.generatorImage)
  const base = weightedSum(GENERATOR, capsules.map((capsule) => capsulePoints(capsule).e), weights)
  const image = weightedSum(generatorImage, images, weights)
  const z = decodePublic(fields.z)
  const c = challengeOf(transcript, fields.uNonce, fields.sumNonce)
  refuseAs('CFRAG_INVALID', 'batch', () => {
    requireProof(PARAMETER_U, z, decodePoint(fields.commitment), c, fields.uNonce)
    requireProof(base, z, image, c, fields.sumNonce)
  })
  const message = kfragMessage({ id: fields.kfragId, commitment: fields.commitment, precursor: fields.precursor }, listed.keys)
  if (!isEcdsaValid(fields.signature, message, pointOf(listed.keys.signingKey))) {
    throw new CryptoError('CFRAG_INVALID', 'the kfrag is not signed for these keys')
  }
  const { kfragId, precursor } = fields
  return capsules.map((capsule, index) =>
    VerifiedFragment.of({ kfragId, precursor, capsule, e1: images[index] ?? unreachable(), generatorImage }))
}

/* Every byte on which the weights must depend: they are random to a prover only because it has chosen all of this before. */
function transcriptOf (
  capsules: readonly Capsule[], images: readonly Uint8Array[],
  {
    kfragId,
    precursor,
    commitment,
    generatorImage
  }: Pick<Record<Field, Uint8Array>, 'kfragId' | 'precursor' | 'commitment' | 'generatorImage'>
): Uint8Array {
  return domainHash(
    DOMAINS.batch, kfragId, precursor, commitment, generatorImage, u32(capsules.length), ...capsules.map((capsule) =>
      capsule.toBytes()), ...images)
}

function weightsOf (transcript: Uint8Array, count: number): PublicScalar[] {
  return Array.from({ length: count }, (_, index) =>
    weightFromBytes(domainHash(DOMAINS.batchWeight, transcript, u32(index)).subarray(0, WEIGHT_BYTES)))
}

function challengeOf (transcript: Uint8Array, uNonce: Uint8Array, sumNonce: Uint8Array): PublicScalar {
  return publicFromDigest(domainHash(DOMAINS.batchProof, transcript, uNonce, sumNonce))
}

function weightedSum (first: Point, points: readonly Point[], weights: readonly PublicScalar[]): Point {
  return addPoints(first, ...points.map((point, index) => multiplyPublic(point, weights[index] ?? unreachable())))
}

function requireProof (base: Point, z: PublicScalar, image: Point, c: PublicScalar, nonce: Uint8Array): void {
  if (!equalConstantTime(encodePoint(combinePublic(base, z, image, negatePublic(c))), nonce)) {
    throw new CryptoError('CFRAG_INVALID', 'proof of correct re-encryption failed')
  }
}

function requireCount (count: number): void {
  if (count < 1 || count > MAX_BATCH) throw new RangeError(`capsules: expected 1 to ${MAX_BATCH}, got ${count}`)
}

function unreachable (): never {
  throw new TypeError('as many capsules as images and weights')
}
