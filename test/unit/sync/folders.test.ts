import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { DicomFolderSource, FhirFolderSource, MOVED_TYPES } from '@epione/sync'
import { Hospitals } from '../../helpers/client/hospitals.ts'
import { observation } from '../../helpers/ehr.ts'
import { contentsOf, SyncDesk } from '../../helpers/sync.ts'

const DATA = join(import.meta.dirname, '..', '..', 'data')
const SYNTHEA = readFileSync(join(DATA, 'fhir', 'Gustavo_Mejia_59a8543c-e24f-4a01-b28b-47ccde6bc11d.json'), 'utf8')
const CT = readFileSync(join(DATA, 'dicom', 'CT_small.dcm'))

const hospitals = await Hospitals.open(t)
const author = await hospitals.physician(hospitals.core)
const files = (folder: string, more: { complete?: boolean } = {}): FhirFolderSource =>
  new FhirFolderSource({ folder, types: MOVED_TYPES, ...more })

t.test('a bundle of Synthea, whose patient is known by a mapping', async (t) => {
  const [desk, patient] = [new SyncDesk(t, author), await hospitals.patient()]
  const { entry } = JSON.parse(SYNTHEA) as { entry: Array<{ resource: { resourceType: string, id?: string }, fullUrl: string }> }
  const source = entry.find(({ resource }) => resource.resourceType === 'Patient')
  await desk.map(source?.resource.id ?? source?.fullUrl.slice('urn:uuid:'.length) ?? '', patient)
  const folder = t.testdir({ in: { 'gustavo.json': SYNTHEA, 'notes.txt': 'nothing of FHIR' } })
  const report = await desk.run(files(join(folder, 'in')), { atOnce: 16 })
  // 44 observations, 6 encounters, 5 immunizations, 3 reports, 2 conditions, a prescription and a procedure.
  t.match(report.said, { added: 62, failed: 0, unmatched: 0 })
  t.match(report.said['skippedTypes'], { Claim: 7, ExplanationOfBenefit: 6, Organization: 1, Practitioner: 1 })
  const sealed = await contentsOf(patient)
  t.strictSame([...new Set(sealed.map(({ category }) => category))].sort(), ['encounters', 'immunizations', 'inbox', 'laboratory', 'medication', 'vital-signs'])
  t.notOk(sealed.some(({ text }) => text.includes('urn:uuid:')), 'references are not those of the bundle')
  t.match((await desk.run(files(join(folder, 'in')))).counts, { added: 0, unchanged: 62, updated: 0 })
})

t.test('lines of a bulk export: bad ones are told by number, deletions only where all is there', async (t) => {
  const [desk, patient] = [new SyncDesk(t, author), await hospitals.patient()]
  const folder = t.testdir({ in: {} })
  const put = (...lines: unknown[]): void => {
    writeFileSync(join(folder, 'in', 'Observation.ndjson'), lines.map((line) => typeof line === 'string' ? line : JSON.stringify(line)).join('\n'))
  }
  const run = async (more = {}): Promise<object> => (await desk.run(files(join(folder, 'in'), more))).said
  await desk.map('1', patient)
  put(observation('a', '1'), '', '{"resourceType":"Observ', '<Observation/>', observation('b', '1'), `{"x":"${'y'.repeat(17 * 1024 * 1024)}"}`, { id: 'c' }, observation('d', '1'))
  t.match(await run({ complete: true }), {
    added: 3,
    failed: 4,
    failures: [{ key: 'Observation.ndjson:3', reason: 'NOT_JSON' }, { key: 'Observation.ndjson:4', reason: 'NOT_JSON' }, { key: 'Observation.ndjson:6', reason: 'RESOURCE_TOO_LARGE' }, { key: 'Observation.ndjson:7', reason: 'RESOURCE_INVALID' }]
  })
  put(observation('a', '1'), 'broken')
  t.match(await run({ complete: true }), { withdrawn: 0, failed: 1 }, 'what could not be read may be what is missing')
  put(observation('a', '1'))
  t.match(await run(), { withdrawn: 0, unchanged: 1 })
  t.match(await run({ complete: true }), { withdrawn: 2, unchanged: 1 })
  // As a server says it in bulk: a Bundle a line.
  put({ resourceType: 'Bundle', type: 'transaction', entry: [{ request: { method: 'DELETE', url: 'Observation/a' } }] })
  t.match(await run(), { withdrawn: 1 })
  t.ok((await contentsOf(patient)).every(({ end }) => end !== undefined))
})

t.test('copies of one thing: the newer counts, and where nothing says which, the first', async (t) => {
  const [desk, patient] = [new SyncDesk(t, author), await hospitals.patient()]
  await desk.map('1', patient)
  const at = (time: string, value: number): object => observation('a', '1', value, { meta: { lastUpdated: time } })
  const folder = t.testdir({
    in: {
      '1.json': JSON.stringify(at('2026-01-02T00:00:00Z', 2)),
      '2.json': JSON.stringify(at('2026-01-01T00:00:00Z', 1)),
      '3.json': JSON.stringify(at('2026-01-03T00:00:00+01:00', 3)),
      '4.json': JSON.stringify(observation('b', '1', 1)),
      '5.json': JSON.stringify(observation('b', '1', 2))
    }
  })
  const run = async (): Promise<object> => (await desk.run(files(join(folder, 'in')))).said
  t.match(await run(), { added: 2, updated: 1, failed: 1, failures: [{ key: 'Observation/b', reason: 'DUPLICATE' }] })
  t.match(await run(), { added: 0, updated: 0, failed: 1 })
  t.match((await contentsOf(patient)).find(({ version }) => version === 2)?.text, '"value":3')
})

t.test('pictures of a folder, sealed as they are; what is not whole is told', async (t) => {
  const [desk, patient] = [new SyncDesk(t, author), await hospitals.patient()]
  const whole = Buffer.from(CT)
  const cut = whole.subarray(0, whole.length - 100)
  const long = Buffer.concat([whole, Buffer.from('rubbish')])
  const folder = t.testdir({ in: { 'ct.dcm': whole, deep: { 'readme.txt': 'no picture' } } })
  const run = async (): Promise<Record<string, unknown>> => (await desk.run(new DicomFolderSource({ folder: join(folder, 'in') }))).said
  await desk.map('1CT1', patient)
  t.match(await run(), { added: 1, failed: 0, skippedTypes: { 'file that is no DICOM': 1 }, entries: [{ key: 'dicom/1.3.6.1.4.1.5962.1.1.1.1.1.20040119072730.12322' }] })
  const [sealed] = await contentsOf(patient)
  t.match(sealed, { category: 'imaging', mediaClass: 'image' })
  writeFileSync(join(folder, 'in', 'cut.dcm'), cut)
  writeFileSync(join(folder, 'in', 'long.dcm'), long)
  writeFileSync(join(folder, 'in', 'stub.dcm'), whole.subarray(0, 400))
  t.match(await run(), {
    added: 0,
    unchanged: 1,
    failed: 3,
    failures: [{ key: 'cut.dcm', reason: 'DICOM_SIZE_FALSE' }, { key: 'long.dcm', reason: 'DICOM_SIZE_FALSE' }, { key: 'stub.dcm', reason: 'DICOM_INVALID' }]
  })
})

t.test('a folder that is not there ends the run', async (t) => {
  const desk = new SyncDesk(t, author)
  await desk.map('1', await hospitals.patient())
  await t.rejects(desk.run(files('/nowhere/at/all')), { code: 'SOURCE_UNREADABLE' })
})
