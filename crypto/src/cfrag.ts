import { copyBytes, utf8 } from './bytes.ts'
import type { Capsule } from './capsule.ts'
import { capsulePoints } from './capsule.ts'
import type { Point, PublicScalar } from './curve.ts'
import {
  combinePublic, decodePoint, decodePublic, isEcdsaCanonical, isEcdsaValid, negatePublic, PARAMETER_U,
  PARAMETER_U_BYTES, pointsEqual, publicFromDigest
} from './curve.ts'
import { UMBRAL_DOMAINS } from './domains.ts'
import { CryptoError, refuseAs } from './errors.ts'
import { umbralHash } from './hash.ts'
import type { GrantKeys } from './kfrag.ts'
import { pointOf } from './keys.ts'
import { kfragMessage } from './kfrag.ts'
import { Layout, msgpackArray, msgpackField } from './layout.ts'

/** The points that a verifier computes with; `commitment` is U1. */
export type CfragPoint = 'e1' | 'v1' | 'e2' | 'v2' | 'commitment' | 'u2'

export type CfragField = CfragPoint | 'kfragId' | 'precursor' | 'z' | 'signature'

const SIMPLE = new Layout<CfragField>([
  ['e1', 33], ['v1', 33], ['kfragId', 32], ['precursor', 33],
  ['e2', 33], ['v2', 33], ['commitment', 33], ['u2', 33], ['z', 32], ['signature', 64]
])
const UMBRAL = new Layout<CfragField>([
  msgpackArray(5),
  ...msgpackField('e1', 33), ...msgpackField('v1', 33), ...msgpackField('kfragId', 32), ...msgpackField('precursor', 33),
  msgpackArray(6),
  ...msgpackField('e2', 33), ...msgpackField('v2', 33), ...msgpackField('commitment', 33), ...msgpackField('u2', 33),
  ...msgpackField('z', 32), ...msgpackField('signature', 64)
])

/** What the other modules compute with. */
export interface CfragParts {
  readonly fields: Readonly<Record<CfragField, Uint8Array>>
  readonly points: Readonly<Record<CfragPoint, Point>>
}

let readParts: (cfrag: Cfrag) => CfragParts

/** A capsule fragment, the answer of one proxy, as it was received: well-formed but unproven. */
export class Cfrag {
  readonly #parts: CfragParts

  protected constructor (parts: CfragParts) {
    this.#parts = parts
  }

  /**
   * Decodes 359 bytes: E1 33 || V1 33 || kfrag id 32 || precursor 33 || E2 33 || V2 33 || U1 33 || U2 33 || z 32 ||
   * signature for the receiver 64. Throws `CFRAG_INVALID`.
   */
  static fromBytes (bytes: Uint8Array): Cfrag {
    return new Cfrag(refuseAs('CFRAG_INVALID', 'cfrag', () => cfragFromFields(SIMPLE.unpack(bytes))))
  }

