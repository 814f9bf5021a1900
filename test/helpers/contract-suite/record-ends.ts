import { SecretKey } from '@epione/crypto'
import { activateConsent, bindPractitioner, createManifest, publishPatient, randomHash, registerRecord, sign, signDestruction, signRequest } from '../ledger-fixtures.ts'
import { createRewrap, signFreeze } from '../lifetime-fixtures.ts'
import type { Destruction, Erasure, RecordOrder, Withdrawal } from '@epione/protocol'
import type { Submitted } from '@epione/ledger/client'
import type { Test } from 'tap'
import type { TestPatient, TestPractitioner, TestRecord } from '../ledger-fixtures.ts'
import type { LedgerWorld } from '../ledger-world.ts'

/** Erasure by the patient, withdrawal by the author, and what hospitals say that they destroyed (PROTOCOL §3). */
export async function recordEndsSuite (t: Test, world: LedgerWorld): Promise<void> {
  const [core, regional] = world.members
  const gateway = world.gateway(regional).ledger
  const author = await bindPractitioner(world)
  const reader = await bindPractitioner(world, { mspId: regional })
  const erase = (
    patient: TestPatient,
    records: NonNullable<Erasure['records']>,
    key = patient.identity
  ): Promise<Submitted<RecordOrder>> => gateway.eraseRecords(sign(world, 'Erasure', { patientId: patient.patientId, records }, key))
  const withdraw = (
    { recordId, version, manifestId }: TestRecord,
    { patientId }: TestPatient,
    members: Partial<Withdrawal> = {},
    by: TestPractitioner = author
  ): Promise<Submitted<RecordOrder>> => {
    const says = { patientId, recordId, version, manifestId, cause: 'entered-in-error', ...members }
    return by.ledger.withdrawRecord(sign(world, 'Withdrawal', says, by.requestSigning))
  }
  const amend = async ({ recordId, manifestId, version }: TestRecord, patient: TestPatient): Promise<TestRecord> => {
    const { members, wrap, place } = createManifest(author, patient, undefined, { recordId, version: version + 1 })
    const next = { ...members, previous: manifestId }
    const { value } = await author.ledger.registerRecord(sign(world, 'RecordManifest', next, author.requestSigning))
    const [compartment] = patient.compartments
    return { recordId, version: version + 1, manifestId: value.manifest.id, wrap, wrapHash: members.wrapHash, place, compartment }
  }
  const confirm = (
    { order, versions }: RecordOrder,
    members: Partial<Destruction> = {},
    [mspId, key] = [regional, world.proxySigner(regional)]
  ): ReturnType<typeof gateway.confirmErased> => gateway.confirmErased(sign(world, 'Destruction', {
    mspId,
    cause: 'erased',
    orderId: order.id,
    wrapHashes: versions.map((v) => v.wrapHash),
    backupsGoneBy: world.now(),
    ...members
  }, key))

  await t.test('an erased version leaves a tombstone, and its neighbour stays', async (t) => {
    const patient = await publishPatient(world)
    const [first, second] = [await registerRecord(world, author, patient), await registerRecord(world, author, patient)]
    const { consentId } = await activateConsent(world, patient, reader)
    const { value } = await erase(patient, [{ recordId: first.recordId, version: 1 }])
    t.match(value, {
      order: { submittedBy: regional },
      versions: [{ recordId: first.recordId, version: 1, wrapHash: first.wrapHash }],
      destructions: []
    })
    t.match(await gateway.getOrder(value.order.id), { order: value.order, versions: value.versions })
    t.match(await gateway.getRecord(first.recordId), { manifest: { id: first.manifestId }, end: value.order })
    t.equal((await gateway.getRecord(second.recordId)).end, undefined)
    t.equal((await gateway.listRecords(patient.patientId)).items.length, 2, 'both are listed')
    const ask = async (...records: TestRecord[]): Promise<object> =>
      (await reader.ledger.requestAccess(signRequest(world, reader, patient, records, consentId))).value
    t.match(await ask(first, second), {
      decision: 'deny',
      reasons: [{ rule: 'record.erased', facts: [`${first.recordId}/1`] }],
      records: [{ recordId: first.recordId }, { recordId: second.recordId }]
    })
    t.match(await ask(second), { decision: 'permit' })
  })

  await t.test('nothing follows, rewraps or ends an erased version', async (t) => {
    const patient = await publishPatient(world)
    const record = await registerRecord(world, author, patient)
    await erase(patient, [{ recordId: record.recordId }])
    await t.rejects(amend(record, patient), { code: 'RECORD_ENDED' })
    const { members } = createRewrap(patient, record, patient.compartments[1])
    await t.rejects(gateway.rewrapRecord(sign(world, 'Rewrap', members, patient.identity)), { code: 'RECORD_ENDED' })
    await t.rejects(erase(patient, [{ recordId: record.recordId }]), { code: 'RECORD_ENDED' })
    await t.rejects(erase(patient, [{ recordId: record.recordId, version: 1 }]), { code: 'RECORD_ENDED' })
    await t.rejects(withdraw(record, patient), { code: 'RECORD_ENDED' })
  })

  await t.test('a record without a version is erased with all its versions, and an older version alone closes nothing', async (t) => {
    const patient = await publishPatient(world)
    const first = await registerRecord(world, author, patient)
    const second = await amend(first, patient)
    t.match((await erase(patient, [{ recordId: first.recordId, version: 1 }])).value.versions, [{ version: 1 }])
    const third = await amend(second, patient)
    const { value } = await erase(patient, [{ recordId: first.recordId }])
    t.strictSame(value.versions, [second, third].map(({ recordId, version, wrapHash }) => ({ recordId, version, wrapHash })))
    await t.rejects(amend(third, patient), { code: 'RECORD_ENDED' })
  })

  await t.test('only its patient erases a record, and one that is there', async (t) => {
    const [patient, stranger] = [await publishPatient(world), await publishPatient(world)]
    const { recordId } = await registerRecord(world, author, patient)
    const records = [{ recordId }]
    await t.rejects(erase(patient, records, stranger.identity), { code: 'SIGNATURE_INVALID' })
    await t.rejects(erase(patient, records, author.requestSigning), { code: 'SIGNATURE_INVALID' })
    await t.rejects(erase(stranger, records), { code: 'RECORD_CONFLICT' })
    await t.rejects(erase(patient, [{ recordId: '00'.repeat(16) }]), { code: 'RECORD_UNKNOWN' })
    await t.rejects(erase(patient, [{ recordId, version: 2 }]), { code: 'RECORD_UNKNOWN' })
    await t.rejects(erase(patient, [{ recordId }, { recordId }]), { code: 'STATEMENT_INVALID' })
    await t.rejects(erase(patient, []), { code: 'STATEMENT_INVALID' })
    const statement = sign(world, 'Erasure', { patientId: patient.patientId, records }, patient.identity)
    await t.rejects(author.ledger.eraseRecords(statement), { code: 'NOT_AUTHORIZED' })
    await gateway.freezePatient(signFreeze(world, patient, patient.identity))
    await t.rejects(erase(patient, records), { code: 'PATIENT_FROZEN' })
    t.equal((await gateway.getRecord(recordId)).end, undefined)
  })

  await t.test('an author withdraws a version, which denies like an erased one under a name of its own', async (t) => {
    const patient = await publishPatient(world)
    const record = await registerRecord(world, author, patient)
    const { consentId } = await activateConsent(world, patient, reader)
    const { value } = await withdraw(record, patient, { cause: 'wrong-patient' })
    t.match(await gateway.getRecord(record.recordId), { end: value.order })
    const { value: event } = await reader.ledger.requestAccess(signRequest(world, reader, patient, [record], consentId))
    t.match(event, { decision: 'deny', reasons: [{ rule: 'record.withdrawn', facts: [`${record.recordId}/1`] }] })
    await t.rejects(withdraw(record, patient), { code: 'RECORD_ENDED' }, 'twice')
    await t.rejects(amend(record, patient), { code: 'RECORD_ENDED' }, 'and amended')
    await t.rejects(erase(patient, [{ recordId: record.recordId }]), { code: 'RECORD_ENDED' }, 'and erased')
  })

  await t.test('nobody but its author withdraws a version, under its present patient and its own manifest', async (t) => {
    const [patient, stranger] = [await publishPatient(world), await publishPatient(world)]
    const record = await registerRecord(world, author, patient)
    const colleague = await bindPractitioner(world)
    await t.rejects(withdraw(record, patient, {}, colleague), { code: 'NOT_AUTHORIZED' })
    await t.rejects(withdraw(record, patient, {}, { ...author, requestSigning: SecretKey.random() }), { code: 'SIGNATURE_INVALID' })
    await t.rejects(withdraw(record, stranger), { code: 'RECORD_CONFLICT' })
    await t.rejects(withdraw(record, patient, { manifestId: randomHash() }), { code: 'RECORD_CONFLICT' })
    await t.rejects(withdraw(record, patient, { version: 2 }), { code: 'RECORD_UNKNOWN' })
    await t.rejects(withdraw(record, patient, { recordId: '00'.repeat(16) }), { code: 'RECORD_UNKNOWN' })
    await t.rejects(withdraw(record, patient, { patientId: 'a'.repeat(32) }), { code: 'PATIENT_UNKNOWN' })
    const says = { patientId: patient.patientId, recordId: record.recordId, version: 1, manifestId: record.manifestId, cause: 'entered-in-error' }
    await t.rejects(gateway.withdrawRecord(sign(world, 'Withdrawal', says, patient.identity)), { code: 'NOT_AUTHORIZED' }, 'its patient')
    t.equal((await gateway.getRecord(record.recordId)).end, undefined)
  })

  await t.test('a patient withdraws an own record through any gateway', async (t) => {
    const patient = await publishPatient(world)
    const { members } = createManifest(author, patient)
    const manifest = sign(world, 'RecordManifest', { ...members, author: { kind: 'patient' } }, patient.identity)
    const { value } = await gateway.registerRecord(manifest)
    const says = { patientId: patient.patientId, recordId: members.recordId, version: 1, manifestId: value.manifest.id, cause: 'entered-in-error' }
    await t.rejects(gateway.withdrawRecord(sign(world, 'Withdrawal', says, author.requestSigning)), { code: 'SIGNATURE_INVALID' })
    t.match((await gateway.withdrawRecord(sign(world, 'Withdrawal', says, patient.identity))).value.versions, [{ version: 1 }])
  })

  await t.test('each hospital says once, under its proxy\'s key, that it destroyed just what was ended', async (t) => {
    const patient = await publishPatient(world)
    const record = await registerRecord(world, author, patient)
    const { value: order } = await erase(patient, [{ recordId: record.recordId }])
    await t.rejects(confirm(order, {}, [core, world.proxySigner(core)]), { code: 'NOT_AUTHORIZED' }, 'another hospital')
    await t.rejects(confirm(order, {}, [regional, world.proxySigner(core)]), { code: 'SIGNATURE_INVALID' })
    await t.rejects(confirm(order, { wrapHashes: [randomHash()] }), { code: 'ORDER_MISMATCH' })
    await t.rejects(confirm(order, { wrapHashes: [record.wrapHash, randomHash()] }), { code: 'ORDER_MISMATCH' })
    await t.rejects(confirm(order, { cause: 'withdrawn' }), { code: 'ORDER_MISMATCH' })
    await t.rejects(confirm(order, { orderId: randomHash() }), { code: 'ORDER_UNKNOWN' })
    await t.rejects(gateway.getOrder(randomHash()), { code: 'ORDER_UNKNOWN' })
    await t.rejects(gateway.getOrder('x'), { code: 'ARGUMENT_INVALID' })
    const { value: first } = await confirm(order)
    // Where gateways run they say so, too: one statement of each hospital counts.
    const saidBy = async (mspId: string): Promise<unknown[]> =>
      (await gateway.getOrder(order.order.id)).destructions.filter((d) => d.submittedBy === mspId)
    t.strictSame(await saidBy(regional), [first])
    t.strictSame((await confirm(order, { backupsGoneBy: world.now() + 1 })).value, first, 'the first one counts')
    const others = sign(world, 'Destruction', {
      mspId: core, cause: 'erased', orderId: order.order.id, wrapHashes: [record.wrapHash], backupsGoneBy: world.now()
    }, world.proxySigner(core))
    await world.gateway(core).ledger.confirmErased(others)
    t.equal((await saidBy(core)).length, 1)
    t.equal((await saidBy(regional)).length, 1)
  })

  await t.test('kfrags and wraps are each confirmed by the transaction of their own', async (t) => {
    const patient = await publishPatient(world)
    const record = await registerRecord(world, author, patient)
    const consent = await activateConsent(world, patient, reader)
    const { value: order } = await erase(patient, [{ recordId: record.recordId }])
    await t.rejects(gateway.confirmErased(signDestruction(world, consent, regional)), { code: 'ORDER_MISMATCH' })
    const wraps = sign(world, 'Destruction', {
      mspId: regional, cause: 'erased', orderId: order.order.id, wrapHashes: [record.wrapHash], backupsGoneBy: world.now()
    }, world.proxySigner(regional))
    await t.rejects(gateway.confirmDestruction(wraps), { code: 'CUSTODY_NOT_LISTED' })
    const kfrags = signDestruction(world, consent, regional, { cause: 'erased', orderId: order.order.id, backupsGoneBy: world.now() })
    await t.rejects(gateway.confirmDestruction(kfrags), { code: 'CUSTODY_NOT_LISTED' })
  })

  await t.test('a record may replace or add to others of its patient, also withdrawn ones, and to no stranger\'s', async (t) => {
    const [patient, stranger] = [await publishPatient(world), await publishPatient(world)]
    const [wrong, foreign] = [await registerRecord(world, author, patient), await registerRecord(world, author, stranger)]
    await withdraw(wrong, patient)
    const relate = (recordId: string, version = 1, members: object = {}): Promise<unknown> =>
      author.ledger.registerRecord(sign(world, 'RecordManifest', {
        ...createManifest(author, patient).members, relatesTo: [{ relation: 'replaces', recordId, version }], ...members
      }, author.requestSigning))
    await t.rejects(relate('00'.repeat(16)), { code: 'RECORD_UNKNOWN' })
    await t.rejects(relate(wrong.recordId, 2), { code: 'RECORD_UNKNOWN' })
    await t.rejects(relate(foreign.recordId), { code: 'RECORD_CONFLICT' })
    await t.rejects(relate(wrong.recordId, 1, { recordId: wrong.recordId, version: 2 }), { code: 'RECORD_ENDED' })
    const own = await registerRecord(world, author, patient)
    await t.rejects(relate(own.recordId, 1, { recordId: own.recordId, version: 2, previous: own.manifestId }), { code: 'RECORD_CONFLICT' })
    await t.resolves(relate(wrong.recordId))
  })
}
