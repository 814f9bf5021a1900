import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { SecretKey, toHex } from '@epione/crypto'
import { DELEGATE_POWERS } from '@epione/protocol'
import {
  actFor, addDelegate, confirmRepresentation, endDelegate, endProhibition, endRepresentation, endRepresentationInPerson, forbidAccess,
  freezePatient, getRecord, handOutKeys, listAccessEvents, listConsents, listDelegates, listProhibitions, listRecords,
  listRepresentatives, makeCard, nameRepresentative, offerRepresentation, openRecord, readOverview, renewKeys, requestAccess,
  revokeConsent, rotateKeys, searchPatient, succeedPatient, unfreezePatient, useDelegate
} from '@epione/sdk'
import type { GuardianContext, PatientContext, RepresentationShown, TokenContext } from '@epione/sdk'
import { FileDestination } from '@epione/cli'
import { createGuardian } from '../../helpers/client/guardians.ts'
import { Hospitals, grantTo, writeRecord } from '../../helpers/client/hospitals.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** How far all clocks are ahead. */
let aheadMs = 0
const clock = (): number => Date.now() + aheadMs
const hospitals = await Hospitals.open(t, { clock })
const { core, regional1 } = hospitals
const author = await hospitals.physician(core)
const reader = await hospitals.physician(regional1)
const desk = async (hospital = core): Promise<TokenContext> =>
  ({ ...hospitals.client(hospital), role: 'token', token: await hospitals.token(hospital, 'registration-desk', 'desk') })
const yes = (): Promise<boolean> => Promise.resolve(true)

t.afterEach(() => { aheadMs = 0 })

interface Represented { patient: PatientContext, parent: GuardianContext, acting: PatientContext, shown: RepresentationShown, file: string }

/** A patient whose representative is in force and acts. */
async function represented (patient: PatientContext, days = 7): Promise<Represented> {
  const parent = createGuardian(hospitals.client(regional1))
  const { patientId } = patient
  const offer = await offerRepresentation(parent, { patientId, relation: 'prn', notAfter: clock() + days * DAY_MS, name: 'Jane' })
  const { file, ...shown } = await nameRepresentative(patient, offer.file, yes)
  t.equal(shown.fingerprint, offer.fingerprint)
  await confirmRepresentation(await desk(), file)
  return { patient, parent, acting: await actFor(parent, file), shown, file }
}

async function readOwn (t: Test, context: PatientContext, recordId: string): Promise<string> {
  const out = join(t.testdir(), 'own')
  await getRecord(context, { recordId, to: new FileDestination(out) })
  return await readFile(out, 'utf8')
}

async function readAsStaff (t: Test, { patientId }: PatientContext, recordId: string): Promise<string> {
  const { eventId } = await requestAccess(reader, { patientId, records: [{ recordId }], purpose: 'TREAT' })
  const out = join(t.testdir(), 'staff')
  await openRecord(reader, { eventId, to: new FileDestination(out) })
  return await readFile(out, 'utf8')
}

t.test('a representative reads records and log, consents, revokes, forbids and freezes, in their own name', async (t) => {
  const { patient, acting, shown } = await represented(await hospitals.patient())
  const recordId = await writeRecord(author, patient, 'for the child')
  t.match(await listRecords(acting, acting.patientId), [{ recordId }])
  t.equal(await readOwn(t, acting, recordId), 'for the child')
  await t.rejects(readAsStaff(t, patient, recordId), { code: 'ACCESS_DENIED' })
  const { consentId } = await grantTo(reader, acting)
  t.equal(await readAsStaff(t, patient, recordId), 'for the child')
  t.match(await listConsents(patient), [{ consentId, representative: { representationId: shown.representationId, relation: 'prn' } }])
  t.equal((await listAccessEvents(acting, {})).items.length, 2)
  const { prohibitionId } = await forbidAccess(acting, { organizations: ['Regional1MSP'] })
  await t.rejects(readAsStaff(t, patient, recordId), { code: 'ACCESS_DENIED' })
  t.match(await listProhibitions(patient), [{ prohibitionId, representative: { relation: 'prn' } }])
  await endProhibition(acting, prohibitionId)
  const own = await grantTo(reader, patient)
  await revokeConsent(acting, own.consentId)
  await revokeConsent(acting, consentId)
  await t.rejects(readAsStaff(t, patient, recordId), { code: 'ACCESS_DENIED' })
  await freezePatient(acting)
  t.equal((await readOverview(patient)).frozen, true)
  await t.rejects(listRecords(acting, acting.patientId), { code: 'PATIENT_FROZEN' }, 'whoever reads for the patient, too')
  await unfreezePatient(patient)
  t.match(await listRecords(acting, acting.patientId), [{ recordId }])
})

