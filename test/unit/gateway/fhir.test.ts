import t from 'tap'
import { findFault } from '@epione/fhir'
import { SecretKey, sealContent } from '@epione/crypto'
import { buildGateway } from '../../helpers/gateway.ts'
import { activateConsent, bindPractitioner, publishPatient, registerRecord, signBinding, signRequest } from '../../helpers/ledger-fixtures.ts'
import type { TestPractitioner } from '../../helpers/ledger-fixtures.ts'
import { bytes } from '../../helpers/client/bytes.ts'

const gateway = await buildGateway(t)
const { world } = gateway.consortium
const CLINICIAN = 'user/DocumentReference.c user/DocumentReference.rs'
const [patient, other] = [await publishPatient(world), await publishPatient(world)]
const author = await bindPractitioner(world)
const staffId = await gateway.enrol('dr-reader')
const reader: TestPractitioner = { ...world.actor({ mspId: gateway.mspId, staffId, role: 'physician' }), receiving: SecretKey.random(), requestSigning: SecretKey.random() }
await reader.ledger.bindKeys(signBinding(world, reader))
const authorization = `Bearer ${await gateway.token('dr-reader', CLINICIAN)}`
const record = await registerRecord(world, author, patient)
await registerRecord(world, author, patient)
await registerRecord(world, author, patient)
const { consentId } = await activateConsent(world, patient, reader)
const { value: permit } = await reader.ledger.requestAccess(signRequest(world, reader, patient, [record], consentId))

interface Answer {
  status: number
  type: string
  body: Record<string, unknown> & { entry?: Array<{ resource: Record<string, unknown> }>, link?: Array<{ relation: string, url: string }> }
}

/** Each answer in FHIR is held against the schema of R4. */
async function ask (url: string, headers: Record<string, string> = {}, method: 'GET' | 'POST' | 'PUT' | 'DELETE' = 'GET', payload?: Buffer | string): Promise<Answer> {
  const answer = await gateway.app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) })
  const type = String(answer.headers['content-type'])
  const body = type.startsWith('application/fhir+json') ? answer.json<Answer['body']>() : {}
  if (type.startsWith('application/fhir+json')) t.equal(findFault(body), undefined, `${method} ${url} is of R4`)
  return { status: answer.statusCode, type, body }
}

const asPatient = (who = patient): Record<string, string> => ({ authorization: gateway.session(who) })
const outcome = (code: string): object => ({ resourceType: 'OperationOutcome', issue: [{ details: { coding: [{ code }] } }] })

t.test('what is served is said to anybody', async (t) => {
  const { status, type, body } = await ask('/fhir/metadata')
  t.equal(status, 200)
  t.match(type, /^application\/fhir\+json/)
  t.match(body, { resourceType: 'CapabilityStatement', fhirVersion: '4.0.1', rest: [{ resource: [{ type: 'AuditEvent' }, { type: 'Binary' }, { type: 'Consent' }, { type: 'DocumentReference' }, { type: 'Provenance' }] }] })
})

t.test('a patient\'s records are documents of sealed bytes, page by page', async (t) => {
  const found = await ask(`/fhir/DocumentReference?patient=Patient/${patient.patientId}&_count=2`, asPatient())
  t.match(found, { status: 200, body: { type: 'searchset', entry: [{ resource: { resourceType: 'DocumentReference', status: 'current', content: [{ attachment: { contentType: 'application/vnd.epione.sealed', url: /^Binary\/[0-9a-f]{32}\.1$/ } }] } }, {}] } })
  t.notOk('total' in found.body)
  const next = new URL(found.body.link?.find(({ relation }) => relation === 'next')?.url ?? '')
  const rest = await ask(next.pathname + next.search, asPatient())
  t.equal(rest.body.entry?.length, 1)
  t.match(await ask(`${next.pathname}?patient=${patient.patientId}&_cursor=A!`, asPatient()), { status: 400, body: outcome('CURSOR_INVALID') })
  const { recordId } = record
  t.match(await ask(`/fhir/DocumentReference/${recordId}`, { authorization }), { status: 200, body: { id: recordId, meta: { versionId: '1' } } })
  t.match(await ask(`/fhir/DocumentReference/${recordId}/_history/1`, { authorization }), { status: 200 })
  t.match(await ask(`/fhir/DocumentReference/${recordId}/_history/7`, { authorization }), { status: 404, body: { resourceType: 'OperationOutcome' } })
  t.match(await ask(`/fhir/DocumentReference/${recordId}`, asPatient(other)), { status: 403, body: outcome('NOT_PERMITTED') })
  t.match(await ask(`/fhir/Provenance/${recordId}.1`, { authorization }), { status: 200, body: { agent: [{ who: { identifier: { value: `${author.mspId}/${author.staffId}` } } }, {}], signature: [{ sigFormat: 'application/json' }] } })
})

