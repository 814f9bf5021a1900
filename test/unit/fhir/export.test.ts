import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import t from 'tap'
import { ClientsFile, findFault, PatientFile } from '@epione/fhir'
import { ExportJobs } from '../../../fhir/src/export/jobs.ts'
import { SealedFile } from '../../../fhir/src/export/spool.ts'
import { grantTo, Hospitals, writeRecord } from '../../helpers/client/hospitals.ts'
import { FhirDesk, giveCard } from '../../helpers/fhir.ts'
import type { FhirAnswer, FhirCall } from '../../helpers/fhir.ts'
import { addDevice, minuteOf, startDevice } from '../../helpers/test-device.ts'

const hospitals = await Hospitals.open(t)
const { core, regional1 } = hospitals
const folder = t.testdir({})
const spool = join(folder, 'exports')
const [levi, mia, stranger, author, reader] = await Promise.all([
  hospitals.patient(), hospitals.patient(), hospitals.patient(), hospitals.physician(core), hospitals.physician(regional1)
])
for (const patient of [levi, mia, stranger]) await giveCard(patient, folder)
writeFileSync(join(folder, 'patients'), [levi, stranger].map(({ patientId }, index) => JSON.stringify({
  resourceType: 'Patient', identifier: [{ system: 'urn:epione:patient', value: patientId }], name: [{ family: `Family ${String(index)}` }]
})).join('\n'))
const keys = await generateKeyPair('ES384')
const jwks = { keys: [await exportJWK(keys.publicKey)] }
writeFileSync(join(folder, 'callers'), JSON.stringify({ callers: ['one', 'two'].map((id) => ({ id, scope: 'system/DocumentReference.rs system/Observation.r system/Patient.rs', jwks })) }))
const writing = await FhirDesk.open(t, author, folder)
const desk = await FhirDesk.open(t, reader, folder, {
  exports: spool, patients: new PatientFile(join(folder, 'patients')), callers: new ClientsFile(join(folder, 'callers'))
})
const ASYNC = { prefer: 'respond-async' }
const NOTE = 'Levi coughs at night.'
const outcome = (code: string): object => ({ resourceType: 'OperationOutcome', issue: [{ details: { coding: [{ code }] } }] })
const document = (patientId: string): object => ({
  resourceType: 'DocumentReference',
  status: 'current',
  description: NOTE,
  type: { coding: [{ system: 'http://loinc.org', code: '34117-2' }] },
  subject: { reference: `Patient/${patientId}` },
  content: [{ attachment: { contentType: 'text/plain', data: btoa(NOTE) } }]
})
for (const { patientId } of [levi, mia, stranger]) await writing.call('/DocumentReference', { method: 'POST', body: document(patientId) })
await writeRecord(author, levi, 'of another category', 'laboratory')
const device = await startDevice(await addDevice(levi, hospitals.client(core)))
await device.recorder.record([minuteOf(Date.now() - 120_000, 60)], 'source')
await device.sender.sendAll({ close: true })
for (const category of ['encounters', 'vital-signs']) await grantTo(reader, levi, category)
await grantTo(reader, mia, 'encounters')

interface Listed { type: string, url: string, count: number }
interface Manifest { transactionTime: string, request: string, requiresAccessToken: boolean, output: Listed[], error: Listed[] }
interface Done { status: FhirAnswer, manifest: Manifest, address: string, polls: FhirAnswer[] }

async function exported (path: string, { headers = {}, ...more }: FhirCall = {}): Promise<Done> {
  const begun = await desk.call(path, { headers: { ...ASYNC, ...headers }, ...more })
  if (begun.status !== 202) throw new Error(`${String(begun.status)}: ${begun.text}`)
  const address = begun.headers.get('content-location') ?? ''
  const polls: FhirAnswer[] = []
  for (;;) {
    const status = await desk.call(address, { headers })
    if (status.status !== 202) return { status, manifest: status.body as unknown as Manifest, address, polls }
    polls.push(status)
    await delay(50)
  }
}
const linesOf = async ({ url }: { url: string }, headers: Record<string, string> = {}): Promise<Array<Record<string, unknown>>> =>
  (await desk.call(url, { headers })).text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>)
