import t from 'tap'
import { SecretKey, deriveKeyRing, toHex, randomBytes } from '@epione/crypto'
import {
  approveRecovery, finishRecovery, findPatient, getRecord, readSafety, rotateKeys, setGuardians, stopInPerson,
  stopRecovery, submitRecovery
} from '@epione/sdk'
import { createGuardian, keysFor, appoint, approvedBy, begin, submitted } from '../../helpers/client/guardians.ts'
import { about } from '../../helpers/client/front.ts'
import { Hospitals, writeRecord } from '../../helpers/client/hospitals.ts'
import { FileDestination } from '@epione/cli'

const WEEK_MS = 7 * 24 * 60 * 60 * 1000

/** How far all clocks are ahead: waiting periods pass at once. */
let aheadMs = 0
const hospitals = await Hospitals.open(t, { clock: () => Date.now() + aheadMs })
const { core, regional1, regional2 } = hospitals
const device = hospitals.client(regional1)

t.afterEach(() => { aheadMs = 0; for (const { front } of hospitals.all) front.lies = [] })

t.test('a lost phrase comes back after the wait, with enough guardians; then nothing old counts', async (t) => {
  const patient = await hospitals.patient()
  const guardians = await appoint(patient, device)
  const [first, second, third] = guardians
  t.match(await readSafety(device, patient.patientId), { guardians: { body: { issue: 1, threshold: 2 } }, recoveries: [] })
  const recovery = await submitted(device, patient.patientId, [first, third])
  t.ok((recovery.on.availableFrom ?? 0) > Date.now() + aheadMs + WEEK_MS - 120_000)
  await t.rejects(finishRecovery(device, recovery), {
    code: 'RECOVERY_PENDING',
    exitCode: 3,
    details: { availableFrom: recovery.on.availableFrom }
  })
  aheadMs += WEEK_MS + 60_000
  const { phrase, warnings } = await finishRecovery(device, recovery)
  t.same(warnings, [])
  t.equal(phrase, patient.phrase)
  const found = await findPatient(device, deriveKeyRing(phrase))
  if (found === undefined) throw new Error('the patient is not found')
  t.equal((await rotateKeys(found)).raised.length, 11)
  t.match(await setGuardians(found, phrase, { threshold: 2, guardians: keysFor([second, third, createGuardian(device)], found) }), {
    issue: 2,
    keptBy: ['CoreMSP', 'Regional1MSP', 'Regional2MSP']
  })
  await t.rejects(finishRecovery(device, recovery), { code: 'RECOVERY_OUTDATED', exitCode: 3 }, 'a request of the older issue')
  await t.rejects(approveRecovery(second, recovery.request, { fingerprint: '' }), { code: 'RECOVERY_OUTDATED' })
  await t.rejects(
    approvedBy(await begin(device, patient.patientId), [first]),
    { code: 'GUARDIAN_UNKNOWN', exitCode: 3 },
    'who guards no more'
  )
})

t.test('too few guardians, one of them twice, and strangers do not suffice', async (t) => {
  const patient = await hospitals.patient()
  const [first] = await appoint(patient, device)
  const one = await approvedBy(await begin(device, patient.patientId), [first, first])
  await t.rejects(submitRecovery(device, one), { code: 'SHARES_TOO_FEW', exitCode: 3, details: { threshold: 2, approvals: 1 } })
  await t.rejects(approvedBy(await begin(device, patient.patientId), [createGuardian(device)]), { code: 'GUARDIAN_UNKNOWN' })
  const without = await hospitals.patient()
  await t.rejects(begin(device, without.patientId), { code: 'GUARDIAN_UNKNOWN' })
})

t.test('a guardian gives the share only to the device whose fingerprint was read', async (t) => {
  const patient = await hospitals.patient()
  const [first] = await appoint(patient, device)
  const { request, fingerprint } = await begin(device, patient.patientId)
  await t.rejects(approveRecovery(first, request, { fingerprint: SecretKey.random().publicKey().fingerprint() }), {
    code: 'FINGERPRINT_MISMATCH',
    exitCode: 2
  })
  await t.rejects(approveRecovery(first, request, {}), { code: 'FINGERPRINT_REQUIRED', exitCode: 2, details: { fingerprint } })
  await t.rejects(approveRecovery(first, request, { approve: () => Promise.resolve(false) }), { code: 'DECLINED' })
})

t.test('a share that was changed or sealed to another device is refused before anything is submitted', async (t) => {
  const patient = await hospitals.patient()
  const guardians = await appoint(patient, device)
  const recovery = await approvedBy(await begin(device, patient.patientId), guardians)
  const changed = recovery.approvals.map((a, i) =>
    i === 0 ? { ...a, share: a.share.replace(/..$/, (last) => last === '00' ? '01' : '00') } : a)
  await t.rejects(submitRecovery(device, { ...recovery, approvals: changed }), {
    code: 'SHARE_INVALID',
    exitCode: 4,
    details: { guardian: 1 }
  })
  await t.rejects(submitRecovery(device, { ...recovery, secret: SecretKey.random() }), { code: 'SHARE_INVALID' })
  const twice = recovery.approvals.map((a) => ({ ...a, share: recovery.approvals[0]?.share ?? '' }))
  await t.rejects(
    submitRecovery(device, { ...recovery, approvals: twice }),
    { code: 'SHARES_TOO_FEW', exitCode: 3 },
    'one share beside the signatures of several'
  )
  const other = await begin(device, patient.patientId)
  await t.rejects(
    submitRecovery(device, { ...other, approvals: recovery.approvals }),
    { code: 'USAGE', exitCode: 2 },
    'approvals of another request'
  )
})

