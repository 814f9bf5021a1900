import { concatBytes, equalConstantTime, utf8 } from './bytes.ts'
import type { Point, PublicScalar } from './curve.ts'
import { combinePublic, decodePoint, decodePublic, encodePoint, GENERATOR, negatePublic, publicFromDigest } from './curve.ts'
import { UMBRAL_DOMAINS } from './domains.ts'
import { CryptoError, refuseAs } from './errors.ts'
import { umbralHash } from './hash.ts'
import { Layout, msgpackArray, msgpackField } from './layout.ts'
import { UNPLACED } from './place.ts'
import type { CapsulePlace } from './place.ts'

export const CAPSULE_BYTES = 98

const SIMPLE = new Layout<'e' | 'v' | 's'>([['e', 33], ['v', 33], ['s', 32]])
const UMBRAL = new Layout<'e' | 'v' | 's'>([
  msgpackArray(3), ...msgpackField('e', 33), ...msgpackField('v', 33), ...msgpackField('s', 32)
])

/** What the other modules of the package compute with. */
export interface CapsulePoints {
  readonly e: Point
  readonly v: Point
  readonly s: PublicScalar
  readonly h: PublicScalar
  readonly encoded: Readonly<Record<'e' | 'v', Uint8Array>>
}

let readPoints: (capsule: Capsule) => CapsulePoints
let makeCapsule: (points: CapsulePoints) => Capsule

/**
 * An encapsulated key seed, proven well-formed: E = rG, V = uG and s with sG = V + hE (Umbral, CheckCapsule). As h is the hash of E, V and
 * the place of the capsule, s proves that whoever made it for that place knew r and u (decision 0261). Whoever holds a Capsule holds a
 * checked one.
 */
export class Capsule {
  readonly #fields: Readonly<Record<'e' | 'v' | 's', Uint8Array>>
  readonly #points: CapsulePoints

  private constructor (fields: Record<'e' | 'v' | 's', Uint8Array>, points: CapsulePoints) {
    this.#fields = fields
    this.#points = points
  }

  /** Decodes 98 bytes: E (33) || V (33) || s (32), made for this place. Throws `CAPSULE_INVALID`, of one of another place as well. */
  static fromBytes (bytes: Uint8Array, place: CapsulePlace): Capsule {
    return refuseAs('CAPSULE_INVALID', 'capsule', () => checkedCapsule(SIMPLE.unpack(bytes), place))
  }

  /** Decodes umbral-pre's 105 default bytes, MessagePack [E, V, s], which are of no place. Throws `CAPSULE_INVALID`. */
  static fromUmbralBytes (bytes: Uint8Array): Capsule {
    return refuseAs('CAPSULE_INVALID', 'capsule', () => checkedCapsule(UMBRAL.unpack(bytes), UNPLACED))
  }

  /** 98 bytes: E (33) || V (33) || s (32). */
  toBytes (): Uint8Array {
    return SIMPLE.pack(this.#fields)
  }

  /** umbral-pre's 105 default bytes. */
  toUmbralBytes (): Uint8Array {
    return UMBRAL.pack(this.#fields)
  }

  static {
    readPoints = (capsule) => capsule.#points
    makeCapsule = (points) => new Capsule({ ...points.encoded, s: points.s }, points)
  }
}

function checkedCapsule (fields: Record<'e' | 'v' | 's', Uint8Array>, place: CapsulePlace): Capsule {
  const [e, s] = [decodePoint(fields.e), decodePublic(fields.s)]
  const h = capsuleHash(fields.e, fields.v, place)
  // V is what it must be, sG - hE, or no capsule's: no square root is drawn to decode it.
  const v = combinePublic(GENERATOR, s, e, negatePublic(h))
  if (!equalConstantTime(encodePoint(v), fields.v)) throw new CryptoError('CAPSULE_INVALID', 'self check failed')
  // Where they cancel out, the key seed a(E+V) is no point: right cfrags would not open, as if the patient's kfrags were wrong.
  if (equalConstantTime(fields.e.subarray(1), fields.v.subarray(1)) && fields.e[0] !== fields.v[0]) {
    throw new CryptoError('CAPSULE_INVALID', 'E and V cancel out')
  }
  return makeCapsule({ e, v, s, h, encoded: { e: fields.e, v: fields.v } })
}

/** h of the points E and V as they are encoded, and of the place: nothing where there is none, as Umbral has it. */
export function capsuleHash (e: Uint8Array, v: Uint8Array, place: CapsulePlace): PublicScalar {
  const placed = place === UNPLACED ? new Uint8Array() : place.toBytes()
  return publicFromDigest(umbralHash(utf8(UMBRAL_DOMAINS.capsulePoints), concatBytes(e, v, placed)))
}

/** Package-internal, for a capsule that was computed here and needs no check. */
export function capsuleOf (points: CapsulePoints): Capsule {
  return makeCapsule(points)
}

/** Package-internal. */
export function capsulePoints (capsule: Capsule): CapsulePoints {
  return readPoints(capsule)
}
