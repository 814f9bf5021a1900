import t from 'tap'
import { REVIEW_DUE_MS } from '@epione/protocol'
import { AUDIT_QUESTIONS, questionAddress } from '@epione/protocol/api'
import type { ConsentChange, GroupChange, LoggedAccessEvent, LoggedReading, QuestionName, QuestionParameter, ShownEmergency } from '@epione/protocol/api'
import type {} from '../../../../gateway/src/access/log-notes-plugin.ts'
import type {} from '../../../../gateway/src/ledger/events-plugin.ts'
import { bindMember, changeDepartment, foundDepartment, granteeOf, OTHER_DEPARTMENT } from '../../../helpers/department-fixtures.ts'
import { activateDeposit, publishEmergencyKey, signEmergency } from '../../../helpers/emergency-fixtures.ts'
import { buildGateway, createConsortium } from '../../../helpers/gateway.ts'
import {
  activateConsent, bindPractitioner, grantConsent, HOUR_MS, publishPatient, registerRecord, sign, signProhibition, signRequest,
  signRevocation
} from '../../../helpers/ledger-fixtures.ts'
import type { TestPatient, TestPractitioner, TestRecord } from '../../../helpers/ledger-fixtures.ts'
import { until } from '../../../helpers/sharing.ts'

/* Each question of auditors as the one request that it is, on a ledger whose right answer is known and where a near miss lies beside it. */

let offset = 0
const consortium = await createConsortium(t, { clock: () => Date.now() + offset })
const { world, clock } = consortium
const gateway = await buildGateway(t, { consortium })
const auditor = `Bearer ${await gateway.token('auditor-wide', 'user/AuditEvent.rs')}`
const ownAuditor = `Bearer ${await gateway.token('auditor-own', 'user/AuditEvent.rs')}`

type Given = Partial<Record<QuestionParameter, string | number>>
interface Answer<T> { status: number, code?: string, items: T[] }

async function ask<T> (name: QuestionName, given: Given, authorization = auditor): Promise<Answer<T>> {
  const response = await gateway.app.inject({ method: 'GET', url: questionAddress(name, given), headers: { authorization } })
  return { ...response.json<Omit<Answer<T>, 'status'>>(), status: response.statusCode }
}
/** A moment that no event shares. */
function tick (ms = 1_000): number {
  offset += ms
  const now = clock()
  offset += ms
  return now
}

const [patient, other] = [await publishPatient(world), await publishPatient(world)]
const author = await bindPractitioner(world, { mspId: 'CoreMSP' })
const [reader, stranger] = [await bindPractitioner(world, { mspId: 'Regional1MSP' }), await bindPractitioner(world, { mspId: 'Regional2MSP' })]
const written = await registerRecord(world, author, patient)
const ofOther = await registerRecord(world, author, other)
const atReaders = await registerRecord(world, reader, patient)
const consent = await activateConsent(world, patient, reader)
const otherConsent = await activateConsent(world, other, stranger)
const { patientId } = patient

async function request (who: TestPractitioner, whose: TestPatient, record: TestRecord, consentId?: string): Promise<string> {
  return (await who.ledger.requestAccess(signRequest(world, who, whose, [record], consentId))).value.eventId
}
const early = await request(reader, patient, written, consent.consentId)
const from = tick()
const outside = await request(reader, patient, written, consent.consentId)
const inside = await request(reader, patient, atReaders, consent.consentId)
const denied = await request(stranger, patient, written)
const ofAnother = await request(stranger, other, ofOther, otherConsent.consentId)
const to = tick()
const late = await request(reader, patient, written, consent.consentId)
const ids = (items: readonly { eventId: string }[]): string[] => items.map(({ eventId }) => eventId)

t.test('who saw a patient\'s data: permits of that patient in that time', async (t) => {
  const { items } = await ask<LoggedAccessEvent>('who-saw', { patientId, from, to })
  t.same(ids(items), [inside, outside], 'neither earlier, later, denied nor another patient\'s')
  t.same(ids((await ask<LoggedAccessEvent>('who-saw', { patientId })).items), [late, inside, outside, early])
  t.same((await ask('who-saw', { patientId, purpose: 'HRESCH' })).items, [])
  t.match(await ask('who-saw', { patientId: other.patientId }, gateway.session(patient)), { status: 403, code: 'NOT_PERMITTED' })
})

