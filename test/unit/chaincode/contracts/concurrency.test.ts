import t from 'tap'
import { SecretKey, statementId } from '@epione/crypto'
import { DECISION_RULES } from '@epione/protocol'
import {
  activateConsent, bindPractitioner, createConsent, directoryMembers, grantConsent, publishPatient, registerRecord,
  sign, signBinding, signCustody, signRequest, signRevocation
} from '../../../helpers/ledger-fixtures.ts'
import { publishGuardians, rewrapRecord, signFreeze, signRecovery, signSuccession, twoOf } from '../../../helpers/lifetime-fixtures.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'
import type { SignedStatement } from '@epione/protocol'

const REQUESTS = process.env['SLOW'] === '1' ? 1000 : 50

await t.test(`${REQUESTS} concurrent requests for one patient never collide`, async (t) => {
  const world = await createMemoryWorld()
  const author = await bindPractitioner(world)
  const reader = await bindPractitioner(world, { mspId: 'Regional1MSP' })
  const patient = await publishPatient(world)
  const record = await registerRecord(world, author, patient)
  const consent = await activateConsent(world, patient, reader)
  const statements = Array.from({ length: REQUESTS }, () => signRequest(world, reader, patient, [record], consent.consentId))
  const release = world.memory.hold()
  const answers = Promise.all(statements.map((s) => reader.ledger.requestAccess(s)))
  release()
  const events = await answers
  t.equal(new Set(events.map((e) => e.blockNumber)).size, 1, 'all were endorsed on one state and ordered in one block')
  t.equal(world.memory.conflicts, 0)
  t.equal(new Set(events.map((e) => e.value.eventId)).size, REQUESTS)
  t.ok(events.every((e) => e.value.decision === 'permit'))
})

await t.test('a request that races a revocation is decided again, and denied', async (t) => {
  const world = await createMemoryWorld()
  const reader = await bindPractitioner(world)
  const patient = await publishPatient(world)
  const record = await registerRecord(world, reader, patient)
  const consent = await activateConsent(world, patient, reader)
  const release = world.memory.hold()
  const revoked = world.gateway('Regional1MSP').ledger.revokeConsent(signRevocation(world, patient, consent.consentId))
  // The revocation is endorsed first, so it is ordered first; the request was decided before it committed.
  await new Promise(setImmediate)
  const requested = reader.ledger.requestAccess(signRequest(world, reader, patient, [record], consent.consentId))
  await new Promise(setImmediate)
  release()
  const [{ blockNumber: revokedIn }, { value: event, blockNumber }] = await Promise.all([revoked, requested])
  t.equal(world.memory.conflicts, 1)
  t.equal(event.decision, 'deny')
  t.strictSame(event.reasons.map((r) => r.rule), [DECISION_RULES.consentRevoked])
  t.ok(blockNumber > revokedIn)
})

await t.test('of a statement submitted twice at once, one is accepted', async (t) => {
  const world = await createMemoryWorld()
  const reader = await bindPractitioner(world)
  const patient = await publishPatient(world)
  const record = await registerRecord(world, reader, patient)
  const statement = signRequest(world, reader, patient, [record])
  const outcomes = await Promise.allSettled([reader.ledger.requestAccess(statement), reader.ledger.requestAccess(statement)])
  t.strictSame(outcomes.map((o) => o.status).sort(), ['fulfilled', 'rejected'])
  t.match(outcomes.find((o) => o.status === 'rejected'), { reason: { code: 'STATEMENT_REPLAYED' } })
  t.equal((await world.gateway('CoreMSP').ledger.listAccessByPatient(patient.patientId)).items.length, 1)
})

await t.test('a consent that races its own revocation does not come to life', async (t) => {
  const world = await createMemoryWorld()
  const reader = await bindPractitioner(world)
  const patient = await publishPatient(world)
  const statement = sign(world, 'Consent', createConsent(world, patient, reader).members, patient.identity)
  const gateway = world.gateway('CoreMSP').ledger
  const release = world.memory.hold()
  const revoked = gateway.revokeConsent(signRevocation(world, patient, statementId(statement.body)))
  await new Promise(setImmediate)
  const granted = gateway.grantConsent(statement)
  await new Promise(setImmediate)
  release()
  await revoked
  await t.rejects(granted, { code: 'CONSENT_ENDED' })
})

await t.test('of two bindings at once, one counts', async (t) => {
  const world = await createMemoryWorld()
  const person = await bindPractitioner(world)
  const next = (): typeof person => ({ ...person, receiving: SecretKey.random(), requestSigning: SecretKey.random() })
  const outcomes = await Promise.allSettled([next(), next()].map((p) => p.ledger.bindKeys(signBinding(world, p, 2, person.requestSigning))))
  t.match(outcomes.find((o) => o.status === 'rejected'), { reason: { code: 'BINDING_CONFLICT' } })
  t.equal((await world.gateway('CoreMSP').ledger.getBinding(person.mspId, person.staffId)).versions.length, 2)
})