t.test('a stopped recovery gives nothing back: by the patient, in advance, or in person', async (t) => {
  const patient = await hospitals.patient()
  const [first, second] = await appoint(patient, device)
  const stopped = await submitted(device, patient.patientId, [first, second])
  t.match(await stopRecovery(patient, stopped.request.id), { confirmedElsewhere: true })
  const early = await approvedBy(await begin(device, patient.patientId), [first, second])
  await stopRecovery(patient, early.request.id)
  await t.rejects(submitRecovery(device, early), { code: 'RECOVERY_STOPPED', exitCode: 3 })
  const inPerson = await submitted(device, patient.patientId, [first, second])
  const desk = { ...hospitals.client(core), token: await hospitals.token(core, 'registration-desk', 'desk') }
  await stopInPerson(desk, patient.patientId, inPerson.request.id)
  aheadMs += WEEK_MS + 60_000
  for (const recovery of [stopped, inPerson]) await t.rejects(finishRecovery(device, recovery), { code: 'RECOVERY_STOPPED', exitCode: 3 })
})

t.test('a hospital that hands out another backup is named and passed over, and refused when no other has the right one', async (t) => {
  const patient = await hospitals.patient()
  const [first, second] = await appoint(patient, device)
  const recovery = await submitted(device, patient.patientId, [first, second])
  aheadMs += WEEK_MS + 60_000
  const false_ = about('GET', /\/backup$/, (body: { issue: number }) => ({ ...body, backup: toHex(randomBytes(97)) }))
  regional1.front.lies = [false_]
  const { phrase, warnings } = await finishRecovery(device, recovery)
  t.equal(phrase, patient.phrase)
  t.match(warnings, [/backup/])
  for (const { front } of hospitals.all) front.lies = [false_]
  await t.rejects(finishRecovery(device, recovery), {
    code: 'BACKUP_INVALID',
    exitCode: 4,
    details: { party: { kind: 'gateway', mspId: 'Regional1MSP' } }
  })
})

t.test('a hospital that hands out other bytes as a guardian\'s share is named and passed over', async (t) => {
  const patient = await hospitals.patient()
  const [first] = await appoint(patient, device)
  const { request, fingerprint } = await begin(device, patient.patientId)
  const false_ = about('GET', /\/shares\/0$/, (body: { issue: number }) => ({ ...body, sealed: toHex(randomBytes(87)) }))
  regional1.front.lies = [false_]
  t.match(await approveRecovery(first, request, { fingerprint }), {
    approval: { index: 0 },
    warnings: [/^Regional1MSP hands out another share of guardian 1/]
  })
  for (const { front } of hospitals.all) front.lies = [false_]
  await t.rejects(approveRecovery(first, request, { fingerprint }), {
    code: 'SHARE_INVALID',
    exitCode: 4,
    details: { party: { kind: 'gateway', mspId: 'Regional1MSP' } }
  })
})

t.test('guardians whom the patient did not name are refused, whoever shows them', async (t) => {
  const [patient, other] = [await hospitals.patient(), await hospitals.patient()]
  await appoint(patient, device)
  await appoint(other, device)
  const foreign = await device.gateways.own.lifetime.getSafety(other.patientId)
  for (const { front } of [
    core, regional1, regional2
  ]) front.lies = [about('GET', /\/recovery$/, (body: object) => ({ ...body, guardians: foreign.guardians }))]
  await t.rejects(readSafety(device, patient.patientId), { code: 'SAFETY_INVALID', exitCode: 4 })
})

t.test('guardians of wrong number, named twice or for somebody else are refused before anything is made', async (t) => {
  const [patient, other] = [await hospitals.patient(), await hospitals.patient()]
  const guardians = [createGuardian(device), createGuardian(device)]
  const set = (
    threshold: number,
    files: Parameters<typeof setGuardians>[2]['guardians']
  ): Promise<unknown> => setGuardians(patient, patient.phrase, { threshold, guardians: files })
  const keys = keysFor(guardians, patient)
  await t.rejects(set(1, keys), { code: 'USAGE', message: /at least/ })
  await t.rejects(set(3, keys), { code: 'USAGE' })
  await t.rejects(set(2, [...keys, ...keys]), { code: 'USAGE', message: /once/ })
  await t.rejects(set(2, keysFor(guardians, other)), { code: 'USAGE', message: /for patient/ })
})

t.test('records from before a recovery still open with the recovered phrase', async (t) => {
  const patient = await hospitals.patient()
  const author = await hospitals.physician(core)
  const recordId = await writeRecord(author, patient, 'from before')
  await rotateKeys(patient)
  const found = await findPatient(device, deriveKeyRing(patient.phrase))
  if (found === undefined) throw new Error('the patient is not found')
  t.match(await getRecord(found, { recordId, to: new FileDestination(`${t.testdir()}/opened`) }), { opened: { sizeBytes: 11 } })
})
