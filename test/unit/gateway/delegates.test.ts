import t from 'tap'
import { SecretKey, statementId } from '@epione/crypto'
import { LEDGER_KEYS } from '@epione/protocol'
import type { SignedStatement } from '@epione/protocol'
import * as api from '@epione/protocol/api'
import type { Operation } from '@epione/protocol/api'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import {
  activateConsent, bindPractitioner, directoryMembers, HOUR_MS, publishPatient, randomHash, registerRecord, sign, signRequest,
  signRevocation
} from '../../helpers/ledger-fixtures.ts'
import type { TestPatient } from '../../helpers/ledger-fixtures.ts'
import {
  createDelegate, nameDelegate, signDelegateEnd, signFreeze, signUnfreeze
} from '../../helpers/lifetime-fixtures.ts'
import type { TestDelegate } from '../../helpers/lifetime-fixtures.ts'
import { until } from '../../helpers/sharing.ts'

let now = Date.now()
const consortium = await createConsortium(t, { clock: () => now })
const { world } = consortium
const { memory } = world
const gateway = await buildGateway(t, { consortium })
const { app } = gateway

interface Answer { status: number, body: Record<string, unknown> }

async function send (method: Operation['method'], url: string, more: { authorization?: string, payload?: object } = {}): Promise<Answer> {
  const { authorization, payload } = more
  const response = await app.inject({
    method, url, ...(payload === undefined ? {} : { payload }), ...(authorization === undefined ? {} : { headers: { authorization } })
  })
  return { status: response.statusCode, body: response.body.startsWith('{') ? response.json() : {} }
}
const post = (url: string, statement: SignedStatement): Promise<Answer> => send('POST', url, { payload: { statement } })
/** A session that the limited key signs in its own name. */
const sessionOf = ({ id, acting }: TestDelegate, members: object = {}): string =>
  gateway.session(acting, { as: { kind: 'delegate', delegateId: id }, ...members })
const seeLog = (delegate: TestDelegate, members: object = {}): Promise<Answer> =>
  send('GET', '/v1/access-events', { authorization: sessionOf(delegate, members) })
const endsRead = async (): Promise<number> => (await app.store.db.selectFrom('ended_actors').selectAll().execute()).length

/** Every operation that a session of somebody opens. */
const SESSIONS = Object.values(api).flatMap((group): unknown[] => Object.values(group as object)).filter((each): each is Operation =>
  typeof each === 'object' && each !== null && 'access' in each && 'path' in each &&
  ['patient', 'staff-or-patient', 'device'].includes((each as Operation).access.by))
const PLACES: Record<string, string> = { version: '1', fileHash: randomHash(), stream: '00'.repeat(16), recordId: '00'.repeat(16) }
const addressOf = ({ path }: Operation, { patientId }: TestPatient): string =>
  path.replace(/:([A-Za-z]+)/g, (_, name: string) => name === 'patientId' ? patientId : PLACES[name] ?? randomHash())

t.test('the patient names it at the gateway, and it ends itself there', async (t) => {
  const patient = await publishPatient(world)
  const url = `/v1/patients/${patient.patientId}/delegates`
  const { key, members } = createDelegate(world, patient)
  const statement = sign(world, 'Delegate', members, patient.identity)
  t.match(await post(url, sign(world, 'Delegate', members, key)), { status: 400, body: { code: 'SIGNATURE_INVALID' } })
  t.match(await post(`/v1/patients/${(await publishPatient(world)).patientId}/delegates`, statement), { status: 400, body: { code: 'REQUEST_INVALID' } })
  const named = await post(url, statement)
  t.match(named, { status: 201, body: { statementId: statementId(statement.body), txId: String } })
  t.same((await post(url, statement)).body, named.body, 'sent again')
  const id = statementId(statement.body)
  t.match(await post(url, signDelegateEnd(world, patient, id, SecretKey.random())), { status: 400, body: { code: 'SIGNATURE_INVALID' } })
  t.match(await post(url, sign(world, 'Delegate', { ...createDelegate(world, patient).members, ends: id }, key)), {
    status: 400, body: { code: 'SIGNATURE_INVALID' }
  }, 'it names nobody in its place')
  const before = await endsRead()
  t.match(await post(url, signDelegateEnd(world, patient, id, key)), { status: 201 })
  await until(async () => await endsRead() > before)
  t.match(await seeLog({ id, key, acting: { ...patient, identity: key } }), { status: 403, body: { code: 'DELEGATE_ENDED' } })
})

