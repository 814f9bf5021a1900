import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Client } from 'fhir-kit-client'
import t from 'tap'
import { Hospitals, grantTo } from '../../helpers/client/hospitals.ts'
import { FhirDesk, giveCard } from '../../helpers/fhir.ts'

interface Ran { document: object, retrieved: unknown, log: object }
type Example = (author: Client, reader: Client, patientId: string) => Promise<Ran>

t.test('the example of docs/fhir.md is true', async (t) => {
  const page = await readFile(join(import.meta.dirname, '..', '..', '..', 'docs', 'fhir.md'), 'utf8')
  const [, code = ''] = /<!-- example: begin -->\n```js\n(.*?)```\n<!-- example: end -->/s.exec(page) ?? []
  t.match(code, /await author\.transaction/)
  const AsyncFunction = (async (): Promise<void> => { await Promise.resolve() }).constructor as new (...text: string[]) => Example
  const run = new AsyncFunction('author', 'reader', 'patientId', `${code}\nreturn { document, retrieved, log }`)

  const hospitals = await Hospitals.open(t)
  const folder = t.testdir({})
  const { core, regional1 } = hospitals
  const [patient, author, reader] = await Promise.all([hospitals.patient(), hospitals.physician(core), hospitals.physician(regional1)])
  await giveCard(patient, folder)
  await grantTo(reader, patient, 'encounters', ['read', 'search'])
  const [writing, reading] = await Promise.all([FhirDesk.open(t, author, folder), FhirDesk.open(t, reader, folder)])
  const { document, retrieved, log } = await run(writing.client(), reading.client(), patient.patientId)
  t.match(document, { resourceType: 'DocumentReference', content: [{ attachment: { contentType: 'text/plain' } }] })
  t.match(retrieved, { resourceType: 'Binary', data: Buffer.from('Levi coughs.').toString('base64') })
  // One search of the index, and one reading: what was found is opened already.
  t.match(log, { entry: [{ resource: { outcome: '0', subtype: [{}, { code: 'read' }] } }, { resource: { outcome: '0', subtype: [{}, { code: 'search-type' }] } }] })
  t.equal((log as { entry: unknown[] }).entry.length, 2)
  // Nor is the index asked again for what is opened.
  const search = `patient=${patient.patientId}&status=current&type=${encodeURIComponent('http://loinc.org|34117-2')}`
  t.match(await reading.call(`/DocumentReference?${search}`), { status: 200, body: { entry: [{ resource: { resourceType: 'DocumentReference' } }] } })
  t.equal(((await reading.call(`/AuditEvent?patient=${patient.patientId}`)).body['entry'] as unknown[]).length, 2)
  // What came meanwhile is searched for, and what is opened stays found.
  await writing.call('/DocumentReference', { method: 'POST', body: { ...document, id: undefined, content: [{ attachment: { contentType: 'text/plain', data: btoa('Levi sleeps.') } }] } })
  t.equal(((await reading.call(`/DocumentReference?${search}`)).body['entry'] as Array<{ resource: { resourceType: string } }>).filter(({ resource }) => resource.resourceType === 'DocumentReference').length, 2)
})
