import type { RandomSource } from './bytes.ts'
import { concatBytes, equalConstantTime, fromHex, randomBytes, requireBytes, toHex, u32, utf8 } from './bytes.ts'
import type { PublicScalar } from './curve.ts'
import {
  addSecrets, combinePublic, decodePoint, decodePublic, encodePoint, GENERATOR, multiplyGenerator, multiplySecrets, negatePublic,
  publicFromDigest, publish,
  secretFromDigest
} from './curve.ts'
import { DOMAINS } from './domains.ts'
import { CryptoError, refuseAs } from './errors.ts'
import { domainHash } from './hash.ts'
import { requirePatientId } from './key-ring.ts'
import type { PublicKey } from './keys.ts'
import type { VerifiedKfrag } from './kfrag.ts'
import { kfragOrigin } from './kfrag.ts'
import { Layout } from './layout.ts'

/** R 33 || z 32. */
export const PRECURSOR_PROOF_BYTES = 65

const PROOF = new Layout<'nonce' | 'z'>([['nonce', 33], ['z', 32]])
const HASH_BYTES = 32

/** What the proof is bound to: one compartment (label as hex) of one patient on one network, and both keys of the grant. */
export interface PrecursorGrant {
  readonly networkId: Uint8Array
  readonly patientId: string
  readonly label: string
  readonly epoch: number
  readonly delegatingKey: PublicKey
  readonly receivingKey: PublicKey
}

/** A precursor as a consent names it: the point X (33 bytes) and the proof (65 bytes), lowercase hex. */
export interface ProvenPrecursor { readonly point: string, readonly proof: string }

/**
 * The point X = xG of a grant whose maker has shown to know x. Without that, X may be copied from another patient's grant, and
 * the reader's shared point bX would open that one. Only `verifyPrecursor` makes one; judging and disclosing take nothing else.
 */
export class VerifiedPrecursor {
  readonly #bytes: Uint8Array
  readonly receivingKey: PublicKey

  private constructor (bytes: Uint8Array, receivingKey: PublicKey) {
    this.#bytes = bytes
    this.receivingKey = receivingKey
  }

  /** Package-internal, for `verifyPrecursor`. */
  static of (bytes: Uint8Array, receivingKey: PublicKey): VerifiedPrecursor {
    return new VerifiedPrecursor(bytes, receivingKey)
  }

  /** 33-byte compressed point. */
  toBytes (): Uint8Array {
    return Uint8Array.from(this.#bytes)
  }

  /** True for the same 33 bytes. */
  equals (point: Uint8Array): boolean {
    return equalConstantTime(this.#bytes, point)
  }
}

/**
 * Proves knowledge of x of the precursor X = xG of kfrags that were made here (Schnorr, made non-interactive by Fiat and Shamir):
 * R = tG, c = toScalar(SHA-256("epione/precursor" || network id || patient id || label || u32 epoch || A || B || X || R)),
 * z = t + cx. The nonce t is a hash of x, of all that c binds and of 32 random bytes, so that no failure of the random source
 * makes two proofs share one. Throws `TypeError` for a kfrag that was received. Run by the patient.
 */
export function provePrecursor (
  kfrag: VerifiedKfrag,
  grant: Omit<PrecursorGrant, 'delegatingKey' | 'receivingKey'>,
  rng: RandomSource = randomBytes
): ProvenPrecursor {
  const origin = kfragOrigin(kfrag)
  if (origin === undefined) throw new TypeError('kfrag: expected one that was made here, for only its maker knows x')
  const point = kfrag.precursor
  const bound = boundBytes({ ...grant, delegatingKey: origin.delegatingKey, receivingKey: origin.receivingKey }, point)
  const t = secretFromDigest(domainHash(DOMAINS.precursorNonce, origin.ephemeral, rng(HASH_BYTES), bound))
  const nonce = encodePoint(multiplyGenerator(t))
  const z = publish(addSecrets(t, multiplySecrets(origin.ephemeral, challenge(bound, nonce))))
  return { point: toHex(point), proof: toHex(PROOF.pack({ nonce, z })) }
}

/** Checks zG = R + cX for exactly this grant. Throws `PRECURSOR_INVALID`. Run by ledger, proxies, readers and judges. */
export function verifyPrecursor (precursor: ProvenPrecursor, grant: PrecursorGrant): VerifiedPrecursor {
  return refuseAs('PRECURSOR_INVALID', 'precursor', () => {
    const point = fromHex(precursor.point)
    const x = decodePoint(point)
    const { nonce, z } = PROOF.unpack(fromHex(precursor.proof))
    const c = challenge(boundBytes(grant, point), nonce)
    if (!equalConstantTime(encodePoint(combinePublic(GENERATOR, decodePublic(z), x, negatePublic(c))), nonce)) {
      throw new CryptoError('PRECURSOR_INVALID', 'its maker does not show to know its secret for this grant')
    }
    return VerifiedPrecursor.of(point, grant.receivingKey)
  })
}

function boundBytes ({ networkId, patientId, label, epoch, delegatingKey, receivingKey }: PrecursorGrant, point: Uint8Array): Uint8Array {
  requireBytes(networkId, 'networkId', HASH_BYTES)
  requirePatientId(patientId)
  return concatBytes(
    networkId,
    utf8(patientId),
    fromHex(label, HASH_BYTES),
    u32(epoch),
    delegatingKey.toBytes(),
    receivingKey.toBytes(),
    point
  )
}

function challenge (bound: Uint8Array, nonce: Uint8Array): PublicScalar {
  return publicFromDigest(domainHash(DOMAINS.precursor, bound, nonce))
}
