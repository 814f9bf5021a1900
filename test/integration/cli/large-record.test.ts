import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream, readFileSync, writeFileSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import t from 'tap'
import { assembleCast } from '../../helpers/cast.ts'
import type { Party } from '../../helpers/epione.ts'
import { until } from '../../helpers/sharing.ts'
import { TestNetwork } from '../../helpers/test-network.ts'

const BIN = join(import.meta.dirname, '..', '..', '..', 'cli', 'bin', 'epione.js')
const MIB = 1024 * 1024
/** A gibibyte with SLOW=1; without it what is still far larger than what a process may hold of it. */
const LARGE_MIB = process.env['SLOW'] === '1' ? 1024 : 64
/** Resident memory of each process, at any size. */
const MEMORY_LIMIT_MIB = 200
/** Said by a process as it ends. */
const REPORT_MEMORY = 'data:text/javascript,process.on("exit",()=>process.stderr.write("maxrss "+process.resourceUsage().maxRSS+"\\n"))'

const network = await TestNetwork.shared()
const folder = t.testdir()
const { organizations: [home, readerHospital] } = await network.network()
if (home === undefined || readerHospital === undefined) throw new Error('the story needs two hospitals')
const cast = await assembleCast({ stateDir: network.stateDir, folder, home: home.id, readerHospital: readerHospital.id })
const { patient, author } = cast
await patient.must(['patient', 'init', '--network', join(network.stateDir, 'network.json'), '--gateway', home.id, '--phrase-file', patient.path('phrase')])
await patient.must(['patient', 'card', '--out', patient.path('card.json')])

async function digestOf (path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

function * pieces (seed: number): Generator<Buffer> {
  for (let i = 0; i < LARGE_MIB; i++) yield Buffer.alloc(MIB, (i + seed) % 251)
}

/** Runs a command and tells the largest memory (MiB) and the processor time (ms) its process had. */
async function measured ({ environment: env }: Party, args: string[]): Promise<{ json: Record<string, unknown>, memoryMib: number, ms: number }> {
  const started = performance.now()
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--import', REPORT_MEMORY, BIN, ...args, '--json'], { env })
  const kib = Number(/maxrss ([0-9]+)/.exec(stderr)?.[1])
  return { json: JSON.parse(stdout) as Record<string, unknown>, memoryMib: Math.round(kib / 1024), ms: Math.round(performance.now() - started) }
}

const peakMib = (pid: number): number =>
  Math.round(Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1] ?? 0) / 1024)

t.test(`a record of ${String(LARGE_MIB)} MiB goes all the way in constant memory: sealed, uploaded, copied, downloaded, opened`, {
  timeout: 900_000, skip: process.platform !== 'linux' && 'reads /proc'
}, async (t) => {
  const pids = await Promise.all(['gateway.core', 'gateway.regional1'].map(async (name) => await network.pid(name)))
  // From here on the peak is of this test.
  for (const pid of pids) writeFileSync(`/proc/${String(pid)}/clear_refs`, '5')
  const large = join(folder, 'large')
  await pipeline(Readable.from(pieces(1)), createWriteStream(large))
  const added = await measured(author, ['record', 'add', '--card', patient.path('card.json'), '--category', 'summary', large])
  const opened = await measured(patient, ['record', 'get', String(added.json['recordId']), '--out', patient.path('large')])
  t.equal((opened.json['opened'] as { sha256: string }).sha256, await digestOf(large))
  const gateways = pids.map(peakMib)
  t.comment(
    `${String(LARGE_MIB)} MiB: adding took ${String(added.memoryMib)} MiB and ${String(added.ms)} ms, opening ${String(opened.memoryMib)} MiB and ` +
      `${String(opened.ms)} ms; gateways had ${gateways.join(' and ')} MiB at most`
  )
  for (const peak of [added.memoryMib, opened.memoryMib, ...gateways]) t.ok(peak > 0 && peak < MEMORY_LIMIT_MIB, `${String(peak)} MiB`)
})

t.test('a command that was killed in the middle of an upload goes on there when it is given again', { timeout: 900_000 }, async (t) => {
  const large = join(folder, 'killed')
  await pipeline(Readable.from(pieces(7)), createWriteStream(large))
  const args = ['record', 'add', '--card', patient.path('card.json'), '--category', 'summary', large]
  const uploads = join(network.stateDir, 'organizations', home.id, 'gateway', 'data', 'contents', 'uploads')
  const arrived = async (): Promise<number> => {
    const sizes = await Promise.all((await readdir(uploads)).map(async (name) => await stat(join(uploads, name)).then(({ size }) => size, () => 0)))
    return Math.max(0, ...sizes)
  }
  const child = spawn(process.execPath, [BIN, ...args, '--json'], { stdio: 'ignore', env: author.environment })
  const ended = once(child, 'close')
  await until(async () => await arrived() >= 4 * MIB || child.exitCode !== null)
  child.kill('SIGKILL')
  t.same(await ended, [null, 'SIGKILL'], 'it was in the middle of it')
  const before = await arrived()
  t.ok(before >= 4 * MIB && before < LARGE_MIB * MIB)
  const { json } = await author.must(args)
  t.match(json, { version: 1, sizeBytes: LARGE_MIB * MIB })
  t.equal(await arrived(), 0)
  const { json: { opened } } = await patient.must(['record', 'get', String(json['recordId']), '--out', patient.path('killed')])
  t.equal((opened as { sha256: string }).sha256, await digestOf(large))
})
