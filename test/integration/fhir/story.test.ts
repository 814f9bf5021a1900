import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { findFault } from '@epione/fhir'
import type { Bundle as BundleOf, DocumentReference, FhirResource } from 'fhir/r4.js'
import { Client } from 'fhir-kit-client'
import t from 'tap'
import type { Test } from 'tap'
import { assembleCast } from '../../helpers/cast.ts'
import type { Party } from '../../helpers/epione.ts'
import { TestNetwork } from '../../helpers/test-network.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const BIN = join(ROOT, 'cli', 'bin', 'epione.js')
const SYNTHEA = join(ROOT, 'test', 'data', 'fhir', 'Levi940_Gusikowski974.with-documents.json')

t.setTimeout(600_000)
const network = await TestNetwork.shared()
const folder = t.testdir()
const { organizations } = await network.network()
const [home, readerHospital] = organizations
if (home === undefined || readerHospital === undefined) throw new Error('the story needs two hospitals')
const cast = await assembleCast({ stateDir: network.stateDir, folder, home: home.id, readerHospital: readerHospital.id, unlocked: true })
const { patient, author, reader, readerId, readerFingerprint } = cast
t.teardown(async () => { await Promise.all([author.lock(), reader.lock()]) })
const registered = await patient.must([
  'patient', 'init', '--network', join(network.stateDir, 'network.json'), '--gateway', home.id, '--phrase-file', patient.path('phrase')
])
const patientId = String(registered.json['patientId'])
await patient.must(['patient', 'card', '--out', patient.path('card.json')])
await mkdir(author.path('cards'))
await copyFile(patient.path('card.json'), join(author.path('cards'), `${patientId}.json`))

/** `epione fhir` as a process of its own, and the stock client in front of it. */
async function serve (t: Test, party: Party, ...options: string[]): Promise<Client> {
  const child = spawn(process.execPath, [BIN, 'fhir', '--port', '0', '--json', ...options], { stdio: ['ignore', 'pipe', 'inherit'], env: party.environment })
  t.teardown(async () => {
    const closed = once(child, 'close')
    child.kill('SIGTERM')
    await closed
  })
  const [line] = await once(createInterface(child.stdout), 'line') as [string]
  const { url, tokenFile } = JSON.parse(line) as { url: string, tokenFile: string }
  return new Client({ baseUrl: url, bearerToken: (await readFile(tokenFile, 'utf8')).trim() })
}

type Of<T extends FhirResource['resourceType']> = T extends 'Bundle' ? Bundle : Extract<FhirResource, { resourceType: T }>

/** A resource of this type that the schema of R4 takes. */
function checked<T extends FhirResource['resourceType']> (t: Test, type: T, resource: unknown, what: string): Of<T> {
  t.equal(findFault(resource), undefined, `${what} is of R4`)
  t.match(resource, { resourceType: type })
  return resource as Of<T>
}

type Bundle = BundleOf<FhirResource>
interface Refusal { response: { status: number, data: FhirResource } }
const refusal = async (t: Test, asked: Promise<unknown>): Promise<Refusal['response']> => {
  const { response, message } = await asked.then((): Partial<Refusal & Error> => ({ message: 'it was answered' }), (error: unknown) => error as Partial<Refusal & Error>)
  if (response === undefined) throw new Error(message)
  checked(t, 'OperationOutcome', response.data, 'a refusal')
  return response
}

