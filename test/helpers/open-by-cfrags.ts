import { decapsulateReencrypted, decryptDem, parseWrap } from '@epione/crypto'
import type { PublicKey, SecretKey, VerifiedCfrag, VerifiedFragment } from '@epione/crypto'
import { PLACE } from './places.ts'

/** The content key of a wrap, opened as other software opens it by single cfrags: each wrap by itself. */
export function openByCfrags (
  wrap: Uint8Array,
  receiving: SecretKey,
  delegatingKey: PublicKey,
  cfrags: readonly (VerifiedCfrag | VerifiedFragment)[],
  place = PLACE
): Uint8Array {
  const { capsule, ciphertext } = parseWrap(wrap, place)
  return decryptDem(decapsulateReencrypted(receiving, delegatingKey, capsule, cfrags), ciphertext, capsule)
}
