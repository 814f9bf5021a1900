import { request as httpsRequest } from 'node:https'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { addRecord, makeCard } from '@epione/sdk'
import type { PractitionerContext } from '@epione/sdk'
import { buildFhirService, findFault, FolderCards, PatientFile } from '@epione/fhir'
import { bytes } from '../../helpers/client/bytes.ts'
import { grantTo, Hospitals } from '../../helpers/client/hospitals.ts'
import { CALLER_TOKEN, FhirDesk, giveCard } from '../../helpers/fhir.ts'
import type { FhirAnswer } from '../../helpers/fhir.ts'
import { createLyingReencryptor } from '../../helpers/lying-reencryptor.ts'
import { addDevice, minuteOf, startDevice } from '../../helpers/test-device.ts'
import { createTlsAuthority } from '../../helpers/tls-certificates.ts'

/** Hospitals whose proxies lie now. */
const lying = new Set<string>()
const hospitals = await Hospitals.open(t, { reencryptor: (mspId) => createLyingReencryptor(() => lying.has(mspId)) })
const { core, regional1 } = hospitals
const folder = t.testdir({})
const [patient, author, reader] = await Promise.all([hospitals.patient(), hospitals.physician(core), hospitals.physician(regional1)])
await giveCard(patient, folder)
const writing = await FhirDesk.open(t, author, folder)
const reading = await FhirDesk.open(t, reader, folder)
const { patientId } = patient
const whose = `patient=${patientId}`
for (const category of ['vital-signs', 'encounters', 'imaging', 'inbox']) await grantTo(reader, patient, category, ['read', 'search'])

const outcome = (code: string): object => ({ resourceType: 'OperationOutcome', issue: [{ details: { coding: [{ code }] } }] })
const entriesOf = ({ body }: FhirAnswer): Array<{ resource: Record<string, unknown> & { id: string } }> => (body['entry'] ?? []) as never
const observation = (more: object = {}): object => ({
  resourceType: 'Observation',
  status: 'final',
  category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] }],
  code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
  subject: { reference: `Patient/${patientId}` },
  effectiveDateTime: '2024-05-06',
  valueQuantity: { value: 81, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
  ...more
})

t.test('an observation is written, searched and changed by who wrote it', async (t) => {
  const created = await writing.call('/Observation', { method: 'POST', body: observation() })
  t.match(created, { status: 201, body: { resourceType: 'Observation', meta: { versionId: '1' } } })
  const id = String(created.body['id'])
  t.match(await reading.call(`/Observation/${id}`), { status: 200, body: { valueQuantity: { value: 81 }, subject: { reference: `Patient/${patientId}` } } })
  for (const more of ['', '&code=http://loinc.org|29463-7', '&category=vital-signs', '&date=2024-05', '&status=final', `&_id=${id}`]) {
    t.match(entriesOf(await reading.call(`/Observation?${whose}${more}`)).map(({ resource }) => resource.id), [id], more)
  }
  for (const more of ['&code=http://loinc.org|8867-4', '&date=gt2025', '&status=amended']) t.strictSame(entriesOf(await reading.call(`/Observation?${whose}${more}`)), [], more)
  t.match(await writing.call(`/Observation/${id}`, { method: 'PUT', body: { ...observation({ status: 'amended' }), id }, headers: { 'if-match': 'W/"1"' } }), { status: 200, body: { meta: { versionId: '2' } } })
  t.match(await reading.call(`/DocumentReference/${id}`), { status: 404, body: outcome('NOT_FOUND') })
  t.match(await writing.call('/Observation', { method: 'POST', body: observation({ status: undefined }) }), { status: 422, body: outcome('RESOURCE_INVALID') })
  t.match(await writing.call('/Observation', { method: 'POST', body: observation({ subject: undefined }) }), { status: 422, body: outcome('PATIENT_UNKNOWN') })
  t.match(await writing.call('/List', { method: 'POST', body: observation() }), { status: 400, body: outcome('REQUEST_INVALID') })
})