await t.test('custody confirmations of all proxies at once do not collide', async (t) => {
  const world = await createMemoryWorld()
  const reader = await bindPractitioner(world)
  const patient = await publishPatient(world)
  const consent = await grantConsent(world, patient, reader)
  const release = world.memory.hold()
  const confirmed = Promise.all(world.members.map((m) => world.gateway(m).ledger.confirmCustody(signCustody(world, consent, m))))
  release()
  await confirmed
  t.equal(world.memory.conflicts, 0)
})

await t.test('requests collide neither with a rotation nor with new guardians or a recovery of their patient', async (t) => {
  const world = await createMemoryWorld()
  const reader = await bindPractitioner(world)
  const patient = await publishPatient(world)
  const guardians = await publishGuardians(world, patient)
  const record = await registerRecord(world, reader, patient)
  const consent = await activateConsent(world, patient, reader)
  const gateway = world.gateway('CoreMSP').ledger
  const changes: [string, () => Promise<unknown>][] = [
    [
      'rotation',
      () =>
        gateway.publishDirectory(
          sign(world, 'KeyDirectory', { ...directoryMembers(patient), version: 2, previous: patient.directoryId }, patient.identity)
        )
    ],
    ['recovery', () => gateway.requestRecovery(signRecovery(world, patient, 1, ...twoOf(guardians)))],
    ['guardians', () => publishGuardians(world, patient, guardians)]
  ]
  for (const [what, change] of changes) {
    const release = world.memory.hold()
    const changed = change()
    await new Promise(setImmediate)
    const requests = Promise.all(
      [0, 1, 2].map(() => reader.ledger.requestAccess(signRequest(world, reader, patient, [record], consent.consentId)))
    )
    await new Promise(setImmediate)
    release()
    await changed
    t.ok((await requests).every((e) => e.value.decision === 'permit'), what)
  }
  t.equal(world.memory.conflicts, 0)
})

await t.test('a request that races a freeze, a hand-over or a rewrap is decided again', async (t) => {
  for (const race of ['freeze', 'hand-over', 'rewrap'] as const) {
    const world = await createMemoryWorld()
    const reader = await bindPractitioner(world)
    const [patient, successor] = [await publishPatient(world), await publishPatient(world)]
    const record = await registerRecord(world, reader, patient)
    const consent = await activateConsent(world, patient, reader)
    const gateway = world.gateway('CoreMSP').ledger
    const release = world.memory.hold()
    const changed = {
      freeze: () => gateway.freezePatient(signFreeze(world, patient, patient.identity)),
      'hand-over': () => gateway.succeedPatient(signSuccession(world, patient, successor, patient.identity, successor.identity)),
      rewrap: () => rewrapRecord(world, patient, record, patient.compartments[1])
    }[race]()
    await new Promise(setImmediate)
    const requested = reader.ledger.requestAccess(signRequest(world, reader, patient, [record], consent.consentId))
    await new Promise(setImmediate)
    release()
    await changed
    t.equal((await requested).value.decision, 'deny', race)
    t.equal(world.memory.conflicts, 1, race)
  }
})

await t.test('of two changes of key, two issues of guardians or two rewraps at once, one counts', async (t) => {
  const world = await createMemoryWorld()
  const reader = await bindPractitioner(world)
  const patient = await publishPatient(world)
  const record = await registerRecord(world, reader, patient)
  const gateway = world.gateway('CoreMSP').ledger
  const change = (): SignedStatement => {
    const next = SecretKey.random()
    return sign(
      world,
      'KeyDirectory',
      { ...directoryMembers(patient), version: 2, previous: patient.directoryId, identityKey: next.publicKey().toHex() },
      patient.identity,
      next
    )
  }
  const cases: [string, () => Promise<unknown>][] = [
    ['CHANGE_PENDING', () => gateway.publishDirectory(change())],
    ['GUARDIANS_CONFLICT', () => publishGuardians(world, patient)],
    ['REWRAP_CONFLICT', () => rewrapRecord(world, patient, record, patient.compartments[1])]
  ]
  for (const [code, act] of cases) {
    const outcomes = await Promise.allSettled([act(), act()])
    t.strictSame(outcomes.map((o) => o.status).sort(), ['fulfilled', 'rejected'], code)
    t.match(outcomes.find((o) => o.status === 'rejected'), { reason: { code } })
  }
})
