import t from 'tap'
import { Hospitals, grantTo } from '../../helpers/client/hospitals.ts'
import { eraseRecords, withdrawRecord } from '@epione/sdk'
import { about } from '../../helpers/client/front.ts'
import { FhirDesk, giveCard } from '../../helpers/fhir.ts'

const hospitals = await Hospitals.open(t)
const { core, regional1 } = hospitals
const folder = t.testdir({})
const [patient, author, reader, stranger] = await Promise.all([
  hospitals.patient(), hospitals.physician(core), hospitals.physician(regional1), hospitals.physician(regional1)
])
await giveCard(patient, folder)
const [writing, reading, foreign] = await Promise.all([
  FhirDesk.open(t, author, folder), FhirDesk.open(t, reader, folder), FhirDesk.open(t, stranger, folder)
])
const NOTE = 'Levi coughs, and says that it is the smoke.'
const document = (more: object = {}): object => ({
  resourceType: 'DocumentReference',
  status: 'current',
  type: { coding: [{ system: 'http://loinc.org', code: '34117-2', display: 'History and physical note' }] },
  subject: { reference: `Patient/${patient.patientId}` },
  content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(NOTE).toString('base64'), title: 'note' } }],
  ...more
})

await grantTo(reader, patient, 'encounters', ['read', 'search'])

t.test('a document is written at one hospital, and found, read and opened at another', async (t) => {
  const written = await writing.call('/DocumentReference', { method: 'POST', body: document() })
  t.match(written, { status: 201, body: { resourceType: 'DocumentReference', meta: { versionId: '1' } } })
  t.match(written.headers.get('location'), /\/fhir\/DocumentReference\/[0-9a-f]{32}\/_history\/1$/)
  const id = String(written.body['id'])
  const found = await reading.call(`/DocumentReference?patient=${patient.patientId}&status=current`)
  t.match(found, { status: 200, body: { resourceType: 'Bundle', type: 'searchset', entry: [{ resource: { id, type: { coding: [{ code: '34117-2' }] } } }] } })
  t.notOk('total' in found.body)
  const read = await reading.call(`/DocumentReference/${id}`)
  t.match(read, {
    status: 200,
    body: { id, status: 'current', content: [{ attachment: { contentType: 'text/plain', title: 'note', size: NOTE.length, url: `Binary/${id}.1`, data: undefined } }] }
  })
  t.equal(read.headers.get('etag'), 'W/"1"')
  t.equal((await reading.call(`/DocumentReference/${id}`, { headers: { 'if-none-match': 'W/"1"' } })).status, 304)
  const opened = await reading.call(`/Binary/${id}.1`, { headers: { accept: '*/*' } })
  t.match(opened, { status: 200, text: NOTE })
  t.equal(opened.headers.get('content-type'), 'text/plain')
  t.match(await reading.call(`/Binary/${id}.1`, { headers: { accept: 'application/fhir+json' } }), {
    status: 200, body: { resourceType: 'Binary', contentType: 'text/plain', data: Buffer.from(NOTE).toString('base64') }
  })
  const part = await reading.call(`/Binary/${id}.1`, { headers: { accept: '*/*', range: 'bytes=0-3' } })
  t.match(part, { status: 206, text: 'Levi' })
  t.equal(part.headers.get('content-range'), `bytes 0-3/${NOTE.length}`)
  t.match(await reading.call(`/Binary/${id}.1`, { headers: { accept: '*/*', range: 'bytes=999-' } }), { status: 416, body: { issue: [{ details: { coding: [{ code: 'RANGE_INVALID' }] } }] } })
  t.match(await reading.call(`/Binary/${id}.1.1`), { status: 404 })
})

t.test('without consent nothing is shown, and an outcome says so', async (t) => {
  const denied = await foreign.call(`/DocumentReference?patient=${patient.patientId}&status=current`)
  t.match(denied, { status: 403, body: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'forbidden', details: { coding: [{ code: 'NOT_PERMITTED' }] } }] } })
  const forOther = await reading.call(`/DocumentReference?patient=${patient.patientId}`, { headers: { 'purpose-of-use': 'HRESCH' } })
  t.match(forOther, { status: 403, body: { issue: [{ code: 'forbidden', details: { coding: [{ code: 'ACCESS_DENIED' }, { system: 'urn:epione:rule' }] } }] } })
})

t.test('a patient\'s resources come with who they are', async (t) => {
  const all = await reading.call(`/Patient/${patient.patientId}/$everything`)
  t.match(all, { status: 200, body: { entry: [{ resource: { resourceType: 'Patient' } }, { resource: { resourceType: 'DocumentReference' } }] } })
})