const tokenOf = async (iss: string): Promise<Record<string, string>> => {
  const aud = `${desk.base}/token`
  const assertion = await new SignJWT({ iss, sub: iss, aud, jti: crypto.randomUUID(), exp: Math.floor(Date.now() / 1_000) + 60 }).setProtectedHeader({ alg: 'ES384' }).sign(keys.privateKey)
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: assertion, scope: 'system/*.rs' })
  const answer = await desk.call('/token', { method: 'POST', body: body.toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } })
  return { authorization: `Bearer ${String(answer.body['access_token'])}` }
}

t.test('what this person may read of all who consent comes as files, and nothing else', async (t) => {
  const { status, manifest, address, polls } = await exported('/$export')
  t.equal(status.status, 200, status.text)
  for (const poll of polls) {
    t.ok(Number(poll.headers.get('retry-after')) > 0)
    t.match(poll.headers.get('x-progress'), /waiting|of 2 patients/)
  }
  t.ok(Date.parse(status.headers.get('expires') ?? '') > Date.now() + 3_000_000)
  t.match(manifest, { request: `${desk.base}/$export`, requiresAccessToken: true, transactionTime: /^20/ })
  const found = new Map<string, Array<Record<string, unknown>>>()
  for (const file of manifest.output) {
    const lines = await linesOf(file)
    t.equal(lines.length, file.count)
    for (const line of lines) {
      t.equal(findFault(line), undefined, file.type)
      t.equal(line['resourceType'], file.type)
    }
    found.set(file.type, lines)
  }
  t.strictSame([...found.keys()].sort(), ['Consent', 'DocumentReference', 'Observation', 'Patient', 'Provenance'])
  t.strictSame(found.get('Patient')?.map(({ id }) => id).toSorted(), [levi, mia].map(({ patientId }) => patientId).toSorted())
  t.equal(found.get('DocumentReference')?.length, 2)
  t.match(found.get('DocumentReference')?.[0], { description: NOTE, content: [{ attachment: { url: new RegExp(`^${desk.base}/Binary/`) } }] })
  t.match(found.get('Observation'), [{ valueSampledData: {} }])
  const errors = await linesOf(manifest.error[0] ?? { url: '' })
  for (const error of errors) t.equal(findFault(error), undefined)
  const [one] = manifest.output
  t.equal((await desk.call(one?.url ?? '')).headers.get('content-type'), 'application/fhir+ndjson')
  const onDisk = readdirSync(spool, { recursive: true, withFileTypes: true }).filter((file) => file.isFile())
  t.ok(onDisk.length >= manifest.output.length)
  for (const file of onDisk) t.notOk(readFileSync(join(file.parentPath, file.name)).includes(NOTE.slice(0, 10)), 'nothing plain is on the disk')
  t.equal((await desk.call(address, { method: 'DELETE' })).status, 202)
  t.match(await desk.call(address), { status: 404, body: outcome('NOT_FOUND') })
  t.match(await desk.call(one?.url ?? ''), { status: 404 })
  t.strictSame(readdirSync(spool, { recursive: true, withFileTypes: true }).filter((file) => file.isFile()), [])
})

t.test('of whom, of what and since when is said by parameters', async (t) => {
  const typesOf = ({ manifest }: Done): string[] => manifest.output.map(({ type }) => type).sort()
  const documents = await exported(`/Patient/$export?_type=DocumentReference&patient=Patient/${levi.patientId}&_outputFormat=ndjson`)
  t.strictSame(typesOf(documents), ['DocumentReference'])
  t.equal(documents.manifest.output[0]?.count, 1)
  const group = await exported('/Group/own/$export?_type=Patient')
  t.match(await linesOf(group.manifest.output[0] ?? { url: '' }), [{ id: levi.patientId, name: [{ family: 'Family 0' }] }], 'the hospital\'s own, of those who consent')
  for (const { address } of [documents, group]) await desk.call(address, { method: 'DELETE' })
  const later = await exported(`/$export?_type=DocumentReference,Consent&_since=${new Date(Date.now() + 60_000).toISOString()}`)
  t.strictSame(typesOf(later), [])
  const body = { resourceType: 'Parameters', parameter: [{ name: 'patient', valueReference: { reference: `Patient/${mia.patientId}` } }, { name: '_type', valueString: 'Patient,AuditEvent' }] }
  const posted = await exported('/Patient/$export', { method: 'POST', body })
  t.strictSame(typesOf(posted), ['AuditEvent', 'Patient'])
  for (const { address } of [later, posted]) await desk.call(address, { method: 'DELETE' })
  const foreign = await exported(`/$export?_type=DocumentReference&patient=${stranger.patientId}`)
  t.strictSame(foreign.manifest.output, [])
  t.match(await linesOf(foreign.manifest.error[0] ?? { url: '' }), [{ resourceType: 'OperationOutcome', issue: [{ diagnostics: new RegExp(stranger.patientId) }] }])
  await desk.call(foreign.address, { method: 'DELETE' })
})

