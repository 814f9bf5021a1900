import { SecretKey, statementId } from '@epione/crypto'
import { DECISION_RULES, LEDGER_EVENTS } from '@epione/protocol'
import type { AccessEvent, Prohibition } from '@epione/protocol'
import type { Test } from 'tap'
import {
  HOUR_MS, activateConsent, bindPractitioner, publishPatient, randomHash, registerRecord, sign, signProhibition, signRequest
} from '../ledger-fixtures.ts'
import type { TestPatient } from '../ledger-fixtures.ts'
import type { LedgerWorld } from '../ledger-world.ts'
import { signFreeze, signSuccession, signUnfreeze } from '../lifetime-fixtures.ts'

/** What a patient forbids, whatever consents say. */
export async function prohibitionsSuite (t: Test, world: LedgerWorld): Promise<void> {
  const [core, regional] = world.members
  const gateway = world.gateway(regional).ledger
  const author = await bindPractitioner(world)
  const reader = await bindPractitioner(world, { mspId: regional, department: 'cardiology' })
  const patient = await publishPatient(world)
  const record = await registerRecord(world, author, patient)
  const consent = await activateConsent(world, patient, reader)
  const request = async (): Promise<AccessEvent> =>
    (await reader.ledger.requestAccess(signRequest(world, reader, patient, [record], consent.consentId))).value
  const forbid = async (forbids: Prohibition['forbids'], members: object = {}, by: TestPatient = patient): Promise<string> =>
    (await gateway.forbidAccess(signProhibition(world, by, { forbids, ...members }))).value.id
  const end = async (id: string): Promise<string> => (await gateway.forbidAccess(signProhibition(world, patient, { ends: id }))).value.id
  const inForce = async (by: TestPatient = patient): Promise<string[]> =>
    (await gateway.getStanding(by.patientId)).prohibitions.map(({ id }) => id)

  await t.test('of two prohibitions each denies alone what a consent allows, until it is ended', async (t) => {
    t.equal((await request()).decision, 'permit')
    const hospital = await forbid({ organizations: [regional] })
    const person = await forbid({ requesters: [{ mspId: regional, staffId: reader.staffId }], labels: [record.compartment.label] })
    t.strictSame(await inForce(), [hospital, person])
    const denied = await request()
    t.equal(denied.decision, 'deny')
    t.strictSame(denied.reasons, [{ rule: DECISION_RULES.patientProhibits, facts: [hospital, person].sort() }])
    await end(hospital)
    t.strictSame((await request()).reasons, [{ rule: DECISION_RULES.patientProhibits, facts: [person] }])
    await end(person)
    t.strictSame(await inForce(), [])
    t.equal((await request()).decision, 'permit')
  })

  await t.test('a prohibition holds of nothing else than it says', async (t) => {
    const ids = [
      await forbid({ organizations: [core] }),
      await forbid({ departments: [{ mspId: regional, department: 'oncology' }], purposes: ['TREAT'] }),
      await forbid({ levels: ['R', 'V'] })
    ]
    t.equal((await request()).decision, 'permit')
    const next = await forbid({ departments: [{ mspId: regional, department: 'cardiology' }] }, { ends: ids[1] })
    t.strictSame(await inForce(), [ids[0], ids[2], next], 'it took the place of the one that it names')
    t.strictSame((await request()).reasons, [{ rule: DECISION_RULES.patientProhibits, facts: [next] }])
    for (const id of await inForce()) await end(id)
  })

  await t.test('nobody but the patient forbids, and none is ended twice', async (t) => {
    const stranger = await publishPatient(world)
    const members = { patientId: patient.patientId, forbids: { levels: ['V'] } }
    await t.rejects(gateway.forbidAccess(sign(world, 'Prohibition', members, stranger.identity)), { code: 'SIGNATURE_INVALID' })
    await t.rejects(gateway.forbidAccess(sign(world, 'Prohibition', members, patient.identity, SecretKey.random())), {
      code: 'SIGNATURE_INVALID'
    })
    const unknown = { ...members, patientId: 'a'.repeat(32) }
    await t.rejects(gateway.forbidAccess(sign(world, 'Prohibition', unknown, patient.identity)), { code: 'PATIENT_UNKNOWN' })
    await t.rejects(reader.ledger.forbidAccess(signProhibition(world, patient, { forbids: { levels: ['V'] } })), { code: 'NOT_AUTHORIZED' })
    const statement = signProhibition(world, patient, { forbids: { levels: ['V'] } })
    const { value } = await gateway.forbidAccess(statement)
    t.match(value, { id: statementId(statement.body), submittedBy: regional }, LEDGER_EVENTS.prohibitionMade)
    await t.rejects(gateway.forbidAccess(statement), { code: 'STATEMENT_REPLAYED' })
    await t.rejects(gateway.forbidAccess(signProhibition(world, stranger, { ends: value.id })), { code: 'PROHIBITION_UNKNOWN' })
    await end(value.id)
    await t.rejects(end(value.id), { code: 'PROHIBITION_UNKNOWN' })
    await t.rejects(end(randomHash()), { code: 'PROHIBITION_UNKNOWN' })
    await t.rejects(forbid({ levels: ['V'] }, { notAfter: world.now() - HOUR_MS }), { code: 'PROHIBITION_INVALID' })
    await t.rejects(gateway.forbidAccess(signProhibition(world, patient, {})), { code: 'STATEMENT_INVALID' })
  })

  await t.test('a frozen patient forbids and does not allow again; a freeze and its end leave prohibitions alone', async (t) => {
    const first = await forbid({ levels: ['R'] })
    const { value: freeze } = await gateway.freezePatient(signFreeze(world, patient, patient.identity))
    const second = await forbid({ levels: ['V'] })
    await t.rejects(end(first), { code: 'PATIENT_FROZEN' })
    await t.rejects(forbid({ levels: ['N'] }, { ends: first }), { code: 'PATIENT_FROZEN' })
    t.match(await gateway.getStanding(patient.patientId), { freeze: freeze.id, prohibitions: [{ id: first }, { id: second }] })
    await gateway.unfreezePatient(signUnfreeze(world, patient, freeze.id, patient.identity))
    const { freeze: none, prohibitions } = await gateway.getStanding(patient.patientId)
    t.equal(none, undefined)
    t.strictSame(prohibitions.map(({ id }) => id), [first, second])
    await end(first)
    await end(second)
  })

  await t.test('a patient id that was handed over forbids nothing more', async (t) => {
    const [former, next] = [await publishPatient(world), await publishPatient(world)]
    await forbid({ levels: ['V'] }, {}, former)
    await gateway.succeedPatient(signSuccession(world, former, next, former.identity, next.identity))
    t.strictSame(await gateway.getStanding(former.patientId), {
      patientId: former.patientId,
      succeededBy: next.patientId,
      prohibitions: []
    })
    await t.rejects(forbid({ levels: ['V'] }, {}, former), { code: 'PATIENT_SUCCEEDED' })
    t.strictSame(await inForce(next), [])
  })
}
