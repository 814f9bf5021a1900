import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { deriveKeyRing, generatePhrase } from '@epione/crypto'
import {
  activateKeys, addRecord, findPatient, freezePatient, getRecord, grantConsent, listRecords, makeCard, makeEvidence,
  openCard, openRecord, patientIdOfKeys, readDirectory, readOverview, registerPatient, requestAccess,
  revokeConsent, rewrapRecords, rotateKeys, signAsGuardian, sortRecord, stopRecovery, succeedPatient, unfreezePatient
} from '@epione/sdk'
import type { PatientContext } from '@epione/sdk'
import { activatePending } from '../../../sdk/dist/keys/activation.js'
import { compartmentOfCard } from '../../../sdk/dist/keys/card.js'
import { bytes } from '../../helpers/client/bytes.ts'
import { appoint, createGuardian } from '../../helpers/client/guardians.ts'
import { Hospitals, grantTo, writeRecord } from '../../helpers/client/hospitals.ts'
import type { Hospital } from '../../helpers/client/hospitals.ts'
import { until } from '../../helpers/sharing.ts'
import { FileDestination } from '@epione/cli'

const WEEK_MS = 7 * 24 * 60 * 60 * 1000

/** How far all clocks are ahead: waiting periods pass at once. */
let aheadMs = 0
const hospitals = await Hospitals.open(t, { clock: () => Date.now() + aheadMs })
const { core, regional1 } = hospitals
const device = hospitals.client(regional1)
const author = await hospitals.physician(core)
const reader = await hospitals.physician(regional1)

t.afterEach(() => { aheadMs = 0 })

/** Reads a record as the reader: the text, under the consent found or named. */
async function readAs (t: Test, patient: PatientContext, recordId: string, consentId?: string): Promise<string> {
  const { eventId } = await requestAccess(reader, {
    patientId: patient.patientId,
    records: [{ recordId }],
    purpose: 'TREAT',
    ...(consentId === undefined ? {} : { consentId })
  })
  const out = join(t.testdir(), 'opened')
  await openRecord(reader, { eventId, to: new FileDestination(out) })
  return await readFile(out, 'utf8')
}

t.test('a rewrapped record opens for a new consent, and no more under the old one', async (t) => {
  const patient = await hospitals.patient()
  const recordId = await writeRecord(author, patient, 'rewrapped')
  const { consentId } = await grantTo(reader, patient)
  t.equal(await readAs(t, patient, recordId), 'rewrapped')
  await rotateKeys(patient, { categories: ['summary'] })
  const { items } = await rewrapRecords(patient)
  t.match(items, [{ recordId, version: 1, category: 'summary', epoch: 2, confirmedElsewhere: true }])
  await t.rejects(readAs(
    t,
    patient,
    recordId,
    consentId
  ), { code: 'ACCESS_DENIED', details: { reasons: [{ rule: 'consent.compartment-not-granted' }] } })
  await grantTo(reader, patient)
  t.equal(await readAs(t, patient, recordId), 'rewrapped')
  t.match(await listRecords(patient, patient.patientId), [{ recordId, epoch: 2, category: 'summary' }])
  t.match(await rewrapRecords(patient), { items: [] }, 'nothing is left to do')
})

t.test('a record in the inbox is sorted without touching its content', async (t) => {
  const patient = await hospitals.patient()
  const recordId = await writeRecord(author, patient, 'unsorted', 'inbox')
  const [before] = await listRecords(patient, patient.patientId)
  t.match(await sortRecord(patient, recordId, 'genetics'), { items: [{ category: 'genetics', epoch: 1 }] })
  t.match(await listRecords(patient, patient.patientId), [{ category: 'genetics', level: 'R', cid: before?.cid }])
  const out = join(t.testdir(), 'own')
  await getRecord(patient, { recordId, to: new FileDestination(out) })
  t.equal(await readFile(out, 'utf8'), 'unsorted')
  await t.rejects(sortRecord(patient, recordId, 'poems'), { code: 'CATEGORY_UNKNOWN' })
  await t.rejects(sortRecord(patient, '0'.repeat(32), 'genetics'), { code: 'NOT_FOUND' })
})

