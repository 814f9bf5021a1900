import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { FhirExportSource } from '@epione/sync'
import type { FhirExportOptions } from '../../../sync/src/sources/fhir-export.ts'
import { grantTo, Hospitals, writeRecord } from '../../helpers/client/hospitals.ts'
import { Ehr, observation, say } from '../../helpers/ehr.ts'
import { CALLER_TOKEN, FhirDesk } from '../../helpers/fhir.ts'
import { contentsOf, SyncDesk } from '../../helpers/sync.ts'

/* HAPI's own bulk export stands in the integration tests. */

const hospitals = await Hospitals.open(t)
const author = await hospitals.physician(hospitals.core)

interface Listed { type: string, url: string, count?: number }

/** A FHIR server that exports in files of two lines, and does otherwise where it is told to. */
class Exporting {
  readonly ehr: Ehr
  /** Addresses below the base that were asked for, without what every kick-off says. */
  readonly asked: string[] = []
  /** How often it says that it is under way. */
  polls = 0
  deleted: string[] | undefined
  errors: object[] = []
  otherwise: (path: string, response: ServerResponse, request: IncomingMessage) => boolean | undefined = () => undefined
  #exports = 0
  #polled = 0

  constructor (ehr: Ehr) {
    this.ehr = ehr
    ehr.answer = (request, response) => this.#serve(request, response)
  }

  #serve (request: IncomingMessage, response: ServerResponse): boolean {
    const url = new URL(request.url ?? '', this.ehr.base)
    const path = url.pathname.replace(/^\/fhir\//, '')
    const isOurs = path.endsWith('$export') || /^(?:jobs|files)\//.test(path)
    if (path === 'metadata') {
      const resource = ['Observation', 'Patient'].map((type) => ({ type, interaction: [{ code: 'read' }] }))
      say(response, 200, { resourceType: 'CapabilityStatement', fhirVersion: '4.0.1', rest: [{ mode: 'server', resource }] })
      return true
    }
    if (!isOurs) return false
    this.asked.push(`${request.method === 'GET' ? '' : `${request.method ?? ''} `}${path}${url.searchParams.has('_since') ? '?_since' : ''}`)
    if (this.otherwise(path, response, request) === true) return true
    if (path.endsWith('$export')) this.#begin(request, response, url)
    else if (path.startsWith('jobs/')) this.#status(request, response, path)
    else this.#file(response, path)
    return true
  }

  #begin (request: IncomingMessage, response: ServerResponse, { searchParams }: URL): void {
    const isRight = request.headers['prefer'] === 'respond-async' && searchParams.get('_outputFormat') === 'application/fhir+ndjson' && searchParams.get('_type') === 'Observation'
    this.#polled = 0
    this.#exports++
    if (isRight) response.writeHead(202, { 'content-location': `${this.ehr.base}/jobs/${String(this.#exports)}` }).end()
    else say(response, 400, { resourceType: 'OperationOutcome', issue: [{ severity: 'error', diagnostics: 'asked for otherwise' }] })
  }

  #status (request: IncomingMessage, response: ServerResponse, path: string): void {
    if (request.method === 'DELETE') response.writeHead(202).end()
    else if (this.#polled++ < this.polls) response.writeHead(202, { 'retry-after': '1', 'x-progress': 'half' }).end('wait')
    else {
      const file = (type: string, name: string, count: number): Listed => ({ type, url: `${this.ehr.base}/${path.replace('jobs', 'files')}/${name}`, count })
      say(response, 200, {
        transactionTime: new Date().toISOString(),
        request: 'r',
        requiresAccessToken: true,
        output: this.lines.map((lines, index) => file('Observation', `${String(index)}.ndjson`, lines.length)),
        ...(this.deleted === undefined ? {} : { deleted: [file('Bundle', 'deleted', 1)] }),
        error: this.errors.length === 0 ? [] : [file('OperationOutcome', 'errors', this.errors.length)]
      }, 'application/json')
    }
  }

  get lines (): object[][] {
    const all = [...this.ehr.kept.values()].filter(({ isDeleted }) => !isDeleted).map(({ resource }) => resource)
    return Array.from({ length: Math.ceil(all.length / 2) }, (_, index) => all.slice(index * 2, index * 2 + 2))
  }

  #file (response: ServerResponse, path: string): void {
    const name = path.slice(path.lastIndexOf('/') + 1)
    const bundle = { resourceType: 'Bundle', type: 'transaction', entry: (this.deleted ?? []).map((url) => ({ request: { method: 'DELETE', url } })) }
    const lines = name === 'deleted' ? [bundle] : name === 'errors' ? this.errors : this.lines[Number.parseInt(name)] ?? []
    response.writeHead(200, { 'content-type': 'application/fhir+ndjson' }).end(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  }
}