t.test('consents, the log and who signed are resources, too', async (t) => {
  const consents = await reading.call(`/Consent?patient=${patient.patientId}&status=active`)
  t.match(consents, { status: 200, body: { entry: [{ resource: { status: 'active', provision: { type: 'permit', purpose: [{ code: 'TREAT' }] } } }] } })
  const [{ resource: consent } = { resource: { id: '' } }] = consents.body['entry'] as Array<{ resource: { id: string } }>
  t.match(await reading.call(`/Consent/${consent.id}`), { status: 200, body: { id: consent.id } })
  const log = await reading.call(`/AuditEvent?patient=${patient.patientId}&outcome=8`)
  t.match(log, { status: 200, body: { entry: [{ resource: { outcome: '8' } }] } })
  const [{ resource: event } = { resource: { id: '' } }] = log.body['entry'] as Array<{ resource: { id: string } }>
  t.match(await reading.call(`/AuditEvent/${event.id}`), { status: 200, body: { id: event.id, outcome: '8' } })
  t.match(await reading.call(`/Provenance?patient=${patient.patientId}`), { status: 200, body: { entry: [{ resource: { agent: [{}, {}], signature: [{}] } }] } })
})

t.test('a document is written once, and over only by who has read it', async (t) => {
  const create = { method: 'POST', body: document(), headers: { 'if-none-exist': 'identifier=urn:oid:1.2.3|note-7' } }
  const first = await writing.call('/DocumentReference', create)
  t.equal(first.status, 201)
  const again = await writing.call('/DocumentReference', create)
  t.equal(again.status, 200)
  t.equal(again.headers.get('location'), first.headers.get('location'))
  t.match(await writing.call('/DocumentReference', { ...create, headers: { 'if-none-exist': 'type=34117-2' } }), { status: 400, body: { issue: [{ code: 'not-supported' }] } })
  const id = String(first.body['id'])
  const change = (version: number, text: string): Promise<{ status: number, body: object, headers: Headers }> => writing.call(`/DocumentReference/${id}`, {
    method: 'PUT', headers: { 'if-match': `W/"${version}"` }, body: document({ id, description: text })
  })
  const changed = await change(1, 'second')
  t.match(changed, { status: 200, body: { meta: { versionId: '2' }, description: 'second' } })
  t.equal(changed.headers.get('etag'), 'W/"2"')
  t.match(await change(1, 'third'), { status: 412, body: { resourceType: 'OperationOutcome', issue: [{ code: 'conflict' }] } })
  t.match(await reading.call(`/DocumentReference/${id}`), { status: 200, body: { meta: { versionId: '2' }, status: 'current' } })
  t.match(await reading.call(`/DocumentReference/${id}/_history/1`), { status: 200, body: { meta: { versionId: '1' } } })
  t.match(await reading.call(`/DocumentReference/${id}/_history`), { status: 200, body: { type: 'history', entry: [{ resource: { meta: { versionId: '2' } } }, { resource: { meta: { versionId: '1' } } }] } })
  t.match(await reading.call(`/DocumentReference/${id}/_history/9`), { status: 404 })
  t.match(await reading.call(`/DocumentReference/${id}`, { method: 'PUT', body: document({ id }) }), { status: 403, body: { issue: [{ details: { coding: [{ code: 'REFUSED' }] } }] } })
  t.match(await writing.call(`/DocumentReference/${id}`, { method: 'PUT', body: document() }), { status: 400 })
})