t.test('a frozen patient is denied to all; guardians\' freeze is not the patient\'s to end', async (t) => {
  const patient = await hospitals.patient()
  const [first, second] = await appoint(patient, device)
  const recordId = await writeRecord(author, patient, 'frozen')
  const { consentId } = await grantTo(reader, patient)
  await freezePatient(patient)
  await t.rejects(readAs(t, patient, recordId, consentId), { code: 'ACCESS_DENIED', details: { reasons: [{ rule: 'patient.frozen' }] } })
  await t.rejects(rotateKeys(patient), { code: 'PATIENT_FROZEN', exitCode: 3 })
  t.match(await readOverview(patient), { frozen: true, warnings: [/frozen/] })
  await unfreezePatient(patient)
  await t.rejects(unfreezePatient(patient), { code: 'NOT_FOUND' })
  t.equal(await readAs(t, patient, recordId), 'frozen')

  const { patientId } = patient
  const begun = await signAsGuardian(first, { type: 'Freeze', patientId })
  if (!('statement' in begun)) throw new Error('one guardian sufficed')
  t.match(begun, { signatures: 1, threshold: 2 })
  const again = await signAsGuardian(first, { type: 'Freeze', patientId, begun: JSON.stringify(begun.statement) })
  t.match(again, { signatures: 1 }, 'one guardian counts once')
  t.match(await signAsGuardian(second, { type: 'Freeze', patientId, begun: JSON.stringify(begun.statement) }), { confirmedElsewhere: true })
  await t.rejects(unfreezePatient(patient), { code: 'PATIENT_FROZEN', message: /guardians/ })
  t.match(await revokeConsent(patient, consentId), { confirmedElsewhere: true }, 'revocation goes on')
  const ending = await signAsGuardian(second, { type: 'Unfreeze', patientId })
  if (!('statement' in ending)) throw new Error('one guardian sufficed')
  await t.rejects(
    signAsGuardian(first, { type: 'Freeze', patientId, begun: JSON.stringify(ending.statement) }),
    { code: 'USAGE' },
    'another statement than was asked for'
  )
  await signAsGuardian(first, { type: 'Unfreeze', patientId, begun: JSON.stringify(ending.statement) })
  t.match(await readOverview(patient), { frozen: false })
  await t.rejects(signAsGuardian(createGuardian(device), { type: 'Freeze', patientId }), { code: 'GUARDIAN_UNKNOWN' })
})

t.test('a provisional patient is handed over: the successor reads all, old consents are dead', async (t) => {
  const keys = deriveKeyRing(generatePhrase())
  await registerPatient({
    ...hospitals.client(core),
    role: 'token',
    token: await hospitals.token(core, 'registration-desk', 'desk')
  }, keys, { custodian: 'CoreMSP' })
  const former: PatientContext = { ...hospitals.client(core), role: 'patient', patientId: patientIdOfKeys(keys), keys }
  t.match(await readDirectory(device, former.patientId), { newest: { custodian: 'CoreMSP' } })
  const recordId = await writeRecord(author, former, 'written in the emergency room')
  const { consentId } = await grantTo(reader, former)
  const successor = await hospitals.patient(regional1)
  const done = await succeedPatient(former, successor)
  t.match(done, {
    patientId: former.patientId,
    successor: successor.patientId,
    succession: { confirmedElsewhere: true },
    items: [{ recordId, category: 'summary' }]
  })
  t.match(await listRecords(successor, successor.patientId), [
    { recordId, patientId: successor.patientId, author: `${author.person.mspId}/${author.person.staffId}` }
  ])
  const out = join(t.testdir(), 'own')
  await getRecord(successor, { recordId, to: new FileDestination(out) })
  t.equal(await readFile(out, 'utf8'), 'written in the emergency room')
  await t.rejects(requestAccess(reader, { patientId: former.patientId, records: [{ recordId }], purpose: 'TREAT', consentId }), {
    name: 'ClientError'
  })
  await grantTo(reader, successor)
  t.equal(await readAs(t, successor, recordId), 'written in the emergency room')
  await t.rejects(grantConsent(former, {
    grantee: reader.person,
    categories: ['summary'],
    purposes: ['TREAT'],
    days: 1,
    fingerprint: reader.keys.receiving().publicKey().fingerprint()
  }), { code: 'PATIENT_SUCCEEDED', exitCode: 3 })
  t.match(await succeedPatient(former, successor), { items: [] }, 'done again it changes nothing')
  await t.rejects(succeedPatient(former, await hospitals.patient()), { code: 'PATIENT_SUCCEEDED' })
  t.match(await readOverview(successor), { predecessors: [former.patientId], records: [{ recordId }] })
})