t.test('its session opens the log and the consents, each where it has the power, and nothing else of all that there is', async (t) => {
  const patient = await publishPatient(world)
  const whole = await nameDelegate(world, patient)
  const isRefused = async (operation: Operation, delegate: TestDelegate): Promise<boolean> => {
    const response = await app.inject({
      method: operation.method, url: addressOf(operation, patient), headers: { authorization: sessionOf(delegate) }
    })
    return response.statusCode === 403 && (operation.method === 'HEAD' || /limited key|device/.test(response.body))
  }
  const opened: string[] = []
  for (const operation of SESSIONS) {
    const { id, access: { delegates } } = operation
    // What goes on for as long as it is read is opened in a test of its own.
    if (id === 'followNotices' || !await isRefused(operation, whole)) opened.push(id)
    t.equal(opened.includes(id), delegates !== undefined, id)
  }
  t.same(opened.sort(), [
    'attestLogExport', 'explainAccessEvent', 'followNotices', 'getAccessEvent', 'getConsent', 'getEmergency', 'getEventAnchor',
    'listAccessEvents', 'listConsentChanges', 'listConsentsOfPatient', 'listEmergencies', 'listGroupChanges', 'listLogReadings',
    'readFhirAuditEvent', 'readFhirConsent', 'searchFhirAuditEvents'
  ])
  const seeing = await nameDelegate(world, patient, { powers: ['read-log'] })
  const revoking = await nameDelegate(world, patient, { powers: ['revoke', 'freeze'] })
  for (const id of ['listConsentsOfPatient', 'listAccessEvents']) {
    const operation = SESSIONS.find((each) => each.id === id)
    if (operation === undefined) throw new Error(id)
    t.equal(await isRefused(operation, seeing), id === 'listConsentsOfPatient')
    t.equal(await isRefused(operation, revoking), id === 'listAccessEvents')
  }
})

t.test('it sees who looked, at its patient alone; the log says that it looked', async (t) => {
  const [patient, another] = [await publishPatient(world), await publishPatient(world)]
  const reader = await bindPractitioner(world)
  const consent = await activateConsent(world, patient, reader)
  const record = await registerRecord(world, reader, patient)
  const { value: event } = await reader.ledger.requestAccess(signRequest(world, reader, patient, [record], consent.consentId))
  const delegate = await nameDelegate(world, patient)
  await until(async () => ((await seeLog(delegate)).body['items'] as object[]).length === 1)
  t.match((await seeLog(delegate)).body, { items: [{ eventId: event.eventId }] })
  t.match(await send('GET', `/v1/access-events?patientId=${another.patientId}`, { authorization: sessionOf(delegate) }), {
    status: 403, body: { code: 'NOT_PERMITTED' }
  })
  const foreign = await nameDelegate(world, another)
  t.match(await send('GET', `/v1/access-events/${event.eventId}`, { authorization: sessionOf(foreign) }), { body: { code: 'EVENT_UNKNOWN' } })
  t.match((await seeLog(foreign)).body, { items: [] })
  await app.logNotes.flush()
  await until(async () => (await app.store.db.selectFrom('outbox').select('id').where('kind', '=', 'log-notes').execute()).length === 0)
  await app.events.catchUp()
  const readings = await send('GET', '/v1/access-log-readings', { authorization: gateway.session(patient) })
  t.match(readings.body, { items: [{ as: 'delegate', reader: delegate.id }] })
})

t.test('what is not a session of this limited key is refused', async (t) => {
  const [patient, another] = [await publishPatient(world), await publishPatient(world)]
  const delegate = await nameDelegate(world, patient)
  const invalid = { status: 401, body: { code: 'SESSION_INVALID' } }
  const other = await nameDelegate(world, patient)
  const session = sessionOf(delegate)
  t.match(await send('GET', '/v1/access-events', { authorization: session }), { status: 200 })
  t.match(await send('GET', '/v1/access-events', { authorization: session }), { status: 401, body: { code: 'SESSION_REPLAYED' } })
  t.match(await seeLog({ ...delegate, id: other.id }), invalid, 'in another\'s name')
  t.match(await seeLog({ ...delegate, id: randomHash() }), invalid, 'in nobody\'s')
  t.match(await seeLog({ ...delegate, acting: { ...another, identity: delegate.key } }), invalid, 'of another patient')
  t.match(await send('GET', '/v1/access-events', { authorization: gateway.session(delegate.acting) }), invalid, 'as if it were the patient')
  t.match(await seeLog({ ...delegate, acting: patient }), invalid, 'signed by the patient in its name')
  t.match(await seeLog(delegate, { as: { kind: 'device', deviceId: delegate.id } }), invalid, 'as a device')
  t.match(await seeLog(delegate, { audience: 'https://elsewhere.example' }), invalid, 'for another gateway')
})