t.test('a search is asked by a form, too', async (t) => {
  const ask = (form: string, headers: Record<string, string> = {}): Promise<FhirAnswer> =>
    reading.call('/Observation/_search', { method: 'POST', body: form, headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers } })
  const found = await ask(`${whose}&code=${encodeURIComponent('http://loinc.org|29463-7')}`)
  t.match(found, { status: 200, body: { type: 'searchset', entry: [{ resource: { resourceType: 'Observation' } }] } })
  t.match(await ask(`${whose}&no-such=1`, { prefer: 'handling=strict' }), { status: 400, body: outcome('PARAMETER_UNKNOWN') })
  t.match(await ask('code=1'), { status: 400, body: outcome('REQUEST_INVALID') })
  t.match(await ask('x'.repeat(70_000)), { status: 413, body: outcome('REQUEST_TOO_LARGE') })
  t.match(await reading.call('/Observation/_search', { method: 'POST', body: {} }), { status: 400 })
  const byStock = await reading.client().search({ resourceType: 'Observation', searchParams: { patient: patientId }, options: { postSearch: true } })
  t.match(byStock, { entry: [{ resource: { resourceType: 'Observation' } }] })
})

t.test('bytes are written as a Binary, in their own type or in base64', async (t) => {
  const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(1_000, 7)])
  const raw = await writing.call('/Binary', { method: 'POST', body: png, headers: { 'content-type': 'image/png', 'x-security-context': `Patient/${patientId}` } })
  t.match(raw, { status: 201, body: { resourceType: 'Binary', contentType: 'image/png', securityContext: { reference: `Patient/${patientId}` } } })
  const answer = await fetch(`${reading.base}/Binary/${String(raw.body['id'])}`, { headers: { authorization: `Bearer ${CALLER_TOKEN}`, accept: '*/*' } })
  t.equal(answer.headers.get('content-type'), 'image/png')
  t.ok(Buffer.from(await answer.arrayBuffer()).equals(png))
  const coded = { resourceType: 'Binary', contentType: 'text/plain', securityContext: { reference: `Patient/${patientId}` }, data: btoa('plain') }
  const inBase64 = await writing.call('/Binary', { method: 'POST', body: coded })
  t.match(inBase64, { status: 201 })
  t.match(await reading.call(`/Binary/${String(inBase64.body['id'])}`, { headers: { accept: '*/*' } }), { status: 200, text: 'plain' })
  t.match(await writing.call('/Binary', { method: 'POST', body: png, headers: { 'content-type': 'image/png' } }), { status: 422, body: outcome('PATIENT_UNKNOWN') })
  t.match(await writing.call('/Binary', { method: 'POST', body: png, headers: { 'content-type': 'image/png', 'x-security-context': 'Patient/x' } }), { status: 422, body: outcome('PATIENT_UNKNOWN') })
  t.match(await writing.call('/Binary', { method: 'POST', body: { ...coded, contentType: undefined } }), { status: 422, body: outcome('RESOURCE_INVALID') })
  t.match(await writing.call('/Binary', { method: 'POST', body: '', headers: { 'content-type': 'text/plain', 'x-security-context': `Patient/${patientId}` } }), { status: 422, body: outcome('FILE_EMPTY') })
})

t.test('a document that another program sealed leads nowhere, and is read', async (t) => {
  const hostile = {
    resourceType: 'DocumentReference',
    status: 'current',
    content: [{ attachment: { contentType: 'text/plain', url: 'https://evil.example/steal' } }, { attachment: { contentType: 'text/html\nset-cookie: a=b', data: btoa('<script>') } }]
  }
  const { card } = await makeCard(patient)
  const { recordId } = await addRecord(author, { source: bytes(JSON.stringify(hostile)), card, category: 'encounters', mediaClass: 'structured' })
  const { status, body, text } = await reading.call(`/DocumentReference/${recordId}`)
  t.equal(status, 200)
  t.notOk(text.includes('evil'))
  t.match(body['content'], [{ attachment: { url: undefined, _url: Object } }, { attachment: { url: `Binary/${recordId}.1.1` } }])
  const binary = await reading.call(`/Binary/${recordId}.1.1`, { headers: { accept: '*/*' } })
  t.match(binary, { status: 200, text: '<script>' })
  t.equal(binary.headers.get('content-type'), 'application/octet-stream')
  t.equal(binary.headers.get('set-cookie'), null)
  t.match(await writing.call('/DocumentReference', { method: 'POST', body: { ...hostile, subject: { reference: `Patient/${patientId}` } } }), { status: 422, body: outcome('RESOURCE_INVALID') })
  // What was read can be sent back changed.
  const note = { ...hostile, subject: { reference: `Patient/${patientId}` }, type: { coding: [{ system: 'http://loinc.org', code: '34117-2' }] }, content: [{ attachment: { contentType: 'text/plain', data: btoa('note') } }] }
  const written = (await writing.call('/DocumentReference', { method: 'POST', body: note })).body
  const changed = await writing.call(`/DocumentReference/${String(written['id'])}`, { method: 'PUT', body: { ...written, description: 'changed' } })
  t.match(changed, { status: 200, body: { description: 'changed', content: [{ attachment: { url: `Binary/${String(written['id'])}.1` } }] } })
  t.match(await reading.call(`/Binary/${String(written['id'])}.1`, { headers: { accept: '*/*' } }), { text: 'note' })
})

