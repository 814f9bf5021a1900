import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import {
  addRecord, eraseCategory, eraseInParts, eraseRecords, freezePatient, getRecord, grantConsent, listAccessEvents, listConsents, listRecords,
  makeCard, openRecord, readErasure, requestAccess, withdrawRecord
} from '@epione/sdk'
import type { NewRecord, PatientContext, PractitionerContext, RecordAdded } from '@epione/sdk'
import { FileDestination } from '@epione/cli'
import { bytes } from '../../helpers/client/bytes.ts'
import { about } from '../../helpers/client/front.ts'
import { Hospitals, grantTo, writeRecord } from '../../helpers/client/hospitals.ts'
import { until } from '../../helpers/sharing.ts'

const hospitals = await Hospitals.open(t)
const { core, regional1 } = hospitals
const author = await hospitals.physician(core)
const reader = await hospitals.physician(regional1)

t.afterEach(() => { for (const { front } of hospitals.all) front.lies = [] })

type Author = PractitionerContext | PatientContext

async function write (context: Author, card: string, text: string, more: Partial<NewRecord> = {}): Promise<RecordAdded> {
  return await addRecord(context, { source: bytes(text), category: 'summary', mediaClass: 'document', card, ...more })
}

/** Resolves when all hospitals have destroyed it. */
async function allDestroyed (context: Author, recordId: string): ReturnType<typeof readErasure> {
  await until(async () => (await readErasure(context, { recordId })).shown.complete)
  return await readErasure(context, { recordId })
}

t.test('an erased record opens to nobody, its neighbour still does, and the log and certificate say what happened', async (t) => {
  const patient = await hospitals.patient()
  const [recordId, neighbour] = [await writeRecord(author, patient, 'to be erased'), await writeRecord(author, patient, 'to stay')]
  const { consentId } = await grantTo(reader, patient)
  const { patientId } = patient
  const before = await requestAccess(reader, { patientId, records: [{ recordId }], purpose: 'TREAT', consentId })
  await t.rejects(readErasure(patient, { recordId }), { code: 'NOT_FOUND' })
  const done = await eraseRecords(patient, [{ recordId }])
  t.match(done, { orderId: /^[0-9a-f]{64}$/, versions: [{ recordId, version: 1 }], confirmedElsewhere: true })
  const { shown, certificate } = await allDestroyed(patient, recordId)
  const names = ['CoreMSP', 'Regional1MSP', 'Regional2MSP']
  t.match(shown, { cause: 'erased', orderId: done.orderId, complete: true, pending: [], versions: [{ recordId, version: 1 }] })
  t.strictSame(shown.destroyed.map((d) => d.mspId), names)
  t.ok(shown.destroyed.every((d) => d.backupsGoneBy > d.time))
  t.strictSame(certificate.statements.destructions.map(({ submittedBy }) => submittedBy), names)
  t.equal(certificate.statements.order.id, done.orderId)

  const out = join(t.testdir(), 'opened')
  await t.rejects(getRecord(patient, { recordId, to: new FileDestination(out) }), { code: 'RECORD_ENDED', exitCode: 3 }, 'its patient')
  await t.rejects(openRecord(reader, { eventId: before.eventId, to: new FileDestination(out) }), { name: 'ClientError' }, 'an older permit')
  await t.rejects(requestAccess(reader, { patientId, records: [{ recordId, version: 1 }], purpose: 'TREAT', consentId }), {
    code: 'ACCESS_DENIED', details: { reasons: [{ rule: 'record.erased' }] }
  }, 'a new request')
  const { eventId } = await requestAccess(reader, { patientId, records: [{ recordId: neighbour }], purpose: 'TREAT', consentId })
  await openRecord(reader, { eventId, to: new FileDestination(out) })
  t.equal(await readFile(out, 'utf8'), 'to stay')
  t.match(await listRecords(patient, patientId), [{ recordId: neighbour, state: 'current' }, { recordId, state: 'erased', end: { orderId: done.orderId } }])
  const { items } = await listAccessEvents(patient, {})
  t.match(items.map((item) => item.decision), ['permit', 'deny', 'permit'])
  t.match(items[0]?.records, [{ recordId: neighbour, category: 'summary' }], 'in the patient\'s own words')
  await t.rejects(eraseRecords(patient, [{ recordId }]), { code: 'RECORD_ENDED', exitCode: 3 }, 'twice')
  await t.rejects(eraseRecords(patient, [{ recordId: '0'.repeat(32) }]), { code: 'NOT_FOUND' })
  await freezePatient(patient)
  await t.rejects(eraseRecords(patient, [{ recordId: neighbour }]), { code: 'PATIENT_FROZEN' })
})

