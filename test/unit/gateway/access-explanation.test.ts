import t from 'tap'
import type { Test } from 'tap'
import { statementId } from '@epione/crypto'
import { DECISION_RULES as R, POLICY_1, policyHash } from '@epione/protocol'
import type { AccessEvent } from '@epione/protocol'
import type { AccessExplanation } from '@epione/protocol/api'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import {
  activateConsent, bindPractitioner, createConsent, publishPatient, randomHash, registerRecord, sign, signDestruction, signProhibition,
  signRequest, signRevocation
} from '../../helpers/ledger-fixtures.ts'

const consortium = await createConsortium(t)
const gateway = await buildGateway(t, { consortium })
const { world } = consortium
const office = world.gateway('CoreMSP').ledger
const patient = await publishPatient(world)
const author = await bindPractitioner(world)
const reader = await bindPractitioner(world, { mspId: 'Regional1MSP', department: 'cardiology' })
const record = await registerRecord(world, author, patient)
const consent = await activateConsent(world, patient, reader)
const auditor = `Bearer ${await gateway.token('auditor-wide', 'user/AuditEvent.rs')}`

interface Answer { status: number, body: AccessExplanation & { code?: string } }

async function get (eventId: string, authorization = auditor): Promise<Answer> {
  const response = await gateway.app.inject({ method: 'GET', url: `/v1/access-events/${eventId}/explanation`, headers: { authorization } })
  return { status: response.statusCode, body: response.json<Answer['body']>() }
}

const request = async (consentId: string | undefined = consent.consentId, members: object = {}): Promise<AccessEvent> =>
  (await reader.ledger.requestAccess(signRequest(world, reader, patient, [record], consentId, members))).value

/** The explanation of an event, which must agree with what is recorded. */
async function explained (t: Test, { eventId, decision, reasons, policyVersion, time }: AccessEvent): Promise<AccessExplanation> {
  const { status, body } = await get(eventId)
  t.equal(status, 200)
  t.match(body, { agrees: true, recorded: { decision, reasons, policyVersion }, explanation: { decision, reasons, policyVersion, time } })
  return body
}

t.test('a permit is explained by the rule and the consent that gave it, to each who may read the event', async (t) => {
  const event = await request()
  const told = await explained(t, event)
  t.match(told, {
    eventId: event.eventId,
    patientId: patient.patientId,
    blockNumber: Number,
    policyHash: policyHash(POLICY_1),
    consentId: consent.consentId,
    explanation: {
      decision: 'permit',
      request: { mspId: 'Regional1MSP', staffId: reader.staffId, role: 'physician', department: 'cardiology', purpose: 'TREAT' },
      policy: { decided: [{ effect: 'permit', records: [{ recordId: record.recordId, version: 1 }] }], undecided: [] },
      consent: { consentId: consent.consentId, status: 'active', actions: ['read'], purposes: ['TREAT'] }
    },
    assumed: [{ fact: 'freeze', from: 'now' }, { fact: 'prohibitions', from: 'now' }]
  })
  t.strictSame((await get(event.eventId, gateway.session(patient))).body, told, 'the patient')
  const own = await bindPractitioner(world)
  const { value: mine } = await own.ledger.requestAccess(signRequest(world, own, patient, [record]))
  const ofHospital = `Bearer ${await gateway.token('auditor-own', 'user/AuditEvent.rs')}`
  t.match(await get(mine.eventId, ofHospital), { status: 200, body: { explanation: { decision: 'deny' } } }, 'the hospital\'s auditor')
})

t.test('a denial is explained by what denied it and what nearly permitted', async (t) => {
  const research = await explained(t, await request(consent.consentId, { purpose: 'HRESCH' }))
  t.match(research.explanation.policy, { decided: [], nearly: [{ effect: 'permit', facts: [{ member: 'purposes', has: ['HRESCH'] }] }] })

  const graded = await activateConsent(world, patient, reader, { grade: 'advanced', levels: ['R'] })
  t.match((await explained(t, await request(graded.consentId))).explanation, {
    reasons: [{ rule: R.levelNotGranted, facts: ['N'] }], consent: { status: 'active', levels: ['R'] }
  })

  const dated = await activateConsent(world, patient, reader, { grade: 'intermediate', dataPeriod: { from: 1, until: 2 } })
  t.match((await explained(t, await request(dated.consentId))).explanation.reasons, [{ rule: R.dataPeriodNotGranted }])

  const { value: bare } = await reader.ledger.requestAccess(signRequest(world, reader, patient, [record]))
  const missing = await explained(t, bare)
  t.strictSame(missing.explanation.reasons, [{ rule: R.noConsent }])
  t.notOk('consentId' in missing || 'consent' in missing.explanation)
  t.strictSame((await explained(t, await request(randomHash()))).explanation.reasons, [{ rule: R.consentUnknown }])
})

t.test('an explanation says nothing of a consent to somebody else, or of another patient', async (t) => {
  const other = await publishPatient(world)
  const [foreign, toAnother] = [await activateConsent(world, other, reader), await activateConsent(world, patient, author)]
  for (const { consentId } of [foreign, toAnother]) t.notOk('consent' in (await explained(t, await request(consentId))).explanation)
})

