import t from 'tap'
import { REVIEW_DUE_MS } from '@epione/protocol'
import {
  BearerToken, changeDepartment, closeEmergency, cosignEmergency, depositForEmergencies, foundDepartment, listDeposits,
  listEmergencies, makeDepartment, openDepartmentKey, openRecord, publishEmergencyKey, readEmergencyKey, readDepartment,
  reviewEmergency, revokeConsent, showEmergency, signEmergency, submitEmergency, switchEmergenciesOff, switchEmergenciesOn
} from '@epione/sdk'
import type { EmergencyWanted, TokenContext } from '@epione/sdk'
import { FileDestination } from '@epione/cli'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hire } from '../../helpers/client/emergencies.ts'
import { Hospitals, writeRecord } from '../../helpers/client/hospitals.ts'
import { adminSecret } from '../../helpers/founding.ts'

let offset = 0
const hospitals = await Hospitals.open(t, { clock: () => Date.now() + offset })
const { core, regional1, regional2 } = hospitals
const DEPARTMENT = 'emergency-room'

const patient = await hospitals.patient()
const author = await hospitals.physician(core)
const recordId = await writeRecord(author, patient, 'allergic to penicillin')
const blood = await writeRecord(author, patient, 'blood group', 'laboratory')
const doctor = await hire(hospitals, regional1, 'dr-emergency', 'emergency', DEPARTMENT)
const nurse = await hire(hospitals, regional1, 'nurse-emergency', 'nurse', DEPARTMENT)
const officer = await hire(hospitals, core, 'officer', 'privacy-officer')
const ownOfficer = await hire(hospitals, regional1, 'officer-own', 'privacy-officer')

/** The department's key, which its registrar put in place, is the one that the hospital's admin publishes. */
const { file } = await makeDepartment(doctor, DEPARTMENT, [nurse.person.staffId])
const desk: TokenContext = {
  ...hospitals.client(regional1),
  role: 'token',
  token: new BearerToken(await regional1.gateway.token('head-of-staff', 'system/Practitioner.c'))
}
await foundDepartment(desk, file)
const { body: { receivingKey: emergencyKey } } = await readDepartment(doctor, { mspId: regional1.mspId, department: DEPARTMENT })

const publish = async (key: string, secret = adminSecret(regional1.mspId)): Promise<unknown> =>
  await publishEmergencyKey({ ...hospitals.client(regional1), role: 'admin', secret }, { mspId: regional1.mspId, emergencyKey: key })
const deposit = async (...categories: string[]): ReturnType<typeof depositForEmergencies> =>
  await depositForEmergencies(patient, { organizations: [regional1.mspId], categories, days: 30 })
const wanted = (more: Partial<EmergencyWanted> = {}): EmergencyWanted =>
  ({ patientId: patient.patientId, records: [{ recordId }], reason: 'cannot-consent', ...more })
const open = async (more: Partial<EmergencyWanted> = {}): ReturnType<typeof submitEmergency> =>
  await submitEmergency(doctor, await signEmergency(doctor, wanted(more)))

await t.test('an admin publishes the emergency key of the own organisation, and nobody else does', async (t) => {
  t.equal(await readEmergencyKey(patient, regional1.mspId), undefined)
  t.match(await listDeposits(patient), hospitals.all.map(({ mspId: organization }) => ({ organization, state: 'no-key', categories: [] })))
  await t.rejects(deposit('summary'), { code: 'NOT_FOUND', message: /no emergency key/ })
  await t.rejects(publish(emergencyKey, adminSecret(core.mspId)), { code: 'REFUSED', message: /SIGNATURE_INVALID/ })
  t.match(await publish(emergencyKey), { mspId: regional1.mspId, version: 1, emergencyKey, confirmedElsewhere: true })
  t.match(await readEmergencyKey(patient, regional1.mspId), { version: 1, emergencyKey })
})

await t.test('a patient deposits for an organisation, and a list says where it is missing', async (t) => {
  await t.rejects(signEmergency(doctor, wanted()), { code: 'NOT_FOUND', message: /deposited nothing/ })
  t.equal((await listDeposits(patient)).find((d) => d.organization === regional1.mspId)?.state, 'missing')
  const { items } = await deposit('summary')
  t.match(items, [{ organization: regional1.mspId, keyVersion: 1, status: 'active' }])
  t.match((await listDeposits(patient)).find((d) => d.organization === regional1.mspId), {
    state: 'ready', categories: ['summary'], consentId: items[0]?.consentId, keyVersion: 1
  })
})