t.test('a category is erased with all that was written in it, and consents to it alone end', async (t) => {
  const patient = await hospitals.patient()
  const { card } = await makeCard(patient)
  const records = [await write(author, card, 'one'), await write(author, card, 'two')]
  const { recordId: other } = await write(author, card, 'another category', { category: 'laboratory' })
  const { consentId } = await grantTo(reader, patient)
  const both = await grantConsent(patient, {
    grantee: reader.person,
    categories: ['summary', 'laboratory'],
    purposes: ['TREAT'],
    days: 1,
    fingerprint: reader.keys.receiving(reader.keyNumber).publicKey().fingerprint()
  })
  const done = await eraseCategory(patient, 'summary')
  t.match(done, { category: 'summary', epoch: 2, versions: { length: 2 }, confirmedElsewhere: true, revoked: [{ consentId }] })
  for (const { recordId } of records) t.match((await allDestroyed(patient, recordId)).shown, { complete: true, orderId: done.orderId })
  const { shown, certificate } = await readErasure(patient, { orderId: done.orderId })
  t.match(shown, { versions: { length: 2 }, pending: [], overdue: [], complete: true })
  t.equal(shown.differing, undefined)
  const said = certificate.statements.destructions.map(({ statement }) => JSON.parse(statement.body) as { wraps: object, kfrags: object })
  t.match(said, [{ wraps: { count: 2 }, kfrags: { count: 2 } }, {}, {}], 'kfrags of both consents')
  for (const { gateway: { app: { store: { db } } } } of hospitals.all) {
    const held = await db.selectFrom('kfrags').innerJoin('kfrag_consents', 'kfrags.consent_id', 'kfrag_consents.consent_id')
      .select(['kfrags.consent_id']).where('patient_id', '=', patient.patientId).execute()
    t.strictSame(held.map((row) => row.consent_id), [both.consentId], 'the kfrag of the other category alone')
  }
  await t.rejects(requestAccess(reader, { patientId: patient.patientId, records: records.slice(0, 1), purpose: 'TREAT', consentId: both.consentId }), {
    code: 'ACCESS_DENIED', details: { reasons: [{ rule: 'record.erased' }] }
  })
  const another = await hospitals.patient()
  await t.rejects(readErasure(another, { orderId: done.orderId }), { code: 'REFUSED', details: { gatewayCode: 'NOT_PERMITTED' } })
  await until(async () => (await listConsents(patient)).find((c) => c.consentId === consentId)?.destroyed.length === 3)
  t.match((await listConsents(patient)).find((c) => c.consentId === both.consentId), { status: 'active' }, 'the other category needs its kfrags')
  await requestAccess(reader, { patientId: patient.patientId, records: [{ recordId: other }], purpose: 'TREAT' })
  const { recordId: later } = await write(author, card, 'written afterwards')
  t.match((await listRecords(patient, patient.patientId)).find((r) => r.recordId === later), { epoch: 2, state: 'current' })
  t.match(await eraseCategory(patient, 'summary'), { epoch: 3, versions: [{ recordId: later }], revoked: [] })
  await t.rejects(eraseCategory(patient, 'poems'), { code: 'CATEGORY_UNKNOWN' })
})

t.test('an author withdraws a version and writes another record that replaces it', async (t) => {
  const patient = await hospitals.patient()
  const { card } = await makeCard(patient)
  const { recordId } = await write(author, card, 'of another patient')
  const wanted = { recordId, cause: 'wrong-patient' as const }
  await t.rejects(withdrawRecord(patient, wanted), { code: 'REFUSED', message: /Only its author/ })
  const { orderId } = await withdrawRecord(author, wanted)
  await t.rejects(withdrawRecord(author, wanted), { code: 'RECORD_ENDED' }, 'twice')
  await t.rejects(write(author, card, 'more', { amends: { recordId } }), { code: 'RECORD_ENDED' }, 'and amended')
  t.match((await allDestroyed(author, recordId)).shown, { cause: 'withdrawn', orderId, complete: true })
  const relatesTo = [{ relation: 'replaces' as const, recordId, version: 1 }]
  const next = await write(author, card, 'of this patient', { relatesTo })
  t.match(await listRecords(patient, patient.patientId), [
    { recordId: next.recordId, state: 'current', relatesTo },
    { recordId, state: 'withdrawn', end: { orderId, reason: 'wrong-patient' }, replacedBy: [{ recordId: next.recordId, version: 1 }] }
  ])
  await t.rejects(write(author, card, 'x', { relatesTo: [{ relation: 'appends', recordId: '0'.repeat(32), version: 1 }] }), { code: 'NOT_FOUND' })
})

