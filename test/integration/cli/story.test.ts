import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream, readFileSync, writeFileSync } from 'node:fs'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import t from 'tap'
import { assembleCast } from '../../helpers/cast.ts'
import type { Party } from '../../helpers/epione.ts'
import { until } from '../../helpers/sharing.ts'
import { TestNetwork } from '../../helpers/test-network.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const BIN = join(ROOT, 'cli', 'bin', 'epione.js')
const SCAN = join(ROOT, 'test', 'data', 'dicom', 'CT_small.dcm')
const MIB = 1024 * 1024
/** Size of the large records: what matters is that memory does not follow it. */
const LARGE_MIB = process.env['SLOW'] === '1' ? 1024 : 64
/** Resident memory of a command, and what that of a gateway may grow by, at any size. */
const [COMMAND_MIB, GROWTH_MIB] = [280, 150]
/** Said by a process as it ends. */
const REPORT_MEMORY = 'data:text/javascript,process.on("exit",()=>process.stderr.write("maxrss "+process.resourceUsage().maxRSS+"\\n"))'

const network = await TestNetwork.shared()
const { stateDir } = network
const folder = t.testdir()
const { organizations } = await network.network()
const [home, readerHospital] = organizations
if (home === undefined || readerHospital === undefined) throw new Error('the story needs two hospitals')
const cast = await assembleCast({ stateDir: network.stateDir, folder, home: home.id, readerHospital: readerHospital.id, unlocked: true })
const { patient, author, reader, readerId, readerFingerprint } = cast
const registered = await patient.must([
  'patient', 'init', '--network', join(network.stateDir, 'network.json'), '--gateway', home.id, '--phrase-file',
  patient.path('phrase')
])
await patient.unlock()
const patientId = String(registered.json['patientId'])
await patient.must(['patient', 'card', '--out', patient.path('card.json')])

