import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { getRecord, listAccessEvents, listConsents, listRecords, openRecord, requestAccess, revokeConsent } from '@epione/sdk'
import { Hospitals, grantTo, writeRecord } from '../../helpers/client/hospitals.ts'
import { FileDestination } from '@epione/cli'

// Three gateways start here, beside whatever else the machine does.
t.setTimeout(300_000)
const hospitals = await Hospitals.open(t)
const { core, regional1 } = hospitals
const patient = await hospitals.patient()
const author = await hospitals.physician(core)
const reader = await hospitals.physician(regional1)
const TEXT = 'blood group 0 negative, allergic to penicillin'

t.test('a record goes from its author to a reader of another hospital through every check', async (t) => {
  const recordId = await writeRecord(author, patient, TEXT)
  await t.rejects(requestAccess(reader, { patientId: patient.patientId, records: [{ recordId }], purpose: 'TREAT' }), {
    code: 'ACCESS_DENIED',
    exitCode: 3,
    details: { reasons: [{ rule: 'consent.none-named' }], confirmedElsewhere: true }
  })
  const consent = await grantTo(reader, patient)
  t.match(consent, { status: 'active', confirmedElsewhere: true, threshold: 2, shares: 3 })
  const permit = await requestAccess(reader, { patientId: patient.patientId, records: [{ recordId }], purpose: 'TREAT' })
  t.match(permit, { decision: 'permit', consentId: consent.consentId, confirmedElsewhere: true, records: [{ recordId, version: 1 }] })
  const out = join(t.testdir(), 'opened')
  const opened = await openRecord(reader, { eventId: permit.eventId, to: new FileDestination(out) })
  t.equal(await readFile(out, 'utf8'), TEXT)
  t.match(opened, { liars: [], recordId, sizeBytes: TEXT.length })
  t.ok(opened.verified.length >= 2)
  const log = await listAccessEvents(patient, {})
  t.strictSame(log.items.map((e) => e.decision), ['permit', 'deny'])
  t.match(log, { askedMspIds: ['CoreMSP', 'Regional1MSP'], onlyShownBy: [], differing: [] })

  t.match(await revokeConsent(patient, consent.consentId), { consentId: consent.consentId, confirmedElsewhere: true })
  await t.rejects(requestAccess(reader, { patientId: patient.patientId, records: [{ recordId }], purpose: 'TREAT' }), {
    code: 'ACCESS_DENIED',
    details: { consentId: consent.consentId, reasons: [{ rule: 'consent.revoked' }] }
  })
  t.match(await listConsents(patient), [{ consentId: consent.consentId, status: 'revoked', categories: ['summary'] }])
})

t.test('a patient lists and opens their own record', async (t) => {
  const recordId = await writeRecord(author, patient, TEXT, 'laboratory')
  const listed = await listRecords(patient, patient.patientId)
  t.match(listed.find((r) => r.recordId === recordId), {
    category: 'laboratory',
    version: 1,
    author: `${author.person.mspId}/${author.person.staffId}`
  })
  const out = join(t.testdir(), 'own')
  await getRecord(patient, { recordId, to: new FileDestination(out) })
  t.equal(await readFile(out, 'utf8'), TEXT)
})
