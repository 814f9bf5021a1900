import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { findFault } from '@epione/fhir'
import type { Bundle as BundleOf, DocumentReference, FhirResource } from 'fhir/r4.js'
import { Client } from 'fhir-kit-client'
import t from 'tap'
import type { Test } from 'tap'
import { assembleCast } from '../../helpers/cast.ts'
import type { Party } from '../../helpers/epione.ts'
import { startOrthanc } from '../../helpers/orthanc.ts'
import { renamed } from '../../helpers/pacs.ts'
import { TestNetwork } from '../../helpers/test-network.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const BIN = join(ROOT, 'cli', 'bin', 'epione.js')
const SYNTHEA = join(ROOT, 'test', 'data', 'fhir', 'Levi940_Gusikowski974.with-documents.json')

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

const PICTURE = join(ROOT, 'test', 'data', 'dicom', 'CT_small.dcm')
const PICTURE_UID = '1.3.6.1.4.1.5962.1.1.1.1.1.20040119072730.12322'
const PICTURES = 10

/** Kills a run once it has looked at something. */
async function killOnTheWay (party: Party, args: string[]): Promise<boolean> {
  const child = spawn(process.execPath, [BIN, ...args, '--json', '--progress'], { stdio: ['ignore', 'ignore', 'pipe'], env: party.environment })
  child.stderr.on('data', (text: Buffer) => { if (/looked at: [1-9]/.test(text.toString())) child.kill('SIGKILL') })
  const [code, signal] = await once(child, 'close') as [number | null, string | null]
  if (signal === null && code !== 0) throw new Error(`it ended by itself, with ${String(code)}`)
  return signal === 'SIGKILL'
}

t.test('pictures of an Orthanc are a record each, however often the command is killed, and one that is gone there is withdrawn', async (t) => {
  const orthanc = await startOrthanc(t)
  const file = await readFile(PICTURE)
  const uid = (index: number): string => `${PICTURE_UID.slice(0, -2)}${String(index).padStart(2, '0')}`
  for (let index = 0; index < PICTURES; index++) await orthanc.store(renamed(file, PICTURE_UID, uid(index)))
  await writeFile(author.path('pictures.csv'), `patient,card\n1CT1,cards/${patientId}.json\n`)
  await writeFile(author.path('basic'), `${orthanc.basic}\n`)
  await writeFile(author.path('false'), 'test:guessed')
  const sync = ['sync', 'dicomweb', orthanc.base, '--name', 'pacs', '--mapping', author.path('pictures.csv'), '--count', '5', '--at-once', '2', '--basic']
  const pictures = async (): Promise<Array<{ recordId: string, version: number, category: string, end?: object }>> =>
    ((await patient.must(['record', 'list'])).json['items'] as Awaited<ReturnType<typeof pictures>>).filter(({ category }) => category === 'imaging')

  t.match(await author.run([...sync, author.path('false')]), { json: { error: { syncCode: 'SOURCE_REFUSED' } } })
  const run = [...sync, author.path('basic')]
  const kills = [await killOnTheWay(author, run), await killOnTheWay(author, run)]
  t.ok(kills.includes(true))
  t.ok((await pictures()).length < PICTURES, 'some are left')
  t.match((await author.must(run)).json, { updated: 0, withdrawn: 0, failed: 0 })
  const sealed = await pictures()
  t.equal(sealed.length, PICTURES)
  t.equal(new Set(sealed.map(({ recordId }) => recordId)).size, PICTURES)
  t.ok(sealed.every(({ version, end }) => version === 1 && end === undefined))
  const [{ recordId } = { recordId: '' }] = sealed
  await patient.must(['record', 'get', recordId, '--out', patient.path('picture.dcm')])
  const opened = await readFile(patient.path('picture.dcm'))
  t.ok(Array.from({ length: PICTURES }, (_, index) => renamed(file, PICTURE_UID, uid(index))).some((one) => opened.equals(one)), 'as it was stored, byte for byte')

  await orthanc.remove(uid(3))
  t.match((await author.must(run)).json, { added: 0, updated: 0, withdrawn: 1, unchanged: PICTURES - 1, failed: 0 })
  t.equal((await pictures()).filter(({ end }) => end !== undefined).length, 1)
})
