import {
  createWrap, deriveIndexKeys, fromHex, indexEntryHash, randomBytes, sealFormerSearchKey, sealIndexEntry, SecretKey, toHex, wrapHash,
  wrapSearchKey
} from '@epione/crypto'
import type { IndexPlace, Place } from '@epione/crypto'
import { searchKeyPlace } from '@epione/protocol'
import type { RecordManifest, SearchKeys, SignedStatement } from '@epione/protocol'
import { createManifest, keyHex, requestMembers, sign } from './ledger-fixtures.ts'
import type { TestCompartment, TestPatient, TestPractitioner, TestRecord } from './ledger-fixtures.ts'
import type { LedgerWorld } from './ledger-world.ts'
import { createRewrap } from './lifetime-fixtures.ts'
import { PLACE } from './places.ts'

/** An issue of a compartment's search key as its patient has it, with what is published of it. */
export interface TestSearchKey { secret: SecretKey, wrap: Uint8Array, wrapHash: string, wrapPlace: Place, place: IndexPlace, published: SearchKeys['keys'][number] }

/** The entry of a record version, and what its manifest or rewrap says of it. */
export interface TestEntry { entry: Uint8Array, index: NonNullable<RecordManifest['index']> }

/** The first issue, or the one after `former`. */
export function createSearchKey (
  { patientId, networkId }: TestPatient, compartment: TestCompartment, former?: TestSearchKey
): TestSearchKey {
  const { label, epoch } = compartment
  const secret = SecretKey.random()
  const place = { patientId, label: fromHex(label, 32), epoch, issue: (former?.place.issue ?? 0) + 1 }
  const wrapPlace = searchKeyPlace(networkId, patientId, { label, epoch, issue: place.issue })
  const wrap = wrapSearchKey(compartment.secret.publicKey(), secret, wrapPlace)
  const hash = toHex(wrapHash(wrap, wrapPlace))
  const sealed = former === undefined ? {} : { former: toHex(sealFormerSearchKey(former.secret, secret.publicKey(), place)) }
  const published = { label, epoch, issue: place.issue, key: keyHex(secret), wrapHash: hash, ...sealed }
  return { secret, wrap, wrapHash: hash, wrapPlace, place, published }
}

export function signSearchKeys (
  world: LedgerWorld,
  { patientId, identity }: TestPatient,
  keys: readonly TestSearchKey[],
  by = identity
): SignedStatement {
  return sign(world, 'SearchKeys', { patientId, directoryVersion: 1, keys: keys.map(({ published }) => published) }, by)
}

/** An entry for a record version under a search key, by an author with an index key of their own. */
export function createEntry (
  { place, secret }: TestSearchKey,
  of: { recordId: string, version: number },
  keywords: readonly string[] = ['code:glucose'],
  author = SecretKey.random()
): TestEntry {
  const entry = sealIndexEntry(deriveIndexKeys(place, { author, searchKey: secret.publicKey() }), of, { keywords })
  return { entry, index: { hash: toHex(indexEntryHash(entry)), key: keyHex(author), issue: place.issue, truncated: false } }
}

/** A manifest with an entry, and both bytes. */
export function createIndexed (
  author: TestPractitioner,
  patient: TestPatient,
  key: TestSearchKey,
  keywords?: readonly string[]
): { members: ReturnType<typeof createManifest>['members'], wrap: Uint8Array, place: Place, entry: Uint8Array } {
  const compartment = patient.compartments.find(({ label }) => label === key.published.label) ?? patient.compartments[0]
  const { members, wrap, place } = createManifest(author, patient, compartment)
  const { entry, index } = createEntry(key, members, keywords)
  return { members: { ...members, index }, wrap, place, entry }
}

/** The same of a rewrap into the compartment of `key`. */
export function createIndexedRewrap (
  patient: TestPatient,
  record: TestRecord,
  compartment: TestCompartment,
  key: TestSearchKey
): { members: object, wrap: Uint8Array, entry: Uint8Array } {
  const { members, wrap } = createRewrap(patient, record, compartment)
  const { entry, index } = createEntry(key, record)
  return { members: { ...members, index }, wrap, entry }
}

/** A request to search compartments for treatment. */
export function signSearch (
  world: LedgerWorld,
  requester: TestPractitioner,
  patient: TestPatient,
  compartments: ReadonlyArray<{ label: string, epoch: number }>,
  consentId?: string
): SignedStatement {
  const { records: _records, ...members } = requestMembers(requester, patient, [], consentId) as { records: unknown }
  const named = compartments.map(({ label, epoch }) => ({ label, epoch }))
  return sign(world, 'AccessRequest', { ...members, action: 'search', compartments: named }, requester.requestSigning)
}

/** Bytes that have an entry's form and are none that anybody sealed. */
export function strayEntry (): Uint8Array {
  return randomBytes(176)
}

/** A wrap that belongs to nothing. */
export function strayWrap (): Uint8Array {
  return createWrap(SecretKey.random().publicKey(), randomBytes(32), PLACE)
}