t.test('what is not asked for rightly is refused', async (t) => {
  const ask = (path: string, headers: Record<string, string> = ASYNC): Promise<FhirAnswer> => desk.call(path, { headers })
  t.match(await ask('/$export', {}), { status: 400, body: outcome('REQUEST_INVALID') })
  t.match(await ask('/$export?_outputFormat=application/parquet'), { status: 400, body: outcome('REQUEST_INVALID') })
  t.match(await ask('/$export?_since=yesterday'), { status: 400, body: outcome('REQUEST_INVALID') })
  t.match(await ask('/$export?_since=2026'), { status: 400 })
  t.match(await ask('/$export?_type=Binary'), { status: 400, body: outcome('PARAMETER_UNKNOWN') })
  t.match(await ask('/$export?_typeFilter=x'), { status: 400, body: outcome('PARAMETER_UNKNOWN') })
  t.match(await ask('/$export?patient=x'), { status: 422, body: outcome('PATIENT_UNKNOWN') })
  t.match(await ask('/Group/1/$export'), { status: 404, body: outcome('NOT_FOUND') })
  t.match(await ask('/$export', { ...ASYNC, 'purpose-of-use': 'FUN' }), { status: 400 })
  for (const body of [{ resourceType: 'Patient' }, { resourceType: 'Parameters', parameter: 1 }, { resourceType: 'Parameters', parameter: [null] }, { resourceType: 'Parameters', parameter: [{ name: 'patient', valueReference: null }] }]) {
    t.match(await desk.call('/$export', { method: 'POST', body, headers: ASYNC }), { status: 400, body: outcome('REQUEST_INVALID') }, JSON.stringify(body))
  }
  const lenient = await exported('/$export?_type=Patient,Nonsense&_elements=id', { headers: { prefer: 'respond-async, handling=lenient' } })
  await desk.call(lenient.address, { method: 'DELETE' })
  const without = await FhirDesk.open(t, reader, folder)
  t.equal((await without.call('/$export', { headers: ASYNC })).status, 404)
  t.notOk((await without.call('/metadata')).text.includes('bulkdata'))
  t.ok((await desk.call('/metadata')).text.includes('bulkdata'))
})

