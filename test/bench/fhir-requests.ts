import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Bundle, DocumentReference } from 'fhir/r4.js'
import { PARTITION } from './fhir-world.ts'
import type { FhirWorld, Served } from './fhir-world.ts'
import type { Figures } from './run-parts.ts'

/** How often each request is made of a patient: the first opens what is sealed. */
const REPEATED = 5
const AUDIT_PAGES = 40
const TRANSFERS = 3
const MIB = 1024 * 1024
const TYPE = 'http://loinc.org|34117-2'

interface Options { patients: number, documents: number, mib: number, say: (text: string) => void }

interface Answer { ms: number, body: Bundle | DocumentReference }
interface Times { oursMs: number[], theirsMs: number[] }

/** Requests of a reader's program, beside the same at a HAPI server that has the same documents. */
export async function measureRequests (world: FhirWorld, { patients, documents, mib, say }: Options): Promise<Figures> {
  const writing = await world.serve(world.author, '--cards', world.cards)
  const reading = await world.serve(world.reader)
  const theirs: Served = { base: world.hapi.base(PARTITION), pid: world.hapi.pid, headers: {} }
  const known: Array<{ patientId: string, consentId: string }> = []
  for (let index = 0; index < patients; index++) {
    const patient = await world.addPatient(`bench-patient-${String(index)}`)
    await provide(writing, theirs, patient.patientId, documents)
    known.push(patient)
    say(`${String(documents)} documents of patient ${String(index + 1)} are on the ledger and at HAPI`)
  }
  const [search, read]: [Times, Times] = [{ oursMs: [], theirsMs: [] }, { oursMs: [], theirsMs: [] }]
  for (const patient of known) await measurePatient(reading, theirs, patient, { search, read, documents })
  const ids = known.map(({ patientId }) => patientId)
  const audit: number[] = []
  for (let page = 0; page < AUDIT_PAGES; page++) {
    audit.push((await ask(reading, `/AuditEvent?patient=${ids[page % ids.length] ?? ''}&_count=20`)).ms)
  }
  const [uploads, downloads]: [number[], number[]] = [[], []]
  for (let transfer = 0; transfer < TRANSFERS; transfer++) {
    const { upMs, downMs } = await transferOnce(writing, reading, ids[0] ?? '', mib)
    uploads.push(upMs)
    downloads.push(downMs)
  }
  const rssPeakMiB = Math.max(await peakMiB(writing), await peakMiB(reading))
  for (const [name, { oursMs, theirsMs }] of Object.entries({ search, read })) {
    say(`${name}, ours: first ${show(firsts(oursMs))}, again ${show(others(oursMs))}; HAPI: first ${show(firsts(theirsMs))}, again ${show(others(theirsMs))}`)
  }
  say(`HAPI's memory: at most ${String(await peakMiB(theirs))} MiB`)
  return {
    ratios: { search: ratioOf(search), read: ratioOf(read) },
    figures: {
      searchP95Ms: Math.round(p95(search.oursMs)),
      auditPageP95Ms: Math.round(p95(audit)),
      uploadMiBps: speed(uploads, mib),
      downloadMiBps: speed(downloads, mib),
      rssPeakMiB
    }
  }
}

/** The same documents at both: ours by one transaction, as IHE MHD provides them. */
async function provide (ours: Served, theirs: Served, patientId: string, documents: number): Promise<void> {
  const bundle: Bundle = {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: Array.from({ length: documents }, (_, index) => ({
      fullUrl: `urn:uuid:${crypto.randomUUID()}`,
      resource: {
        resourceType: 'DocumentReference' as const,
        status: 'current' as const,
        type: { coding: [{ system: 'http://loinc.org', code: '34117-2' }] },
        description: `Note ${String(index)}`,
        subject: { reference: `Patient/${patientId}` },
        date: new Date(Date.UTC(2026, 0, 1 + index)).toISOString(),
        content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(`note ${String(index)} `.repeat(200)).toString('base64') } }]
      },
      request: { method: 'POST' as const, url: 'DocumentReference' }
    }))
  }
  await must(theirs, `/Patient/${patientId}`, 'PUT', { resourceType: 'Patient', id: patientId })
  for (const server of [theirs, ours]) await must(server, '', 'POST', bundle)
}

