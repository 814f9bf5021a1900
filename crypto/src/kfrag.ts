import { concatBytes, copyBytes, equalConstantTime, utf8 } from './bytes.ts'
import type { Point, SecretScalar } from './curve.ts'
import {
  decodePoint, decodeSecret, encodePoint, isEcdsaCanonical, isEcdsaValid, multiplySecret, PARAMETER_U,
  PARAMETER_U_BYTES, pointsEqual, secretFromDigest
} from './curve.ts'
import { UMBRAL_DOMAINS } from './domains.ts'
import { CryptoError, refuseAs } from './errors.ts'
import { umbralHash } from './hash.ts'
import type { PublicKey } from './keys.ts'
import { pointOf } from './keys.ts'
import { Layout, msgpackArray, msgpackBoolean, msgpackConstant, msgpackField } from './layout.ts'

export const KFRAG_BYTES = 310

type Field = 'id' | 'key' | 'precursor' | 'commitment' | 'signatureForProxy' | 'signatureForReceiver'

/** Which public keys the signature for the proxy covers; the one for the receiver always covers both. */
export interface SignedKeys {
  readonly delegating: boolean
  readonly receiving: boolean
}

export const BOTH_KEYS: SignedKeys = { delegating: true, receiving: true }

/* Of one kfrag only the two flags at the end vary in form; another spelling is refused by its length or bytes. */
const umbralLayout = (signed: SignedKeys): Layout<Field> => new Layout<Field>([
  msgpackArray(5),
  msgpackArray(1), msgpackConstant(PARAMETER_U_BYTES),
  ...msgpackField('id', 32), ...msgpackField('key', 32), ...msgpackField('precursor', 33),
  msgpackArray(5),
  ...msgpackField('commitment', 33), ...msgpackField('signatureForProxy', 64), ...msgpackField('signatureForReceiver', 64),
  msgpackBoolean(signed.delegating), msgpackBoolean(signed.receiving)
])
const LAYOUTS = [
  BOTH_KEYS, { delegating: true, receiving: false }, { delegating: false, receiving: true },
  { delegating: false, receiving: false }
]
  .map((signed) => ({ signed, layout: umbralLayout(signed) }))

/** The public keys under which a fragment is valid: the patient's signing and delegating keys, the reader's receiving key. */
export interface GrantKeys {
  readonly signingKey: PublicKey
  readonly delegatingKey: PublicKey
  readonly receivingKey: PublicKey
}

/** What the other modules compute with; `key` is rk = f(x), the proxy's secret. */
export interface KfragParts {
  readonly fields: Readonly<Record<Field, Uint8Array>>
  readonly key: SecretScalar
  readonly commitmentPoint: Point
  readonly signed: SignedKeys
}

/**
 * What only the maker of a set of kfrags knows: where it evaluated its polynomial, the factor that takes f(0)G to the delegating key, and
 * x of the precursor xG.
 */
export interface KfragOrigin {
  readonly argument: SecretScalar
  readonly sharedSecret: SecretScalar
  readonly ephemeral: SecretScalar
  readonly delegatingKey: PublicKey
  readonly receivingKey: PublicKey
}

let readParts: (kfrag: Kfrag) => KfragParts
let readOrigin: (kfrag: VerifiedKfrag) => KfragOrigin | undefined

/**
 * A re-encryption key fragment as it was received, well-formed but unproven. 310 bytes, umbral-pre's default
 * MessagePack [[U], id 32, rk 32, precursor 33, [U1 33, signature for proxy 64, signature for receiver 64, true,
 * true]]. It is a secret of one proxy and shows itself neither in JSON nor to `inspect`.
 */
export class Kfrag {
  readonly #parts: KfragParts

  protected constructor (parts: KfragParts) {
    this.#parts = parts
  }

  /** Decodes 310 bytes; throws `KFRAG_INVALID`. */
  static fromBytes (bytes: Uint8Array): Kfrag {
    return new Kfrag(decodeKfrag(bytes, BOTH_KEYS))
  }

  /**
   * Decodes 310 bytes of umbral-pre whose signature for the proxy may leave out one public key or both. For
   * exchange with other users of Umbral: `verifyKfrag` refuses such a kfrag. Throws `KFRAG_INVALID`.
   */
  static fromUmbralBytes (bytes: Uint8Array): Kfrag {
    const found = LAYOUTS.find(({ layout }) => layout.endsLike(bytes))
    return new Kfrag(decodeKfrag(bytes, found?.signed ?? BOTH_KEYS))
  }