await t.test('the glass is broken for a deposit, the record is read, and the box is closed and reviewed by another organisation', async (t) => {
  const { eventId, reasons } = await open()
  t.ok(reasons.some(({ rule }) => rule === 'emergency.opens'))
  const to = join(t.testdir(), 'opened')
  t.match(await openRecord(doctor, { eventId, to: new FileDestination(to) }), { liars: [], recordId })
  t.equal(await readFile(to, 'utf8'), 'allergic to penicillin')
  const again = await open({ opening: eventId, reason: 'threat-to-life' })
  t.ok(again.reasons.some(({ rule }) => rule === 'emergency.within'))
  t.match(await listEmergencies(patient), [{ eventId, state: 'open', staffId: doctor.person.staffId }], 'the patient sees it')
  t.match(await listEmergencies(officer, { state: 'open' }), [{ eventId }], 'the officer of another hospital')
  const box = { patientId: patient.patientId, eventId }
  await t.rejects(reviewEmergency(officer, { ...box, finding: 'justified' }), { code: 'REFUSED', message: /EMERGENCY_OPEN/ })
  await t.rejects(closeEmergency(nurse, box), { code: 'REFUSED', message: /NOT_AUTHORIZED/ })
  t.match(await closeEmergency(doctor, box), { eventId, confirmedElsewhere: true })
  await t.rejects(open({ opening: eventId }), { code: 'ACCESS_DENIED', details: { reasons: [{ rule: 'emergency.box-closed' }] } })
  t.match(await listEmergencies(officer, { state: 'due' }), [{ eventId }])
  t.strictSame(await listEmergencies(officer, { state: 'overdue' }), [])
  await t.rejects(reviewEmergency(ownOfficer, { ...box, finding: 'justified' }), { code: 'REFUSED', message: /NOT_AUTHORIZED/ })
  t.match(await reviewEmergency(officer, { ...box, finding: 'justified' }), { eventId, confirmedElsewhere: true })
  t.match(await listEmergencies(patient), [{ eventId, state: 'reviewed', review: { finding: 'justified', mspId: core.mspId } }])
})

await t.test('a second practitioner signs what they were shown, and nothing else', async (t) => {
  const statement = await signEmergency(doctor, wanted({ second: nurse.person.staffId }))
  t.match(showEmergency(nurse, statement), { records: [{ recordId }], emergency: { second: nurse.person.staffId } })
  t.throws(() => showEmergency(officer, statement), { code: 'USAGE' })
  t.throws(() => cosignEmergency(doctor, statement), { code: 'USAGE' }, 'not the first person either')
  await t.rejects(submitEmergency(doctor, statement), { code: 'REFUSED', message: /BINDING_MISMATCH|SIGNATURE/ }, 'before they signed')
  const { eventId } = await submitEmergency(doctor, cosignEmergency(nurse, statement))
  await closeEmergency(doctor, { patientId: patient.patientId, eventId })
})

await t.test('a patient switches break-glass off and on again, for one organisation or all', async (t) => {
  await switchEmergenciesOff(patient, [regional1.mspId])
  await t.rejects(open(), { code: 'ACCESS_DENIED', details: { reasons: [{ rule: 'patient.prohibits' }] } })
  await t.rejects(switchEmergenciesOn(patient), { code: 'NOT_FOUND' }, 'it is off for one alone')
  await t.rejects(switchEmergenciesOn(patient, regional2.mspId), { code: 'NOT_FOUND' })
  t.equal((await switchEmergenciesOn(patient, regional1.mspId)).items.length, 1)
  await switchEmergenciesOff(patient)
  await t.rejects(open(), { code: 'ACCESS_DENIED' })
  await switchEmergenciesOn(patient)
  await open()
})

await t.test('an emergency names the deposit that covers its records, not just the newest', async (t) => {
  const { items: [newer] } = await deposit('laboratory')
  const ofSummary = await signEmergency(doctor, wanted())
  const body = JSON.parse(ofSummary.body) as { consentId: string }
  t.not(body.consentId, newer?.consentId)
  t.match(await submitEmergency(doctor, ofSummary), { decision: 'permit' })
  t.match(await open({ records: [{ recordId: blood }] }), { consentId: newer?.consentId })
  await revokeConsent(patient, newer?.consentId ?? '')
  await t.rejects(open({ records: [{ recordId: blood }] }), { code: 'ACCESS_DENIED' }, 'asked for all the same, and logged')
})

await t.test('who stays in a department opens deposits for its former key', async (t) => {
  const { receivingKey } = await readDepartment(doctor, { mspId: regional1.mspId, department: DEPARTMENT })
  t.match(await changeDepartment(doctor, DEPARTMENT, { remove: [nurse.person.staffId] }), { rotated: true, left: [nurse.person.staffId] })
  const { eventId } = await open()
  const to = join(t.testdir(), 'former')
  t.match(await openRecord(doctor, { eventId, to: new FileDestination(to) }), { liars: [], recordId })
  t.equal(await readFile(to, 'utf8'), 'allergic to penicillin')
  await t.rejects(openDepartmentKey(nurse, DEPARTMENT, receivingKey.toHex()), { code: 'REFUSED' }, 'and who left gets none')
})

await t.test('after a new emergency key a deposit is outdated until it is topped up', async (t) => {
  await publish(doctor.keys.receiving(9).publicKey().toHex())
  t.match((await listDeposits(patient)).find((d) => d.organization === regional1.mspId), { state: 'outdated', keyVersion: 1 })
  await deposit('summary', 'laboratory')
  t.match((await listDeposits(patient)).find((d) => d.organization === regional1.mspId), { state: 'ready', keyVersion: 2 })
})

await t.test('a box that nobody reviewed in time is listed as overdue', async (t) => {
  const due = await listEmergencies(patient, { state: 'open' })
  t.ok(due.length > 0)
  offset = REVIEW_DUE_MS + 60_000
  t.strictSame((await listEmergencies(patient, { state: 'overdue' })).map((box) => box.eventId).filter((id) => due.some((d) => d.eventId === id)),
    due.map(({ eventId }) => eventId))
  t.strictSame(await listEmergencies(patient, { state: 'due' }), [])
})
