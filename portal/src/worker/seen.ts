import { chunkCipher, concatBytes, randomBytes, sha256, utf8 } from '@epione/crypto'
import type { KeyRing } from '@epione/crypto'
import { createStore, del, get, set } from 'idb-keyval'

const NONCE_BYTES = 12
const store = createStore('epione-seen', 'seen')
const NAME = 'own'
const PLACE = utf8('epione/portal-seen/v1')

/** Of these keys alone: a place in the log would tell whoever reads the ledger which events this person was shown. */
const keyOf = (keys: KeyRing): Uint8Array => sha256(concatBytes(PLACE, keys.searchCacheKey()))

/** Up to where in the log the person saw what happened; nothing where it is not kept, or was kept under other keys. */
export async function readSeen (keys: KeyRing): Promise<string | undefined> {
  const sealed = await get<Uint8Array>(NAME, store)
  if (sealed === undefined) return undefined
  const plain = await (await chunkCipher(keyOf(keys))).open(sealed.subarray(0, NONCE_BYTES), sealed.subarray(NONCE_BYTES), PLACE)
  return plain === null ? undefined : new TextDecoder().decode(plain)
}

export async function writeSeen (keys: KeyRing, place: string): Promise<void> {
  const nonce = randomBytes(NONCE_BYTES)
  const sealed = await (await chunkCipher(keyOf(keys))).seal(nonce, utf8(place), PLACE)
  await set(NAME, concatBytes(nonce, ...sealed), store)
}

export async function forgetSeen (): Promise<void> {
  await del(NAME, store)
}