  /** 32 bytes, random, listed in the consent. */
  get id (): Uint8Array {
    return copyBytes(this.#parts.fields.id)
  }

  /** U1 = rk U, a 33-byte compressed point, listed in the consent. */
  get commitment (): Uint8Array {
    return copyBytes(this.#parts.fields.commitment)
  }

  /** X, a 33-byte compressed point, the same in all kfrags of one grant's compartment: the consent names it with a proof. */
  get precursor (): Uint8Array {
    return copyBytes(this.#parts.fields.precursor)
  }

  /** 310 bytes. */
  toBytes (): Uint8Array {
    return layoutOf(this.#parts.signed).pack(this.#parts.fields)
  }

  toJSON (): string {
    return '[Kfrag]'
  }

  static { readParts = (kfrag) => kfrag.#parts }
}

/** A kfrag whose commitment and both signatures are proven, or that was made here. Only this package makes one. */
export class VerifiedKfrag extends Kfrag {
  readonly #origin: KfragOrigin | undefined

  private constructor (parts: KfragParts, origin?: KfragOrigin) {
    super(parts)
    this.#origin = origin
  }

  /** Package-internal, for `verifyKfrag` and `generateKfrags`. */
  static of (parts: KfragParts, origin?: KfragOrigin): VerifiedKfrag {
    return new VerifiedKfrag(parts, origin)
  }

  static { readOrigin = (kfrag) => kfrag.#origin }
}

/**
 * Proves what a proxy needs to know before it stores a kfrag: U1 = rk U, and the patient's signing key signed it
 * for exactly these two keys. Throws `KFRAG_INVALID`. That it lies on the right polynomial only its maker can
 * check (`checkKfragsConsistent`).
 */
export function verifyKfrag (kfrag: Kfrag, keys: GrantKeys): VerifiedKfrag {
  const { delegating, receiving } = kfragParts(kfrag).signed
  if (!delegating || !receiving) throw new CryptoError('KFRAG_INVALID', 'the signature for the proxy leaves out a public key')
  return verifyUmbralKfrag(kfrag, keys)
}

/**
 * As `verifyKfrag`, and takes a kfrag whose signature for the proxy covers one public key or none, too. For exchange
 * with other users of Umbral only: such a kfrag does not tell its proxy for whom it is.
 */
export function verifyUmbralKfrag (kfrag: Kfrag, keys: GrantKeys): VerifiedKfrag {
  const parts = kfragParts(kfrag)
  if (!pointsEqual(multiplySecret(PARAMETER_U, parts.key), parts.commitmentPoint)) {
    throw new CryptoError('KFRAG_INVALID', 'commitment does not fit the key')
  }
  const { id, commitment, precursor, signatureForProxy, signatureForReceiver } = parts.fields
  const message = kfragMessage({ id, commitment, precursor }, keys)
  const messageForProxy = kfragMessage({ id, commitment, precursor }, keys, parts.signed)
  const signer = pointOf(keys.signingKey)
  const isOneSignature = equalConstantTime(signatureForProxy, signatureForReceiver) && equalConstantTime(message, messageForProxy)
  if (!isEcdsaValid(signatureForReceiver, message, signer) ||
      (!isOneSignature && !isEcdsaValid(signatureForProxy, messageForProxy, signer))) {
    throw new CryptoError('KFRAG_INVALID', 'signature does not fit these keys')
  }
  return VerifiedKfrag.of(parts)
}

/**
 * What a signature of a kfrag covers: id || U1 || precursor || 01 || delegating key || 01 || receiving key; 00 in place of 01 and a key
 * that it leaves out.
 */
export function kfragMessage (
  kfrag: { id: Uint8Array, commitment: Uint8Array, precursor: Uint8Array },
  keys: Pick<GrantKeys, 'delegatingKey' | 'receivingKey'>,
  signed: SignedKeys = BOTH_KEYS
): Uint8Array {
  const part = (isSigned: boolean, key: PublicKey): Uint8Array => isSigned ? concatBytes(Uint8Array.of(1), key.toBytes()) : Uint8Array.of(0)
  return concatBytes(
    kfrag.id, kfrag.commitment, kfrag.precursor, part(signed.delegating, keys.delegatingKey), part(signed.receiving, keys.receivingKey)
  )
}

/** x of one kfrag: where the polynomial is evaluated; only maker and receiver know `shared`. */
export function polynomialArgument (precursor: Uint8Array, receivingKey: PublicKey, shared: Point, id: Uint8Array): SecretScalar {
  return secretFromDigest(umbralHash(
    utf8(UMBRAL_DOMAINS.polynomialArgument), precursor, receivingKey.toBytes(), encodePoint(shared), id))
}

/** d, the factor by which f(0) is the delegating secret divided. */
export function sharedSecret (precursor: Uint8Array, receivingKey: PublicKey, shared: Point): SecretScalar {
  return secretFromDigest(umbralHash(
    utf8(UMBRAL_DOMAINS.sharedSecret), precursor, receivingKey.toBytes(), encodePoint(shared)))
}

/** Package-internal. */
export function kfragParts (kfrag: Kfrag): KfragParts {
  return readParts(kfrag)
}

/** Package-internal: undefined for a kfrag that was received. */
export function kfragOrigin (kfrag: VerifiedKfrag): KfragOrigin | undefined {
  return readOrigin(kfrag)
}

function layoutOf ({ delegating, receiving }: SignedKeys): Layout<Field> {
  const found = LAYOUTS.find(({ signed }) => signed.delegating === delegating && signed.receiving === receiving)
  if (found === undefined) throw new TypeError('all four are listed')
  return found.layout
}

function decodeKfrag (bytes: Uint8Array, signed: SignedKeys): KfragParts {
  return refuseAs('KFRAG_INVALID', 'kfrag', () => {
    const fields = layoutOf(signed).unpack(bytes)
    decodePoint(fields.precursor)
    if (!isEcdsaCanonical(fields.signatureForProxy) || !isEcdsaCanonical(fields.signatureForReceiver)) {
      throw new CryptoError('KFRAG_INVALID', 'signature out of range or with high S')
    }
    return { fields, key: decodeSecret(fields.key), commitmentPoint: decodePoint(fields.commitment), signed }
  })
}