async function digestOf (path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

t.test('a scan of two categories\' consent goes to a reader of another hospital, byte for byte', async (t) => {
  const { json: { recordId } } = await author.must(['record', 'add', '--card', patient.path('card.json'), '--category', 'imaging', SCAN])
  const { json: granted } = await patient.must([
    'consent', 'grant', '--practitioner', readerId, '--category', 'imaging', 'laboratory', '--purpose', 'TREAT',
    'ETREAT', '--days', '1', '--action', 'read', 'search', '--fingerprint', readerFingerprint
  ])
  t.match(granted, { status: 'active', confirmedElsewhere: true, categories: ['imaging', 'laboratory'] })
  const search = ['search', 'modality:ct AND date:2004', '--purpose', 'ETREAT', '--explain']
  const { json: found } = await reader.must([...search, '--patient', patientId])
  t.match(found, { total: 1, items: [{ recordId }], liars: [], explained: { compartments: [{ signedBy: [String, String] }] } })
  t.match((await reader.must(search)).json, { total: 1, items: [{ patientId, total: 1 }] }, 'of all who consented to it')
  t.match((await patient.must(search.toSpliced(2, 2))).json, { total: 1, items: [{ recordId, category: 'imaging' }] })
  const { json: permit } = await reader.must([
    'access', 'request', '--patient', patientId, '--record', String(recordId), '--purpose', 'ETREAT'
  ])
  const out = reader.path('scan.dcm')
  const { json: opened } = await reader.must(['open', String(permit['eventId']), '--out', out, '--stats'])
  t.match(opened, { liars: [], sha256: await digestOf(SCAN) })
  t.ok((await readFile(out)).equals(await readFile(SCAN)))
  const denied = await reader.run(['access', 'request', '--patient', patientId, '--record', String(recordId), '--purpose', 'HRESCH'])
  t.match(denied, { exitCode: 3, json: { error: { code: 'ACCESS_DENIED' } } })
})

t.test('what a device measures is summed up as a stream of its own, which a consent covers without the samples', async (t) => {
  const [dir, offer, pass, samples] = ['ring', 'ring.offer', 'ring.pass', 'ring.jsonl'].map((name) => patient.path(name)) as [string, string, string, string]
  const network = ['--network', join(stateDir, 'network.json'), '--gateway', home.id]
  await patient.must(['device', 'init', dir, '--name', 'ring', '--kind', 'heart-rate', '--out', offer, ...network])
  const begin = Math.floor(Date.now() / 60_000) * 60_000 - 5 * 60_000
  const since = new Date(begin - 3_600_000).toISOString()
  await patient.must(['device', 'add', offer, '--category', 'vital-signs', '--days', '1', '--from', since, '--out', pass, '--yes'])
  await patient.must(['device', 'join', dir, '--pass', pass])
  const kind = { system: 'http://loinc.org', code: '8867-4' }
  await writeFile(samples, `${JSON.stringify({ kind, unit: '/min', startMs: begin, periodMs: 1_000, values: Array.from({ length: 180 }, (_, i) => 60 + Math.floor(i / 60)) })}\n`)
  t.match((await patient.must(['device', 'run', dir, '--file', samples, '--once'])).json, { sealed: 3, sent: 3, segments: 1 })
  const [source] = (await patient.must(['stream', 'list'])).json['items'] as [{ stream: string }]
  const every = [source.stream, '--every', 'minute']
  const { json: rolled } = await patient.must(['stream', 'rollup', ...every, '--category', 'medication'])
  t.match(rolled, { source: source.stream, spans: 2, last: 1, category: 'medication', confirmedElsewhere: true })
  t.match((await patient.must(['stream', 'rollup', ...every])).json, { stream: rolled['stream'], spans: 0 })
  t.match((await patient.must(['stream', 'rollup', ...every, '--check'])).json, { stream: rolled['stream'], checked: 2 })
  await patient.must([
    'consent', 'grant', '--practitioner', readerId, '--category', 'medication', '--purpose', 'TREAT', '--days', '1', '--fingerprint', readerFingerprint
  ])
  const asked = ['--patient', patientId, '--purpose', 'TREAT']
  t.match((await reader.must(['stream', 'show', ...every, ...asked])).json, {
    stream: rolled['stream'], liars: [], summed: { of: 'roll-up', source: source.stream }, series: [{ statistic: 'minimum', values: 2, minimum: 60, maximum: 61 }, {}, {}, {}]
  })
  t.match(await reader.run(['stream', 'show', source.stream, ...asked]), { exitCode: 7, json: { error: { code: 'NOT_FOUND' } } }, 'no sample')
})

t.test('a new pair of keys of the reader needs a new consent', async (t) => {
  const { json: { recordId } } = await author.must(['record', 'add', '--card', patient.path('card.json'), '--to', 'inbox', SCAN])
  const { json: rotated } = await reader.must(['practitioner', 'bind', '--rotate'])
  t.match(rotated, { version: 2, confirmedElsewhere: true })
  const grant = [
    'consent', 'grant', '--practitioner', readerId, '--category', 'inbox', '--purpose', 'TREAT', '--days', '1',
    '--fingerprint'
  ]
  t.match(await patient.run([...grant, readerFingerprint]), { exitCode: 2, json: { error: { code: 'FINGERPRINT_MISMATCH' } } })
  await patient.must([...grant, String(rotated['fingerprint'])])
  const { json: permit } = await reader.must([
    'access', 'request', '--patient', patientId, '--record', String(recordId), '--purpose', 'TREAT'
  ])
  t.match((await reader.must(['open', String(permit['eventId']), '--out', reader.path('again.dcm'), '--stats'])).json, {
    sha256: await digestOf(SCAN)
  })
})

t.test('an erased record is destroyed by every hospital, which signs for it, and its neighbour still opens', async (t) => {
  const add = async (): Promise<string> =>
    String((await author.must(['record', 'add', '--card', patient.path('card.json'), '--to', 'inbox', SCAN])).json['recordId'])
  const [erased, neighbour] = [await add(), await add()]
  const ask = ['access', 'request', '--patient', patientId, '--purpose', 'TREAT', '--record']
  const { json: before } = await reader.must([...ask, erased])
  const { json: order } = await patient.must(['record', 'erase', erased, '--yes'])
  t.match(order, { versions: [{ recordId: erased, version: 1 }], confirmedElsewhere: true })
  const certificate = patient.path('certificate.json')
  let shown = await patient.must(['record', 'erasure', erased])
  while (shown.json['complete'] !== true) shown = await patient.must(['record', 'erasure', erased])
  await patient.must(['record', 'erasure', erased, '--certificate', certificate])
  const { networkId, statements } = JSON.parse(await readFile(certificate, 'utf8')) as { networkId: string, statements: { destructions: unknown[] } }
  t.match({ networkId, destructions: statements.destructions.length }, { networkId: /^[0-9a-f]{64}$/, destructions: organizations.length })
  t.match(await patient.run(['record', 'get', erased, '--out', patient.path('gone')]), { exitCode: 3, json: { error: { code: 'RECORD_ENDED' } } })
  t.not((await reader.run(['open', String(before['eventId']), '--out', reader.path('gone')])).exitCode, 0, 'a permit from before opens nothing')
  t.match(await reader.run([...ask, erased]), {
    exitCode: 3, json: { error: { code: 'ACCESS_DENIED', reasons: [{ rule: 'record.erased' }] } }
  })
  const { json: permit } = await reader.must([...ask, neighbour])
  t.match((await reader.must(['open', String(permit['eventId']), '--out', reader.path('neighbour.dcm'), '--stats'])).json, {
    sha256: await digestOf(SCAN)
  })
})

t.test(`a record of ${String(LARGE_MIB)} MiB is sealed, sent, copied, fetched and opened in constant memory`, {
  timeout: 900_000, skip: process.platform !== 'linux' && 'reads /proc'
}, async (t) => {
  const pids = await Promise.all([home.id, readerHospital.id].map(async (id) => await network.pid(`gateway.${id}`)))
  // From here on their peaks are of this test.
  for (const pid of pids) writeFileSync(`/proc/${String(pid)}/clear_refs`, '5')
  const before = pids.map((pid) => memoryMib(pid, 'VmRSS'))
  const large = join(folder, 'large')
  await pipeline(Readable.from(pieces(1)), createWriteStream(large))
  // Deriving keys from a pass-phrase takes 128 MiB for a moment, on purpose; not so with keys at hand.
  for (const party of [author, patient]) await party.unlock()
  const added = await measured(author, ['record', 'add', '--card', patient.path('card.json'), '--category', 'summary', large])
  const opened = await measured(patient, ['record', 'get', String(added.json['recordId']), '--out', patient.path('large')])
  for (const party of [author, patient]) await party.lock()
  t.equal((opened.json['opened'] as { sha256: string }).sha256, await digestOf(large))
  const grown = pids.map((pid, i) => memoryMib(pid, 'VmHWM') - (before[i] ?? 0))
  t.comment(
    `${String(LARGE_MIB)} MiB: adding took ${String(added.memoryMib)} MiB and ${String(added.ms)} ms, opening ${String(opened.memoryMib)} MiB and ` +
      `${String(opened.ms)} ms; gateways had ${before.join(' and ')} MiB before, and ${grown.join(' and ')} MiB more at most`
  )
  for (const peak of [added.memoryMib, opened.memoryMib]) t.ok(peak < COMMAND_MIB, `${String(peak)} MiB`)
  for (const more of grown) t.ok(more < GROWTH_MIB, `${String(more)} MiB more`)
})

t.test('an upload goes on when the command, and then the gateway, is killed in the middle of it, and is stored once', async (t) => {
  const large = join(folder, 'killed')
  await pipeline(Readable.from(pieces(7)), createWriteStream(large))
  const args = ['record', 'add', '--card', patient.path('card.json'), '--category', 'summary', large]
  const contents = join(stateDir, 'organizations', home.id, 'gateway', 'data', 'contents')
  const arrived = async (): Promise<number> => Math.max(0, ...await sizesIn(join(contents, 'uploads')))
  const stored = async (): Promise<number> =>
    (await sizesIn(contents)).filter((size) => size > LARGE_MIB * MIB && size < (LARGE_MIB + 1) * MIB).length
  const storedBefore = await stored()

  const first = spawn(process.execPath, [BIN, ...args, '--json'], { stdio: 'ignore', env: author.environment })
  const firstEnd = once(first, 'close')
  await until(async () => await arrived() >= 4 * MIB || first.exitCode !== null)
  first.kill('SIGKILL')
  t.same(await firstEnd, [null, 'SIGKILL'], 'the command was in the middle of it')
  const left = await arrived()
  t.ok(left >= 4 * MIB && left < LARGE_MIB * MIB, `${String(left)} bytes are there`)

  const second = author.run(args)
  await until(async () => await arrived() > left + 4 * MIB)
  await network.killProcess(`gateway.${home.id}`)
  const kept = await arrived()
  t.ok(kept > left && kept < LARGE_MIB * MIB, `${String(kept)} bytes are there`)
  await network.startProcess(`gateway.${home.id}`)
  const answer = await second
  // On a slow machine the gateway takes longer to start than a command waits: it is then given again.
  const { json } = answer.exitCode === 0 ? answer : await author.must(args)
  t.match(json, { version: 1, sizeBytes: LARGE_MIB * MIB })
  t.equal(await arrived(), 0)
  t.equal(await stored(), storedBefore + 1)
  const { json: { opened } } = await patient.must(['record', 'get', String(json['recordId']), '--out', patient.path('killed')])
  t.equal((opened as { sha256: string }).sha256, await digestOf(large))
})

function * pieces (seed: number): Generator<Buffer> {
  for (let i = 0; i < LARGE_MIB; i++) yield Buffer.alloc(MIB, (i + seed) % 251)
}

/** Sizes (bytes) of all files below a folder; of one that goes away meanwhile none. */
async function sizesIn (folder: string): Promise<number[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  return await Promise.all(entries.filter((entry) => entry.isFile()).map(async ({ parentPath, name }) =>
    await stat(join(parentPath, name)).then(({ size }) => size, () => 0)))
}

const memoryMib = (pid: number, what: 'VmRSS' | 'VmHWM'): number =>
  Math.round(Number(new RegExp(`^${what}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]) / 1024)

/** Runs a command and tells the largest memory (MiB) that its process had, and how long it took (ms). */
async function measured (
  { environment: env }: Party, args: string[]
): Promise<{ json: Record<string, unknown>, memoryMib: number, ms: number }> {
  const started = performance.now()
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--import', REPORT_MEMORY, BIN, ...args, '--json'], { env })
  const [ms, kib] = [Math.round(performance.now() - started), Number(/maxrss ([0-9]+)/.exec(stderr)?.[1])]
  return { json: JSON.parse(stdout) as Record<string, unknown>, memoryMib: Math.round(kib / 1024), ms }
}