type Patient = Awaited<ReturnType<Hospitals['patient']>>
type MakeSource = (more?: Partial<FhirExportOptions>) => FhirExportSource
interface Prepared { ehr: Ehr, server: Exporting, desk: SyncDesk, patient: Patient, source: MakeSource }

async function prepared (t: Test, count: number): Promise<Prepared> {
  const [ehr, desk, patient] = [await Ehr.open(t), new SyncDesk(t, author), await hospitals.patient()]
  await desk.map('1', patient)
  for (let i = 0; i < count; i++) ehr.put(observation(`o${String(i)}`, '1'))
  const source = (more: Partial<FhirExportOptions> = {}): FhirExportSource => new FhirExportSource({ base: ehr.base, types: ['Observation'], of: 'patient', ...more })
  return { ehr, server: new Exporting(ehr), desk, patient, source }
}
const livingOf = async (patient: Patient): Promise<number> => (await contentsOf(patient)).filter(({ end }) => end === undefined).length

t.test('what a server exports is sealed once, then what changed since, and what it says was deleted is asked for and withdrawn', async (t) => {
  const { ehr, server, desk, patient, source } = await prepared(t, 5)
  server.polls = 1
  t.match((await desk.run(source({ token: 'of the server' }))).counts, { added: 5, failed: 0 })
  t.strictSame(server.asked, ['Patient/$export', 'jobs/1', 'jobs/1', 'files/1/0.ndjson', 'files/1/1.ndjson', 'files/1/2.ndjson', 'DELETE jobs/1'])
  t.ok(ehr.tokens.every((token) => token === 'Bearer of the server'))
  server.polls = 0
  ehr.put(observation('o0', '1', 99))
  for (const id of ['o1', 'o2']) ehr.delete(`Observation/${id}`)
  server.deleted = ['Observation/o1', 'Observation/o3', 'Observation/never']
  server.asked.length = 0
  t.match((await desk.run(source())).counts, { added: 0, updated: 1, withdrawn: 1, failed: 0 }, 'o3 is there: nobody is believed that it is not')
  t.ok(server.asked.includes('Patient/$export?_since'))
  server.deleted = undefined
  t.match((await desk.run(source())).counts, { withdrawn: 1 }, 'of a server that says nothing of deletions its history does')
  t.match((await desk.run(source({ full: true }))).counts, { added: 0, updated: 0, withdrawn: 0, failed: 0 })
  t.equal(server.asked.at(-1)?.startsWith('DELETE'), true)
  t.equal(await livingOf(patient), 3 + 1, 'with the former version of o0')
})

t.test('of the whole system, of a group, and a dry run', async (t) => {
  const { server, desk, source } = await prepared(t, 1)
  t.match((await desk.run(source({ of: 'system' }), { trial: true })).counts, { added: 1 })
  t.match((await desk.run(source({ of: 'Group/7' }))).counts, { added: 1 })
  t.match((await desk.run(source({ of: 'system' }))).counts, { added: 0, failed: 0 }, 'nothing of the group is known of the system')
  t.strictSame(server.asked.filter((path) => path.includes('$')), ['$export', 'Group/7/$export', '$export'])
})