t.test('it revokes and freezes at the gateway; while frozen it sees nothing', async (t) => {
  const patient = await publishPatient(world)
  const reader = await bindPractitioner(world)
  const { consentId } = await activateConsent(world, patient, reader)
  const delegate = await nameDelegate(world, patient)
  const { acting, key } = delegate
  t.match(await post('/v1/revocations', signRevocation(world, { ...acting, identity: SecretKey.random() }, consentId)), {
    status: 400, body: { code: 'SIGNATURE_INVALID' }
  })
  t.match(await post('/v1/revocations', signRevocation(world, acting, consentId)), { status: 201 })
  t.match(await send('GET', `/v1/consents/${consentId}`, { authorization: sessionOf(delegate) }), { status: 200, body: { status: 'revoked' } })
  const freeze = signFreeze(world, patient, key)
  t.match(await post(`/v1/patients/${patient.patientId}/freeze`, freeze), { status: 201 })
  t.match(await seeLog(delegate), { status: 409, body: { code: 'PATIENT_FROZEN' } })
  const unfreeze = `/v1/patients/${patient.patientId}/unfreeze`
  t.match(await post(unfreeze, signUnfreeze(world, patient, statementId(freeze.body), key)), { status: 400, body: { code: 'SIGNATURE_INVALID' } })
  t.match(await post(unfreeze, signUnfreeze(world, patient, statementId(freeze.body), patient.identity)), { status: 201 })
  await until(async () => (await seeLog(delegate)).status === 200)
  const weak = await nameDelegate(world, patient, { powers: ['read-log'] })
  t.match(await post('/v1/revocations', signRevocation(world, weak.acting, randomHash())), { status: 403, body: { code: 'DELEGATE_EXCEEDED' } })
})

t.test('nothing is taken of it, nor shown to it, after its end, also where a peer hides the end', async (t) => {
  const patient = await publishPatient(world)
  const delegate = await nameDelegate(world, patient)
  const ended = { status: 403, body: { code: 'DELEGATE_ENDED' } }
  const before = await endsRead()
  t.match(await post(`/v1/patients/${patient.patientId}/delegates`, signDelegateEnd(world, patient, delegate.id, patient.identity)), { status: 201 })
  await until(async () => await endsRead() > before)
  t.match(await seeLog(delegate), ended)
  t.match(await post('/v1/revocations', signRevocation(world, delegate.acting, randomHash())), ended)
  const undo = memory.alter(LEDGER_KEYS.delegateEnd(patient.patientId, delegate.id), () => null)
  const { delegates } = (await send('GET', `/v1/patients/${patient.patientId}/directory`)).body as { delegates: object[] }
  t.notOk(delegates.some((state) => 'end' in state), 'the peer hides it')
  t.match(await seeLog(delegate), ended, 'the gateway read it in a block')
  t.match(await post('/v1/revocations', signRevocation(world, delegate.acting, randomHash())), ended)
  undo()
})

t.test('nor after its last moment, nor once the patient has another identity key', async (t) => {
  const patient = await publishPatient(world)
  const delegate = await nameDelegate(world, patient, { notAfter: now + 30 * 24 * HOUR_MS })
  const short = await nameDelegate(world, patient)
  t.match(await seeLog(short), { status: 200 })
  now += HOUR_MS + 1000
  t.match(await seeLog(short), { status: 403, body: { code: 'DELEGATE_ENDED' } })
  const identity = SecretKey.random()
  const next = { ...directoryMembers({ ...patient, identity }), version: 2, previous: patient.directoryId }
  const changed = sign(world, 'KeyDirectory', next, patient.identity, identity)
  t.match(await send('PUT', `/v1/patients/${patient.patientId}/directory`, { payload: { statement: changed } }), { status: 200 })
  t.match(await seeLog(delegate), { status: 200 }, 'the new key waits')
  now += 8 * 24 * HOUR_MS
  t.match(await send('POST', `/v1/patients/${patient.patientId}/directory/activation`), { status: 201 })
  t.match(await seeLog(delegate), { status: 403, body: { code: 'DELEGATE_ENDED' } })
  t.match(await post('/v1/revocations', signRevocation(world, delegate.acting, randomHash())), { status: 403, body: { code: 'DELEGATE_ENDED' } })
  t.match(await post(`/v1/patients/${patient.patientId}/freeze`, signFreeze(world, patient, delegate.key)), { body: { code: 'DELEGATE_ENDED' } })
})