t.test('what is the patient\'s own no representative signs', async (t) => {
  const { patient, acting } = await represented(await hospitals.patient())
  const refused = { code: 'NOT_FOR_REPRESENTATIVES', exitCode: 3 }
  await t.rejects(rotateKeys(acting, { identity: true }), refused)
  await t.rejects(rotateKeys(acting, { categories: ['summary'] }), refused)
  await t.rejects(makeCard(acting), refused)
  await t.rejects(succeedPatient(acting, await hospitals.patient()), refused)
  const { prohibitionId } = await forbidAccess(patient, { levels: ['V'] })
  await t.rejects(endProhibition(acting, prohibitionId), { code: 'REFUSED', details: { gatewayCode: 'REPRESENTATION_EXCEEDED' } })
  await freezePatient(patient)
  await t.rejects(unfreezePatient(acting), refused)
  await unfreezePatient(patient)
  t.throws(() => acting.keys.guardian(patient.patientId), TypeError, 'nothing of recovery is in the keys')
  t.throws(() => acting.keys.search('summary', 1, 1), TypeError)
})

t.test('after an end the patient gets new keys and consents anew; the representative\'s stay for the patient to decide', async (t) => {
  const { patient, acting, shown, parent, file } = await represented(await hospitals.patient())
  const before = await writeRecord(author, patient, 'before')
  const mine = await grantTo(reader, patient)
  const theirs = await grantTo(author, acting)
  await endRepresentation(patient, shown.representationId)
  await t.rejects(listRecords(acting, acting.patientId), { code: 'REFUSED', details: { gatewayCode: 'REPRESENTATION_ENDED' } })
  await t.rejects(grantTo(reader, acting), { code: 'REFUSED', details: { gatewayCode: 'REPRESENTATION_ENDED' } })
  await t.rejects(actFor(parent, file), { code: 'REPRESENTATION_ENDED' })
  t.match(await listRepresentatives(patient), [{ state: 'ended', relation: 'prn', consents: [{ consentId: theirs.consentId, status: 'active' }] }])
  t.match((await readOverview(patient)).warnings, [/still has keys of yours: run "epione representative renew"/])
  const renewed = await renewKeys(patient)
  t.ok(renewed.raised.some(({ category, epoch }) => category === 'summary' && epoch === 2))
  t.match(renewed.items, [{ consentId: mine.consentId, status: 'active' }])
  t.match(renewed.left, [{ consentId: theirs.consentId, why: 'signed by a representative' }])
  t.equal((await readOverview(patient)).warnings, undefined)
  const after = await writeRecord(author, patient, 'after')
  t.equal(await readAsStaff(t, patient, before), 'before')
  t.equal(await readAsStaff(t, patient, after), 'after')
  t.notOk(acting.keys.compartment('summary', 1).publicKey().equals(patient.keys.compartment('summary', 2).publicKey()))
  t.throws(() => acting.keys.compartment('summary', 2), RangeError, 'later epochs are out of reach')
  t.strictSame(await renewKeys(patient), { patientId: patient.patientId, raised: [], items: [], left: renewed.left }, 'done once')
})

t.test('what is given anew after an end still allows what it allowed, and what allows less stands for none of it', async (t) => {
  const { patient, shown } = await represented(await hospitals.patient())
  const searched = await grantTo(reader, patient, 'summary', ['read', 'search'])
  await endRepresentation(patient, shown.representationId)
  const { items: [renewed] } = await renewKeys(patient)
  t.equal(renewed?.consentId, searched.consentId)
  await revokeConsent(patient, searched.consentId)
  const found = await searchPatient(reader, { patientId: patient.patientId, query: 'anything', purpose: 'TREAT' })
  t.strictSame(found.items, [], 'by the consent that is left')
})

t.test('a representation is over at its last moment, and can be ended by whoever acts and by the desk', async (t) => {
  const first = await represented(await hospitals.patient())
  aheadMs = 8 * DAY_MS
  await t.rejects(listRecords(first.acting, first.patient.patientId), { code: 'REFUSED', details: { gatewayCode: 'REPRESENTATION_ENDED' } })
  t.match(await listRepresentatives(first.patient), [{ state: 'over' }])
  t.match((await readOverview(first.patient)).warnings?.join('\n'), /still has keys/)
  aheadMs = 0
  const second = await represented(await hospitals.patient())
  await endRepresentation(second.acting, second.shown.representationId)
  t.match(await listRepresentatives(second.patient), [{ state: 'ended' }])
  const third = await represented(await hospitals.patient())
  const { patient: { patientId }, shown: { representationId } } = third
  await t.rejects(endRepresentationInPerson(await desk(regional1), patientId, representationId), { code: 'REFUSED', details: { gatewayCode: 'NOT_AUTHORIZED' } })
  await endRepresentationInPerson(await desk(), patientId, representationId)
  t.match(await listRepresentatives(third.patient), [{ state: 'ended' }])
})

