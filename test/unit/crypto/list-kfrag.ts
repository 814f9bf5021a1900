import { provePrecursor, toHex, verifyPrecursor } from '@epione/crypto'
import type { GrantKeys, ListedKfrag, VerifiedKfrag } from '@epione/crypto'

/** A kfrag that was made here, as a consent lists it. */
export function listKfrag (kfrag: VerifiedKfrag, keys: GrantKeys): ListedKfrag {
  const place = { networkId: new Uint8Array(32).fill(7), patientId: 'a'.repeat(32), label: '33'.repeat(32), epoch: 1 }
  const precursor = verifyPrecursor(provePrecursor(kfrag, place), { ...place, ...keys })
  return { kfragId: toHex(kfrag.id), commitment: toHex(kfrag.commitment), precursor, keys }
}