/** The same requests to both in turn, each first as often as the other. What was opened by no consent by name is not read by one. */
async function measurePatient (
  ours: Served, theirs: Served, { patientId, consentId }: { patientId: string, consentId: string },
  { search, read, documents }: { search: Times, read: Times, documents: number }
): Promise<void> {
  const query = `/DocumentReference?patient=${patientId}&type=${encodeURIComponent(TYPE)}&status=current&_count=20`
  const expected = Math.min(documents, 20)
  const names = new Map<Served, string>()
  for (let round = 0; round < REPEATED; round++) {
    for (const server of round % 2 === 0 ? [ours, theirs] : [theirs, ours]) {
      const { ms, body } = await ask(server, query)
      const found = body.resourceType === 'Bundle' ? (body.entry ?? []).filter(({ resource }) => resource?.resourceType === 'DocumentReference') : []
      if (found.length !== expected) throw new Error(`${server.base} found ${String(found.length)} documents of ${String(expected)}`)
      names.set(server, found[0]?.resource?.id ?? '')
      ;(server === ours ? search.oursMs : search.theirsMs).push(ms)
    }
  }
  for (let round = 0; round < REPEATED; round++) {
    for (const server of round % 2 === 0 ? [ours, theirs] : [theirs, ours]) {
      const { ms, body } = await ask(server, `/DocumentReference/${names.get(server) ?? ''}`, { 'epione-consent': consentId })
      if (body.resourceType !== 'DocumentReference') throw new Error(`${server.base} answers with a ${body.resourceType}`)
      ;(server === ours ? read.oursMs : read.theirsMs).push(ms)
    }
  }
}

async function ask (server: Served, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const started = performance.now()
  const answer = await fetch(`${server.base}${path}`, { headers: { ...server.headers, ...headers, accept: 'application/fhir+json' } })
  const text = await answer.text()
  const ms = performance.now() - started
  if (!answer.ok) throw new Error(`${server.base}${path} answers ${String(answer.status)}: ${text.slice(0, 500)}`)
  return { ms, body: JSON.parse(text) as Answer['body'] }
}

async function must (server: Served, path: string, method: string, body: object): Promise<void> {
  const headers = { ...server.headers, 'content-type': 'application/fhir+json' }
  const answer = await fetch(`${server.base}${path}`, { method, headers, body: JSON.stringify(body) })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${server.base}${path} answers ${String(answer.status)}: ${text.slice(0, 500)}`)
}

/** Bytes sealed by the author's service and on the ledger and two disks, then opened by the reader's. */
async function transferOnce (writing: Served, reading: Served, patientId: string, mib: number): Promise<{ upMs: number, downMs: number }> {
  const body = randomBytes(mib * MIB)
  const sent = performance.now()
  const answer = await fetch(`${writing.base}/Binary`, {
    method: 'POST', body, headers: { ...writing.headers, 'content-type': 'image/tiff', 'x-security-context': `Patient/${patientId}`, prefer: 'return=minimal' }
  })
  const upMs = performance.now() - sent
  const address = answer.headers.get('content-location')
  if (answer.status !== 201 || address === null) throw new Error(`a Binary is refused: ${String(answer.status)} ${await answer.text()}`)
  await answer.arrayBuffer()
  const asked = performance.now()
  const opened = await fetch(`${reading.base}/Binary/${address.slice(address.lastIndexOf('/') + 1)}`, { headers: { ...reading.headers, accept: '*/*' } })
  const bytes = Buffer.from(await opened.arrayBuffer())
  const downMs = performance.now() - asked
  if (!bytes.equals(body)) throw new Error(`a Binary is opened as something else: ${String(opened.status)}`)
  return { upMs, downMs }
}

/** Most memory that a process had so far, as Linux tells it. */
async function peakMiB ({ pid }: Served): Promise<number> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8')
  return Math.round(Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024)
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const p95 = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? NaN
const ratioOf = ({ oursMs, theirsMs }: Times): number => Number((sum(theirsMs) / sum(oursMs)).toFixed(3))
const speed = (times: readonly number[], mib: number): number => Number((mib * times.length * 1_000 / sum(times)).toFixed(1))
const firsts = (values: readonly number[]): number[] => values.filter((_, index) => index % REPEATED === 0)
const others = (values: readonly number[]): number[] => values.filter((_, index) => index % REPEATED !== 0)
const show = (values: readonly number[]): string => `${(sum(values) / values.length).toFixed(1)} ms`
