import { SecretKey, statementId } from '@epione/crypto'
import { activateConsent, bindPractitioner, createManifest, directoryMembers, publishPatient, randomHash, registerRecord, sign, signDestruction, signRequest } from '../ledger-fixtures.ts'
import { createRewrap, signFreeze } from '../lifetime-fixtures.ts'
import { addDevice, SegmentMaker } from '../device-fixtures.ts'
import type { RecordOrder } from '@epione/protocol'
import type { Submitted } from '@epione/ledger/client'
import type { Test } from 'tap'
import type { TestPatient } from '../ledger-fixtures.ts'
import type { LedgerWorld } from '../ledger-world.ts'

/** Erasure of all that stands in a compartment up to an epoch, by one statement (decision 0225). */
export async function erasedCompartmentsSuite (t: Test, world: LedgerWorld): Promise<void> {
  const [, regional] = world.members
  const gateway = world.gateway(regional).ledger
  const author = await bindPractitioner(world)
  const reader = await bindPractitioner(world, { mspId: regional })
  const inNextEpoch = (one: TestPatient['compartments'][0]): TestPatient['compartments'][0] =>
    ({ ...one, epoch: one.epoch + 1, secret: SecretKey.random() })
  /** The patient with the first compartment, or both, in the next epoch. */
  const raise = async (patient: TestPatient, both = false): Promise<TestPatient> => {
    const [first, second] = patient.compartments
    const raised: TestPatient = { ...patient, compartments: [inNextEpoch(first), both ? inNextEpoch(second) : second] }
    const statement = sign(world, 'KeyDirectory', { ...directoryMembers(raised), version: raised.compartments[0].epoch, previous: patient.directoryId }, patient.identity)
    await gateway.publishDirectory(statement)
    return { ...raised, directoryId: statementId(statement.body) }
  }
  const erase = (
    patient: TestPatient, epoch = 1, members: object = {}, key = patient.identity
  ): Promise<Submitted<RecordOrder>> => gateway.eraseRecords(sign(world, 'Erasure', {
    patientId: patient.patientId, compartments: [{ label: patient.compartments[0].label, epoch }], ...members
  }, key))

  await t.test('all that stood in a compartment has ended at once, and what is written to its next epoch has not', async (t) => {
    const before = await publishPatient(world)
    const [first, second] = [await registerRecord(world, author, before), await registerRecord(world, author, before)]
    const elsewhere = await registerRecord(world, author, before, before.compartments[1])
    const patient = await raise(before)
    const moved = await registerRecord(world, author, patient)
    const { value: { order, versions } } = await erase(patient)
    t.strictSame(versions, [])
    for (const { recordId } of [first, second]) t.match((await gateway.getRecord(recordId)).end, { id: order.id })
    for (const { recordId } of [elsewhere, moved]) t.equal((await gateway.getRecord(recordId)).end, undefined)
    t.equal((await gateway.listRecords(patient.patientId)).items.filter(({ end }) => end?.id === order.id).length, 2)
    const { consentId } = await activateConsent(world, patient, reader, { directoryVersion: 2 })
    const { value: event } = await reader.ledger.requestAccess(signRequest(world, reader, patient, [first, moved], consentId))
    t.match(event, { decision: 'deny' })
    t.match(event.reasons.find(({ rule }) => rule === 'record.erased'), { facts: [`${first.recordId}/1`] })
    t.match((await reader.ledger.requestAccess(signRequest(world, reader, patient, [moved], consentId))).value, { decision: 'permit' })
    const { members } = createRewrap(patient, first, patient.compartments[0])
    await t.rejects(gateway.rewrapRecord(sign(world, 'Rewrap', members, patient.identity)), { code: 'RECORD_ENDED' }, 'nothing is brought over')
    await t.rejects(gateway.eraseRecords(sign(world, 'Erasure', {
      patientId: patient.patientId, records: [{ recordId: first.recordId }]
    }, patient.identity)), { code: 'RECORD_ENDED' })
    const says = { patientId: patient.patientId, recordId: second.recordId, version: 1, manifestId: second.manifestId, cause: 'entered-in-error' }
    await t.rejects(author.ledger.withdrawRecord(sign(world, 'Withdrawal', says, author.requestSigning)), { code: 'RECORD_ENDED' })
    const following = createManifest(author, patient, undefined, { recordId: first.recordId, version: 2 }).members
    const next = { ...following, previous: first.manifestId }
    await author.ledger.registerRecord(sign(world, 'RecordManifest', next, author.requestSigning))
    t.equal((await gateway.getRecord(first.recordId)).end, undefined, 'a record goes on in the newer epoch')
  })

  await t.test('a record that was rewrapped into the newer epoch stays', async (t) => {
    const before = await publishPatient(world)
    const record = await registerRecord(world, author, before)
    const patient = await raise(before)
    const { members } = createRewrap(patient, record, patient.compartments[0])
    await gateway.rewrapRecord(sign(world, 'Rewrap', members, patient.identity))
    await erase(patient)
    t.equal((await gateway.getRecord(record.recordId)).end, undefined)
    await erase(await raise(patient), 2)
    t.ok((await gateway.getRecord(record.recordId)).end, 'until that epoch is erased, too')
  })

  await t.test('what one order erased stays that order\'s, whatever a later one names with it', async (t) => {
    const before = await publishPatient(world)
    const { recordId } = await registerRecord(world, author, before)
    const elsewhere = await registerRecord(world, author, before, before.compartments[1])
    const patient = await raise(before, true)
    const { value: { order } } = await erase(patient)
    const both = patient.compartments.map(({ label }) => ({ label, epoch: 1 })).sort((a, b) => a.label < b.label ? -1 : 1)
    const { value: later } = await erase(patient, 1, { compartments: both })
    t.match((await gateway.getRecord(recordId)).end, { id: order.id })
    t.match((await gateway.getRecord(elsewhere.recordId)).end, { id: later.order.id })
  })

  await t.test('only its patient erases a compartment, below its newest epoch, and once', async (t) => {
    const stranger = await publishPatient(world)
    const before = await publishPatient(world)
    const { recordId } = await registerRecord(world, author, before)
    await t.rejects(erase(before), { code: 'COMPARTMENT_IN_USE', message: /epoch 1/ })
    const patient = await raise(before)
    await t.rejects(erase(patient, 2), { code: 'COMPARTMENT_IN_USE' })
    await t.rejects(erase(patient, 1, {}, stranger.identity), { code: 'SIGNATURE_INVALID' })
    await t.rejects(erase(patient, 1, { compartments: [{ label: randomHash(), epoch: 1 }] }), { code: 'COMPARTMENT_UNKNOWN' })
    const named = { label: patient.compartments[0].label, epoch: 1 }
    await t.rejects(erase(patient, 1, { compartments: [named, named] }), { code: 'STATEMENT_INVALID' })
    await t.rejects(erase(patient, 1, { compartments: [] }), { code: 'STATEMENT_INVALID' })
    await t.rejects(erase(patient, 1, { records: [{ recordId }] }), { code: 'STATEMENT_INVALID' }, 'records or compartments')
    t.equal((await gateway.getRecord(recordId)).end, undefined)
    await erase(patient)
    await t.rejects(erase(patient), { code: 'COMPARTMENT_ERASED' })
    await gateway.freezePatient(signFreeze(world, patient, patient.identity))
    await t.rejects(erase(patient), { code: 'PATIENT_FROZEN' })
  })

  await t.test('of a consent of which nothing is left a hospital says so in the order\'s name', async (t) => {
    const before = await publishPatient(world)
    const consent = await activateConsent(world, before, reader)
    const { value: { order } } = await erase(await raise(before))
    const says = { cause: 'erased' as const, orderId: order.id, backupsGoneBy: world.now() }
    const unknown = signDestruction(world, consent, regional, { ...says, orderId: randomHash() })
    await t.rejects(gateway.confirmDestruction(unknown), { code: 'CUSTODY_NOT_LISTED' })
    await t.rejects(gateway.confirmErased(signDestruction(world, consent, regional, says)), { code: 'ORDER_MISMATCH' })
    await gateway.confirmDestruction(signDestruction(world, consent, regional, says))
    t.match((await gateway.getConsent(consent.consentId)).destructions.filter(({ submittedBy }) => submittedBy === regional), { length: 1 })
  })

  await t.test('windows of an erased epoch become no segment, and the stream goes on in the newer one', async (t) => {
    const before = await publishPatient(world)
    const maker = new SegmentMaker(world, await addDevice(world, before))
    await gateway.registerSegments([maker.next().statement])
    const late = maker.next()
    const patient = await raise(before)
    await erase(patient)
    await t.rejects(gateway.registerSegments([late.statement]), { code: 'COMPARTMENT_ERASED' })
  })

  await t.test('a hospital confirms by tallies of wraps and kfrags, under its proxy\'s key', async (t) => {
    const before = await publishPatient(world)
    await registerRecord(world, author, before)
    const { value: { order } } = await erase(await raise(before))
    const tally = { count: 1, root: randomHash() }
    const confirm = (members: object, key = world.proxySigner(regional)): ReturnType<typeof gateway.confirmErased> => gateway.confirmErased(sign(world, 'Destruction', {
      mspId: regional, cause: 'erased', orderId: order.id, backupsGoneBy: world.now(), ...members
    }, key))
    await t.rejects(confirm({ wrapHashes: [randomHash()] }), { code: 'ORDER_MISMATCH' })
    await t.rejects(confirm({ wraps: tally }), { code: 'STATEMENT_INVALID' })
    await t.rejects(confirm({ wraps: tally, kfrags: tally, cause: 'withdrawn' }), { code: 'STATEMENT_INVALID' })
    await t.rejects(confirm({ wraps: tally, kfrags: tally }, SecretKey.random()), { code: 'SIGNATURE_INVALID' })
    const { value } = await confirm({ wraps: tally, kfrags: tally })
    t.ok((await gateway.getOrder(order.id)).destructions.some(({ submittedBy }) => submittedBy === regional))
    t.strictSame((await confirm({ wraps: { ...tally, count: 2 }, kfrags: tally })).value.submittedBy, value.submittedBy, 'the first one counts')
    await t.rejects(confirm({ wraps: tally, kfrags: tally, consentId: randomHash(), kfragIds: [randomHash()] }), { code: 'STATEMENT_INVALID' })
    const other = await publishPatient(world)
    const record = await registerRecord(world, author, other)
    const { value: single } = await gateway.eraseRecords(sign(world, 'Erasure', { patientId: other.patientId, records: [{ recordId: record.recordId }] }, other.identity))
    await t.rejects(confirm({ wraps: tally, kfrags: tally, orderId: single.order.id }), { code: 'ORDER_MISMATCH' }, 'records are confirmed by their wraps')
  })
}
