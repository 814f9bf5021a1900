import t from 'tap'
import { DECISION_RULES } from '@epione/protocol'
import { accessBatchSuite } from '../../../helpers/contract-suite/access-batches.ts'
import { activateConsent, bindPractitioner, publishPatient, registerRecord, signRequest, signRevocation } from '../../../helpers/ledger-fixtures.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

// Two endorsers, so that a contract that is not deterministic fails here already.
await accessBatchSuite(t, await createMemoryWorld({ endorsers: 2 }))

await t.test('a batch that races a revocation is decided again as a whole, and that one is denied', async (t) => {
  const world = await createMemoryWorld()
  const reader = await bindPractitioner(world)
  const ward = await Promise.all([0, 1, 2].map(async () => {
    const patient = await publishPatient(world)
    const record = await registerRecord(world, reader, patient)
    return { patient, record, consent: await activateConsent(world, patient, reader) }
  }))
  const [, raced] = ward
  if (raced === undefined) throw new Error('three patients')
  const release = world.memory.hold()
  const revoked = world.gateway('Regional1MSP').ledger.revokeConsent(signRevocation(world, raced.patient, raced.consent.consentId))
  await new Promise(setImmediate)
  const requested = reader.ledger.requestAccessOfAll(
    ward.map(({ patient, record, consent }) => signRequest(world, reader, patient, [record], consent.consentId))
  )
  await new Promise(setImmediate)
  release()
  await revoked
  const { value: { items } } = await requested
  t.equal(world.memory.conflicts, 1)
  t.strictSame(items.map((item) => 'event' in item && item.event.decision), ['permit', 'deny', 'permit'])
  t.match(items[1], { event: { reasons: [{ rule: DECISION_RULES.consentRevoked }] } })
})

await t.test('a batch asks the peer once for what its requests share', async (t) => {
  const world = await createMemoryWorld()
  const reader = await bindPractitioner(world)
  const patients = await Promise.all(Array.from({ length: 8 }, () => publishPatient(world)))
  const asked = await Promise.all(patients.map(async (patient) => {
    return signRequest(world, reader, patient, [await registerRecord(world, reader, patient)])
  }))
  const [first, ...others] = asked
  if (first === undefined) throw new Error('eight requests')
  const before = world.memory.stateCalls
  await reader.ledger.requestAccess(first)
  const single = world.memory.stateCalls - before
  await reader.ledger.requestAccessOfAll(others)
  const perEntry = (world.memory.stateCalls - before - single) / others.length
  t.ok(perEntry < single, `${perEntry} calls of an entry, ${single} of one alone`)
})
