import { SecretKey } from '@epione/crypto'
import {
  activateConsent, bindPractitioner, createManifest, createPatient, directoryMembers, publishPatient, randomHash,
  registerRecord, sign, signRequest
} from '../ledger-fixtures.ts'
import { createRewrap, rewrapRecord } from '../lifetime-fixtures.ts'
import type { Rewrap } from '@epione/protocol'
import type { Test } from 'tap'
import type { TestCompartment, TestPatient } from '../ledger-fixtures.ts'
import type { LedgerWorld } from '../ledger-world.ts'

/** New wraps for the same content: rotation and sorting (PROTOCOL §3). */
export async function rewrapsSuite (t: Test, world: LedgerWorld): Promise<void> {
  const [core, regional] = world.members
  const gateway = world.gateway(regional).ledger
  const author = await bindPractitioner(world)
  const reader = await bindPractitioner(world, { mspId: regional })
  const rewrap = (
    members: Partial<Rewrap>,
    key: SecretKey
  ): ReturnType<typeof gateway.rewrapRecord> => gateway.rewrapRecord(sign(world, 'Rewrap', members, key))
  /** Raises the first compartment's epoch. */
  const rotate = async (patient: TestPatient): Promise<TestCompartment> => {
    const raised = { ...patient.compartments[0], epoch: 2, secret: SecretKey.random() }
    const members = directoryMembers({ ...patient, compartments: [raised, patient.compartments[1]] })
    await gateway.publishDirectory(sign(world, 'KeyDirectory', { ...members, version: 2, previous: patient.directoryId }, patient.identity))
    return raised
  }

  await t.test('a patient sorts a record into another compartment, and level and requests follow', async (t) => {
    const patient = await publishPatient(world)
    const record = await registerRecord(world, author, patient)
    const [, hidden] = patient.compartments
    const { members } = createRewrap(patient, record, hidden)
    const { value } = await rewrap(members, patient.identity)
    t.match(value, {
      recordId: record.recordId,
      version: 1,
      level: 'V',
      manifest: { id: record.manifestId },
      rewrap: { submittedBy: regional }
    })
    t.strictSame(await gateway.getRecord(record.recordId), value)
    t.strictSame((await gateway.listRecords(patient.patientId)).items, [value])
    const { value: event } = await reader.ledger.requestAccess(signRequest(world, reader, patient, [record]))
    t.match(event.records, [{ label: hidden.label, epoch: 1, level: 'V', wrapHash: members.wrapHash, origin: core }])
  })

  await t.test('after a rotation a rewrapped record is out of the old consents and open to new ones', async (t) => {
    const patient = await publishPatient(world)
    const record = await registerRecord(world, author, patient)
    const old = await activateConsent(world, patient, reader)
    const raised = await rotate(patient)
    const ask = async (consentId: string): Promise<string> =>
      (await reader.ledger.requestAccess(signRequest(world, reader, patient, [record], consentId))).value.decision
    t.equal(await ask(old.consentId), 'permit', 'until it is rewrapped')
    await rewrapRecord(world, patient, record, raised)
    t.equal(await ask(old.consentId), 'deny')
    const renewed = await activateConsent(world, {
      ...patient,
      compartments: [raised, patient.compartments[1]]
    }, reader, { directoryVersion: 2 })
    t.equal(await ask(renewed.consentId), 'permit')
  })

  await t.test('a rewrap replaces the wrap that counts, with another one', async (t) => {
    const patient = await publishPatient(world)
    const record = await registerRecord(world, author, patient)
    const [, hidden] = patient.compartments
    const { members } = createRewrap(patient, record, hidden)
    await t.rejects(rewrap(
      { ...members, previousWrapHash: randomHash() },
      patient.identity
    ), { code: 'REWRAP_CONFLICT', message: new RegExp(record.wrapHash) })
    await t.rejects(rewrap({ ...members, wrapHash: record.wrapHash }, patient.identity), { code: 'REWRAP_CONFLICT' }, 'the one that it replaces')
    await rewrap(members, patient.identity)
    await t.rejects(rewrap(
      { ...members, wrapHash: randomHash() },
      patient.identity
    ), { code: 'REWRAP_CONFLICT', message: new RegExp(members.wrapHash) })
    await rewrapRecord(world, patient, { ...record, wrapHash: members.wrapHash }, patient.compartments[0])
    t.match(await gateway.getRecord(record.recordId), { level: 'N' })
  })

  await t.test('only the newest epoch of a listed compartment is rewrapped into', async (t) => {
    const patient = await publishPatient(world)
    const record = await registerRecord(world, author, patient)
    const { members } = createRewrap(patient, record, patient.compartments[0])
    await rotate(patient)
    await t.rejects(rewrap(members, patient.identity), { code: 'COMPARTMENT_OUTDATED' })
    await t.rejects(rewrap({ ...members, epoch: 3 }, patient.identity), { code: 'COMPARTMENT_OUTDATED' })
    await t.rejects(rewrap({ ...members, label: randomHash() }, patient.identity), { code: 'COMPARTMENT_UNKNOWN' })
  })

  await t.test('strangers, authors and other patients rewrap nothing', async (t) => {
    const [patient, stranger] = [await publishPatient(world), await publishPatient(world)]
    const record = await registerRecord(world, author, patient)
    const { members } = createRewrap(patient, record, patient.compartments[1])
    await t.rejects(rewrap(members, stranger.identity), { code: 'SIGNATURE_INVALID' })
    await t.rejects(rewrap(members, author.requestSigning), { code: 'SIGNATURE_INVALID' })
    await t.rejects(rewrap(
      createRewrap(stranger, record, stranger.compartments[0]).members,
      stranger.identity
    ), { code: 'RECORD_CONFLICT' })
    const unknown = createPatient()
    await t.rejects(rewrap({ ...members, patientId: unknown.patientId }, unknown.identity), { code: 'PATIENT_UNKNOWN' })
    await t.rejects(author.ledger.rewrapRecord(sign(world, 'Rewrap', members, patient.identity)), { code: 'NOT_AUTHORIZED' })
    await t.rejects(rewrap({ ...members, version: 2 }, patient.identity), { code: 'RECORD_UNKNOWN' })
    await t.rejects(rewrap({ ...members, recordId: '00'.repeat(16) }, patient.identity), { code: 'RECORD_UNKNOWN' })
  })

  await t.test('each version has a rewrap of its own, and a rewrapped one is still followed', async (t) => {
    const patient = await publishPatient(world)
    const first = await registerRecord(world, author, patient)
    await rewrapRecord(world, patient, first, patient.compartments[1])
    const { members } = createManifest(author, patient)
    const next = { ...members, recordId: first.recordId, version: 2, previous: first.manifestId }
    await author.ledger.registerRecord(sign(world, 'RecordManifest', next, author.requestSigning))
    t.equal((await gateway.getRecord(first.recordId)).rewrap, undefined)
    t.not((await gateway.getRecord(first.recordId, 1)).rewrap, undefined)
  })
}
