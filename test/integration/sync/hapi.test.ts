import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { listRecords, requestAccess } from '@epione/sdk'
import { deliver, FhirExportSource, FhirServerSource } from '@epione/sync'
import type { MovedType } from '@epione/sync'
import { grantTo, Hospitals } from '../../helpers/client/hospitals.ts'
import { startHapi } from '../../helpers/hapi.ts'
import { SyncDesk } from '../../helpers/sync.ts'

/* A hospital's existing system, HAPI FHIR, and another's to deliver to; between them the gateways' own code and an in-memory ledger. */

const SYNTHEA = join(import.meta.dirname, '..', '..', 'data', 'fhir', 'Gustavo_Mejia_59a8543c-e24f-4a01-b28b-47ccde6bc11d.json')
const TYPES: readonly MovedType[] = ['Immunization', 'Encounter', 'Observation']
/** Of these types, in the bundle. */
const COUNT = 55

const hospitals = await Hospitals.open(t)
const patient = await hospitals.patient()
const [author, reader] = [await hospitals.physician(hospitals.core), await hospitals.physician(hospitals.regional1)]
await grantTo(reader, patient, 'immunizations', ['read'])
const hapi = await startHapi(t, { partitions: ['kis', 'clinic'] })

interface Response { response: { location: string } }
interface Bundle { entry: Array<{ resource: Record<string, unknown> }> }
const loaded = await hapi.ask('kis', '', { method: 'POST', body: JSON.parse(readFileSync(SYNTHEA, 'utf8')) as object })
const keys = (loaded.body['entry'] as Response[]).map(({ response }) => response.location.replace(/\/_history\/1$/, ''))
const keysOf = (type: string): string[] => keys.filter((key) => key.startsWith(`${type}/`))
const desk = new SyncDesk(t, author)
await desk.map(keysOf('Patient')[0] ?? '', patient)
const run = async (): ReturnType<SyncDesk['run']> =>
  await desk.run(new FhirServerSource({ base: hapi.base('kis'), types: TYPES, count: 20 }))

t.test('what HAPI has is sealed once, what changes is a new version, what is deleted is withdrawn, and what is nobody\'s is told', async (t) => {
  t.match((await run()).counts, { added: COUNT, failed: 0, unmatched: 0 })
  t.match((await run()).counts, { added: 0, updated: 0, withdrawn: 0, failed: 0 })
  const [changed = '', gone = ''] = [keysOf('Observation')[0], keysOf('Immunization')[0]]
  const { body } = await hapi.ask('kis', `/${changed}`)
  t.match(await hapi.ask('kis', `/${changed}`, { method: 'PUT', body: { ...body, status: 'amended' } }), { status: 200 })
  t.match(await hapi.ask('kis', `/${gone}`, { method: 'DELETE' }), { status: 200 })
  const other = await hapi.ask('kis', '/Patient', { method: 'POST', body: { resourceType: 'Patient', name: [{ family: 'Mejía', given: ['Gustavo'] }] } })
  const observation = { resourceType: 'Observation', status: 'final', code: { text: 'pulse' } }
  const stranger = String(other.body['id'])
  await hapi.ask('kis', '/Observation', { method: 'POST', body: { ...observation, subject: { reference: `Patient/${stranger}` } } })
  await hapi.ask('kis', '/Observation', { method: 'POST', body: observation })
  const { said } = await run()
  t.match(said, { added: 0, updated: 1, withdrawn: 1, unmatchedPatients: [{ sourcePatient: stranger, things: 1 }], failures: [{ reason: 'PATIENT_MISSING' }] })
  const sealed = await listRecords(patient, patient.patientId)
  t.equal(sealed.length, COUNT + 1)
  t.equal(sealed.filter(({ version }) => version === 2).length, 1)
  t.equal(sealed.filter(({ end }) => end !== undefined).length, 1)
})

t.test('what a reader opens stands in their own system, with its origin, once', async (t) => {
  const sealed = await listRecords(patient, patient.patientId)
  const records = sealed.filter(({ category, end }) => category === 'immunizations' && end === undefined).slice(0, 2).map(({ recordId }) => ({ recordId }))
  const bring = async (): ReturnType<typeof deliver> => {
    const { eventId } = await requestAccess(reader, { patientId: patient.patientId, records, purpose: 'TREAT' })
    return await deliver({ context: reader, eventId, to: hapi.base('clinic') })
  }
  t.match(await bring(), [{ outcome: 'failed', reason: 'PATIENT_UNMATCHED' }, { outcome: 'failed' }])
  const identifier = [{ system: 'urn:epione:patient', value: patient.patientId }]
  t.match(await hapi.ask('clinic', '/Patient', { method: 'POST', body: { resourceType: 'Patient', identifier } }), { status: 201 })
  t.match(await bring(), [{ outcome: 'delivered', location: /^Immunization\// }, { outcome: 'delivered' }])
  t.match(await bring(), [{ outcome: 'there', location: /^Immunization\// }, { outcome: 'there' }])

  const found = (await hapi.ask('clinic', '/Immunization?_count=10')).body as unknown as Bundle
  t.equal(found.entry.length, 2)
  t.match(found.entry[0]?.resource, { status: 'completed', vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx' }] }, patient: { reference: /^Patient\/\d+$/ } })
  const { entry } = (await hapi.ask('clinic', '/Provenance?_count=10')).body as unknown as Bundle
  t.equal(entry.length, 2)
  t.match(entry[0]?.resource, {
    target: [{ reference: /^Immunization\// }],
    agent: [{ who: { identifier: { system: 'urn:epione:staff' } } }, { who: { identifier: { value: `${reader.person.mspId}/${reader.person.staffId}` } } }],
    entity: [
      { what: { identifier: { system: 'urn:epione:record' } } },
      { what: { identifier: { system: 'urn:epione:event' } } },
      { what: { identifier: { system: 'urn:epione:content-hash' } } }
    ]
  })
})

/* HAPI does the steps of an export minutes apart. */
const isSlow = process.env['SLOW'] === '1'
t.test('what HAPI exports in bulk is what it answers a search with', { skip: isSlow ? false : 'in make test-slow' }, async (t) => {
  const types: readonly MovedType[] = ['Encounter', 'Immunization']
  const options = { base: hapi.base('kis'), types }
  const source = new FhirExportSource({ ...options, of: 'patient' })
  const bulk = new SyncDesk(t, author)
  await bulk.map(keysOf('Patient')[0] ?? '', patient)
  const { counts: { added }, said } = await bulk.run(source, { system: 'bulk' })
  t.match(said, { failed: 0, unmatched: 0 })
  t.ok(added > 0)
  t.match((await bulk.run(new FhirServerSource({ ...options, full: true }), { system: 'bulk' })).counts, { added: 0, updated: 0, withdrawn: 0, unchanged: added, failed: 0 })
})
