import t from 'tap'
import { DECISION_RULES as R, POLICY_1, REVIEW_DUE_MS } from '@epione/protocol'
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
    return (await asked.requester.ledger.requestAccess(signEmergency(world, asked))).value
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

  const { openingsPerDay, openingsPerPerson } = POLICY_1.emergency
  const first = now
  const openAll = async (by: EmergencyAsked['requester'], count: number): Promise<void> => {
    for (let i = 0; i < count; i++) {
      t.equal((await ask({ requester: by })).decision, 'permit')
      now += 1000
    }
  }
  await openAll(doctor, openingsPerPerson)
  const tooMany = { decision: 'deny', reasons: [{ rule: R.personLimit, facts: [String(openingsPerPerson)] }] }
  const denied = await ask()
  t.match(denied, tooMany, 'one person has a share, and leaves the others theirs')
  t.equal(denied.emergency?.openUntil, undefined)
  t.match((await doctor.ledger.getAccess(denied.eventId)).event, tooMany, 'which the log says')
  for (let left = openingsPerDay - openingsPerPerson; left > 0; left -= openingsPerPerson) {
    await openAll(await bindPractitioner(world, { mspId: regional, role: 'emergency' }), Math.min(left, openingsPerPerson))
  }
  const other = await bindPractitioner(world, { mspId: regional, role: 'emergency' })
  const full = { decision: 'deny', reasons: [{ rule: R.organizationLimit, facts: [String(openingsPerDay)] }] }
  t.match(await ask({ requester: other }), full, 'whoever asks there')
  now = first + 24 * HOUR_MS
  t.equal((await ask({ requester: other })).decision, 'permit', 'a day after the first')
  t.match(await ask({ requester: other }), full)
})

await t.test('a box that is dated days ahead makes none before it look old', async (t) => {
  let now = Date.now()
  const world = await createMemoryWorld({ clock: () => now })
  const [, regional] = world.members
  const author = await bindPractitioner(world)
  const patient = await publishPatient(world)
  const record = await registerRecord(world, author, patient)
  const key = await publishEmergencyKey(world, regional)
  const deposit = await activateDeposit(world, patient, key, { notAfter: now + 1000 * HOUR_MS })
  const { openingsPerDay, openingsPerPerson } = POLICY_1.emergency
  const doctors = []
  for (let i = 0; i <= openingsPerDay / openingsPerPerson; i++) {
    doctors.push(await bindPractitioner(world, { mspId: regional, role: 'emergency' }))
  }
  const ask = async (requester: EmergencyAsked['requester'] | undefined): Promise<AccessEvent> => {
    if (requester === undefined) throw new Error('a doctor is missing')
    return (await requester.ledger.requestAccess(signEmergency(world, { requester, patient, records: [record], deposit }))).value
  }
  for (let i = 0; i < openingsPerDay; i++) t.equal((await ask(doctors[Math.floor(i / openingsPerPerson)])).decision, 'permit')
  const today = now
  now += 3 * 24 * HOUR_MS
  t.equal((await ask(doctors.at(-1))).decision, 'permit', 'most members endorse a time of days ahead')
  now = today
  t.match(await ask(doctors.at(-1)), { decision: 'deny', reasons: [{ rule: R.organizationLimit }] })
})