t.test('what went outside: of one hospital, to others, permitted', async (t) => {
  t.same(ids((await ask<LoggedAccessEvent>('disclosed', { from, to })).items), [ofAnother, outside])
  t.same(ids((await ask<LoggedAccessEvent>('disclosed', { patientId, writtenAt: 'CoreMSP', from, to })).items), [outside])
  t.same((await ask('disclosed', { writtenAt: 'Regional1MSP' })).items, [], 'what it wrote itself it read itself')
  t.same((await ask('disclosed', { writtenAt: 'Core' })).items, [], 'a part of a name is another name')
  t.match(await ask('disclosed', { writtenAt: '%' }), { status: 400, code: 'REQUEST_INVALID' })
})

t.test('what a person did: all of theirs, and nobody else\'s', async (t) => {
  const { mspId, staffId } = stranger
  t.same(ids((await ask<LoggedAccessEvent>('actions-of', { mspId, staffId })).items), [ofAnother, denied])
  t.same((await ask('actions-of', { mspId: 'Regional1MSP', staffId })).items, [], 'a person of another hospital with that id')
  t.match(await ask('actions-of', { mspId, staffId }, ownAuditor), { status: 403, code: 'NOT_PERMITTED' }, 'an auditor of another hospital')
})

t.test('what was refused, and by which rules', async (t) => {
  const { items } = await ask<LoggedAccessEvent>('refused', { from, to })
  t.same(ids(items), [denied])
  t.match(items[0]?.reasons, [{ rule: String }])
  t.same((await ask('refused', { patientId: other.patientId })).items, [])
})

t.test('consents: granted, changed, withdrawn, forbidden and run out, and what was in force at a time', async (t) => {
  const owner = await publishPatient(world)
  const nobody = await publishPatient(world)
  await grantConsent(world, nobody, reader)
  const ofOwner = { patientId: owner.patientId }
  const before = tick()
  const first = await activateConsent(world, owner, reader, { notAfter: clock() + 10 * HOUR_MS })
  const pending = await grantConsent(world, owner, stranger)
  const short = await activateConsent(world, owner, stranger, { notAfter: clock() + HOUR_MS / 2 })
  const granted = tick()
  const forbidden = await world.gateway('CoreMSP').ledger.forbidAccess(signProhibition(world, owner, { forbids: { organizations: ['Regional2MSP'] } }))
  const barred = tick()
  await world.gateway('CoreMSP').ledger.revokeConsent(signRevocation(world, owner, first.consentId))
  const second = await activateConsent(world, owner, reader, { actions: ['read', 'search'] })
  await world.gateway('CoreMSP').ledger.forbidAccess(signProhibition(world, owner, { ends: forbidden.value.id }))
  const after = tick()
  tick(HOUR_MS / 4)

  const changes = await ask<ConsentChange>('consent-changes', ofOwner)
  t.same(changes.items.map(({ change, about }) => `${change} ${about}`), [
    `allowed ${forbidden.value.id}`, `granted ${second.consentId}`, `revoked ${first.consentId}`, `forbidden ${forbidden.value.id}`,
    `granted ${short.consentId}`, `granted ${pending.consentId}`, `granted ${first.consentId}`
  ], 'newest first, and of nobody else')
  t.match(changes.items.at(-1), {
    terms: { grantee: { kind: 'practitioner', mspId: 'Regional1MSP', staffId: reader.staffId }, actions: ['read'], purposes: ['TREAT'] },
    ended: { cause: 'revoked' },
    activeFrom: Number,
    submittedBy: 'CoreMSP',
    blockNumber: Number
  })
  t.notOk(JSON.stringify(changes).includes('receivingKey'), 'keys are none of it')
  t.match(changes.items[4], { ended: { cause: 'expired' } })
  t.match(changes.items[5], { activeFrom: undefined }, 'nobody holds its kfrags')
  t.same((await ask<ConsentChange>('consent-changes', { ...ofOwner, from: granted, to: barred })).items.map(({ change }) => change), ['forbidden'])
  const expired = await gateway.app.inject({ url: `/v1/consent-changes?patientId=${owner.patientId}&change=expired`, headers: { authorization: auditor } })
  t.match(expired.json(), { items: { length: 1, 0: { change: 'expired', about: short.consentId, time: short.body.notAfter } } })

  const inForce = async (at: number, more: Given = {}): Promise<string[]> =>
    (await ask<ConsentChange>('in-force', { ...ofOwner, at, ...more })).items.map(({ about }) => about)
  t.same(await inForce(before), [])
  t.same(await inForce(granted), [short.consentId, first.consentId], 'one without custody is none yet')
  t.same(await inForce(barred), [forbidden.value.id, short.consentId, first.consentId])
  t.same(await inForce(after), [second.consentId, short.consentId])
  t.same(await inForce(clock()), [second.consentId], 'what ran out is in force no more')
  t.same(await inForce(barred, { mspId: 'Regional1MSP', staffId: reader.staffId }), [first.consentId])
  const both = await gateway.app.inject({ url: `/v1/consent-changes?at=${String(after)}&change=granted`, headers: { authorization: auditor } })
  t.match(both.json(), { status: 400, code: 'REQUEST_INVALID' })

  t.same((await ask<ConsentChange>('consent-changes', {}, gateway.session(owner))).items.length, 7, 'the patient\'s own')
  t.match(await ask('consent-changes', { patientId }, gateway.session(owner)), { status: 403, code: 'NOT_PERMITTED' })
  t.same((await ask('consent-changes', {}, ownAuditor)).items, [], 'an auditor of the organisation sees consents to its own people')
  t.match(await ask('consent-changes', { mspId: 'Regional1MSP' }, ownAuditor), { status: 403, code: 'NOT_PERMITTED' })
})

