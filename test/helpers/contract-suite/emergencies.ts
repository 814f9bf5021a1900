import { SecretKey } from '@epione/crypto'
import { DECISION_RULES as R, LEDGER_EVENTS, REVIEW_DUE_MS } from '@epione/protocol'
import type { AccessEvent } from '@epione/protocol'
import type { Test } from 'tap'
import {
  activateDeposit, depositMembers, publishEmergencyKey, signEmergency, signEmergencyKeys
} from '../emergency-fixtures.ts'
import type { EmergencyAsked } from '../emergency-fixtures.ts'
import {
  bindPractitioner, createConsent, HOUR_MS, keyHex, publishPatient, randomHash, registerRecord, sign, signProhibition, signRequest
} from '../ledger-fixtures.ts'
import type { TestPatient } from '../ledger-fixtures.ts'
import type { LedgerWorld } from '../ledger-world.ts'
import { signFreeze } from '../lifetime-fixtures.ts'

const ruleNames = ({ reasons }: AccessEvent): string[] => reasons.map(({ rule }) => rule)

/** Break-glass on the ledger: keys, deposits, boxes, their closing and review, and every misuse that it refuses. */
export async function emergenciesSuite (t: Test, world: LedgerWorld): Promise<void> {
  const [core, regional, other] = world.members
  const gateway = world.gateway(core).ledger
  const author = await bindPractitioner(world)
  const patient = await publishPatient(world)
  const record = await registerRecord(world, author, patient)
  const secret = await registerRecord(world, author, patient, patient.compartments[1])
  const key = await publishEmergencyKey(world, regional)
  const doctor = await bindPractitioner(world, { mspId: regional, role: 'emergency', department: 'emergency-room' })
  const colleague = await bindPractitioner(world, { mspId: regional, role: 'nurse' })
  const officer = await bindPractitioner(world, { mspId: core, role: 'privacy-officer' })
  const deposit = await activateDeposit(world, patient, key)
  const ask = async (asked: Partial<EmergencyAsked> = {}): Promise<AccessEvent> => {
    const whole = { requester: doctor, patient, records: [record], deposit, ...asked }
    return (await whole.requester.ledger.requestAccess(signEmergency(world, whole))).value
  }
  const person = { mspId: regional, staffId: doctor.staffId }
  const close = async (opening: string, by = doctor, members: object = {}): Promise<string> => {
    const body = { requester: { mspId: by.mspId, staffId: by.staffId }, patientId: patient.patientId, opening, ...members }
    return (await by.ledger.closeEmergency(sign(world, 'EmergencyClose', body, by.requestSigning))).value.id
  }
  const review = async (opening: string, by = officer, members: object = {}): Promise<string> => {
    const reviewer = { mspId: by.mspId, staffId: by.staffId }
    const body = { reviewer, patientId: patient.patientId, opening, finding: 'justified', ...members }
    return (await by.ledger.reviewEmergency(sign(world, 'Review', body, by.requestSigning))).value.id
  }

  await t.test('an emergency key is its admin\'s alone to publish, each version after the one before', async (t) => {
    const next = { mspId: regional, version: key.version + 1, previous: key.statementId, emergencyKey: keyHex(SecretKey.random()) }
    const publish = async (members: object, by?: string): Promise<unknown> =>
      await gateway.publishEmergencyKeys(signEmergencyKeys(world, { ...next, ...members }, by))
    await t.rejects(publish({}, core), { code: 'SIGNATURE_INVALID' }, 'by the admin of another hospital')
    await t.rejects(publish({ mspId: 'StrangerMSP' }, core), { code: 'SIGNATURE_INVALID' })
    await t.rejects(publish({ version: 1, previous: undefined }), { code: 'EMERGENCY_KEY_CONFLICT' }, 'the first once more')
    await t.rejects(publish({ version: key.version + 2 }), { code: 'EMERGENCY_KEY_CONFLICT' }, 'one left out')
    await t.rejects(publish({ previous: randomHash() }), { code: 'EMERGENCY_KEY_CONFLICT' }, 'after another')
    await t.rejects(publish({ emergencyKey: keyHex(key.secret) }), { code: 'EMERGENCY_KEY_CONFLICT' }, 'the same key')
    await t.rejects(publish({ emergencyKey: `02${'f'.repeat(64)}` }), { code: 'STATEMENT_INVALID' }, 'no point')
    const approval = signEmergencyKeys(world, { ...next, type: 'NetworkApproval' as never })
    await t.rejects(gateway.publishEmergencyKeys(approval), { code: 'STATEMENT_INVALID' }, 'another statement')
    const published = { id: key.statementId, submittedBy: regional }
    t.match(await gateway.getEmergencyKeys(regional), published, LEDGER_EVENTS.organizationKeysPublished)
    await t.rejects(gateway.getEmergencyKeys('StrangerMSP'), { code: 'EMERGENCY_KEY_UNKNOWN' })
  })

  await t.test('a deposit is for the newest emergency key, and a majority of all members opens it', async (t) => {
    const holder = { ...doctor, receiving: key.secret }
    const grant = async (members: object): Promise<unknown> => {
      const consent = createConsent(world, patient, holder, { ...depositMembers(key), ...members })
      return await gateway.grantConsent(sign(world, 'Consent', consent.members, patient.identity))
    }
    const grantee = { kind: 'organization', mspId: regional, keyVersion: key.version, receivingKey: keyHex(key.secret) }
    await t.rejects(grant({ grantee: { ...grantee, keyVersion: key.version + 1 } }), { code: 'CONSENT_OUTDATED' })
    await t.rejects(grant({ grantee: { ...grantee, receivingKey: keyHex(SecretKey.random()) } }), { code: 'CONSENT_OUTDATED' })
    await t.rejects(grant({ grantee: { ...grantee, mspId: 'StrangerMSP' } }), { code: 'CONSENT_INVALID' }, 'no member of the network')
    await t.rejects(grant({ threshold: 1 }), { code: 'CONSENT_INVALID' })
    await t.rejects(grant({ emergency: false }), { code: 'STATEMENT_INVALID' }, 'an organisation is granted emergencies alone')
    await t.rejects(grant({ purposes: ['BTG', 'TREAT'] }), { code: 'STATEMENT_INVALID' })
    const listed = await gateway.listConsentsByGrantee(regional, '*', { patientId: patient.patientId })
    t.strictSame(listed.items.map(({ consent }) => consent.id), [deposit.consentId])
    t.strictSame((await gateway.listConsentsByGrantee(other, '*', { patientId: patient.patientId })).items, [])
  })

  await t.test('the first request opens a box of one person and one patient; further ones name it, and each is its own event', async (t) => {
    const opened = await ask()
    t.match(opened, { decision: 'permit', purpose: 'BTG', emergency: { reason: 'cannot-consent' } })
    t.strictSame(ruleNames(opened), [R.roleMayAct, R.emergencyOpens, R.consentGrants])
    t.strictSame(opened.emergency, { reason: 'cannot-consent', openUntil: opened.time + 4 * HOUR_MS, reviewBy: opened.time + REVIEW_DUE_MS })
    const { eventId: opening } = opened
    const again = await ask({ opening, reason: 'threat-to-life' })
    t.match(again, { decision: 'permit', emergency: { opening, reason: 'threat-to-life' } })
    t.equal(again.emergency?.openUntil, undefined, 'no second box')
    t.strictSame(ruleNames(again), [R.roleMayAct, R.emergencyWithin, R.consentGrants])
    t.match(await gateway.getEmergency(opening), { opening: { eventId: opening } })
    const within = { code: 'EMERGENCY_UNKNOWN', message: /opened no box/ }
    await t.rejects(gateway.getEmergency(again.eventId), within, 'a request within a box is none')
    t.strictSame(ruleNames(await ask({ opening: again.eventId })), [R.boxUnknown])
    t.strictSame(ruleNames(await ask({ opening: `${patient.patientId}.1790000000000.${'00'.repeat(32)}` })), [R.boxUnknown])
    const twin = await bindPractitioner(world, { mspId: regional, role: 'emergency' })
    t.strictSame(ruleNames(await ask({ requester: twin, opening })), [R.boxOfAnother], 'each opens their own')
    const stranger = await publishPatient(world)
    const theirs = await registerRecord(world, author, stranger)
    const theirDeposit = await activateDeposit(world, stranger, key)
    t.strictSame(ruleNames(await ask({ patient: stranger, records: [theirs], deposit: theirDeposit, opening })), [R.boxOfAnother])

    await t.rejects(close(opening, twin), { code: 'NOT_AUTHORIZED' })
    await t.rejects(close(opening, doctor, { requester: { ...person, staffId: twin.staffId } }), { code: 'NOT_AUTHORIZED' })
    await t.rejects(close(opening, doctor, { patientId: stranger.patientId }), { code: 'EMERGENCY_UNKNOWN' })
    await t.rejects(close(again.eventId), { code: 'EMERGENCY_UNKNOWN' })
    await t.rejects(close(`${patient.patientId}.1790000000000.${'00'.repeat(32)}`), { code: 'EVENT_UNKNOWN' })
    await t.rejects(review(opening), { code: 'EMERGENCY_OPEN' }, 'what still goes on')
    const closing = await close(opening)
    t.equal(await close(opening), closing, 'the first closing stays')
    t.strictSame(ruleNames(await ask({ opening })), [R.boxClosed])

    const own = await bindPractitioner(world, { mspId: regional, role: 'privacy-officer' })
    await t.rejects(review(opening, own), { code: 'NOT_AUTHORIZED', message: /another organisation/ }, 'by the own organisation')
    const nobody = await bindPractitioner(world, { mspId: core, role: 'physician' })
    await t.rejects(review(opening, nobody), { code: 'NOT_AUTHORIZED', message: /privacy-officer/ }, 'without the role')
    await t.rejects(review(opening, officer, { patientId: stranger.patientId }), { code: 'EMERGENCY_UNKNOWN' })
    await t.rejects(review(opening, { ...officer, requestSigning: SecretKey.random() }), { code: 'SIGNATURE_INVALID' })
    const reviewed = await review(opening)
    await t.rejects(review(opening, officer, { finding: 'unjustified' }), { code: 'REVIEW_CONFLICT' }, 'twice')
    t.match(await gateway.getEmergency(opening), { close: { id: closing }, review: { id: reviewed } })
  })

  await t.test('without a reason, the role, a deposit or the key of it nothing opens', async (t) => {
    const without = async (members: object): Promise<unknown> => await ask({ members })
    await t.rejects(without({ emergency: undefined }), { code: 'STATEMENT_INVALID' }, 'no emergency')
    await t.rejects(without({ emergency: {} }), { code: 'STATEMENT_INVALID' }, 'no reason')
    await t.rejects(without({ emergency: { reason: 'curiosity' } }), { code: 'STATEMENT_INVALID' })
    await t.rejects(without({ purpose: 'TREAT' }), { code: 'STATEMENT_INVALID' })
    const batch = [signEmergency(world, { requester: doctor, patient, records: [record], deposit })]
    await t.rejects(doctor.ledger.requestAccessOfAll(batch), { code: 'BATCH_REFUSED', message: /EMERGENCY_ALONE/ }, 'among others')
    const physician = await bindPractitioner(world, { mspId: regional, role: 'physician' })
    t.strictSame(ruleNames(await ask({ requester: physician })), [R.roleMayNotAct])
    const elsewhere = await bindPractitioner(world, { mspId: other, role: 'emergency' })
    t.strictSame(ruleNames(await ask({ requester: elsewhere })), [R.granteeMismatch], 'another hospital\'s deposit')
    t.strictSame(ruleNames(await ask({ members: { consentId: undefined } })), [R.noConsent])
    t.strictSame(ruleNames(await ask({ members: { receivingKey: keyHex(doctor.receiving) } })), [R.receivingKeyMismatch])
    const treat = signRequest(world, doctor, patient, [record], deposit.consentId)
    t.strictSame(ruleNames((await doctor.ledger.requestAccess(treat)).value), [R.purposeNotGranted, R.receivingKeyMismatch].toReversed())
  })

  await t.test('level V opens where the patient ticked it, and to two people of the hospital alone', async (t) => {
    const [first, second] = patient.compartments
    const turned: TestPatient = { ...patient, compartments: [second, first] }
    const unticked = await activateDeposit(world, turned, key)
    const ticked = await activateDeposit(world, turned, key, { grade: 'advanced', levels: ['N', 'V'] })
    const wanted = { records: [secret], second: colleague }
    t.strictSame(ruleNames(await ask({ ...wanted, deposit: unticked })), [R.levelNotGranted])
    t.strictSame(ruleNames(await ask({ records: [secret], deposit: ticked })), [R.secondMissing])
    t.strictSame(ruleNames(await ask({ ...wanted, second: doctor, deposit: ticked })), [R.secondIsRequester])
    const opened = await ask({ ...wanted, deposit: ticked })
    t.match(opened, { decision: 'permit', emergency: { second: colleague.staffId, secondRole: 'nurse' } })
    t.strictSame(ruleNames(await ask({ records: [secret], deposit: ticked, opening: opened.eventId })), [R.secondMissing], 'each time')

    const named = async (second: string): Promise<unknown> =>
      await ask({ ...wanted, deposit: ticked, members: { emergency: { reason: 'covering', second } } })
    await t.rejects(named('staff-nobody'), { code: 'BINDING_MISSING' })
    const foreign = await bindPractitioner(world, { mspId: core, role: 'physician' })
    await t.rejects(ask({ ...wanted, deposit: ticked, second: foreign }), { code: /BINDING_MISSING/ }, 'of another organisation')
    const silent = await bindPractitioner(world, { mspId: regional })
    await t.rejects(named(silent.staffId), { code: 'BINDING_MISMATCH' }, 'who did not sign')
    const alone = { members: { emergency: { reason: 'covering' } } }
    await t.rejects(ask({ ...wanted, deposit: ticked, ...alone }), { code: 'BINDING_MISMATCH' }, 'who signed unnamed')
    const ended = await bindPractitioner(world, { mspId: regional })
    await world.registrar(regional).ledger.suspendStaff({ staffId: ended.staffId, target: { kind: 'person' }, cause: 'left' })
    await t.rejects(ask({ ...wanted, deposit: ticked, second: ended }), { code: 'SUSPENDED' })
  })

  await t.test('the patient switches it off for one hospital and on again, and a freeze stops it, too', async (t) => {
    const { value: { id } } = await gateway.forbidAccess(
      signProhibition(world, patient, { forbids: { organizations: [regional], purposes: ['BTG'] } }))
    t.match(await ask(), { decision: 'deny', reasons: [{ rule: R.patientProhibits, facts: [id] }] })
    await gateway.forbidAccess(signProhibition(world, patient, { ends: id }))
    const { eventId } = await ask()
    await gateway.freezePatient(signFreeze(world, patient, patient.identity))
    t.strictSame(ruleNames(await ask({ opening: eventId })), [R.patientFrozen])
  })
}
