import type { RandomSource } from './bytes.ts'
import { concatBytes, fromHex, putHashedHex, putHex, putU64, randomBytes, requireBytes, toHex, u32, utf8 } from './bytes.ts'
import { DOMAINS } from './domains.ts'
import { CryptoError } from './errors.ts'
import { hmacSha256, sha256Hex } from './hash.ts'
import type { IndexKeys } from './search-keys.ts'
import { openXChaCha, sealXChaCha } from './xchacha.ts'

const NONCE_BYTES = 24
const TAG_BYTES = 16
const SLOT_BYTES = 8
const [SLOTS_MIN, SLOTS_MAX] = [16, 512]
const VERSION = 1
/** Days are counted from 1970-01-01; the year 1 to the year 9999. */
const [DAY_MIN, DAY_MAX] = [-719_162, 2_932_896]
/** Stored days are positive, so that they sort as bytes do. */
const DAY_OFFSET = 0x80000000
const KEYWORD_BYTES_MAX = 256
const ENTRY_TAG = utf8(DOMAINS.indexEntry)

/** Fewest and most bytes of a sealed entry. */
export const INDEX_ENTRY_BYTES = { min: bytesOf(SLOTS_MIN), max: bytesOf(SLOTS_MAX) } as const
/** Most keywords and days of an entry together. */
export const INDEX_SLOTS_MAX = SLOTS_MAX

/** A record version that an entry is of; `recordId` 32 hex digits. */
export interface IndexedVersion { readonly recordId: string, readonly version: number }

/** What an entry says: tags of keywords (16 hex digits) and days since 1970-01-01. */
export interface IndexEntry { readonly tags: ReadonlySet<string>, readonly days: readonly number[] }

export interface IndexSlots { readonly tags: Uint8Array, readonly days: readonly number[] }

/**
 * What a keyword is in the entries of one author and issue: the first 8 bytes of HMAC-SHA256(tag key, keyword), hex. Throws `RangeError`.
 */
export function keywordTag ({ tagKey }: Pick<IndexKeys, 'tagKey'>, keyword: string): string {
  const bytes = utf8(keyword)
  if (bytes.length === 0 || bytes.length > KEYWORD_BYTES_MAX) throw new RangeError(`keyword: expected 1 to ${KEYWORD_BYTES_MAX} bytes`)
  return toHex(hmacSha256(tagKey, bytes).subarray(0, SLOT_BYTES))
}

/**
 * Seals the keywords and days of a record version: nonce 24 ‖ XChaCha20-Poly1305(entry key, slots) ‖ tag 16, associated data
 * "epione/index-entry" ‖ record id 16 ‖ u64 version. Slots of 8 bytes: version 1 (u8) ‖ 0 (u8) ‖ u16 tags ‖ u16 days ‖ 0 (u16), tags
 * ascending, days ascending as u64(day + 2^31), then zeros up to 16, 32, … 512 slots beside the first. Throws `RangeError` for
 * more than fit.
 */
export function sealIndexEntry (
  keys: IndexKeys,
  of: IndexedVersion,
  { keywords, days = [] }: { keywords: Iterable<string>, days?: Iterable<number> },
  rng: RandomSource = randomBytes
): Uint8Array {
  const tags = [...new Set(Array.from(keywords, (keyword) => keywordTag(keys, keyword)))].sort()
  const sorted = [...new Set(days)].sort((a, b) => a - b)
  if (tags.length + sorted.length > SLOTS_MAX) throw new RangeError(`an entry has ${SLOTS_MAX} keywords and days at most`)
  const nonce = rng(NONCE_BYTES)
  return concatBytes(nonce, sealXChaCha(entryKeyOf(keys), nonce, entryData(of), pack(tags, sorted)))
}

/** Opens what `sealIndexEntry` made for this record version. Throws `INDEX_ENTRY_INVALID`. */
export function openIndexEntry (keys: IndexKeys, of: IndexedVersion, sealed: Uint8Array): IndexEntry {
  const { tags, days } = openIndexSlots(keys, of, sealed)
  return { tags: new Set(Array.from({ length: tags.length / SLOT_BYTES }, (_, i) => toHex(slotAt(tags, i)))), days }
}

/** The same for who looks through thousands: the tags one after the other, 8 bytes each, ascending. Throws `INDEX_ENTRY_INVALID`. */
export function openIndexSlots (keys: IndexKeys, of: IndexedVersion, sealed: Uint8Array): IndexSlots {
  requireEntryBytes(sealed)
  const slots = openXChaCha(entryKeyOf(keys), sealed.subarray(0, NONCE_BYTES), entryData(of), sealed.subarray(NONCE_BYTES))
  if (slots === null) throw new CryptoError('INDEX_ENTRY_INVALID', 'other keys or another record version, or modified')
  return unpack(slots)
}

/** How the ledger names an entry: SHA-256("epione/index-entry" ‖ sealed bytes). Throws `INDEX_ENTRY_INVALID` for another length. */
export function indexEntryHash (sealed: Uint8Array): Uint8Array {
  requireEntryBytes(sealed)
  return fromHex(sha256Hex(concatBytes(ENTRY_TAG, sealed)))
}

/** Whether bytes are the entry that this hash (hex) names; false, too, for what has another length. */
export function isIndexEntry (sealed: Uint8Array, hash: string): boolean {
  return isEntryLength(sealed.length) && toHex(indexEntryHash(sealed)) === hash
}