t.test('who joined a department that had access', async (t) => {
  const owner = await publishPatient(world)
  const [one, two, three] = [await bindMember(world), await bindMember(world), await bindMember(world)]
  const ward = await foundDepartment(world, [one])
  const clinicMember = await bindMember(world, { department: OTHER_DEPARTMENT })
  await foundDepartment(world, [clinicMember], { department: OTHER_DEPARTMENT })
  const { made } = await changeDepartment(world, [one, two], { former: ward, key: ward.key })
  const before = tick()
  const holder = { ...one, receiving: made.key }
  const given = await activateConsent(world, owner, holder, { grantee: granteeOf(made) })
  const joined = await changeDepartment(world, [one, two, three], { former: made, key: made.key })
  const left = await changeDepartment(world, [one, three], { former: joined.made })
  await world.gateway('CoreMSP').ledger.revokeConsent(signRevocation(world, owner, given.consentId))
  tick()
  await changeDepartment(world, [one, two, three], { former: left.made, key: left.made.key })

  const { items } = await ask<GroupChange>('group-joins', { mspId: 'CoreMSP', department: made.department })
  const consents = [{ patientId: owner.patientId, consentId: given.consentId }]
  t.match(items.map(({ joined: came, left: gone, consents: opened }) => ({ came, gone, opened })), [
    { came: [], gone: [two.staffId], opened: consents }, { came: [three.staffId], gone: [], opened: consents }
  ], 'neither before the consent nor after its end, and of no other department')
  t.same((await ask('group-joins', { from: before, department: OTHER_DEPARTMENT })).items, [])
  t.same((await ask('group-joins', { patientId })).items, [], 'another patient\'s')
  t.same((await ask<GroupChange>('group-joins', {}, gateway.session(owner))).items.length, 2, 'the patient is told')
  t.same((await ask<GroupChange>('group-joins', {}, gateway.session(patient))).items, [])
  const subject = 'dr-curious'
  await gateway.enrol(subject)
  const staff = `Bearer ${await gateway.token(subject, 'user/AuditEvent.rs user/DocumentReference.rs')}`
  t.match(await ask('group-joins', {}, staff), { status: 403, code: 'NOT_PERMITTED' })
})

