import type { RandomSource } from './bytes.ts'
import { concatBytes, copyBytes, fromHex, requireBytes, toHex } from './bytes.ts'
import { Capsule, CAPSULE_BYTES } from './capsule.ts'
import { decryptDem, DEM_OVERHEAD_BYTES, encryptDem } from './dem.ts'
import { DOMAINS } from './domains.ts'
import { CryptoError, refuseAs } from './errors.ts'
import { domainHash } from './hash.ts'
import type { PublicKey, SecretKey } from './keys.ts'
import { Place, PLACE_BYTES } from './place.ts'
import { decapsulateOriginal, encapsulate } from './pre.ts'

export const CONTENT_KEY_BYTES = 32

/** Capsule 98 || nonce 24 || encrypted content key 32 || tag 16. */
export const WRAP_BYTES = CAPSULE_BYTES + DEM_OVERHEAD_BYTES + CONTENT_KEY_BYTES

/** The two halves of a wrap; the capsule is what a proxy re-encrypts. */
export interface Wrap {
  readonly capsule: Capsule
  readonly ciphertext: Uint8Array
}

/** Encrypts a content key to a compartment, for one place: 170 bytes, Umbral capsule 98 || Umbral ciphertext 72. Run by an author. */
export function createWrap (compartmentKey: PublicKey, contentKey: Uint8Array, place: Place, rng?: RandomSource): Uint8Array {
  requireBytes(contentKey, 'contentKey', CONTENT_KEY_BYTES)
  const { capsule, keySeed } = encapsulate(compartmentKey, place, rng)
  const wrap = concatBytes(capsule.toBytes(), encryptDem(keySeed, contentKey, capsule, rng))
  keySeed.fill(0)
  return wrap
}

/** Decodes 170 bytes and checks the capsule for its place; throws `WRAP_INVALID`. */
export function parseWrap (bytes: Uint8Array, place: Place): Wrap {
  requireWrapBytes(bytes)
  const capsule = refuseAs('WRAP_INVALID', 'wrap', () => Capsule.fromBytes(bytes.subarray(0, CAPSULE_BYTES), place))
  return { capsule, ciphertext: copyBytes(bytes.subarray(CAPSULE_BYTES)) }
}

/**
 * What of a wrap shows whether a re-encryption of it is right, and opens nothing: its place (32 bytes), its capsule (98 bytes) and the
 * hash of its ciphertext, lowercase hex. It may stand where erasure does not reach.
 */
export interface WrapOutline { readonly place: string, readonly capsule: string, readonly ciphertextHash: string }

/** The outline of 170 bytes, whatever they are, as a wrap of this place. Throws `WRAP_INVALID` for another length. */
export function outlineWrap (bytes: Uint8Array, place: Place): WrapOutline {
  requireWrapBytes(bytes)
  const [capsule, ciphertext] = [bytes.subarray(0, CAPSULE_BYTES), bytes.subarray(CAPSULE_BYTES)]
  return { place: place.toHex(), capsule: toHex(capsule), ciphertextHash: toHex(domainHash(DOMAINS.wrapCiphertext, ciphertext)) }
}

/** SHA-256("epione/wrap" || place 32 || capsule 98 || SHA-256("epione/wrap-ciphertext" || ciphertext 72)) of an outline. */
export function wrapHashOf ({ place, capsule, ciphertextHash }: WrapOutline): Uint8Array {
  return domainHash(DOMAINS.wrapHash, fromHex(place, PLACE_BYTES), fromHex(capsule, CAPSULE_BYTES), fromHex(ciphertextHash, 32))
}

/** The capsules of wraps by the hashes (hex) that their outlines have themselves; each is checked once, when it is first asked for. */
export class ShownCapsules {
  /** What was shown of each wrap, by its hash. */
  readonly outlines: ReadonlyMap<string, WrapOutline>
  readonly #checked = new Map<string, Capsule | null>()
  readonly #isPlaced: (hash: string, place: string) => boolean

  /** `isPlaced` is false where the judge knows that what has this wrap has another place than the outline says. */
  constructor (outlines: Iterable<WrapOutline>, isPlaced: (hash: string, place: string) => boolean = () => true) {
    this.outlines = new Map(Array.from(outlines, (outline) => [toHex(wrapHashOf(outline)), outline]))
    this.#isPlaced = isPlaced
  }

  /** Null for a capsule that fails its check or is of another place, its author's doing; undefined for a wrap that was not shown. */
  find (hash: string): Capsule | null | undefined {
    const known = this.#checked.get(hash)
    const outline = this.outlines.get(hash)
    if (known !== undefined || outline === undefined) return known
    const capsule = this.#isPlaced(hash, outline.place) ? checkedCapsule(outline) : null
    this.#checked.set(hash, capsule)
    return capsule
  }
}

function checkedCapsule ({ place, capsule }: WrapOutline): Capsule | null {
  try {
    return Capsule.fromBytes(fromHex(capsule, CAPSULE_BYTES), Place.fromHex(place))
  } catch (error) {
    if (error instanceof CryptoError && error.code === 'CAPSULE_INVALID') return null
    throw error
  }
}

/** How manifests and rewraps name a wrap: 32 bytes, see `wrapHashOf`. Throws `WRAP_INVALID` for another length. */
export function wrapHash (bytes: Uint8Array, place: Place): Uint8Array {
  requireWrapBytes(bytes)
  const ciphertextHash = domainHash(DOMAINS.wrapCiphertext, bytes.subarray(CAPSULE_BYTES))
  return domainHash(DOMAINS.wrapHash, place.toBytes(), bytes.subarray(0, CAPSULE_BYTES), ciphertextHash)
}

/** The 32-byte content key, by the compartment's own secret. Throws `WRAP_INVALID`, `DECRYPTION_FAILED`. Run by the patient. */
export function openWrapOriginal (wrap: Uint8Array, place: Place, secret: SecretKey): Uint8Array {
  const { capsule, ciphertext } = parseWrap(wrap, place)
  return openWith(decapsulateOriginal(secret, capsule), ciphertext, capsule)
}

/** Package-internal. Throws `WRAP_INVALID` for what has not the length of a wrap. */
export function requireWrapBytes (bytes: Uint8Array): void {
  if (!(bytes instanceof Uint8Array) || bytes.length !== WRAP_BYTES) {
    throw new CryptoError('WRAP_INVALID', `a wrap has ${WRAP_BYTES} bytes`)
  }
}

/** Package-internal: the content key by a key seed, which is wiped. */
export function openWith (keySeed: Uint8Array, ciphertext: Uint8Array, capsule: Capsule): Uint8Array {
  try {
    return decryptDem(keySeed, ciphertext, capsule)
  } finally {
    keySeed.fill(0)
  }
}
