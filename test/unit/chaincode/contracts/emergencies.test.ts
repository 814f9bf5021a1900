import t from 'tap'
import { DECISION_RULES as R, REVIEW_DUE_MS } from '@epione/protocol'
import type { AccessEvent } from '@epione/protocol'
import { emergenciesSuite } from '../../../helpers/contract-suite/emergencies.ts'
import { activateDeposit, publishEmergencyKey, signEmergency } from '../../../helpers/emergency-fixtures.ts'
import type { EmergencyAsked } from '../../../helpers/emergency-fixtures.ts'
import { bindPractitioner, HOUR_MS, publishPatient, registerRecord, sign } from '../../../helpers/ledger-fixtures.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

await emergenciesSuite(t, await createMemoryWorld({ endorsers: 2 }))

await t.test('a box is over after its time, and an organisation opens no more than the policy says in 24 hours', async (t) => {
  let now = Date.now()
  const world = await createMemoryWorld({ clock: () => now })
  const [core, regional] = world.members
  const author = await bindPractitioner(world)
  const patient = await publishPatient(world)
  const record = await registerRecord(world, author, patient)
  const key = await publishEmergencyKey(world, regional)
  const doctor = await bindPractitioner(world, { mspId: regional, role: 'emergency' })
  const deposit = await activateDeposit(world, patient, key, { notAfter: now + 1000 * HOUR_MS })
  const ask = async (more: Partial<EmergencyAsked> = {}): Promise<AccessEvent> => {
    const asked = { requester: doctor, patient, records: [record], deposit, ...more }
    return (await doctor.ledger.requestAccess(signEmergency(world, asked))).value
  }
  const { eventId: opening, time, emergency } = await ask()
  now = time + 4 * HOUR_MS
  t.equal((await ask({ opening })).decision, 'permit', 'in its last moment')
  now += 1
  t.match(await ask({ opening }), { decision: 'deny', reasons: [{ rule: R.boxOver }] })
  t.equal(emergency?.reviewBy, time + REVIEW_DUE_MS)
  const officer = await bindPractitioner(world, { mspId: core, role: 'privacy-officer' })
  const reviewer = { mspId: core, staffId: officer.staffId }
  now = time + 2 * REVIEW_DUE_MS
  const body = { reviewer, patientId: patient.patientId, opening, finding: 'unclear' }
  await officer.ledger.reviewEmergency(sign(world, 'Review', body, officer.requestSigning))

  const first = now
  for (let i = 0; i < 24; i++) {
    t.equal((await ask()).decision, 'permit')
    now += 1000
  }
  const other = await bindPractitioner(world, { mspId: regional, role: 'emergency' })
  const asked = { requester: other, patient, records: [record], deposit }
  await t.rejects(other.ledger.requestAccess(signEmergency(world, asked)), { code: 'EMERGENCY_LIMIT' }, 'whoever asks there')
  now = first + 24 * HOUR_MS
  t.equal((await ask()).decision, 'permit', 'a day after the first')
  await t.rejects(ask(), { code: 'EMERGENCY_LIMIT' })
})
