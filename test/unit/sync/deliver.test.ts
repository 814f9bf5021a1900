import t from 'tap'
import { addRecord, makeCard, once, requestAccess } from '@epione/sdk'
import { deliver } from '@epione/sync'
import { Hospitals, grantTo } from '../../helpers/client/hospitals.ts'
import { Ehr, observation, say } from '../../helpers/ehr.ts'
import { SyncDesk } from '../../helpers/sync.ts'

const hospitals = await Hospitals.open(t)
const { core, regional1 } = hospitals
const [patient, author, reader] = await Promise.all([hospitals.patient(), hospitals.physician(core), hospitals.physician(regional1)])
for (const category of ['vital-signs', 'imaging']) await grantTo(reader, patient, category, ['read'])
const source = await Ehr.open(t)
const desk = new SyncDesk(t, author)
await desk.map('1', patient)
source.put(observation('a', '1', 61, { performer: [{ reference: 'Practitioner/7' }, { reference: 'Patient/1' }] }))
const { said } = await desk.run(desk.server(source))
const [{ recordId }] = said['entries'] as [{ recordId: string }]

interface Taken { entry: Array<{ resource: Record<string, unknown>, request: { ifNoneExist: string } }> }

/** A server that takes transactions, and knows whom it is told. */
async function target (t: Parameters<typeof Ehr.open>[0], patients: unknown[]): Promise<{ ehr: Ehr, taken: Taken[] }> {
  const [ehr, taken] = [await Ehr.open(t), [] as Taken[]]
  ehr.answer = (request, response) => {
    if (request.url?.startsWith('/fhir/Patient?') === true) {
      say(response, 200, { resourceType: 'Bundle', type: 'searchset', entry: patients.map((resource) => ({ resource })) })
      return true
    }
    if (request.method !== 'POST') return undefined
    let text = ''
    request.on('data', (piece: Buffer) => { text += piece.toString() })
    request.on('end', () => {
      taken.push(JSON.parse(text) as Taken)
      const status = taken.length === 1 ? '201 Created' : '200 OK'
      say(response, 200, { resourceType: 'Bundle', type: 'transaction-response', entry: [{ response: { status, location: 'Observation/5/_history/1' } }, { response: { status, location: 'Provenance/6/_history/1' } }] })
    })
    return true
  }
  return { ehr, taken }
}
const permit = async (id: string): Promise<string> => (await requestAccess(reader, { patientId: patient.patientId, records: [{ recordId: id }], purpose: 'TREAT' })).eventId

t.test('what was opened comes with its origin, for the patient there, under the condition that it is not there yet', async (t) => {
  const { ehr, taken } = await target(t, [{ resourceType: 'Patient', id: '77' }])
  const eventId = await permit(recordId)
  t.match(await deliver({ context: reader, eventId, to: ehr.base, token: 'of the server' }), [{ recordId, version: 1, outcome: 'delivered', location: 'Observation/5/_history/1', provenance: 'Provenance/6/_history/1' }])
  t.ok(ehr.tokens.every((token) => token === 'Bearer of the server'))
  const [resource, provenance] = taken[0]?.entry ?? []
  t.match(resource, {
    request: { method: 'POST', url: 'Observation', ifNoneExist: `_tag=${encodeURIComponent(`urn:epione:record|${recordId}:1`)}` },
    resource: {
      subject: { reference: 'Patient/77' },
      valueQuantity: { value: 61 },
      performer: [{ identifier: { value: 'Practitioner/7' }, reference: undefined }, { reference: 'Patient/77' }],
      meta: { tag: [{ system: 'urn:epione:record', code: `${recordId}:1` }], source: 'urn:epione:source:ehr:Observation/a' }
    }
  })
  t.match(provenance?.resource, {
    resourceType: 'Provenance',
    agent: [{ who: { identifier: { value: `${author.person.mspId}/${author.person.staffId}` } } }, { who: { identifier: { value: `${reader.person.mspId}/${reader.person.staffId}` } } }],
    entity: [{ what: { identifier: { system: 'urn:epione:record', value: `${recordId}:1` } } }, { what: { identifier: { value: eventId } } }, { what: { identifier: { system: 'urn:epione:content-hash', value: /^[0-9a-f]{64}$/ } } }]
  })
  t.match(await deliver({ context: reader, eventId: await permit(recordId), to: ehr.base }), [{ outcome: 'there' }])
})

t.test('numbers come with the digits that they were sealed with', async (t) => {
  const { ehr } = await target(t, [{ resourceType: 'Patient', id: '77' }])
  const [takes, texts] = [ehr.answer, [] as string[]]
  ehr.answer = (request, response) => {
    if (request.method === 'POST') request.on('data', (piece: Buffer) => { texts.push(piece.toString()) })
    return takes(request, response)
  }
  const sealed = JSON.stringify(observation('n', '1', 0)).replace('"value":0', '"value":1.50')
  const { recordId: id } = await addRecord(author, { source: once(Buffer.from(sealed)), card: (await makeCard(patient)).card, category: 'vital-signs', mediaClass: 'structured' })
  t.match(await deliver({ context: reader, eventId: await permit(id), to: ehr.base }), [{ recordId: id, outcome: 'delivered' }])
  t.match(texts.join(''), '"valueQuantity":{"value":1.50,')
})

