import { SecretKey } from '@epione/crypto'
import {
  bindPractitioner, createManifest, directoryMembers, keyHex, publishPatient, randomHash, registerRecord, sign
} from '../ledger-fixtures.ts'
import type { RecordState, SignedStatement } from '@epione/protocol'
import type { Test } from 'tap'
import type { TestRecord } from '../ledger-fixtures.ts'
import type { LedgerWorld } from '../ledger-world.ts'

export async function recordsSuite (t: Test, world: LedgerWorld): Promise<void> {
  const [core, regional] = world.members
  const gateway = world.gateway(regional).ledger
  const author = await bindPractitioner(world)
  const patient = await publishPatient(world)
  const register = (
    members: object,
    key = author.requestSigning
  ): Promise<unknown> => author.ledger.registerRecord(sign(world, 'RecordManifest', members, key))
  const nextOf = (
    { recordId, manifestId, compartment }: TestRecord
  ): object => ({ ...createManifest(author, patient, compartment, { recordId, version: 2 }).members, previous: manifestId })

  await t.test('a practitioner registers a record, and everybody reads it', async (t) => {
    const { recordId, manifestId } = await registerRecord(world, author, patient)
    const record = await gateway.getRecord(recordId)
    t.match(record, { recordId, version: 1, level: 'N', manifest: { id: manifestId, submittedBy: core } })
    t.strictSame(await gateway.getRecord(recordId, 1), record)
  })

  await t.test('an unknown record, or version of one, is refused', async (t) => {
    const { recordId } = await registerRecord(world, author, patient)
    await t.rejects(gateway.getRecord(recordId, 2), { code: 'RECORD_UNKNOWN' })
    await t.rejects(gateway.getRecord('00'.repeat(16)), { code: 'RECORD_UNKNOWN' })
    await t.rejects(gateway.getRecord('x'), { code: 'ARGUMENT_INVALID' })
  })

  await t.test('a patient registers a record through any gateway', async (t) => {
    const members = createManifest(author, patient, undefined, { author: { kind: 'patient' } }).members
    const signed = (key: SecretKey): SignedStatement => sign(world, 'RecordManifest', members, key)
    await t.rejects(gateway.registerRecord(signed(author.requestSigning)), { code: 'SIGNATURE_INVALID' })
    await t.rejects(author.ledger.registerRecord(signed(patient.identity)), { code: 'NOT_AUTHORIZED' })
    const { value } = await gateway.registerRecord(signed(patient.identity))
    t.equal(value.manifest.submittedBy, regional)
  })

  await t.test('a record of a patient without a directory is refused', async (t) => {
    await t.rejects(register({ ...createManifest(author, patient).members, patientId: 'a'.repeat(32) }), { code: 'PATIENT_UNKNOWN' })
  })

  await t.test('an author writes in person, with a bound key, as a health professional', async (t) => {
    const { members } = createManifest(author, patient)
    await t.rejects(register(members, author.receiving), { code: 'SIGNATURE_INVALID' })
    await t.rejects(world.gateway(core).ledger.registerRecord(
      sign(world, 'RecordManifest', members, author.requestSigning)
    ), { code: 'NOT_AUTHORIZED' })
    const researcher = await bindPractitioner(world, { role: 'researcher' })
    await t.rejects(registerRecord(world, researcher, patient), { code: 'NOT_AUTHORIZED' })
    const unbound = {
      ...await world.enroll({ mspId: core, role: 'nurse' }),
      receiving: SecretKey.random(),
      requestSigning: SecretKey.random()
    }
    await t.rejects(registerRecord(world, unbound, patient), { code: 'BINDING_MISSING' })
  })

  await t.test('only the newest epoch of a listed compartment is written to', async (t) => {
    const { members } = createManifest(author, patient)
    await t.rejects(register({ ...members, label: randomHash() }), { code: 'COMPARTMENT_UNKNOWN' })
    await t.rejects(register({ ...members, epoch: 2 }), { code: 'COMPARTMENT_OUTDATED' })
    const rotating = await publishPatient(world)
    const { compartments: [first, second], ...directory } = directoryMembers(rotating)
    const raised = { ...first, epoch: 2, key: keyHex(SecretKey.random()) }
    await gateway.publishDirectory(
      sign(
        world,
        'KeyDirectory',
        { ...directory, compartments: [raised, second], version: 2, previous: rotating.directoryId },
        rotating.identity
      )
    )
    await t.rejects(registerRecord(world, author, rotating), { code: 'COMPARTMENT_OUTDATED' })
  })

  await t.test('a record id is taken once', async (t) => {
    const { recordId } = await registerRecord(world, author, patient)
    await t.rejects(register({ ...createManifest(author, patient).members, recordId }), { code: 'RECORD_EXISTS' })
    await t.rejects(register({ ...createManifest(author, patient).members, previous: randomHash() }), { code: 'RECORD_CONFLICT' })
  })

  await t.test('a next version follows the newest manifest, and the newest one is read by default', async (t) => {
    const first = await registerRecord(world, author, patient)
    await t.rejects(register({ ...nextOf(first), previous: randomHash() }), { code: 'RECORD_CONFLICT' })
    await t.rejects(register({ ...nextOf(first), version: 3 }), { code: 'RECORD_CONFLICT' })
    await t.rejects(register({ ...nextOf(first), recordId: '00'.repeat(16) }), { code: 'RECORD_UNKNOWN' })
    await register(nextOf(first))
    t.equal((await gateway.getRecord(first.recordId)).version, 2)
    t.equal((await gateway.getRecord(first.recordId, 1)).version, 1)
  })

  await t.test('only the author adds a version, and for the same patient', async (t) => {
    const first = await registerRecord(world, author, patient)
    const colleague = await bindPractitioner(world)
    const theirs = { ...nextOf(first), author: { kind: 'practitioner', mspId: colleague.mspId, staffId: colleague.staffId } }
    await t.rejects(colleague.ledger.registerRecord(
      sign(world, 'RecordManifest', theirs, colleague.requestSigning)
    ), { code: 'RECORD_CONFLICT' })
    const other = await publishPatient(world)
    const { label } = other.compartments[0]
    await t.rejects(register({ ...nextOf(first), patientId: other.patientId, label }), { code: 'RECORD_CONFLICT' })
  })

  await t.test('a patient\'s records are listed page by page, none twice and none left out', async (t) => {
    const another = await publishPatient(world)
    const registered: string[] = []
    for (let i = 0; i < 5; i++) registered.push((await registerRecord(world, author, another)).recordId)
    const listed: RecordState[] = []
    let bookmark = ''
    do {
      const page = await gateway.listRecords(another.patientId, { pageSize: 2, bookmark })
      t.ok(page.items.length <= 2)
      listed.push(...page.items)
      bookmark = page.bookmark
    } while (bookmark !== '')
    t.strictSame(listed.map((r) => r.recordId), registered.sort())
    t.equal((await gateway.listRecords(another.patientId)).items.length, 5)
  })

  await t.test('a page of 0 or of over 100, or with a bookmark of one\'s own making, is refused', async (t) => {
    for (const page of [
      { pageSize: 0 }, { pageSize: 101 }, { pageSize: -1 }, { pageSize: 1.5 }, { bookmark: 'not a bookmark' },
      { bookmark: Buffer.from('\u{10ffff}').toString('base64url') }
    ]) {
      await t.rejects(gateway.listRecords(patient.patientId, page), { code: 'ARGUMENT_INVALID' })
    }
  })
}