t.test('consents and the log are resources to those whom they concern', async (t) => {
  t.match(await ask(`/fhir/Consent/${consentId}`, { authorization }), { status: 200, body: { status: 'active', patient: { reference: `Patient/${patient.patientId}` } } })
  t.match(await ask(`/fhir/Consent?patient=${patient.patientId}`, asPatient()), { status: 200, body: { entry: [{ resource: { id: consentId } }] } })
  t.match(await ask(`/fhir/Consent?patient=${patient.patientId}`, asPatient(other)), { status: 403, body: outcome('NOT_PERMITTED') })
  t.match(await ask(`/fhir/AuditEvent/${permit.requestId}`, asPatient()), { status: 200, body: { outcome: '0', entity: [{ what: { reference: `Patient/${patient.patientId}` } }, {}, {}] } })
  t.match(await ask(`/fhir/AuditEvent?patient=${patient.patientId}&outcome=0&date=ge2020`, asPatient()), { status: 200, body: { entry: [{ resource: { id: permit.requestId } }] } })
  t.match((await ask(`/fhir/AuditEvent?patient=${patient.patientId}&outcome=8`, asPatient())).body.entry, undefined)
  t.match(await ask(`/fhir/AuditEvent?patient=${patient.patientId}&date=soon`, asPatient()), { status: 400, body: outcome('REQUEST_INVALID') })
  t.match(await ask(`/fhir/AuditEvent/${consentId}`, asPatient()), { status: 404, body: outcome('EVENT_UNKNOWN') })
})

t.test('a Binary is a sealed content, and nothing else', async (t) => {
  const sealed = sealContent({ recordId: 'ab'.repeat(16), recordVersion: 1, authorKey: reader.requestSigning.publicKey() }, bytes('plain'))
  const pieces: Uint8Array[] = []
  for await (const piece of sealed.ciphertext) pieces.push(piece)
  const headers = { authorization, 'content-type': 'application/octet-stream' }
  t.match(await ask('/fhir/Binary', headers, 'POST', Buffer.concat(pieces)), { status: 201, body: { resourceType: 'Binary', contentType: 'application/vnd.epione.sealed', id: /^b[a-z2-7]{58}$/ } })
  t.match(await ask('/fhir/Binary', headers, 'POST', Buffer.from('%PDF-1.7 a plain document that nobody may leave here')), { status: 400, body: { resourceType: 'OperationOutcome' } })
  t.match(await ask('/fhir/Binary', { authorization, 'content-type': 'application/fhir+json' }, 'POST', JSON.stringify({ resourceType: 'Binary', contentType: 'text/plain', data: 'aGVsbG8=' })), { status: 415, body: outcome('MEDIA_TYPE_UNSUPPORTED') })
  t.match(await ask(`/fhir/Binary/${record.recordId}.1`, { authorization }), { status: 403, body: outcome('NOT_PERMITTED') })
})

t.test('what is not served is refused in FHIR, whatever the method', async (t) => {
  for (const [method, url] of [['DELETE', '/fhir/AuditEvent?date=le2030'], ['PUT', `/fhir/AuditEvent/${permit.requestId}`], ['POST', '/fhir/AuditEvent'], ['DELETE', `/fhir/DocumentReference/${record.recordId}`], ['POST', '/fhir/Consent'], ['GET', '/fhir/Patient']] as const) {
    t.match(await ask(url, { authorization, ...(method === 'DELETE' || method === 'GET' ? {} : { 'content-type': 'application/json' }) }, method, method === 'DELETE' || method === 'GET' ? undefined : '{}'), { status: 404, body: outcome('NOT_FOUND') }, `${method} ${url}`)
  }
  t.match(await ask(`/fhir/DocumentReference?patient=${patient.patientId}&type=x`, asPatient()), { status: 400, body: outcome('REQUEST_INVALID') })
  t.match(await ask('/fhir/DocumentReference', asPatient()), { status: 400, body: outcome('REQUEST_INVALID') })
  t.match(await ask(`/fhir/DocumentReference?patient=${patient.patientId}`), { status: 401, body: outcome('TOKEN_MISSING') })
})