t.test('a new identity key counts after its wait; everything signed before still stands', async (t) => {
  const patient = await hospitals.patient()
  const recordId = await writeRecord(author, patient, 'under the first key')
  const oldCard = (await makeCard(patient)).card
  const { consentId } = await grantTo(reader, patient)
  const proposed = await rotateKeys(patient, { identity: true })
  t.match(proposed, { identityNumber: 2, raised: [], activeFrom: Number })
  await t.rejects(activateKeys(patient), { code: 'CHANGE_PENDING', exitCode: 3 })
  t.match(await readOverview(patient), { pending: { statementId: proposed.statementId, stopped: false }, warnings: [/identity key waits/] })
  t.equal(await readAs(t, patient, recordId), 'under the first key')

  aheadMs += WEEK_MS + 60_000
  t.match(await activateKeys(patient), { version: 2, identityNumber: 2 })
  await t.rejects(listRecords(patient, patient.patientId), { code: 'IDENTITY_CHANGED', exitCode: 2 })
  const found = await findPatient(device, patient.keys)
  if (found === undefined) throw new Error('the patient is not found')
  t.match(found, { patientId: patient.patientId, identityNumber: 2 })
  t.match(await readOverview(found), { keyNumbers: { identity: 2, kfragSigning: 1 }, records: [{ recordId }], consents: [{ consentId }] })
  const { card } = await makeCard(found)
  t.equal(openCard(device, card).signers.length, 2)
  await addRecord(found, { source: bytes('by the new key'), category: 'summary', mediaClass: 'document' })
  const directory = await readDirectory(device, patient.patientId)
  t.throws(
    () => compartmentOfCard(openCard(device, oldCard), directory, 'summary'),
    { code: 'COMPARTMENT_MISMATCH' },
    'a card of the first key is void'
  )
  t.ok(compartmentOfCard(openCard(device, card), directory, 'summary'))
})

t.test('a grant made while new identity and kfrag-signing keys wait opens once they count, and convicts nobody', async (t) => {
  const patient = await hospitals.patient()
  const recordId = await writeRecord(author, patient, 'granted in between')
  await rotateKeys(patient, { identity: true, kfragSigning: true })
  const fingerprint = reader.keys.receiving(reader.keyNumber).publicKey().fingerprint()
  const { consentId, status } = await grantConsent(patient, {
    grantee: reader.person,
    categories: ['summary'],
    purposes: ['TREAT'],
    days: 30,
    fingerprint
  })
  t.equal(status, 'active')
  aheadMs += WEEK_MS + 60_000
  t.match(await activateKeys(patient), { version: 2, identityNumber: 2 })
  // Back to the readers' own day: their tokens live for minutes.
  aheadMs = 0
  const { eventId } = await requestAccess(reader, { patientId: patient.patientId, records: [{ recordId }], purpose: 'TREAT', consentId })
  t.match(await openRecord(reader, { eventId, to: new FileDestination(join(t.testdir(), 'opened')) }), {
    verified: ['CoreMSP', 'Regional1MSP', 'Regional2MSP'],
    liars: []
  })
  const seen = await reader.gateways.own.fetchCfrags(eventId, reader.token.authorize)
  const material = {
    eventId,
    recordId,
    version: 1,
    wrap: seen.wraps[0]?.wrap ?? '',
    others: [],
    answers: seen.answers
  }
  await t.rejects(makeEvidence(reader, material), { code: 'ACCUSATION_UNFOUNDED' }, 'nor does evidence judged offline')
})

