import type { RandomSource } from './bytes.ts'
import { concatBytes, requireBytes, u32, utf8 } from './bytes.ts'
import { encodePoint, multiplySecret } from './curve.ts'
import { DOMAINS } from './domains.ts'
import { CryptoError, refuseAs } from './errors.ts'
import { hkdfSha256 } from './hash.ts'
import { requirePatientId } from './key-ring.ts'
import type { IndexPlace } from './key-ring.ts'
import { exportSecret, pointOf, scalarOf, SecretKey } from './keys.ts'
import type { PublicKey } from './keys.ts'
import type { Place } from './place.ts'
import { openSealed, SEALED_OVERHEAD_BYTES, sealTo } from './sealed.ts'
import { CONTENT_KEY_BYTES, createWrap } from './wrap.ts'

/** What one author's entries of one compartment and issue are sealed with: 32 bytes each. The caller wipes them. */
export interface IndexKeys { readonly entryKey: Uint8Array, readonly tagKey: Uint8Array }

/** A search secret sealed to the next issue's key: 81 bytes. */
export const FORMER_SEARCH_KEY_BYTES = SEALED_OVERHEAD_BYTES + CONTENT_KEY_BYTES

/**
 * Entry key ‖ tag key = HKDF-SHA256(compressed shared point, salt = search key 33 ‖ index key 33, info "epione/index" ‖ patient id ‖
 * label 32 ‖ u32 epoch ‖ u32 issue, 64). An author has the secret of the index key, who searches that of the search key: both find the
 * same.
 */
export function deriveIndexKeys (
  place: IndexPlace,
  parties: { author: SecretKey, searchKey: PublicKey } | { search: SecretKey, indexKey: PublicKey }
): IndexKeys {
  const { patientId, label, epoch, issue } = place
  requirePatientId(patientId)
  requireBytes(label, 'label', 32)
  const [secret, other] = 'author' in parties ? [parties.author, parties.searchKey] : [parties.search, parties.indexKey]
  const [searchKey, indexKey] = 'author' in parties ? [other, secret.publicKey()] : [secret.publicKey(), other]
  const shared = encodePoint(multiplySecret(pointOf(other), scalarOf(secret)))
  const info = concatBytes(utf8(DOMAINS.index), utf8(patientId), label, u32(epoch), u32(issue))
  const okm = hkdfSha256(shared, concatBytes(searchKey.toBytes(), indexKey.toBytes()), info, 64)
  shared.fill(0)
  const keys = { entryKey: okm.slice(0, 32), tagKey: okm.slice(32) }
  okm.fill(0)
  return keys
}

/** The secret of a search key, wrapped for its compartment's delegating key as a content key is: 170 bytes, opened in the same ways. */
export function wrapSearchKey (compartmentKey: PublicKey, search: SecretKey, place: Place, rng?: RandomSource): Uint8Array {
  const secret = exportSecret(search)
  try {
    return createWrap(compartmentKey, secret, place, rng)
  } finally {
    secret.fill(0)
  }
}

/** The search key of an opened wrap, which must be the one that was published. Throws `SCALAR_INVALID`, `SEALED_INVALID`. */
export function searchKeyOf (secret: Uint8Array, published: PublicKey): SecretKey {
  const key = SecretKey.fromBytes(secret)
  if (!key.publicKey().equals(published)) throw new CryptoError('SEALED_INVALID', 'the secret is not that of the published search key')
  return key
}

/** The secret of the issue before, for whoever has the next one: 81 bytes. */
export function sealFormerSearchKey (former: SecretKey, next: PublicKey, place: IndexPlace, rng?: RandomSource): Uint8Array {
  const secret = exportSecret(former)
  try {
    return sealTo(next, secret, formerData(place), rng)
  } finally {
    secret.fill(0)
  }
}

/** Opens what `sealFormerSearchKey` made; `place` is that of the next issue. Throws `SEALED_INVALID`. */
export function openFormerSearchKey (sealed: Uint8Array, next: SecretKey, published: PublicKey, place: IndexPlace): SecretKey {
  const secret = openSealed(next, sealed, formerData(place))
  try {
    return refuseAs('SEALED_INVALID', 'former search key', () => searchKeyOf(secret, published))
  } finally {
    secret.fill(0)
  }
}

/** "epione/former-search-key" ‖ patient id ‖ label 32 ‖ u32 epoch ‖ u32 issue. */
function formerData ({ patientId, label, epoch, issue }: IndexPlace): Uint8Array {
  requirePatientId(patientId)
  requireBytes(label, 'label', 32)
  return concatBytes(utf8(DOMAINS.formerSearchKey), utf8(patientId), label, u32(epoch), u32(issue))
}
