import { rmSync, writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { ClientError } from '@epione/sdk'
import { DicomFolderSource, FhirFolderSource, MOVED_TYPES } from '@epione/sync'
import type { MovedType, Source } from '@epione/sync'
import type { Told } from '../../../sync/src/source.ts'
import { Hospitals } from '../../helpers/client/hospitals.ts'
import { Ehr, observation, say } from '../../helpers/ehr.ts'
import { contentsOf, SyncDesk } from '../../helpers/sync.ts'

/* Sources that are broken or mean harm, networks that are busy, clocks that step. */

const hospitals = await Hospitals.open(t)
const author = await hospitals.physician(hospitals.core)
type Patient = Awaited<ReturnType<Hospitals['patient']>>

async function prepared (t: Test): Promise<{ ehr: Ehr, desk: SyncDesk, patient: Patient }> {
  const [ehr, desk, patient] = [await Ehr.open(t), new SyncDesk(t, author), await hospitals.patient()]
  await desk.map('1', patient)
  return { ehr, desk, patient }
}
const searching = (request: IncomingMessage, type = 'Observation'): boolean => request.url?.startsWith(`/fhir/${type}?`) === true
const searchset = (entry: unknown[], more: object = {}): object => ({ resourceType: 'Bundle', type: 'searchset', entry, ...more })

t.test('a network that is busy for a moment loses nothing, and one that stays away ends the run', async (t) => {
  const { ehr, desk, patient } = await prepared(t)
  ehr.put(observation('a', '1', 1))
  let asked = 0
  // The matcher, the hash of what is to be sealed, and then the sealing itself, which finds nobody at home.
  const busyOnce = async (): Promise<typeof author> => {
    if (++asked === 3) throw new ClientError('UNAVAILABLE', 'busy')
    return await Promise.resolve(author)
  }
  t.match((await desk.run(desk.server(ehr), { context: busyOnce })).counts, { added: 1, failed: 0 })
  t.equal((await contentsOf(patient)).length, 1)
  ehr.put(observation('b', '1', 2))
  asked = 0
  const away = async (): Promise<typeof author> => {
    if (++asked >= 3) throw new ClientError('UNAVAILABLE', 'away')
    return await Promise.resolve(author)
  }
  await t.rejects(desk.run(desk.server(ehr), { context: away }), { code: 'UNAVAILABLE' })
  t.match((await desk.run(desk.server(ehr))).counts, { added: 1, failed: 0 })
})

t.test('an entry without an address that could not be taken is taken later', async (t) => {
  const { ehr, desk } = await prepared(t)
  const document = { resourceType: 'DocumentReference', id: 'd1', status: 'current', subject: { reference: 'Patient/1' }, content: [{ attachment: { url: 'Binary/b1' } }] }
  ehr.put(document)
  ehr.answer = (request, response) => {
    if (!searching(request, 'DocumentReference') || request.url?.includes('_lastUpdated=') === true) return undefined
    say(response, 200, searchset([{ resource: document }]))
    return true
  }
  const server = (): Source & { base: string } => desk.server(ehr, { types: ['DocumentReference'] })
  t.match((await desk.run(server())).said, { failed: 1, failures: [{ key: 'DocumentReference/d1', reason: 'ATTACHMENT_UNAVAILABLE' }] })
  for (const kept of ehr.kept.values()) kept.time = 0
  ehr.put({ resourceType: 'Binary', id: 'b1', contentType: 'text/plain', data: Buffer.from('a note').toString('base64') })
  t.match((await desk.run(server())).counts, { added: 1, failed: 0 })
})

t.test('no resource stops others by its shape', async (t) => {
  const { ehr, desk } = await prepared(t)
  const shapes: Array<[type: MovedType, member: object]> = [
    ['Observation', { meta: null }],
    ['Observation', { meta: { security: {} } }],
    ['Observation', { meta: { tag: [null] } }],
    ['Observation', { category: {} }],
    ['Observation', { category: [null] }],
    ['Observation', { category: [{ coding: {} }] }],
    ['Observation', { code: null }],
    ['DiagnosticReport', { presentedForm: {} }],
    ['DiagnosticReport', { presentedForm: [null] }],
    ['DiagnosticReport', { code: { coding: [null] } }],
    ['DocumentReference', { content: {} }],
    ['DocumentReference', { content: [null] }],
    ['DocumentReference', { content: [{ attachment: null }] }],
    ['DocumentReference', { content: [{ attachment: { url: { x: 1 } } }] }],
    ['DocumentReference', { content: [{ attachment: { url: 'Binary/odd' } }] }],
    ['DocumentReference', { securityLabel: {} }],
    ['Media', { content: null }],
    ['Media', { content: { url: 7 } }],
    ['List', { code: [null] }],
    ['Observation', { subject: { reference: 'Patient/odd' } }],
    ['Observation', { subject: { reference: 'Patient/null' } }]
  ]
  const odd = shapes.map(([resourceType, member], index) =>
    ({ fullUrl: `${ehr.base}/${resourceType}/x${String(index)}`, resource: { resourceType, id: `x${String(index)}`, subject: { reference: 'Patient/1' }, ...member } }))
  ehr.put({ resourceType: 'Patient', id: 'odd', identifier: {} })
  ehr.put({ resourceType: 'Patient', id: 'null', identifier: [null] })
  ehr.put({ resourceType: 'Binary', id: 'odd', data: 7 })
  ehr.answer = (request, response) => {
    const type = /^\/fhir\/([A-Za-z]+)\?/.exec(request.url ?? '')?.[1]
    if (type === undefined) return undefined
    say(response, 200, searchset([
      ...odd.filter(({ resource }) => resource.resourceType === type),
      { fullUrl: 7, resource: observation('named-by-a-number', '1') }, { fullUrl: {}, resource: 'text', search: null, request: null },
      { resource: { resourceType: type, id: 'good', subject: { reference: 'Patient/1' }, ...type === 'Media' ? { content: {} } : { content: [] } } }
    ]))
    return true
  }
  const types: MovedType[] = ['Observation', 'DiagnosticReport', 'DocumentReference', 'Media', 'List']
  const { said } = await desk.run(desk.server(ehr, { types }))
  const entries = said['entries'] as Array<{ outcome: string, key: string, reason?: string }>
  t.strictSame(entries.filter(({ outcome, key }) => outcome === 'added' && key.endsWith('/good')).map(({ key }) => key).sort(), types.map((type) => `${type}/good`).sort())
  for (const { resource: { resourceType, id }, resource } of odd) {
    t.ok(entries.some(({ key, outcome }) => key === `${resourceType}/${id}` && outcome !== 'added'), JSON.stringify(resource))
  }
  ehr.answer = (request, response) => {
    if (!searching(request)) return undefined
    say(response, 200, searchset([], { link: [{ relation: 'next', url: 7 }] }))
    return true
  }
  t.match((await desk.run(desk.server(ehr))).said, { failures: [{ key: 'Observation', reason: 'SOURCE_INVALID' }] }, 'pages that end nobody knows where')
  const folder = t.testdir({ in: { 'a.ndjson': [...odd.map(({ resource }) => resource), { resourceType: 'Patient', id: '1', identifier: {} }, { resourceType: 'Bundle', type: 'collection', entry: [{ fullUrl: 7, resource: observation('in-a-bundle', '1') }] }, observation('last', '1')].map((one) => JSON.stringify(one)).join('\n') } })
  t.match((await desk.run(new FhirFolderSource({ folder: join(folder, 'in'), types: MOVED_TYPES }), { system: 'files' })).said['entries'], { length: odd.length + 3 })
})

t.test('a server that has lost everything is not believed by and by', async (t) => {
  const { ehr, desk, patient } = await prepared(t)
  for (let i = 0; i < 22; i++) ehr.put(observation(`o${String(i)}`, '1'))
  await desk.run(desk.server(ehr), { atOnce: 16 })
  for (const key of [...ehr.kept.keys()]) ehr.kept.delete(key)
  const full = async (more: object = {}): Promise<object> => (
    await desk.run(desk.server(ehr, { full: true }), { atOnce: 16, ...more })
  ).counts
  for (let run = 0; run < 3; run++) t.match(await full(), { withdrawn: 0, failed: 22 }, 'nobody has looked yet')
  for (let i = 0; i < 22; i++) ehr.put(observation(`new${String(i)}`, '1'))
  t.match(await full(), { added: 22, withdrawn: 0, failed: 22 }, 'what is new makes no deletion likelier')
  ehr.put(observation('o0', '1', 99))
  ehr.put(observation('o21', '1', 99))
  t.match(await full(), { updated: 2, withdrawn: 0, failed: 20 }, 'it has two again')
  ehr.delete('Observation/o0')
  t.match(await full(), { withdrawn: 0, failed: 21 }, 'nor is another believed')
  ehr.put(observation('o0', '1', 99))
  t.match(await full({ manyDeletions: true }), { withdrawn: 20, failed: 0 })
  t.equal(new Set((await contentsOf(patient)).filter(({ end }) => end === undefined).map(({ recordId }) => recordId)).size, 24)
})

t.test('a folder that is complete for one type says nothing of the others', async (t) => {
  const { desk } = await prepared(t)
  const procedure = { ...observation('b', '1'), resourceType: 'Procedure' }
  const folder = t.testdir({ in: { 'a.json': JSON.stringify(observation('a', '1')), 'b.json': JSON.stringify(procedure) } })
  const source = (types: readonly MovedType[]): FhirFolderSource => new FhirFolderSource({ folder: join(folder, 'in'), types, complete: true })
  t.match((await desk.run(source(MOVED_TYPES))).counts, { added: 2 })
  t.match((await desk.run(source(['Observation']))).counts, { unchanged: 1, withdrawn: 0 })
  writeFileSync(join(folder, 'in', 'a.json'), JSON.stringify(observation('c', '1')))
  t.match((await desk.run(source(['Observation']))).counts, { added: 1, withdrawn: 1 })
})

t.test('a server whose clock was ahead, or says nonsense, hides no change', async (t) => {
  const { ehr, desk } = await prepared(t)
  let lastUpdated: string | undefined = '2099-01-01T00:00:00Z'
  ehr.answer = (request, response) => {
    if (!searching(request) || lastUpdated === undefined) return undefined
    say(response, 200, searchset([{ fullUrl: `${ehr.base}/Observation/a`, resource: observation('a', '1') }], { meta: { lastUpdated } }))
    return true
  }
  t.match((await desk.run(desk.server(ehr))).counts, { added: 1 })
  lastUpdated = undefined
  ehr.put(observation('b', '1'))
  t.match((await desk.run(desk.server(ehr))).counts, { added: 1 }, 'changed today')
  lastUpdated = '-271821-04-20T00:00:00Z'
  t.match((await desk.run(desk.server(ehr))).counts, { failed: 0 })
})

t.test('a patient of another tenant of the same server is another patient', async (t) => {
  const { ehr, desk, patient } = await prepared(t)
  const of = (id: string, reference: string, more: object = {}): void => { ehr.put(observation(id, '1', 1, { subject: { reference }, ...more })) }
  of('below', `${ehr.base}/tenant-b/Patient/1`)
  of('no-scheme', '//other.example/fhir/Patient/1')
  of('path', 'tenant-b/Patient/1')
  of('own', `${ehr.base}/Patient/1`, { performer: [{ reference: 'https://other.example/fhir/Patient/1' }, { reference: `${ehr.base}/Patient/1` }] })
  t.match((await desk.run(desk.server(ehr))).counts, { added: 1, unmatched: 3, failed: 0 })
  const [sealed] = await contentsOf(patient)
  t.match(JSON.parse(sealed?.text ?? '{}'), { performer: [{ identifier: { value: 'https://other.example/fhir/Patient/1' }, reference: undefined }, { reference: `Patient/${patient.patientId}` }] })
})

t.test('a record that the gateway does not show is not known to be withdrawn', async (t) => {
  const { ehr, desk, patient } = await prepared(t)
  ehr.put(observation('a', '1'))
  await desk.run(desk.server(ehr))
  ehr.delete('Observation/a')
  hospitals.core.front.instead = (method, path) => method === 'GET' && path.startsWith('/v1/records/')
    ? { status: 404, body: { type: 'about:blank', title: 'none', status: 404, code: 'RECORD_UNKNOWN', detail: 'none' } }
    : undefined
  t.match((await desk.run(desk.server(ehr))).said, { withdrawn: 0, failed: 1, failures: [{ key: 'Observation/a' }] })
  hospitals.core.front.instead = undefined
  t.match((await desk.run(desk.server(ehr))).counts, { withdrawn: 1, failed: 0 })
  t.ok((await contentsOf(patient)).every(({ end }) => end !== undefined))
})

t.test('files that cannot be read, and ones that are no pictures though they say so, withdraw nothing', async (t) => {
  const { desk } = await prepared(t)
  const folder = t.testdir({ in: { 'a.json': JSON.stringify(observation('a', '1')), 'b.ndjson': `${JSON.stringify(observation('b', '1'))}\n` } })
  const source = new FhirFolderSource({ folder: join(folder, 'in'), types: MOVED_TYPES, complete: true })
  t.match((await desk.run(source)).counts, { added: 2 })
  class Vanishing extends FhirFolderSource {
    override async * tell (...given: Parameters<FhirFolderSource['tell']>): AsyncGenerator<Told> {
      for await (const told of super.tell(...given)) {
        rmSync(join(folder, 'in', 'b.ndjson'), { force: true })
        yield told
      }
    }
  }
  t.match((await desk.run(new Vanishing({ folder: join(folder, 'in'), types: MOVED_TYPES, complete: true }))).said, { unchanged: 1, withdrawn: 0, failed: 1, failures: [{ key: 'b.ndjson', reason: 'FILE_CHANGED' }] })
  const pictures = t.testdir({ in: { 'empty.dcm': '', 'notes.txt': '' } })
  t.match((await desk.run(new DicomFolderSource({ folder: join(pictures, 'in'), complete: true }))).said, { withdrawn: 0, failed: 1, failures: [{ key: 'empty.dcm', reason: 'DICOM_INVALID' }] })
})

t.test('a picture whose header has more elements than a call takes arguments', async (t) => {
  const { readDicom } = await import('../../../sync/src/sources/dicom.ts')
  const element = (group: number, number: number, representation: string, value: string): Buffer => {
    const head = Buffer.alloc(8)
    head.writeUInt16LE(group, 0)
    head.writeUInt16LE(number, 2)
    head.write(representation, 4, 'latin1')
    head.writeUInt16LE(value.length, 6)
    return Buffer.concat([head, Buffer.from(value, 'latin1')])
  }
  const many = Array.from({ length: 200_000 }, (_, index) => element(0x0011 + 2 * Math.floor(index / 60_000), index % 60_000, 'LO', ''))
  const file = Buffer.concat([
    Buffer.alloc(128), Buffer.from('DICM'), element(2, 0x10, 'UI', '1.2.840.10008.1.2.1\0'), element(8, 0x18, 'UI', '1.2.34'), ...many
  ])
  const head = await readDicom((offset, length) => Promise.resolve(file.subarray(offset, offset + length)), file.length)
  t.strictSame(head, { instance: '1.2.34', patient: undefined })
})