t.test('hospitals put a new identity key in force once it has waited, whoever asks for it', async (t) => {
  const [patient, stopped, last] = [await hospitals.patient(), await hospitals.patient(), await hospitals.patient()]
  await rotateKeys(patient, { identity: true })
  t.equal((await readDirectory(device, patient.patientId)).newest.version, 1)
  aheadMs += WEEK_MS + 60_000
  await until(async () => (await readDirectory(device, patient.patientId)).newest.version === 2)
  t.match(await activateKeys(patient), { version: 2, identityNumber: 2 }, 'the home takes it up')
  const { statementId } = await rotateKeys(stopped, { identity: true })
  await stopRecovery(stopped, statementId)
  aheadMs += WEEK_MS + 60_000
  const due = await rotateKeys(last, { identity: true })
  aheadMs += WEEK_MS + 60_000
  await until(async () => (await readDirectory(device, due.patientId)).newest.version === 2)
  t.equal((await readDirectory(device, stopped.patientId)).newest.version, 1, 'but none that was stopped')
})

t.test('a hospital that refuses a new identity key, or only says that it counts, has the next one asked', async (t) => {
  const [patient, other] = [await hospitals.patient(), await hospitals.patient()]
  await rotateKeys(patient, { identity: true })
  const before = await readDirectory(device, patient.patientId)
  aheadMs += WEEK_MS + 60_000
  const activation = new RegExp(`^/v1/patients/${patient.patientId}/directory/activation$`)
  const asked: string[] = []
  const keepBack = ({ front, mspId }: Hospital, status: number, body: object): void => {
    front.instead = (_method, path) => {
      if (!activation.test(path)) return undefined
      asked.push(mspId)
      return { status, body }
    }
  }
  const written = { patientId: patient.patientId, version: 2, statementId: before.pending?.id, txId: '00'.repeat(32), blockNumber: 1 }
  keepBack(core, 409, { title: 'stopped', status: 409, code: 'CHANGE_STOPPED', detail: 'it was stopped' })
  if (before.pending === undefined) throw new Error('a change waits')
  t.match(await activatePending(patient, before), { directory: { newest: { version: 2 } } })
  t.strictSame(asked, ['CoreMSP'])
  keepBack(core, 201, written)
  const lied = { ...before, pending: { ...before.pending, id: '11'.repeat(32) } }
  const refusal = { code: 'STATEMENT_NOT_COMMITTED', details: { party: { mspId: 'CoreMSP' } } }
  await t.rejects(activatePending(patient, lied), refusal, 'nobody shows it')
  core.front.instead = undefined
  await rotateKeys(other, { identity: true })
  aheadMs += WEEK_MS + 60_000
  await t.rejects(listRecords(other, other.patientId), { code: 'IDENTITY_CHANGED' }, 'any command of the former key stops, too')
})

t.test('a change of the identity key that the patient stopped never counts', async (t) => {
  const patient = await hospitals.patient()
  const { statementId } = await rotateKeys(patient, { identity: true })
  await stopRecovery(patient, statementId)
  aheadMs += WEEK_MS + 60_000
  await t.rejects(activateKeys(patient), { code: 'REFUSED', details: { gatewayCode: 'CHANGE_STOPPED' } })
  t.match(await readOverview(patient), { keyNumbers: { identity: 1 }, pending: { stopped: true } })
  t.match(await rotateKeys(patient, { identity: true }), { identityNumber: 3 }, 'the next change takes another key')
})
