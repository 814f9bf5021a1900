import t from 'tap'
import { SecretKey, toHex, randomBytes } from '@epione/crypto'
import type { StoredStatement } from '@epione/protocol'
import { entryOf, requireIssues, requireSearchKey, StatementReader, verifyDirectory, verifySearchKeys } from '@epione/protocol/verify'
import { createManifest, bindPractitioner, keyHex, publishPatient, randomHash, sign } from '../../../helpers/ledger-fixtures.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'
import { createIndex, createSearchKey, publishSearchKeys } from '../../../helpers/search-fixtures.ts'

const world = await createMemoryWorld()
const reader = new StatementReader(world.networkId)
const patient = await publishPatient(world)
const [first, second] = patient.compartments
const { ledger } = world.gateway(world.members[0])
const directory = verifyDirectory(await ledger.getDirectory(patient.patientId), patient.patientId, reader)
const key = createSearchKey(patient, first)
const next = createSearchKey(patient, first, 2)
const published = await publishSearchKeys(world, patient, [key, createSearchKey(patient, second)])
const later = await publishSearchKeys(world, patient, [next])

/** As a ledger might show it, whatever it says. */
function shown (members: object, signer = patient.identity): StoredStatement {
  const statement = sign(world, 'SearchKeys', { patientId: patient.patientId, directoryVersion: 1, keys: [key.key], ...members }, signer)
  return { ...published, id: reader.read('SearchKeys', statement).id, statement }
}

t.test('search keys are the patient\'s, and an issue is what its statement says', (t) => {
  const verified = verifySearchKeys(published, directory, reader)
  t.match(verified, { id: published.id, time: published.time })
  t.strictSame(requireSearchKey(verified, { ...key.key }), key.key)
  t.strictSame(requireSearchKey(verified, { label: first.label, epoch: 1, issue: 1 }), key.key)
  t.throws(() => requireSearchKey(verified, { ...key.key, wrapHash: randomHash() }), { code: 'FOREIGN' }, 'another wrap')
  t.throws(() => requireSearchKey(verified, { ...key.key, issue: 2 }), { code: 'FOREIGN' }, 'another issue')
  t.end()
})

t.test('what is not the patient\'s, or not for that directory, is refused', async (t) => {
  const judge = (stored: StoredStatement): unknown => verifySearchKeys(stored, directory, reader)
  const changed = (change: object): StoredStatement => shown({ keys: [{ ...key.key, ...change }] })
  const stranger = await publishPatient(world)
  t.throws(() => judge(shown({ patientId: stranger.patientId }, stranger.identity)), { code: 'FOREIGN' })
  t.throws(() => judge(shown({}, SecretKey.random())), { code: 'SIGNER_WRONG' })
  t.throws(() => judge({ ...published, id: randomHash() }), { code: 'ID_MISMATCH' })
  t.throws(() => judge(shown({ directoryVersion: 2 })), { code: 'MISSING' })
  t.throws(() => judge(changed({ label: randomHash() })), { code: 'COMPARTMENT_UNKNOWN' })
  t.throws(() => judge(changed({ epoch: 2 })), { code: 'COMPARTMENT_UNKNOWN' })
  t.throws(() => judge(changed({ key: `02${'ff'.repeat(32)}` })), { code: 'KEYS_UNFIT' })
  t.throws(() => judge(changed({ key: keyHex(second.secret) })), { code: 'KEYS_UNFIT' })
})

t.test('of a compartment no issue is missing, and no key comes back', (t) => {
  const [one, two] = [published, later].map((stored) => verifySearchKeys(stored, directory, reader))
  if (one === undefined || two === undefined) throw new Error('two')
  t.strictSame(requireIssues([two, one], first).map((k) => k.issue), [1, 2])
  t.throws(() => requireIssues([two], first), { code: 'CHAIN_BROKEN' }, 'the first is missing')
  t.throws(() => requireIssues([one, two, two], first), { code: 'CHAIN_BROKEN' }, 'one is there twice')
  const same = verifySearchKeys(shown({ keys: [{ ...next.key, key: key.key.key, former: toHex(randomBytes(81)) }] }), directory, reader)
  t.throws(() => requireIssues([one, same], first), { code: 'KEYS_UNFIT' }, 'the key of the one before')
  t.end()
})

t.test('the entry of a version is its author\'s until a rewrap takes its place', async (t) => {
  const author = await bindPractitioner(world)
  const index = createIndex()
  const manifest = { ...createManifest(author, patient).members, type: 'RecordManifest' as const, nonce: '', issuedAt: 0, submitBefore: 0, index }
  const { mspId, staffId } = author
  t.strictSame(entryOf(manifest), { patientId: patient.patientId, label: first.label, epoch: 1, index, writer: `${mspId}/${staffId}` })
  const { recordId, version, nonce, issuedAt, submitBefore, patientId, wrapHash } = manifest
  const rewrap = { type: 'Rewrap' as const, nonce, issuedAt, submitBefore, patientId, recordId, version, previousWrapHash: wrapHash, label: second.label, epoch: 1, wrapHash }
  t.equal(entryOf(manifest, rewrap), undefined, 'one without an entry leaves the version unindexed')
  t.match(entryOf(manifest, { ...rewrap, index }), { label: second.label, writer: 'patient' })
})
