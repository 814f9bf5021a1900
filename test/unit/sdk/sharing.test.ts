import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import {
  bindKeys, getRecord, listAccessEvents, listConsents, listRecords, openRecord, requestAccess, revokeConsent, withdrawRecord
} from '@epione/sdk'
import { makeRequest } from '../../../sdk/src/access/access.ts'
import { Hospitals, grantTo, writeRecord } from '../../helpers/client/hospitals.ts'
import { FileDestination } from '@epione/cli'

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

t.test('whose key is at their device writes, is permitted, opens and withdraws by its signatures', async (t) => {
  const doctor = await hospitals.physician(core, { keys: 'device' })
  const own = await hospitals.patient()
  const recordId = await writeRecord(doctor, own, TEXT)
  await grantTo(doctor, own)
  const permit = await requestAccess(doctor, { patientId: own.patientId, records: [{ recordId }], purpose: 'TREAT' })
  t.match(permit, { decision: 'permit', confirmedElsewhere: true })
  const out = join(t.testdir(), 'opened')
  await openRecord(doctor, { eventId: permit.eventId, to: new FileDestination(out) })
  t.equal(await readFile(out, 'utf8'), TEXT)
  const [again, other] = [await makeRequest(doctor, { patientId: own.patientId, records: [{ recordId }], purpose: 'TREAT' }), await hospitals.patient()]
  const known = await doctor.gateways.own.requestAccess(again.statement, again.id, doctor.token.authorize)
  const theirs = await writeRecord(doctor, other, TEXT)
  const denied = await makeRequest(doctor, { patientId: other.patientId, records: [{ recordId: theirs }], purpose: 'TREAT' })
  const { items } = await doctor.gateways.own.requestAccessOfAll([again.statement, denied.statement], 'c'.repeat(64), doctor.token.authorize)
  t.match(items, [{ event: { eventId: known.event.eventId } }, { event: { decision: 'deny' } }], 'a batch that falls apart goes on where it was')
  t.match(await withdrawRecord(doctor, { recordId, version: 1, cause: 'entered-in-error' }), { confirmedElsewhere: true })
  await t.rejects(core.gateway.app.wallet.get('dr-3'), { code: 'NOT_ENROLLED' }, 'the hospital has no key of theirs')
})

t.test('a device signs nothing that its gateway puts in the place of what it asked for', async (t) => {
  const doctor = await hospitals.physician(core, { keys: 'device', bound: false })
  interface Asked { code: string, signing: { txId: string, stage: string, bytes: string, header: string } }
  const seen: Asked['signing'][] = []
  const sent = (): string => Buffer.concat(core.front.received).toString()
  t.teardown(() => { core.front.lies = [] })
  const lie = (say: (signing: Asked['signing']) => Asked['signing']): void => {
    core.front.lies = [({ status, body }) => status === 428 ? { ...body as Asked, signing: say((body as Asked).signing) } : undefined]
  }
  // The gateway tries with a transaction of its own choice for the same person, under their own certificate.
  lie((signing) => {
    seen.push(signing)
    return { ...signing, bytes: `${signing.bytes.slice(0, -8)}AAAAAAA=` }
  })
  core.front.received.length = 0
  await t.rejects(bindKeys(doctor), { code: 'ECHO_MISMATCH', details: { party: { mspId: 'CoreMSP' } } })
  t.notMatch(sent(), 'epione-signature', 'nothing was signed')
  lie((signing) => seen[0] ?? signing)
  await t.rejects(bindKeys(doctor), { code: 'ECHO_MISMATCH', details: { difference: 'ARGUMENTS' } }, 'another call of the same person')
  t.notMatch(sent(), 'epione-signature')
  lie((signing) => ({ ...signing, stage: 'transaction', header: signing.header.replace('proposal', 'transaction') }))
  await t.rejects(bindKeys(doctor), { code: 'ECHO_MISMATCH' }, 'a transaction of no proposal')
  t.notMatch(sent(), 'epione-signature')
  core.front.lies = []
  t.match(await bindKeys(doctor), { version: 1, confirmedElsewhere: true })
})