t.test('of two who amend one version one wins, and the other is told what to follow', async (t) => {
  const patient = await hospitals.patient()
  const { card } = await makeCard(patient)
  const { recordId } = await write(author, card, 'first')
  const amends = { recordId, version: 1 }
  const outcomes = await Promise.allSettled([write(author, card, 'second', { amends }), write(author, card, 'rival', { amends })])
  const won = outcomes.flatMap((o) => o.status === 'fulfilled' ? [o.value] : [])
  const lost = outcomes.flatMap((o) => o.status === 'rejected' ? [o.reason as Error] : [])
  t.equal(won.length, 1)
  const conflict = {
    code: 'RECORD_CONFLICT',
    exitCode: 3,
    details: { recordId, version: 2, manifestId: won[0]?.manifestId, author: `${author.person.mspId}/${author.person.staffId}` }
  }
  t.match(lost, [conflict])
  await t.rejects(write(author, card, 'late', { amends }), conflict, 'before anything is sent')
  t.match(await write(author, card, 'third', { amends: { recordId, version: 2 } }), { version: 3 })
  t.match(await listRecords(patient, patient.patientId), [
    { version: 3, state: 'current' }, { version: 2, state: 'former' }, { version: 1, state: 'former' }
  ])
  await t.rejects(write(patient, card, 'mine', { amends: { recordId } }), { code: 'REFUSED', message: /Only its author/ })
})

t.test('a gateway that shows a record as ended, or destroyed, by nobody\'s word is named', async (t) => {
  const patient = await hospitals.patient()
  const recordId = await writeRecord(author, patient, 'there')
  const other = await writeRecord(author, patient, 'ended')
  await eraseRecords(patient, [{ recordId: other }])
  const { certificate: { statements: { order } } } = await allDestroyed(patient, other)
  for (const { front } of hospitals.all) {
    front.lies = [about('GET', new RegExp(`^/v1/records/${recordId}`), (answer) => ({ ...answer as object, end: order }))]
  }
  await t.rejects(getRecord(patient, { recordId }), { code: 'MANIFEST_INVALID', exitCode: 4 })
  for (const { front } of hospitals.all) {
    front.lies = [about('GET', /^\/v1\/orders\//, (answer) => {
      const shown = answer as { destructions: { statement: { body: string } }[] }
      return { ...shown, destructions: shown.destructions.map((d) => ({ ...d, statement: { ...d.statement, body: d.statement.body.replace('erased', 'withdrawn') } })) }
    })]
  }
  t.match((await readErasure(patient, { recordId: other })).shown, { complete: false, destroyed: [], pending: { length: 3 } })
})

t.test('a record of more versions than one statement ends is erased by several, from the newest on', async (t) => {
  const patient = await hospitals.patient()
  const kept = await writeRecord(author, patient, 'to stay')
  const { card } = await makeCard(patient)
  const { recordId } = await write(author, card, 'version 1')
  for (let version = 2; version <= 66; version++) await write(author, card, `version ${version}`, { amends: { recordId }, indexed: false })
  await t.rejects(eraseRecords(patient, [{ recordId }]), { code: 'REFUSED', details: { gatewayCode: 'ERASURE_TOO_LARGE' } })
  const items = await eraseInParts(patient, [{ recordId }])
  t.strictSame(items.map(({ versions }) => versions.length), [64, 2])
  t.match(items[0]?.versions[0], { recordId, version: 66 }, 'so that nothing follows meanwhile')
  await t.rejects(eraseInParts(patient, [{ recordId }]), { code: 'RECORD_ENDED' })
  const left = await listRecords(patient, patient.patientId)
  t.strictSame(left.filter((record) => record.state === 'current').map((record) => record.recordId), [kept])
})