t.test('a transaction provides documents as IHE MHD does, all of them or none', async (t) => {
  const [list, doc, binary] = ['5b7c5a80-0000-4000-8000-000000000001', '5b7c5a80-0000-4000-8000-000000000002', '5b7c5a80-0000-4000-8000-000000000003'].map((id) => `urn:uuid:${id}`) as [string, string, string]
  const bundle = (subject: object): object => ({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      {
        fullUrl: list,
        resource: { resourceType: 'List', status: 'current', mode: 'working', code: { coding: [{ system: 'https://profiles.ihe.net/ITI/MHD/CodeSystem/MHDlistTypes', code: 'submissionset' }, { system: 'urn:epione:category', code: 'encounters' }] }, subject, entry: [{ item: { reference: doc } }] },
        request: { method: 'POST', url: 'List' }
      },
      { fullUrl: doc, resource: { ...document({ subject }), content: [{ attachment: { contentType: 'text/plain', url: binary } }] }, request: { method: 'POST', url: 'DocumentReference' } },
      { fullUrl: binary, resource: { resourceType: 'Binary', contentType: 'text/plain', data: Buffer.from('from a bundle').toString('base64') }, request: { method: 'POST', url: 'Binary' } }
    ]
  })
  const answer = await writing.call('', { method: 'POST', body: bundle({ reference: `Patient/${patient.patientId}` }) })
  t.match(answer, { status: 200, body: { type: 'transaction-response', entry: [{ response: { status: '201 Created', location: /^List\// } }, { response: { location: /^DocumentReference\// } }, { response: { location: /^Binary\// } }] } })
  const [listed, document1, binary1] = (answer.body['entry'] as Array<{ response: { location: string } }>).map(({ response }) => response.location) as [string, string, string]
  t.match(await reading.call(`/${binary1}`, { headers: { accept: '*/*' } }), { status: 200, text: 'from a bundle' })
  t.match(await reading.call(`/${listed}`), { status: 200, body: { resourceType: 'List', entry: [{ item: { reference: document1.split('/_history')[0] } }] } })
  t.match(await reading.call(`/List?patient=${patient.patientId}&code=submissionset`), { status: 200, body: { entry: [{ resource: { resourceType: 'List' } }] } })
  t.match(await writing.call('', { method: 'POST', body: bundle({ reference: 'Patient/abc' }) }), { status: 422, body: { issue: [{ details: { coding: [{ code: 'PATIENT_UNKNOWN' }] } }] } })
  t.match(await writing.call('', { method: 'POST', body: { resourceType: 'Bundle', type: 'batch' } }), { status: 422 })
})

t.test('what was withdrawn is made again by its condition, what was erased is not', async (t) => {
  const create = { method: 'POST', body: document(), headers: { 'if-none-exist': 'identifier=urn:oid:1.2.3|note-8' } }
  const idOf = ({ headers }: { headers: Headers }): string => /DocumentReference\/([0-9a-f]{32})/.exec(headers.get('location') ?? '')?.[1] ?? ''
  const first = await writing.call('/DocumentReference', create)
  await withdrawRecord(author, { recordId: idOf(first), cause: 'entered-in-error' })
  const second = await writing.call('/DocumentReference', create)
  t.equal(second.status, 201)
  t.not(idOf(second), idOf(first))
  t.match(await reading.call(`/DocumentReference/${idOf(second)}`), { status: 200 })
  t.equal(idOf(await writing.call('/DocumentReference', create)), idOf(second))
  await eraseRecords(patient, [{ recordId: idOf(second) }])
  t.match(await writing.call('/DocumentReference', create), { status: 410, body: { issue: [{ code: 'deleted', details: { coding: [{ code: 'RECORD_ENDED' }] } }] } })
})

t.test('a transaction with conditions refers to what they find, and leaves nothing where it fails', async (t) => {
  const [list, doc] = ['5b7c5a80-0000-4000-8000-000000000011', '5b7c5a80-0000-4000-8000-000000000012'].map((id) => `urn:uuid:${id}`) as [string, string]
  const subject = { reference: `Patient/${patient.patientId}` }
  const entry = (fullUrl: string, resource: Record<string, unknown>, ifNoneExist: string): object => ({ fullUrl, resource, request: { method: 'POST', url: resource['resourceType'], ifNoneExist } })
  const bundle = (mark: string, of: string = mark): object => ({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      entry(list, {
        resourceType: 'List', status: 'current', mode: 'working', subject, code: { coding: [{ system: 'urn:epione:category', code: 'encounters' }] }, entry: [{ item: { reference: doc } }]
      }, `identifier=urn:x|list-${mark}`),
      entry(doc, { ...document() }, `identifier=urn:x|doc-${of}`)
    ]
  })
  const send = async (body: object): Promise<{ status: number, locations: string[], body: object }> => {
    const answer = await writing.call('', { method: 'POST', body })
    const entries = (answer.body['entry'] ?? []) as Array<{ response: { location: string } }>
    return { status: answer.status, body: answer.body, locations: entries.map(({ response }) => response.location) }
  }
  const nameOf = (location: string | undefined): string => location?.split('/_history')[0] ?? ''
  const refersTo = async (location: string | undefined): Promise<unknown> => (await reading.call(`/${nameOf(location)}`)).body['entry']

  const one = await send(bundle('1'))
  t.match(await refersTo(one.locations[0]), [{ item: { reference: nameOf(one.locations[1]) } }], 'an entry that its condition names')
  const two = await send(bundle('2', '1'))
  t.equal(two.locations[1], one.locations[1], 'made before')
  t.match(await refersTo(two.locations[0]), [{ item: { reference: nameOf(one.locations[1]) } }], 'and referred to as such')
  const twice = bundle('3') as { entry: object[] }
  t.match(await send({ ...twice, entry: [...twice.entry, entry('urn:uuid:5b7c5a80-0000-4000-8000-000000000013', { ...document() }, 'identifier=urn:x|doc-3')] }), { status: 422 })

  // The gateway takes both, and what is read of the first one after that is another version.
  let lies = 0
  core.front.lies = [about('GET', /^\/v1\/records\/[0-9a-f]{32}$/, (state: object) => {
    lies += 1
    return lies === 1 ? { ...state, version: 9 } : undefined
  })]
  const failed = await send(bundle('4'))
  core.front.lies = []
  t.not(failed.status, 200)
  const again = await send(bundle('4'))
  t.equal(again.status, 200)
  t.match(await refersTo(again.locations[0]), [{ item: { reference: nameOf(again.locations[1]) } }])
  for (const location of again.locations) t.match(await reading.call(`/${nameOf(location)}`), { status: 200 }, location)
})
