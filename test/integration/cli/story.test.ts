import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import t from 'tap'
import { assembleCast } from '../../helpers/cast.ts'
import type { Party } from '../../helpers/epione.ts'
import { TestNetwork } from '../../helpers/test-network.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const BIN = join(ROOT, 'cli', 'bin', 'epione.js')
const SCAN = join(ROOT, 'test', 'data', 'dicom', 'CT_small.dcm')
const MIB = 1024 * 1024
/** Size of the large record: what matters is that memory does not follow it. */
const LARGE_MIB = process.env['SLOW'] === '1' ? 1024 : 64
const MEMORY_LIMIT_MIB = 400
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

t.test('a large record is sealed and opened in constant memory', { timeout: 600_000 }, async (t) => {
  const large = join(folder, 'large')
  await pipeline(Readable.from(pieces()), createWriteStream(large))
  const added = await measured(author, ['record', 'add', '--card', patient.path('card.json'), '--category', 'summary', large])
  const opened = await measured(patient, ['record', 'get', String(added.json['recordId']), '--out', patient.path('large')])
  t.equal((opened.json['opened'] as { sha256: string }).sha256, await digestOf(large))
  t.comment(
    `${LARGE_MIB} MiB: sealing took ${added.memoryMib} MiB and ${String(added.json['ms'])} ms, opening ${opened.memoryMib} MiB and ${String(opened.json['ms'])} ms`
  )
  t.ok(added.memoryMib < MEMORY_LIMIT_MIB && opened.memoryMib < MEMORY_LIMIT_MIB)
})

function * pieces (): Generator<Buffer> {
  for (let i = 0; i < LARGE_MIB; i++) yield Buffer.alloc(MIB, i % 251)
}

/** Runs a command and tells the largest memory (MiB) its process had. */
async function measured ({ environment: env }: Party, args: string[]): Promise<{ json: Record<string, unknown>, memoryMib: number }> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--import', REPORT_MEMORY, BIN, ...args, '--json'], { env })
  const kib = Number(/maxrss ([0-9]+)/.exec(stderr)?.[1])
  return { json: JSON.parse(stdout) as Record<string, unknown>, memoryMib: Math.round(kib / 1024) }
}