t.test('newer keys of the patient are handed out anew', async (t) => {
  const { patient, parent, acting, shown } = await represented(await hospitals.patient())
  await rotateKeys(patient, { categories: ['summary'] })
  const recordId = await writeRecord(author, patient, 'later')
  await t.rejects(readOwn(t, acting, recordId), { code: 'KEYS_OUTDATED' })
  await t.rejects(grantTo(reader, acting), { code: 'KEYS_OUTDATED' })
  const { file } = await handOutKeys(patient, shown.representationId, 'Jane')
  t.equal(await readOwn(t, await actFor(parent, file), recordId), 'later')
  await t.rejects(handOutKeys(patient, '00'.repeat(32), 'Jane'), { code: 'NOT_FOUND' })
})

t.test('an offer or file of somebody else is refused', async (t) => {
  const [patient, other] = [await hospitals.patient(), await hospitals.patient()]
  const parent = createGuardian(hospitals.client(regional1))
  const offer = await offerRepresentation(parent, { patientId: patient.patientId, relation: 'prn', notAfter: clock() + DAY_MS, name: 'Jane' })
  await t.rejects(nameRepresentative(other, offer.file, yes), { code: 'USAGE' })
  await t.rejects(nameRepresentative(patient, 'no offer', yes), { code: 'USAGE' })
  await t.rejects(nameRepresentative(patient, offer.file, () => Promise.resolve(false)), { code: 'DECLINED' })
  await t.rejects(confirmRepresentation(await desk(), offer.file), { code: 'USAGE' }, 'an offer is no representation')
  const { file } = await nameRepresentative(patient, offer.file, yes)
  await t.rejects(actFor(parent, file), { code: 'NOT_FOUND' }, 'not confirmed')
  await confirmRepresentation(await desk(), file)
  await t.rejects(actFor(createGuardian(hospitals.client(core)), file), { code: 'NOT_FOUND' }, 'another person\'s keys')
  const changed = JSON.parse(file) as { sealed: string }
  const flipped = JSON.stringify({ ...changed, sealed: changed.sealed.replace(/..$/, (end) => end === '00' ? '01' : '00') })
  await t.rejects(actFor(parent, flipped), { code: 'REPRESENTATION_INVALID', exitCode: 4 })
  t.notOk(file.includes(toHex(patient.keys.labelSalt('summary'))), 'nothing of the keys is in the clear')
})

t.test('a limited key sees who looked, revokes and freezes; it opens, grants and rotates nothing, and ends', async (t) => {
  const patient = await hospitals.patient(core)
  const { patientId } = patient
  const recordId = await writeRecord(author, patient, 'seen')
  const { consentId } = await grantTo(reader, patient)
  await readAsStaff(t, patient, recordId)
  const key = SecretKey.random()
  const [shown, from] = [key.publicKey().toHex(), hospitals.client(regional1)]
  await t.rejects(useDelegate(from, { patientId, key }), { code: 'NOT_FOUND' })
  const wanted = { key: shown, powers: DELEGATE_POWERS, notAfter: clock() + DAY_MS }
  await t.rejects(addDelegate(patient, { ...wanted, key: '00'.repeat(33) }), { code: 'USAGE' })
  await t.rejects(addDelegate(patient, { ...wanted, notAfter: clock() + 400 * DAY_MS }), { code: 'USAGE' })
  const { delegateId } = await addDelegate(patient, wanted)
  t.match(await listDelegates(patient), [{ delegateId, key: shown, state: 'in force' }])
  const limited = await useDelegate(from, { patientId, key })
  const { items } = await listAccessEvents(limited, {})
  t.match(items, [{ decision: 'permit', actor: { staffId: reader.person.staffId } }])
  const foreign = { code: 'NOT_FOR_DELEGATES' }
  await t.rejects(grantTo(reader, limited), foreign)
  await t.rejects(rotateKeys(limited, { categories: ['summary'] }), foreign)
  await t.rejects(listRecords(limited, patientId), { code: 'REFUSED', details: { gatewayCode: 'NOT_PERMITTED' } })
  await t.rejects(addDelegate(limited, { ...wanted, key: SecretKey.random().publicKey().toHex() }), { code: 'REFUSED' })
  t.match(await listConsents(limited), [{ consentId, status: 'active' }])
  await revokeConsent(limited, consentId)
  await t.rejects(readAsStaff(t, patient, recordId), { code: 'ACCESS_DENIED' })
  await freezePatient(limited)
  t.equal((await readOverview(patient)).frozen, true)
  await t.rejects(unfreezePatient(limited), { name: /Error/ })
  await unfreezePatient(patient)
  await endDelegate(limited, delegateId)
  await t.rejects(useDelegate(from, { patientId, key }), { code: 'DELEGATE_ENDED' })
  await t.rejects(revokeConsent(limited, consentId), { code: 'REFUSED', details: { gatewayCode: 'DELEGATE_ENDED' } })
  t.match(await listDelegates(patient), [{ delegateId, state: 'ended' }])
})