t.test('a picture comes as a document', async (t) => {
  const { ehr, taken } = await target(t, [{ resourceType: 'Patient', id: '77' }])
  const added = await addRecord(author, { source: once(Buffer.from('%PDF-1.7 a report')), card: (await makeCard(patient)).card, category: 'imaging', mediaClass: 'document' })
  await deliver({ context: reader, eventId: await permit(added.recordId), to: ehr.base })
  t.match(taken[0]?.entry[0]?.resource, {
    resourceType: 'DocumentReference',
    id: undefined,
    subject: { reference: 'Patient/77' },
    content: [{ attachment: { contentType: 'application/pdf', data: Buffer.from('%PDF-1.7 a report').toString('base64'), url: undefined } }]
  })
})

t.test('nothing is delivered to nobody, to one of two, or to another', async (t) => {
  const refuse = async (patients: unknown[], reason: string, more: object = {}): Promise<void> => {
    const { ehr, taken } = await target(t, patients)
    ehr.put({ resourceType: 'Patient', id: 'other', identifier: [{ system: 'urn:epione:patient', value: 'somebody-else' }] })
    t.match(await deliver({ context: reader, eventId: await permit(recordId), to: ehr.base, ...more }), [{ outcome: 'failed', reason }])
    t.same(taken, [])
  }
  await refuse([], 'PATIENT_UNMATCHED')
  await refuse([{ resourceType: 'Patient', id: '1' }, { resourceType: 'Patient', id: '2' }], 'PATIENT_AMBIGUOUS')
  await refuse([], 'PATIENT_AMBIGUOUS', { patient: 'Patient/other' })
  await refuse([], 'PATIENT_UNMATCHED', { patient: 'Patient/none' })
})

t.test('a server that takes nothing is told, and one in the open is not spoken to', async (t) => {
  const { ehr } = await target(t, [{ resourceType: 'Patient', id: '77' }])
  const before = ehr.answer
  ehr.answer = (request, response) => {
    if (request.method !== 'POST') return before(request, response)
    say(response, 422, { resourceType: 'OperationOutcome', issue: [{ diagnostics: 'no such code' }] })
    return true
  }
  t.match(await deliver({ context: reader, eventId: await permit(recordId), to: ehr.base }), [{ outcome: 'failed', reason: 'SOURCE_INVALID', detail: /422.*no such code/ }])
  await t.rejects(deliver({ context: reader, eventId: await permit(recordId), to: 'http://ehr.example/fhir' }), { code: 'OPTION_INVALID' })
})

t.test('what an author sealed with ill intent leads nowhere, and takes no other record\'s place', async (t) => {
  const { ehr, taken } = await target(t, [{ resourceType: 'Patient', id: '77' }])
  const { card } = await makeCard(patient)
  const add = async (content: object): Promise<string> =>
    (await addRecord(author, { source: once(Buffer.from(JSON.stringify(content))), card, category: 'vital-signs', mediaClass: 'structured' })).recordId
  const tag = { system: 'urn:epione:record', code: `${recordId}:1` }
  const forged = await add(observation('x', '1', 1, {
    subject: { reference: 'Patient/somebody-else' },
    text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><img src="https://other.example/x"/></div>' },
    meta: { tag: [tag, { system: 'urn:own', code: 'kept' }] }
  }))
  const document = await add({
    resourceType: 'DocumentReference', status: 'current', content: [{ attachment: { contentType: 'text/plain', url: 'http://169.254.169.254/secret' } }]
  })
  const odd = [
    await add({ resourceType: 'Condition', meta: null, subject: { reference: 'Patient/1' } }),
    await add({ resourceType: 'Condition', meta: { tag: {} }, subject: 7 })
  ]
  for (const id of [forged, document, ...odd]) t.match(await deliver({ context: reader, eventId: await permit(id), to: ehr.base }), [{ recordId: id, outcome: /delivered|there/ }])
  const [observed, linked, ...others] = taken.map(({ entry }) => entry[0]?.resource)
  t.strictSame((observed?.['meta'] as { tag: unknown }).tag, [{ system: 'urn:own', code: 'kept' }, { ...tag, code: `${forged}:1` }])
  t.match(observed, { subject: { reference: 'Patient/77' }, text: undefined })
  t.notOk(JSON.stringify(linked).includes('169.254'))
  for (const other of others) t.match(other, { resourceType: 'DocumentReference', subject: { reference: 'Patient/77' }, content: [{ attachment: { data: /./ } }] })
})
