import { deriveIndexKeys, fromHex, indexEntryHash, PublicKey, sealIndexEntry, toHex } from '@epione/crypto'
import type { IndexedVersion, KeyRing } from '@epione/crypto'
import type { RecordManifest } from '@epione/protocol'
import type { IndexTerms } from './found-keywords.ts'
import type { SearchKey } from './search-keys.ts'

/** A sealed entry, and what manifest or rewrap say of it. */
export interface MadeEntry { readonly index: NonNullable<RecordManifest['index']>, readonly entry: string }

/** What was indexed of a record version, or why nothing was. */
export type EntrySummary =
  | { readonly issue: number, readonly keywords: number, readonly days: number, readonly truncated: boolean }
  | { readonly notIndexed: 'not-wanted' | 'no-search-key' | 'not-readable' | 'search-off' }

export function summarizeEntry (issue: number, { keywords, days, truncated }: IndexTerms): EntrySummary {
  return { issue, keywords: keywords.length, days: days.length, truncated }
}

/** Seals what finds a record version for one issue of its compartment's search key. */
export function makeEntry (
  keys: KeyRing, patientId: string, { label, epoch, issue, key }: SearchKey, of: IndexedVersion, terms: IndexTerms
): MadeEntry {
  const place = { patientId, label: fromHex(label), epoch, issue }
  const secret = keys.indexing(place)
  const indexKeys = deriveIndexKeys(place, { author: secret, searchKey: PublicKey.fromHex(key) })
  const entry = sealIndexEntry(indexKeys, of, terms)
  indexKeys.entryKey.fill(0)
  indexKeys.tagKey.fill(0)
  return {
    index: { hash: toHex(indexEntryHash(entry)), key: secret.publicKey().toHex(), issue, truncated: terms.truncated },
    entry: toHex(entry)
  }
}