t.test('what came after the event changes nothing of its explanation', async (t) => {
  const revoked = await activateConsent(world, patient, reader)
  const lost = await activateConsent(world, patient, reader)
  const events = [await request(revoked.consentId), await request(lost.consentId)]
  const before = await Promise.all(events.map(async (event) => await explained(t, event)))
  await office.revokeConsent(signRevocation(world, patient, revoked.consentId))
  for (const mspId of world.members) {
    if (mspId !== 'Regional2MSP') await world.gateway(mspId).ledger.confirmDestruction(signDestruction(world, lost, mspId))
  }
  const { value: { id } } = await office.forbidAccess(signProhibition(world, patient, { forbids: { levels: ['N'] } }))
  for (const [index, event] of events.entries()) t.strictSame(await explained(t, event), before[index])
  t.match((await explained(t, await request(revoked.consentId))).explanation.reasons, [
    { rule: R.patientProhibits, facts: [id] }, { rule: R.consentRevoked }
  ])
  await office.forbidAccess(signProhibition(world, patient, { ends: id }))
  t.match((await explained(t, await request(lost.consentId))).explanation, { reasons: [{ rule: R.consentSuspended }], consent: { status: 'suspended' } })
})

t.test('a consent that came after the event was unknown to it', async (t) => {
  const statement = sign(world, 'Consent', createConsent(world, patient, reader).members, patient.identity)
  const event = await request(statementId(statement.body))
  await office.grantConsent(statement)
  t.strictSame((await explained(t, event)).explanation.reasons, [{ rule: R.consentUnknown }])
})

t.test('a record that was erased is one from then on', async (t) => {
  const brief = await registerRecord(world, author, patient)
  const ask = async (): Promise<AccessEvent> =>
    (await reader.ledger.requestAccess(signRequest(world, reader, patient, [brief], consent.consentId))).value
  const before = await ask()
  const records = [{ recordId: brief.recordId, version: 1 }]
  await office.eraseRecords(sign(world, 'Erasure', { patientId: patient.patientId, records }, patient.identity))
  t.match((await explained(t, before)).explanation, { decision: 'permit' })
  t.match((await explained(t, await ask())).explanation.reasons, [{ rule: R.recordErased, facts: [`${brief.recordId}/1`] }])
})

t.test('a prohibition or freeze that ended since is the event\'s word, and said to be', async (t) => {
  const { value: { id } } = await office.forbidAccess(signProhibition(world, patient, { forbids: { purposes: ['TREAT'] } }))
  const forbidden = await request()
  t.match((await explained(t, forbidden)).assumed, { length: 2 })
  await office.forbidAccess(signProhibition(world, patient, { ends: id }))
  t.match((await explained(t, forbidden)).assumed, [
    { fact: 'freeze', from: 'now' }, { fact: 'prohibitions', from: 'now' }, { fact: 'prohibitions', from: 'event', detail: new RegExp(id) }
  ])

  const { value: freeze } = await office.freezePatient(sign(world, 'Freeze', { patientId: patient.patientId }, patient.identity))
  const frozen = await request()
  t.match((await explained(t, frozen)).assumed, [{ fact: 'prohibitions', from: 'now' }], 'the freeze itself is known')
  await office.unfreezePatient(sign(world, 'Unfreeze', { patientId: patient.patientId, freezeId: freeze.id }, patient.identity))
  t.match((await explained(t, frozen)).assumed, [{ fact: 'freeze', from: 'event' }, { fact: 'prohibitions', from: 'now' }])
})

t.test('a recorded decision that the statements do not give is said to be one', async (t) => {
  const event = await request(randomHash())
  const { gateway: ledger } = gateway.app.ledger
  const honest = ledger.getAccess.bind(ledger)
  t.teardown(() => { ledger.getAccess = honest })
  ledger.getAccess = async (eventId) => {
    const found = await honest(eventId)
    return { ...found, event: { ...found.event, decision: 'permit', reasons: [] } }
  }
  t.match((await get(event.eventId)).body, { agrees: false, recorded: { decision: 'permit' }, explanation: { decision: 'deny' } })
})

t.test('whoever may not read the event learns nothing', async (t) => {
  const { eventId } = await request()
  await gateway.enrol('dr-self')
  const stranger = `Bearer ${await gateway.token('dr-self', 'user/AuditEvent.rs user/DocumentReference.rs')}`
  const ofHospital = `Bearer ${await gateway.token('auditor-own', 'user/AuditEvent.rs')}`
  const other = await publishPatient(world)
  const unknown = `${patient.patientId}.0000000000000.${randomHash()}`
  const refused: [string, string, string | undefined, object][] = [
    ['another practitioner', eventId, stranger, { status: 404, body: { code: 'EVENT_UNKNOWN' } }],
    ['another hospital\'s auditor', eventId, ofHospital, { status: 404, body: { code: 'EVENT_UNKNOWN' } }],
    ['another patient', eventId, gateway.session(other), { status: 404, body: { code: 'EVENT_UNKNOWN' } }],
    ['an event that is not there', unknown, auditor, { status: 404, body: { code: 'EVENT_UNKNOWN' } }],
    ['no event id', 'x', auditor, { status: 400, body: { code: 'REQUEST_INVALID' } }],
    ['no scope', eventId, `Bearer ${await gateway.token('auditor-wide', 'user/Patient.c')}`, { status: 403, body: { code: 'SCOPE_MISSING' } }],
    ['no credentials', eventId, '', { status: 401, body: { code: 'TOKEN_MISSING' } }]
  ]
  for (const [name, id, authorization, expected] of refused) t.match(await get(id, authorization), expected, name)
})