t.test('broken glass: reason, duration, what was opened, and whose review is overdue', async (t) => {
  const owner = await publishPatient(world)
  const record = await registerRecord(world, author, owner)
  const key = await publishEmergencyKey(world, 'Regional1MSP')
  const deposit = await activateDeposit(world, owner, key)
  const doctor = await bindPractitioner(world, { mspId: 'Regional1MSP', role: 'emergency' })
  const submit = async (opening?: string): Promise<LoggedAccessEvent> => {
    const asked = { requester: doctor, patient: owner, records: [record], deposit, ...(opening !== undefined && { opening }) }
    const second = await bindPractitioner(world, { mspId: 'Regional1MSP', role: 'nurse' })
    return (await doctor.ledger.requestAccess(signEmergency(world, { ...asked, second }))).value as LoggedAccessEvent
  }
  const start = tick()
  const opening = await submit()
  t.equal(opening.decision, 'permit', JSON.stringify(opening.reasons))
  tick()
  const later = await submit(opening.eventId)
  const [box, ...more] = (await ask<ShownEmergency>('emergencies', { from: start, mspId: 'Regional1MSP', staffId: doctor.staffId })).items
  t.same(more, [])
  t.match(box, { eventId: opening.eventId, reason: 'cannot-consent', state: 'open', openUntil: Number, patientId: owner.patientId })
  t.equal(later.decision, 'permit')
  const records = [{ recordId: record.recordId, version: 1 }]
  t.match(box?.opened, [{ eventId: opening.eventId, action: 'read', records }, { eventId: later.eventId, records }])
  t.same((await ask('overdue-reviews', {})).items, [])
  const closed = sign(world, 'EmergencyClose', { patientId: owner.patientId, requester: { mspId: doctor.mspId, staffId: doctor.staffId }, opening: opening.eventId }, doctor.requestSigning)
  await doctor.ledger.closeEmergency(closed)
  t.match((await ask<ShownEmergency>('emergencies', { from: start })).items, [{ state: 'due', closedAt: Number }])
  t.same((await ask('emergencies', { to: start })).items, [], 'none before')
  offset += REVIEW_DUE_MS + HOUR_MS * 24
  const late = await gateway.token('auditor-wide', 'user/AuditEvent.rs')
  t.match((await ask<ShownEmergency>('overdue-reviews', {}, `Bearer ${late}`)).items, [{ eventId: opening.eventId, state: 'overdue' }])
})

t.test('who read the log', async (t) => {
  const token = `Bearer ${await gateway.token('auditor-wide', 'user/AuditEvent.rs')}`
  await ask('who-saw', { patientId }, token)
  const begun = clock()
  await gateway.app.logNotes.flush()
  await until(async () => (await gateway.app.store.db.selectFrom('outbox').select('id').where('kind', '=', 'log-notes').execute()).length === 0)
  const ended = tick()
  const { items } = await ask<LoggedReading>('log-readers', { patientId, from: begun - HOUR_MS, to: ended }, token)
  t.match(items.filter(({ as }) => as === 'auditor'), [{ mspId: 'CoreMSP', reader: 'auditor-wide', patients: Array }])
  t.same((await ask('log-readers', { patientId, to: begun - HOUR_MS * 400 }, token)).items, [])
  t.match(await ask('log-readers', { from: 2e12, to: 1e12 }, token), { status: 400, code: 'REQUEST_INVALID' })
})

t.test('whether an event is untouched, and whether what was released is what was recorded', async (t) => {
  const token = `Bearer ${await gateway.token('auditor-wide', 'user/AuditEvent.rs')}`
  const receipt = sign(world, 'ReleaseReceipt', { mspId: 'CoreMSP', releases: [{ eventId: outside, wrapHashes: [written.wrapHash] }] }, world.proxySigner('CoreMSP'))
  await world.gateway('CoreMSP').ledger.recordRelease(receipt)
  const read = async (name: QuestionName, authorization = token): Promise<Record<string, unknown>> => {
    const response = await gateway.app.inject({ url: questionAddress(name, { eventId: outside }), headers: { authorization } })
    return response.json()
  }
  t.match(await read('untouched'), { state: 'pending' })
  t.match(await read('released'), { event: { eventId: outside, records: [{ wrapHash: written.wrapHash }] }, releases: [{ statement: receipt }] })
  const own = `Bearer ${await gateway.token('auditor-own', 'user/AuditEvent.rs')}`
  t.match(await read('released', own), { status: 404, code: 'EVENT_UNKNOWN' }, 'for an auditor of another hospital there is none')
})

t.test('each question is one request to an operation that takes what it is narrowed by', (t) => {
  for (const [name, { operation, fixed, parameters }] of Object.entries(AUDIT_QUESTIONS)) {
    const { query, params } = operation as { query?: { properties: object }, params?: { properties: object } }
    for (const member of [...Object.keys(fixed), ...Object.keys(parameters)]) {
      t.ok(Object.hasOwn({ ...query?.properties, ...params?.properties }, member), `${name}: ${member}`)
    }
  }
  t.equal(questionAddress('who-saw', { patientId: 'a b', from: 1 }), '/v1/access-events?decision=permit&patientId=a+b&from=1')
  t.end()
})
