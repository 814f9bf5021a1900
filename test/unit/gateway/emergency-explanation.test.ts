import t from 'tap'
import { DECISION_RULES as R } from '@epione/protocol'
import type { AccessEvent } from '@epione/protocol'
import type { AccessExplanation } from '@epione/protocol/api'
import { activateDeposit, publishEmergencyKey, signEmergency } from '../../helpers/emergency-fixtures.ts'
import type { EmergencyAsked } from '../../helpers/emergency-fixtures.ts'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import { bindPractitioner, HOUR_MS, publishPatient, registerRecord, sign } from '../../helpers/ledger-fixtures.ts'

let now = Date.now()
const consortium = await createConsortium(t, { clock: () => now })
const gateway = await buildGateway(t, { consortium })
const { world } = consortium
const patient = await publishPatient(world)
const record = await registerRecord(world, await bindPractitioner(world), patient)
const key = await publishEmergencyKey(world, 'Regional1MSP')
const doctor = await bindPractitioner(world, { mspId: 'Regional1MSP', role: 'emergency' })
const twin = await bindPractitioner(world, { mspId: 'Regional1MSP', role: 'emergency' })
const deposit = await activateDeposit(world, patient, key)

async function ask (more: Partial<EmergencyAsked> = {}): Promise<AccessEvent> {
  const asked = { requester: doctor, patient, records: [record], deposit, ...more }
  return (await asked.requester.ledger.requestAccess(signEmergency(world, asked))).value
}

await t.test('an event within a box is explained by the box as it was then', async (t) => {
  const explain = async ({ eventId }: AccessEvent): Promise<AccessExplanation> => {
    const authorization = `Bearer ${await gateway.token('auditor-wide', 'user/AuditEvent.rs')}`
    const response = await gateway.app.inject({ method: 'GET', url: `/v1/access-events/${eventId}/explanation`, headers: { authorization } })
    t.equal(response.statusCode, 200, response.body)
    return response.json<AccessExplanation>()
  }
  const opened = await ask()
  const { eventId: opening } = opened
  const within = await ask({ opening })
  const events: Array<[AccessEvent, string]> = [
    [opened, R.emergencyOpens],
    [within, R.emergencyWithin],
    [await ask({ opening, requester: twin }), R.boxOfAnother],
    [await ask({ opening: within.eventId }), R.boxUnknown],
    [await ask({ opening: `${patient.patientId}.1790000000000.${'00'.repeat(32)}` }), R.boxUnknown]
  ]
  const requester = { mspId: doctor.mspId, staffId: doctor.staffId }
  await doctor.ledger.closeEmergency(sign(world, 'EmergencyClose', { requester, patientId: patient.patientId, opening }, doctor.requestSigning))
  events.push([await ask({ opening }), R.boxClosed])
  const late = await ask()
  const present = now
  now += 4 * HOUR_MS + 1
  events.push([await ask({ opening: late.eventId }), R.boxOver])
  // The auditor's token lives for minutes.
  now = present
  for (const [event, rule] of events) {
    t.ok(event.reasons.some((reason) => reason.rule === rule), rule)
    const { agrees, explanation } = await explain(event)
    t.strictSame({ agrees, reasons: explanation.reasons }, { agrees: true, reasons: event.reasons }, rule)
  }
  let denied = await ask({ requester: twin })
  while (denied.decision === 'permit') denied = await ask({ requester: twin })
  t.match(denied.reasons, [{ rule: R.personLimit }])
  const { agrees, assumed } = await explain(denied)
  t.ok(agrees, 'a box too many')
  t.match(assumed.find(({ fact }) => fact === 'emergencies'), { from: 'event' }, 'whose number is the event\'s word')
})

await t.test('whoever is shown boxes is noted, before they are shown', async (t) => {
  const authorization = `Bearer ${await gateway.token('auditor-wide', 'user/AuditEvent.rs')}`
  const { eventId } = await ask()
  const notes = async (): Promise<string[]> =>
    (await gateway.app.store.db.selectFrom('pending_notes').select('note').orderBy('created_at').execute()).map(({ note }) => note)
  for (const url of ['/v1/emergencies', `/v1/emergencies/${eventId}`, `/v1/records/${record.recordId}/readers`]) {
    const before = (await notes()).length
    const response = await gateway.app.inject({ method: 'GET', url, headers: { authorization } })
    t.equal(response.statusCode, 200, response.body)
    const [note, ...more] = (await notes()).slice(before)
    t.match(JSON.parse(note ?? '{}'), { kind: 'reading', as: 'auditor', patients: [patient.patientId] }, url)
    t.strictSame(more, [])
  }
})