t.test('a run goes on with the export, and with the file, at which another ended', async (t) => {
  const { server, desk, patient, source } = await prepared(t, 6)
  server.otherwise = (path, response) => {
    if (!path.endsWith('1.ndjson')) return undefined
    response.writeHead(401).end()
    return true
  }
  t.match((await desk.run(source())).said, { added: 2, failed: 1, failures: [{ key: '$export', reason: 'SOURCE_REFUSED' }] })
  server.otherwise = () => undefined
  server.asked.length = 0
  t.match((await desk.run(source())).counts, { added: 4, failed: 0 })
  t.strictSame(server.asked, ['jobs/1', 'files/1/1.ndjson', 'files/1/2.ndjson', 'DELETE jobs/1'])
  t.equal(await livingOf(patient), 6)
  // One that the server forgot meanwhile, and one that was begun for something else.
  const journal = desk.openJournal()
  journal.mark('export', JSON.stringify({ request: 'something else', status: `${server.ehr.base}/jobs/77`, done: 9 }))
  journal.close()
  server.asked.length = 0
  t.match((await desk.run(source())).counts, { added: 0, failed: 0 })
  t.strictSame(server.asked.slice(0, 2), ['DELETE jobs/77', 'Patient/$export?_since'])
})

t.test('a file that breaks off is read again, and what was told of it before is no second thing', async (t) => {
  const { server, desk, patient, source } = await prepared(t, 2)
  let downloads = 0
  server.otherwise = (path, response) => {
    if (!path.startsWith('files/') || ++downloads > 1) return undefined
    response.writeHead(200, { 'content-type': 'application/fhir+ndjson', 'content-length': '9999' })
    response.write(`${JSON.stringify(server.lines[0]?.[0])}\n`, () => { response.destroy() })
    return true
  }
  t.match((await desk.run(source())).counts, { added: 2, failed: 0 })
  t.equal(downloads, 2)
  t.equal(await livingOf(patient), 2)
})

t.test('what an export does not give is told, and asked for again', async (t) => {
  const { server, desk, source } = await prepared(t, 2)
  const asking = async (otherwise: Exporting['otherwise']): Promise<object> => {
    server.otherwise = otherwise
    return (await desk.run(source())).said
  }
  const saying = (at: string, status: number, body: unknown, headers: Record<string, string> = {}): Exporting['otherwise'] => (path, response, { method }) => {
    if (!path.includes(at) || method === 'DELETE') return undefined
    response.writeHead(status, { 'content-type': 'application/fhir+json', ...headers }).end(typeof body === 'string' ? body : JSON.stringify(body))
    return true
  }
  const failure = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', diagnostics: 'the disk is full' }] }
  const cases: Array<[what: string, reason: string, detail: RegExp, otherwise: Exporting['otherwise']]> = [
    ['no export', 'SOURCE_INVALID', /status 404/, saying('$export', 404, '')],
    ['a refusal', 'SOURCE_INVALID', /the disk is full/, saying('$export', 400, failure)],
    ['all at once', 'SOURCE_INVALID', /status 200/, saying('$export', 200, { resourceType: 'Bundle' })],
    ['no address', 'SOURCE_INVALID', /says not where/, saying('$export', 202, '')],
    ['another server', 'PAGING_FOREIGN', /another server/, saying('$export', 202, '', { 'content-location': 'http://other.example/jobs/1' })],
    ['no scope', 'SOURCE_REFUSED', /token/, saying('$export', 403, failure)],
    ['a job that failed', 'SOURCE_INVALID', /the disk is full/, saying('jobs/', 500, failure)],
    ['a job that nobody knows', 'SOURCE_INVALID', /just begun/, saying('jobs/', 404, failure)],
    ['no manifest', 'SOURCE_INVALID', /no list/, saying('jobs/', 200, { output: [] })],
    ['no time', 'SOURCE_INVALID', /of what time/, saying('jobs/', 200, { transactionTime: 'today', output: [] })],
    ['no JSON', 'NOT_JSON', /text\/html/, saying('jobs/', 200, '<html>', { 'content-type': 'text/html' })],
    ['files elsewhere', 'PAGING_FOREIGN', /another server/, saying('jobs/', 200, { transactionTime: new Date().toISOString(), output: [{ type: 'Observation', url: 'http://other.example/1' }] })],
    ['a file that is gone', 'SOURCE_INVALID', /status 410/, saying('files/', 410, '')]
  ]
  for (const [what, reason, detail, otherwise] of cases) {
    t.match(await asking(otherwise), { added: 0, failed: 1, failures: [{ key: '$export', reason, detail }] }, what)
    server.asked.length = 0
  }
  // What is missing in a file, or was not exported, is asked for as if nothing had been.
  const [first, second] = server.lines[0] ?? []
  t.match(await asking(saying('files/', 200, JSON.stringify(first))), { added: 1, failed: 1, failures: [{ reason: 'SOURCE_INVALID', detail: /1 lines of 2/ }] })
  t.match(await asking(saying('files/', 200, `{"no":"resource"}\n<html>\n${JSON.stringify({ ...second, resourceType: 'Claim' })}`)), { skipped: 1, failed: 2 })
  server.errors = [{ resourceType: 'OperationOutcome', issue: [{ severity: 'warning', diagnostics: 'as always' }] }, failure]
  t.match(await asking(() => undefined), { added: 1, failed: 1, failures: [{ reason: 'SOURCE_INVALID', detail: /the disk is full/ }] })
  server.errors = []
  server.asked.length = 0
  t.match(await asking(() => undefined), { added: 0, failed: 0 })
  t.ok(server.asked.includes('Patient/$export'), 'from the begin')
})