/** Sealed bytes out of their hex, and the hash (hex) that names them, in one pass. Throws `HEX_INVALID`, `INDEX_ENTRY_INVALID`. */
export function readIndexEntry (text: string): { sealed: Uint8Array, hash: string } {
  if (typeof text !== 'string' || !isEntryLength(text.length / 2)) throw wrongLength()
  // The entry begins at a word: the cipher copies what does not.
  const at = Math.ceil(ENTRY_TAG.length / 4) * 4
  const bytes = new Uint8Array(at + text.length / 2)
  bytes.set(ENTRY_TAG, at - ENTRY_TAG.length)
  putHashedHex(bytes, at, text, text.length / 2)
  return { sealed: bytes.subarray(at), hash: sha256Hex(bytes.subarray(at - ENTRY_TAG.length)) }
}

/** "epione/index-entry" ‖ record id 16 ‖ u64 version. */
function entryData ({ recordId, version }: IndexedVersion): Uint8Array {
  const data = new Uint8Array(ENTRY_TAG.length + 24)
  data.set(ENTRY_TAG)
  putHex(data, ENTRY_TAG.length, recordId, 16)
  putU64(data, ENTRY_TAG.length + 16, version)
  return data
}

function entryKeyOf ({ entryKey }: IndexKeys): Uint8Array {
  requireBytes(entryKey, 'entryKey', 32)
  return entryKey
}

function pack (tags: readonly string[], days: readonly number[]): Uint8Array {
  const slots = new Uint8Array((1 + classOf(tags.length + days.length)) * SLOT_BYTES)
  const view = new DataView(slots.buffer)
  view.setUint8(0, VERSION)
  view.setUint16(2, tags.length)
  view.setUint16(4, days.length)
  for (const [i, tag] of tags.entries()) slots.set(fromHex(tag, SLOT_BYTES), (1 + i) * SLOT_BYTES)
  for (const [i, day] of days.entries()) slots.set(daySlot(day), (1 + tags.length + i) * SLOT_BYTES)
  return slots
}

/** Each entry has one spelling: what another would have spelt otherwise is refused, so that nothing hides in it. */
function unpack (slots: Uint8Array): IndexSlots {
  const view = new DataView(slots.buffer, slots.byteOffset, slots.length)
  const [tagCount, dayCount] = [view.getUint16(2), view.getUint16(4)]
  const used = 1 + tagCount + dayCount
  if (used > slots.length / SLOT_BYTES) throw new CryptoError('INDEX_ENTRY_INVALID', 'it counts more than it has')
  const days = readDays(view, (1 + tagCount) * SLOT_BYTES, dayCount)
  const isSpeltSo = view.getUint16(0) === VERSION << 8 && view.getUint16(6) === 0 && days !== undefined &&
    slots.length === (1 + classOf(tagCount + dayCount)) * SLOT_BYTES && isAscending(view, tagCount) && isZeroFrom(view, used * SLOT_BYTES)
  if (!isSpeltSo) throw new CryptoError('INDEX_ENTRY_INVALID', 'it is not spelt as entries are')
  return { tags: slots.subarray(SLOT_BYTES, (1 + tagCount) * SLOT_BYTES), days }
}

/** Days in `count` slots, each one that there is and above the one before; nothing where one is not. */
function readDays (view: DataView, at: number, count: number): number[] | undefined {
  const days: number[] = []
  for (let i = 0; i < count; i++) {
    const day = view.getUint32(at + i * SLOT_BYTES + 4) - DAY_OFFSET
    if (view.getUint32(at + i * SLOT_BYTES) !== 0 || !isDay(day) || day <= (days[i - 1] ?? -Infinity)) return undefined
    days.push(day)
  }
  return days
}

function isZeroFrom (view: DataView, at: number): boolean {
  for (let i = at; i < view.byteLength; i += 4) if (view.getUint32(i) !== 0) return false
  return true
}

/** Whether each tag is above the one before. */
function isAscending (view: DataView, tags: number): boolean {
  for (let i = 2; i <= tags; i++) {
    const [before, at] = [(i - 1) * SLOT_BYTES, i * SLOT_BYTES]
    const difference = view.getUint32(at) - view.getUint32(before)
    if (difference < 0 || (difference === 0 && view.getUint32(at + 4) <= view.getUint32(before + 4))) return false
  }
  return true
}

const slotAt = (bytes: Uint8Array, index: number): Uint8Array => bytes.subarray(index * SLOT_BYTES, (index + 1) * SLOT_BYTES)

function daySlot (day: number): Uint8Array {
  if (!isDay(day)) throw new RangeError(`day: expected a whole number from ${DAY_MIN} to ${DAY_MAX}, got ${day}`)
  return concatBytes(u32(0), u32(day + DAY_OFFSET))
}

function isDay (day: number): boolean {
  return Number.isInteger(day) && day >= DAY_MIN && day <= DAY_MAX
}

/** The smallest of 16, 32, … 512 that holds so many. */
function classOf (count: number): number {
  let slots = SLOTS_MIN
  while (slots < count) slots *= 2
  return slots
}

function bytesOf (slots: number): number {
  return NONCE_BYTES + (1 + slots) * SLOT_BYTES + TAG_BYTES
}

function requireEntryBytes (sealed: Uint8Array): void {
  if (!(sealed instanceof Uint8Array) || !isEntryLength(sealed.length)) throw wrongLength()
}

function isEntryLength (bytes: number): boolean {
  for (let slots = SLOTS_MIN; slots <= SLOTS_MAX; slots *= 2) if (bytes === bytesOf(slots)) return true
  return false
}

const wrongLength = (): CryptoError => new CryptoError('INDEX_ENTRY_INVALID', 'an index entry has 16, 32, … 512 slots')