  /** Decodes umbral-pre's 381 default bytes: MessagePack [E1, V1, id, precursor, [E2, V2, U1, U2, z, signature]]. */
  static fromUmbralBytes (bytes: Uint8Array): Cfrag {
    return new Cfrag(refuseAs('CFRAG_INVALID', 'cfrag', () => cfragFromFields(UMBRAL.unpack(bytes))))
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

  /** 359 bytes, layout at `fromBytes`. */
  toBytes (): Uint8Array {
    return SIMPLE.pack(this.#parts.fields)
  }

  /** umbral-pre's 381 default bytes. */
  toUmbralBytes (): Uint8Array {
    return UMBRAL.pack(this.#parts.fields)
  }

  static { readParts = (cfrag) => cfrag.#parts }
}

/** A cfrag proven to be the right re-encryption of one capsule under a signed kfrag. Only this package makes one. */
export class VerifiedCfrag extends Cfrag {
  readonly #verified = true

  /** Package-internal, for `verifyCfrag` and `reencrypt`. */
  static of (parts: CfragParts): VerifiedCfrag {
    return new VerifiedCfrag(parts)
  }

  static isVerified (cfrag: Cfrag): boolean {
    return #verified in cfrag
  }
}

/** What opening needs of one proxy's answer for one capsule. */
export interface Opening {
  readonly kfragId: Uint8Array
  readonly precursor: Uint8Array
  readonly e1: Point
  readonly v1: Point
}

/** One capsule's part of a proven batch: V1 = sK - hE1 follows from it (docs/protocol.md, "Batch proof"). */
export interface FragmentParts {
  readonly kfragId: Uint8Array
  readonly precursor: Uint8Array
  readonly capsule: Capsule
  readonly e1: Point
  /** K = rk G. */
  readonly generatorImage: Point
}

let readFragment: (fragment: VerifiedFragment) => FragmentParts

/** One capsule's part of a proven batch. Only `verifyBatch` makes one. */
export class VerifiedFragment {
  readonly #parts: FragmentParts

  private constructor (parts: FragmentParts) {
    this.#parts = parts
  }

  /** Package-internal, for `verifyBatch`. */
  static of (parts: FragmentParts): VerifiedFragment {
    return new VerifiedFragment(parts)
  }

  /** 32 bytes: the kfrag it was made with. */
  get kfragId (): Uint8Array {
    return copyBytes(this.#parts.kfragId)
  }

  static { readFragment = (fragment) => fragment.#parts }
}

/**
 * Checks a proxy's answer: zE = E2 + hE1, zV = V2 + hV1, zU = U2 + hU1, and the patient's signature over kfrag id,
 * U1, precursor and both keys. All inputs are public; runs in clients and in chaincode. Throws `CFRAG_INVALID`.
 * (Umbral, "Providing Proofs of Re-Encryption Correctness".)
 */
export function verifyCfrag (cfrag: Cfrag, capsule: Capsule, keys: GrantKeys): VerifiedCfrag {
  const parts = readParts(cfrag)
  const { fields, points } = parts
  const { e, v } = capsulePoints(capsule)
  const z = decodePublic(fields.z)
  const h = proofHash(capsule, fields)
  requireProof(e, z, points.e2, points.e1, h)
  requireProof(v, z, points.v2, points.v1, h)
  requireProof(PARAMETER_U, z, points.u2, points.commitment, h)
  const message = kfragMessage({ id: fields.kfragId, commitment: fields.commitment, precursor: fields.precursor }, keys)
  if (!isEcdsaValid(fields.signature, message, pointOf(keys.signingKey))) {
    throw new CryptoError('CFRAG_INVALID', 'the kfrag is not signed for these keys')
  }
  return VerifiedCfrag.of(parts)
}

/** h of the proof: SHA-256 tagged hash of E, E1, E2, V, V1, V2, U, U1, U2 as they are encoded. */
export function proofHash (capsule: Capsule, fields: Readonly<Record<Exclude<CfragField, 'z' | 'signature'>, Uint8Array>>): PublicScalar {
  const { encoded } = capsulePoints(capsule)
  return publicFromDigest(umbralHash(
    utf8(UMBRAL_DOMAINS.cfragVerification),
    encoded.e, fields.e1, fields.e2, encoded.v, fields.v1, fields.v2, PARAMETER_U_BYTES, fields.commitment, fields.u2))
}

/** Package-internal. */
export function fragmentParts (fragment: VerifiedFragment): FragmentParts {
  return readFragment(fragment)
}

/** Package-internal. */
export function openingOf (answer: VerifiedCfrag | VerifiedFragment): Opening {
  if (answer instanceof VerifiedFragment) return openingOfFragment(answer)
  if (!VerifiedCfrag.isVerified(answer)) throw new TypeError('expected a verified cfrag')
  const { fields: { kfragId, precursor }, points: { e1, v1 } } = readParts(answer)
  return { kfragId, precursor, e1, v1 }
}

function openingOfFragment (fragment: VerifiedFragment): Opening {
  const { kfragId, precursor, capsule, e1, generatorImage } = fragmentParts(fragment)
  const { s, h } = capsulePoints(capsule)
  return { kfragId, precursor, e1, v1: combinePublic(generatorImage, s, e1, negatePublic(h)) }
}

function cfragFromFields (fields: Record<CfragField, Uint8Array>): CfragParts {
  decodePoint(fields.precursor)
  decodePublic(fields.z)
  if (!isEcdsaCanonical(fields.signature)) throw new CryptoError('SIGNATURE_INVALID', 'signature out of range or with high S')
  return {
    fields,
    points: {
      e1: decodePoint(fields.e1),
      v1: decodePoint(fields.v1),
      e2: decodePoint(fields.e2),
      v2: decodePoint(fields.v2),
      commitment: decodePoint(fields.commitment),
      u2: decodePoint(fields.u2)
    }
  }
}

function requireProof (base: Point, z: PublicScalar, announced: Point, result: Point, h: PublicScalar): void {
  if (!pointsEqual(combinePublic(base, z, result, negatePublic(h)), announced)) {
    throw new CryptoError('CFRAG_INVALID', 'proof of correct re-encryption failed')
  }
}