t.test('what a device measured are Observations, segment by segment', async (t) => {
  const device = await addDevice(patient, hospitals.client(core))
  const { queue, recorder, sender } = await startDevice(device)
  const now = Date.now()
  for (const ago of [6, 5, 4]) {
    await recorder.record([minuteOf(now - ago * 60_000, 60 + ago)], 'source')
    await sender.sendAll({ close: true })
  }
  const { stream } = queue
  const { deviceId } = device.context
  const all = await reading.call(`/Observation?${whose}&device=Device/${deviceId}`)
  t.equal(all.status, 200)
  t.strictSame(entriesOf(all).map(({ resource }) => resource.id), [3, 2, 1].map((version) => `${stream}.${String(version)}.0`))
  t.match(entriesOf(all)[0]?.resource, {
    status: 'final',
    meta: { versionId: '1' },
    code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
    subject: { reference: `Patient/${patientId}` },
    device: { type: 'Device', identifier: { system: 'urn:epione:device', value: deviceId } },
    valueSampledData: { period: 1_000, data: /^64 65 66 / }
  })
  const one = `/Observation/${stream}.2.0`
  t.match(await reading.call(one), { status: 200, body: { valueSampledData: { data: /^65 66 67 / } } })
  t.equal((await reading.call(one)).headers.get('etag'), 'W/"1"')
  t.match(await reading.call(`${one}/_history/1`), { status: 200 })
  t.match(await reading.call(`${one}/_history`), { status: 200, body: { type: 'history', entry: [{}] } })
  const idsOf = async (query: string): Promise<string[]> => entriesOf(await reading.call(`/Observation?${whose}&${query}`)).map(({ resource }) => resource.id)
  t.equal((await idsOf('code=http://loinc.org|8867-4')).length, 3)
  t.equal((await idsOf('')).length, 4, 'and what a physician wrote')
  t.equal((await idsOf(`device:identifier=urn:epione:device|${deviceId}&date=ge2020`)).length, 3)
  t.strictSame(await idsOf(`date=gt${String(new Date(now).getUTCFullYear() + 1)}`), [])
  t.strictSame(await idsOf(`device=${'0'.repeat(64)}`), [])

  const paged: string[] = []
  let next: string | undefined = `${reading.base}/Observation?${whose}&_count=1`
  while (next !== undefined && paged.length < 9) {
    const page: FhirAnswer = await reading.call(next)
    paged.push(...entriesOf(page).map(({ resource }) => resource.id))
    next = (page.body['link'] as Array<{ relation: string, url: string }>).find(({ relation }) => relation === 'next')?.url
  }
  t.strictSame(paged, await idsOf(''), 'one after the other, none twice')

  for (const path of [`/Observation/${stream}.9.0`, `/Observation/${stream}.1.7`, `${one}/_history/2`, `/DocumentReference/${stream}`, `/Binary/${stream}.1`, `/Observation/${stream}`]) {
    t.match(await reading.call(path), { status: 404, body: outcome('NOT_FOUND') }, path)
  }
  t.match(await reading.call(one, { method: 'PUT', body: observation({ id: `${stream}.2.0` }) }), { status: 405, body: outcome('METHOD_NOT_SUPPORTED') })
  t.match(await reading.call(`/Observation/${stream}.1.0`, { headers: { 'purpose-of-use': 'HRESCH' } }), { status: 403, body: outcome('ACCESS_DENIED') })
  t.equal(entriesOf(await reading.call(`/Patient/${patientId}/$everything?_count=64`)).filter(({ resource }) => resource.id.startsWith(stream)).length, 3)

  // Values that came one by one are one Observation each.
  await recorder.record([{ kind: { system: 'http://loinc.org', code: '8867-4' }, unit: '/min', startMs: now - 180_000, offsetsMs: [0, 700, 5_000], values: [61, 62, 63] }], 'source')
  await sender.sendAll({ close: true })
  const pages: string[] = []
  let following: string | undefined = `${reading.base}/Observation?${whose}&device=${deviceId}&_count=2`
  while (following !== undefined && pages.length < 9) {
    const page: FhirAnswer = await reading.call(following)
    pages.push(...entriesOf(page).map(({ resource }) => resource.id))
    following = (page.body['link'] as Array<{ relation: string, url: string }>).find(({ relation }) => relation === 'next')?.url
  }
  t.strictSame(pages, [`${stream}.4.0`, `${stream}.4.1`, `${stream}.4.2`, ...[3, 2, 1].map((version) => `${stream}.${String(version)}.0`)])
})