t.test('fhir-kit-client provides documents at one hospital, and finds and retrieves them at another', async (t) => {
  const [writing, reading] = [await serve(t, author, '--cards', author.path('cards')), await serve(t, reader)]
  const synthea = JSON.parse(await readFile(SYNTHEA, 'utf8')) as Bundle
  const documents = (synthea.entry ?? []).flatMap(({ resource }) => resource?.resourceType === 'DocumentReference' ? [resource] : []).slice(0, 2)
  t.equal(documents.length, 2)
  const text = (document: DocumentReference): string => document.content[0]?.attachment.data ?? ''
  const bundle: Bundle = {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      {
        fullUrl: 'urn:uuid:00000000-0000-4000-8000-00000000000f',
        resource: {
          resourceType: 'List',
          status: 'current',
          mode: 'working',
          code: { coding: [{ system: 'https://profiles.ihe.net/ITI/MHD/CodeSystem/MHDlistTypes', code: 'submissionset' }, { system: 'urn:epione:category', code: 'encounters' }] },
          subject: { reference: `Patient/${patientId}` },
          entry: documents.map((_document, index) => ({ item: { reference: `urn:uuid:00000000-0000-4000-8000-00000000000${index}` } }))
        },
        request: { method: 'POST', url: 'List' }
      },
      ...documents.flatMap(({ id: _, context: __, author: ___, custodian: ____, ...document }, index) => [
        {
          fullUrl: `urn:uuid:00000000-0000-4000-8000-00000000000${index}`,
          resource: {
            ...document,
            status: 'current' as const,
            category: [{ coding: [{ system: 'urn:epione:category', code: 'encounters' }] }],
            subject: { reference: `Patient/${patientId}` },
            content: [{ attachment: { contentType: 'text/plain', url: `urn:uuid:00000000-0000-4000-8000-0000000000b${index}` } }]
          },
          request: { method: 'POST' as const, url: 'DocumentReference' }
        },
        {
          fullUrl: `urn:uuid:00000000-0000-4000-8000-0000000000b${index}`,
          resource: { resourceType: 'Binary' as const, contentType: 'text/plain', data: text(documents[index] as DocumentReference) },
          request: { method: 'POST' as const, url: 'Binary' }
        }
      ])
    ]
  }
  const provided = checked(t, 'Bundle', await writing.transaction({ body: { ...bundle } }), 'the answer to ITI-65')
  t.strictSame(provided.entry?.map(({ response }) => response?.status), ['201 Created', '201 Created', '200 OK', '201 Created', '200 OK'])

  const search = { resourceType: 'DocumentReference', searchParams: { patient: patientId, status: 'current' } }
  const before = await refusal(t, reading.search(search))
  t.match(before, { status: 403, data: { resourceType: 'OperationOutcome', issue: [{ code: 'forbidden', details: { coding: [{ code: 'NOT_PERMITTED' }] } }] } })

  const granted = await patient.must([
    'consent', 'grant', '--practitioner', readerId, '--category', 'encounters', '--purpose', 'TREAT', '--days', '1', '--action', 'read', 'search', '--fingerprint', readerFingerprint
  ])
  const lists = checked(t, 'Bundle', await reading.search({ resourceType: 'List', searchParams: { patient: patientId, code: 'submissionset', status: 'current' } }), 'ITI-66')
  t.match(lists, { type: 'searchset', entry: [{ resource: { resourceType: 'List', entry: [{}, {}] } }] })
  const found = checked(t, 'Bundle', await reading.search(search), 'ITI-67')
  t.match(found, { type: 'searchset', total: undefined, entry: [{ resource: { status: 'current' } }, { resource: { status: 'current' } }] })
  for (const { resource } of found.entry ?? []) {
    const { content, id } = checked(t, 'DocumentReference', resource, 'a document')
    const binary = checked(t, 'Binary', await reading.request(content[0]?.attachment.url ?? ''), 'ITI-68')
    t.ok(documents.some((document) => text(document) === binary.data), 'what is retrieved is what was provided')
    t.match(checked(t, 'DocumentReference', await reading.read({ resourceType: 'DocumentReference', id: id ?? '' }), 'one read by its id'), { id })
  }
  const coded = { ...search, searchParams: { ...search.searchParams, type: documents[0]?.type?.coding?.map(({ system = '', code = '' }) => `${system}|${code}`)[0] ?? '' } }
  t.ok((checked(t, 'Bundle', await reading.search(coded), 'a search by the index').entry ?? []).length > 0)

  const other = await refusal(t, reading.search({ ...search, options: { headers: { 'Purpose-Of-Use': 'HRESCH' } } }))
  t.match(other, { status: 403, data: { issue: [{ code: 'forbidden', details: { coding: [{ code: 'ACCESS_DENIED' }] } }] } })
  await patient.must(['consent', 'revoke', String(granted.json['consentId'])])
  const [last] = found.entry ?? []
  const after = await refusal(t, reading.read({ resourceType: 'DocumentReference', id: last?.resource?.id ?? '', options: { headers: { 'Purpose-Of-Use': 'ETREAT' } } }))
  t.equal(after.status, 403)
  const log = checked(t, 'Bundle', await reading.search({ resourceType: 'AuditEvent', searchParams: { patient: patientId } }), 'the log')
  t.ok(log.entry?.some(({ resource }) => resource?.resourceType === 'AuditEvent' && resource.outcome === '0'))
  t.ok(log.entry?.some(({ resource }) => resource?.resourceType === 'AuditEvent' && resource.outcome === '8'))
})