t.test('what was not understood before a run ended, or of what was deleted, counts as unread in the runs after it', async (t) => {
  const { server, desk, source } = await prepared(t, 4)
  const sinces: Array<string | null> = []
  const run = async (instead: Record<string, [status: number, text: string]> = {}): Promise<{ failed: number }> => {
    server.otherwise = (path, response, { url = '' }) => {
      if (path.endsWith('$export')) sinces.push(new URL(url, server.ehr.base).searchParams.get('_since'))
      const [, [status, text] = []] = Object.entries(instead).find(([name]) => path.endsWith(`/${name}`)) ?? []
      if (status !== undefined) response.writeHead(status, { 'content-type': 'application/fhir+ndjson' }).end(text)
      return status !== undefined
    }
    return (await desk.run(source())).counts
  }
  t.match(await run({ '0.ndjson': [200, 'no JSON\n'], '1.ndjson': [401, ''] }), { failed: 3 }, 'a line, a line that is missing, and the run')
  t.match(await run(), { added: 2, failed: 0 }, 'the second file')
  t.match(await run(), { added: 2, failed: 0 })
  t.strictSame(sinces, [null, null], 'what the first run could not read is asked for once more')
  server.deleted = ['Observation/o1']
  for (const text of ['<html>\n', '']) t.match(await run({ deleted: [200, text] }), { failed: 1 })
  t.match(await run(), { failed: 0 })
  t.equal(new Set(sinces.slice(2)).size, 1, 'deletions since the same time')
  server.errors = [{}]
  t.match(await run({ errors: [200, 'no JSON\n'] }), { failed: 1 })
  t.match(await run({ errors: [200, ''] }), { failed: 0 })
  t.equal(sinces.at(-1), sinces.at(-2), 'nor what is said of errors in words that nobody reads')
})

t.test('what our own service exports is read as another server\'s', async (t) => {
  const [patient, reader] = [await hospitals.patient(), await hospitals.physician(hospitals.regional1)]
  await writeRecord(author, patient, 'a note of the other hospital', 'encounters')
  await grantTo(reader, patient, 'encounters')
  const service = await FhirDesk.open(t, reader, t.testdir({}), { exports: join(t.testdir({}), 'exports') })
  const desk = new SyncDesk(t, author)
  await desk.map(patient.patientId, patient)
  const source = (): FhirExportSource => new FhirExportSource({ base: service.base, token: CALLER_TOKEN, types: ['DocumentReference'], of: 'patient' })
  t.match((await desk.run(source())).counts, { added: 1, failed: 0, unmatched: 0 })
  const [sealed] = await contentsOf(patient)
  t.match(JSON.parse(sealed?.text ?? '{}'), { resourceType: 'DocumentReference', content: [{ attachment: { data: Buffer.from('a note of the other hospital').toString('base64') } }] })
  t.match((await desk.run(source())).counts, { added: 0, updated: 0, withdrawn: 0, failed: 0 })
})
