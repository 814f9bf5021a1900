import { SecretKey, toHex, wrapHash, wrapSearchKey, randomBytes } from '@epione/crypto'
import type { Place } from '@epione/crypto'
import { searchKeyPlace } from '@epione/protocol'
import type { RecordManifest, RecordChange, SearchKeys, StoredStatement } from '@epione/protocol'
import { createManifest, keyHex, randomHash, sign } from './ledger-fixtures.ts'
import type { TestCompartment, TestPatient, TestPractitioner, TestRecord } from './ledger-fixtures.ts'
import type { LedgerWorld } from './ledger-world.ts'

/** A search key of a compartment, as its patient keeps it. */
export interface TestSearchKey { issue: number, secret: SecretKey, wrap: Uint8Array, place: Place, key: SearchKeys['keys'][number] }

/** The next issue of a compartment's search key. */
export function createSearchKey (
  { networkId, patientId }: TestPatient, { label, epoch, secret: delegating }: TestCompartment, issue = 1
): TestSearchKey {
  const secret = SecretKey.random()
  const place = searchKeyPlace(networkId, patientId, { label, epoch, issue })
  const wrap = wrapSearchKey(delegating.publicKey(), secret, place)
  const former = issue === 1 ? {} : { former: toHex(randomBytes(81)) }
  const hash = toHex(wrapHash(wrap, place))
  return { issue, secret, wrap, place, key: { label, epoch, issue, key: keyHex(secret), wrapHash: hash, ...former } }
}

/** Publishes search keys; `members` replace what the statement says. */
export async function publishSearchKeys (
  world: LedgerWorld, { patientId, identity }: TestPatient, keys: readonly TestSearchKey[], members: object = {}, signer = identity
): Promise<StoredStatement> {
  const says = { patientId, directoryVersion: 1, keys: keys.map(({ key }) => key), ...members }
  return (await world.gateway(world.members[0]).ledger.publishSearchKeys(sign(world, 'SearchKeys', says, signer))).value
}

/** What a manifest or rewrap says of an entry. */
export function createIndex (issue = 1): NonNullable<RecordManifest['index']> {
  return { hash: randomHash(), key: keyHex(SecretKey.random()), issue, truncated: false }
}

/** Registers a record version with an entry. */
export async function registerIndexed (
  world: LedgerWorld,
  author: TestPractitioner,
  patient: TestPatient,
  members: object = {},
  compartment = patient.compartments[0]
): Promise<TestRecord & { change: RecordChange, index: NonNullable<RecordManifest['index']> }> {
  const { members: manifest, wrap, place } = createManifest(author, patient, compartment)
  const says = { ...manifest, index: createIndex(), ...members }
  const { value: change } = await author.ledger.registerRecord(sign(world, 'RecordManifest', says, author.requestSigning))
  const { recordId, version, wrapHash: hash, index } = says
  return { recordId, version, manifestId: change.manifest.id, wrap, wrapHash: hash, place, compartment, change, index }
}