t.test('an export is its caller\'s, with the caller\'s scopes, and its names are no paths', async (t) => {
  const [one, two] = [await tokenOf('one'), await tokenOf('two')]
  t.match(await desk.call('/$export?_type=Consent', { headers: { ...ASYNC, ...one } }), { status: 403, body: outcome('SCOPE_MISSING') })
  t.match(await desk.call('/$export?_type=Observation', { headers: { ...ASYNC, ...one } }), { status: 403, body: outcome('SCOPE_MISSING') }, 'to read is not to search')
  const { manifest, address } = await exported('/$export', { headers: one })
  t.strictSame(manifest.output.map(({ type }) => type).sort(), ['DocumentReference', 'Patient'])
  const url = manifest.output[0]?.url ?? ''
  for (const headers of [two, {}]) {
    t.match(await desk.call(address, { headers }), { status: 404, body: outcome('NOT_FOUND') })
    t.match(await desk.call(url, { headers }), { status: 404 })
    t.match(await desk.call(address, { method: 'DELETE', headers }), { status: 404 })
  }
  t.match(await desk.call(url, { headers: { authorization: '' } }), { status: 401 })
  for (const name of ['..%2f..%2fcallers', '1', '%2fetc%2fpasswd', '__proto__', 'constructor', 'Patient-1.ndjson%00', 'Patient-99.ndjson', '..%5c..%5ccallers']) {
    t.match(await desk.call(`${address}/${name}`, { headers: one }), { status: 404 }, name)
  }
  t.match(await desk.call('/export/../../metadata', { headers: one }), { status: 404 })
  t.match(await desk.call(`/export/${'0'.repeat(32)}`, { headers: one }), { status: 404 })
  t.equal((await linesOf({ url }, one)).length, manifest.output[0]?.count)
  const jobs = await Promise.all([1, 2, 3].map(() => exported('/$export?_type=Patient', { headers: one })))
  const fifth = await desk.call('/$export?_type=Patient', { headers: { ...ASYNC, ...one } })
  t.match(fifth, { status: 429, body: outcome('TOO_MANY_REQUESTS') })
  await desk.call(jobs[0]?.address ?? '', { method: 'DELETE', headers: one })
  t.equal((await desk.call('/$export?_type=Patient', { headers: { ...ASYNC, ...one } })).status, 202)
})

t.test('one that is cancelled ends, one that fails says so, and with the service all is gone', async (t) => {
  const jobs = new ExportJobs(join(folder, 'jobs'))
  const reached = Promise.withResolvers<undefined>()
  const running = jobs.begin('a', 'r', async (job) => {
    await job.add({ resourceType: 'Patient' })
    reached.resolve(undefined)
    while (!job.signal.aborted) await delay(5)
    job.signal.throwIfAborted()
  })
  const failing = jobs.begin('a', 'r', () => Promise.reject(new Error('the disk is gone')))
  const done = jobs.begin('a', 'r', async (job) => { await job.add({ resourceType: 'Patient' }) })
  await reached.promise
  t.ok(existsSync(running.folder))
  await jobs.cancel(running)
  t.throws(() => jobs.find(running.id, 'a'), { code: 'NOT_FOUND' })
  while (done.doneAt === undefined) await delay(5)
  t.notOk(existsSync(running.folder))
  t.match(jobs.find(failing.id, 'a').failure, { message: 'the disk is gone' })
  t.ok(existsSync(done.folder))
  t.throws(() => jobs.find(done.id, 'b'), { code: 'NOT_FOUND' })
  await jobs.close()
  t.notOk(existsSync(done.folder))
})

t.test('what an earlier process left and cannot be removed stops no export, and none until a restart', async (t) => {
  const parent = join(folder, 'in-the-way')
  writeFileSync(parent, '')
  const jobs = new ExportJobs(parent)
  const finished = async (): Promise<Error | undefined> => {
    const job = jobs.begin('a', 'r', async (job) => { await job.add({ resourceType: 'Patient' }) })
    while (job.doneAt === undefined) await delay(5)
    return job.failure
  }
  const warned = once(process, 'warning')
  t.match(await finished(), { code: /^E/ }, 'there is no folder to write to')
  t.match(await warned, [{ message: /cannot be removed/ }])
  rmSync(parent)
  t.equal(await finished(), undefined)
  await jobs.close()
})

t.test('a file that was changed on the disk is not read', async (t) => {
  const path = join(t.testdir({}), 'file')
  const file = new SealedFile(path)
  for (let line = 0; line < 3_000; line++) await file.write(`${String(line)} ${'x'.repeat(300)}`)
  await file.flush()
  const read = async (): Promise<string> => {
    const pieces: Buffer[] = []
    for await (const piece of file.read()) pieces.push(piece)
    return Buffer.concat(pieces).toString()
  }
  const text = await read()
  t.equal(text.split('\n').length, 3_001)
  t.equal(text.length, file.bytes)
  const sealed = readFileSync(path)
  const flipped = (at: number): Buffer => Buffer.from(sealed.map((byte, index) => index === at ? byte ^ 0xff : byte))
  for (const changed of [sealed.subarray(0, -1), flipped(0), flipped(99)]) {
    writeFileSync(path, changed)
    await t.rejects(read())
  }
})
