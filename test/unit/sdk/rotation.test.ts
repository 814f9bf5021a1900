import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { deriveKeyRing } from '@epione/crypto'
import { addRecord, findPatient, grantConsent, listRecords, makeCard, openRecord, requestAccess, rotateKeys } from '@epione/sdk'
import { about } from '../../helpers/client/front.ts'
import { bytes } from '../../helpers/client/bytes.ts'
import { Hospitals, grantTo, writeRecord } from '../../helpers/client/hospitals.ts'
import { FileDestination } from '@epione/cli'

const hospitals = await Hospitals.open(t)
const { core, regional1 } = hospitals
const author = await hospitals.physician(core)
const reader = await hospitals.physician(regional1)

t.test('a rotation raises epochs; an older card goes on, an older consent does not reach what is new', async (t) => {
  const patient = await hospitals.patient()
  const { card } = await makeCard(patient)
  const before = await writeRecord(author, patient, 'written before')
  const { consentId } = await grantTo(reader, patient)
  const rotated = await rotateKeys(patient, { categories: ['summary'] })
  t.match(rotated, {
    version: 2,
    raised: [{ category: 'summary', epoch: 2 }],
    identityNumber: 1,
    kfragSigningNumber: 1,
    confirmedElsewhere: true
  })
  const { recordId } = await addRecord(author, { source: bytes('written after'), category: 'summary', mediaClass: 'document', card })
  t.match(await listRecords(patient, patient.patientId), [{ recordId, epoch: 2 }, { recordId: before, epoch: 1 }], 'the newest first')
  const ask = (
    id: string,
    named?: string
  ): ReturnType<typeof requestAccess> => requestAccess(reader, {
    patientId: patient.patientId,
    records: [{ recordId: id }],
    purpose: 'TREAT',
    ...(named === undefined ? {} : { consentId: named })
  })
  t.match(await ask(before), { decision: 'permit' })
  await t.rejects(ask(recordId, consentId), { code: 'ACCESS_DENIED', details: { reasons: [{ rule: 'consent.compartment-not-granted' }] } })
  await grantTo(reader, patient)
  const out = join(t.testdir(), 'opened')
  await openRecord(reader, { eventId: (await ask(recordId)).eventId, to: new FileDestination(out) })
  t.equal(await readFile(out, 'utf8'), 'written after')
})

t.test('without a choice all epochs are raised, and the phrase finds each of its keys by number', async (t) => {
  const patient = await hospitals.patient()
  const all = await rotateKeys(patient)
  t.equal(all.raised.length, 11)
  t.match(await rotateKeys(patient, { kfragSigning: true }), { version: 3, raised: [], kfragSigningNumber: 2 })
  t.match(await rotateKeys(patient, { kfragSigning: true }), { version: 4, kfragSigningNumber: 3 })
  const granted = await grantConsent(patient, {
    grantee: reader.person,
    categories: ['genetics'],
    purposes: ['TREAT'],
    days: 1,
    fingerprint: reader.keys.receiving().publicKey().fingerprint()
  })
  t.match(granted, { status: 'active' }, 'proxies took kfrags signed with the third key')
  const found = await findPatient(hospitals.client(regional1), deriveKeyRing(patient.phrase))
  t.match(found, { patientId: patient.patientId, identityNumber: 1 })
})

t.test('nothing is rotated for a category that does not exist, or by another phrase', async (t) => {
  const [patient, other] = [await hospitals.patient(), await hospitals.patient()]
  await t.rejects(rotateKeys(patient, { categories: ['poems'] }), { code: 'CATEGORY_UNKNOWN', exitCode: 2 })
  await t.rejects(rotateKeys({ ...patient, keys: other.keys }), { code: 'DIRECTORY_INVALID', exitCode: 4 })
  t.equal(await findPatient(hospitals.client(core), deriveKeyRing('abandon '.repeat(11) + 'about')), undefined)
})

t.test('what a client knows of its own statement no answer of a gateway replaces', async (t) => {
  const [patient, other] = [await hospitals.patient(), await hospitals.patient()]
  const lie = { patientId: other.patientId, version: 99, raised: [], kfragSigningNumber: 9, confirmedElsewhere: 'never' }
  for (const { front } of hospitals.all) front.lies = [about('PUT', /\/directory$/, (answer: object) => ({ ...answer, ...lie }))]
  const rotated = await rotateKeys(patient, { categories: ['summary'] })
  for (const { front } of hospitals.all) front.lies = []
  t.match(rotated, {
    patientId: patient.patientId,
    version: 2,
    raised: [{ category: 'summary', epoch: 2 }],
    kfragSigningNumber: 1,
    confirmedElsewhere: true
  })
})