t.test('a service that is busy says so', async (t) => {
  const held = Promise.withResolvers<PractitionerContext>()
  const busy = await FhirDesk.open(t, reader, folder, { context: () => held.promise })
  const waiting = Array.from({ length: 32 }, () => busy.call(`/Consent?${whose}`))
  let refused: FhirAnswer
  do refused = await busy.call('/metadata')
  while (refused.status === 200)
  t.match(refused, { status: 429, body: { issue: [{ code: 'throttled', details: { coding: [{ code: 'TOO_MANY_REQUESTS' }] } }] } })
  t.equal(refused.headers.get('retry-after'), '1')
  held.resolve(reader)
  for (const { status } of await Promise.all(waiting)) t.equal(status, 200)
  t.equal((await busy.call('/metadata')).status, 200)
})

t.test('over TLS it speaks as it does in the open, and in no older version', async (t) => {
  const authority = createTlsAuthority('root')
  const { certificate: cert, privateKey: key } = authority.issue('localhost')
  const app = buildFhirService({
    context: () => Promise.resolve(reader), token: CALLER_TOKEN, purpose: 'TREAT', cards: new FolderCards(undefined), patients: new PatientFile(undefined), tls: { cert, key }
  })
  t.teardown(() => app.close())
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  const ask = (more: object = {}): Promise<string> => new Promise((resolve, reject) => {
    httpsRequest({ host: '127.0.0.1', port, path: '/fhir/metadata', ca: authority.certificate, ...more }, (answer) => {
      let text = ''
      answer.on('data', (piece: Buffer) => { text += piece.toString() }).on('end', () => { resolve(text) })
    }).on('error', reject).end()
  })
  const statement = JSON.parse(await ask()) as { implementation: { url: string } }
  t.equal(findFault(statement), undefined)
  t.equal(statement.implementation.url, `https://127.0.0.1:${String(port)}/fhir`)
  await t.rejects(ask({ maxVersion: 'TLSv1.2' }))
  await t.rejects(ask({ ca: createTlsAuthority('another').certificate }))
})

t.test('proxies that lie are named, and nothing of theirs is passed on', async (t) => {
  for (const mspId of ['CoreMSP', 'Regional1MSP', 'Regional2MSP']) lying.add(mspId)
  const fresh = await FhirDesk.open(t, reader, folder, { onFailure: () => undefined })
  const found = await writing.call('/Observation', { method: 'POST', body: observation({ effectiveDateTime: '2020' }) })
  const answer = await fresh.call(`/Observation/${String(found.body['id'])}`)
  t.match(answer, { status: 502, body: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'security', details: { coding: [{ code: 'PROXIES_LIED' }], text: /MSP/ } }] } })
  lying.clear()
})
