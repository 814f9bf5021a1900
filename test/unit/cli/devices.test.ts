import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import t from 'tap'
import decodeQR from 'qr/decode.js'
import encodeQR from 'qr'
import { epione, Typist, writeNetworkFile } from '../../helpers/client/cli.ts'
import { fullDisk } from '../../helpers/client/full-disk.ts'
import { Hospitals } from '../../helpers/client/hospitals.ts'

const hospitals = await Hospitals.open(t)
const dir = t.testdir()
const network = ['--network', writeNetworkFile(join(dir, 'network'), hospitals), '--gateway', 'core']
const PROGRAM = new URL('../../../device/bin/epione-device.js', import.meta.url).pathname
const error = (members: Record<string, unknown>): object => ({ error: members })

const patient = new Typist(join(dir, 'patient'), await hospitals.core.gateway.token('registration-desk', 'user/Patient.c'))
await patient.run('patient', 'init', ...network, '--phrase-file', patient.path('phrase'))

const START = Date.now() - 3_600_000
const kind = { system: 'http://loinc.org', code: '8867-4' }
/** A file with so many minutes of heart rates. */
function writeSeries (name: string, minutes: number): string {
  const values = Array.from({ length: minutes * 60 }, (_, i) => i % 100 === 50 ? null : 60 + i % 20)
  writeFileSync(join(dir, name), `${JSON.stringify({ kind, unit: '/min', startMs: START, periodMs: 1000, values })}\n`)
  return join(dir, name)
}

/** The small program in a process of its own, while the gateways of this one answer. */
async function device (args: readonly string[], input = ''): Promise<{ status: number | null, json: Record<string, unknown>, stderr: string }> {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
  child.stdin.end(input)
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close') as Promise<[number | null]>])
  return { status, json: JSON.parse(stdout) as Record<string, unknown>, stderr }
}

/** A device of the patient, at its own folder. */
async function addDevice (name: string, ...more: string[]): Promise<{ folder: string, deviceId: string }> {
  const [folder, offer, pass] = [join(dir, name), join(dir, `${name}.offer`), join(dir, `${name}.pass`)]
  const made = await epione(['device', 'init', folder, '--name', name, '--kind', 'heart-rate', '--out', offer, ...network, '--json'])
  t.match(made, { exitCode: 0, json: { fingerprint: String } })
  const terms = ['--category', 'vital-signs', '--days', '30', '--from', new Date(START - 86_400_000).toISOString(), '--out', pass]
  const added = await patient.run('device', 'add', offer, ...terms, '--yes', ...more)
  t.match(added, { exitCode: 0, json: { fingerprint: made.json['fingerprint'], name, category: 'vital-signs' } })
  const joined = await device(['join', '--home', folder, '--pass', pass])
  t.match(joined, { status: 0, json: { deviceId: added.json['deviceId'] } })
  return { folder, deviceId: String(added.json['deviceId']) }
}

t.test('a device is added, measures, and its patient reads what it measured', async (t) => {
  const { folder, deviceId } = await addDevice('pulse')
  t.match(await patient.run('device', 'list'), { json: { items: [{ name: 'pulse', deviceId, state: 'writing', kinds: [{ code: '8867-4' }] }] } })
  const file = writeSeries('day.jsonl', 3)
  t.match(await device(['run', '--home', folder, '--file', file, '--once']), { status: 0, json: { sealed: 3, sent: 3, segments: 1, waiting: 0, kept: 0 } })
  t.match(await device(['run', '--home', folder, '--file', file, '--once']), { status: 0, json: { sealed: 0, sent: 0, segments: 0 } }, 'given again, nothing')
  t.match(await device(['run', '--home', folder, '--stdin', '--once'], '{"code":"8867-4","value":72}\n'), { status: 0, json: { sealed: 1, segments: 1 } })
  const { json: { stream, onLedgerUpTo } } = await device(['status', '--home', folder])
  t.equal(onLedgerUpTo, 4)
  t.match(await patient.run('stream', 'list'), { json: { items: [{ stream, deviceId, windows: 4, segments: 2, category: 'vital-signs' }] } })
  const to = ['--to', new Date(START + 179_000).toISOString()]
  t.match(await patient.run('stream', 'show', String(stream), ...to), {
    exitCode: 0,
    json: {
      windows: 3,
      grades: { 'on-ledger': 3, stored: 0 },
      gaps: [],
      series: [{ kind, unit: '/min', values: 178, missing: 2, minimum: 60, maximum: 79, start: new Date(START).toISOString() }]
    }
  })
  t.match(await patient.run('stream', 'show', '00'.repeat(16)), { exitCode: 7, json: error({ code: 'NOT_FOUND' }) })
  t.match(await patient.run('stream', 'show', 'nonsense'), { exitCode: 2, json: error({ code: 'USAGE' }) })
})

t.test('what was measured becomes files and pictures, and files of other programs are taken in', async (t) => {
  const { folder } = await addDevice('files')
  const csv = join(dir, 'in.csv')
  t.match(await epione(['device', 'run', folder, '--file', writeSeries('files.jsonl', 2), '--once', '--json']), { exitCode: 0, json: { sealed: 2 } })
  const stream = String((await device(['status', '--home', folder])).json['stream'])
  const files = { csv, omh: join(dir, 'out.omh.json'), fhir: join(dir, 'out.fhir.json'), edf: join(dir, 'out.edf'), lines: join(dir, 'out.jsonl') }
  for (const [format, out] of Object.entries(files)) {
    const written = await patient.run('stream', 'export', stream, '--as', format, '--out', out)
    t.match(written, { exitCode: 0, json: { format, windows: 2, series: 1, gaps: [], grades: { 'on-ledger': 2 } } }, format)
  }
  t.match(await patient.run('stream', 'export', stream, '--as', 'csv', '--out', csv), { exitCode: 2, json: error({ code: 'FILE_EXISTS' }) })
  t.match(await patient.run('stream', 'export', stream, '--as', 'xls', '--out', join(dir, 'x')), { exitCode: 2, json: error({ code: 'USAGE' }) })
  const [svg, png] = [join(dir, 'chart.svg'), join(dir, 'chart.png')]
  t.match(await patient.run('stream', 'plot', stream, '--svg', svg, '--png', png), { exitCode: 0, json: { svg, png } })
  t.match(readFileSync(svg, 'utf8'), /^<svg/)
  t.equal(readFileSync(png).subarray(1, 4).toString(), 'PNG')
  t.match((await patient.run('stream', 'plot', stream)).json, { sentences: Array, windows: 2 })
  t.match(await patient.run('stream', 'plot', stream, '--kind', 'none'), { exitCode: 7, json: error({ code: 'NOT_FOUND' }) })
  const other = await addDevice('taken-in')
  t.match(await epione(['device', 'run', other.folder, '--file', csv, '--once', '--json']), { exitCode: 0, json: { sealed: 2, sent: 2, segments: 1 } })
  writeFileSync(join(dir, 'bad.csv'), 'nonsense\n1\n')
  const bad = await epione(['device', 'run', other.folder, '--file', join(dir, 'bad.csv'), '--once', '--json'])
  t.match(bad, { exitCode: 2, json: error({ code: 'MEASUREMENTS_INVALID', line: Number }) })
})

t.test('a stream is summed up as one of its own, shown in its place, and checked', async (t) => {
  const { folder } = await addDevice('summed')
  const [day] = [Math.floor(START / 60_000) * 60_000]
  const at = (minute: number): string => `${JSON.stringify({ kind, unit: '/min', startMs: day + minute * 60_000, periodMs: 1000, values: Array.from({ length: 60 }, () => 60 + minute) })}\n`
  await device(['run', '--home', folder, '--stdin', '--once'], [0, 1, 2].map(at).join(''))
  const stream = String((await device(['status', '--home', folder])).json['stream'])
  const every = ['--every', 'minute']
  t.match(await patient.run('stream', 'show', stream, ...every), {
    json: { windows: Number, summed: { every: 'minute', of: 'samples' }, series: [{ statistic: 'minimum', values: 3 }, {}, {}, {}] }
  }, 'without a roll-up samples are summed up')
  const rolled = await patient.run('stream', 'rollup', stream, ...every)
  t.match(rolled, { exitCode: 0, json: { source: stream, every: 'minute', spans: 2, openFrom: new Date(day + 120_000).toISOString(), gaps: [], confirmedElsewhere: true } })
  const rollUp = String(rolled.json['stream'])
  t.match((await patient.run('stream', 'list')).json['items'], [{ stream: rollUp, summarizes: { stream, every: 'minute', last: 1 } }])
  t.match(await patient.run('stream', 'show', stream, ...every), {
    json: { stream: rollUp, summed: { every: 'minute', of: 'roll-up', source: stream, last: 1 }, series: [{ statistic: 'minimum', values: 2, minimum: 60, maximum: 61 }, {}, {}, {}] }
  })
  t.match(await patient.run('stream', 'show', stream, ...every, '--from', new Date(day + 60_000).toISOString()), {
    json: { series: [{ statistic: 'minimum', values: 1, minimum: 61 }, {}, {}, {}] }
  })
  const out = join(dir, 'minutes.csv')
  t.match(await patient.run('stream', 'export', stream, '--as', 'csv', '--out', out, ...every), { exitCode: 0, json: { series: 4, summed: { of: 'roll-up' } } })
  t.match((await patient.run('stream', 'plot', stream, ...every)).json, { sentences: Array, summed: { of: 'roll-up' } })
  t.match(await patient.run('stream', 'rollup', stream, ...every, '--check'), { exitCode: 0, json: { stream: rollUp, checked: 2, unchecked: 0 } })
  t.match(await patient.run('stream', 'rollup', stream, '--every', 'hour', '--check'), { exitCode: 7, json: error({ code: 'NOT_FOUND' }) })
  for (const wrong of [['--every', 'week'], [...every, '--from', '2026-01-01'], [...every, '--check', '--category', 'summary']]) {
    t.match(await patient.run('stream', 'rollup', stream, ...wrong), { exitCode: 2, json: error({ code: 'USAGE' }) }, wrong.join(' '))
  }
  t.match(await patient.run('stream', 'rollup', rollUp, '--every', 'hour'), { exitCode: 2, json: error({ code: 'USAGE' }) })
})

t.test('a device whose key is stolen is ended at once', async (t) => {
  const { folder, deviceId } = await addDevice('stolen')
  const other = await addDevice('lost')
  t.match(await patient.run('device', 'end', deviceId), { exitCode: 0, json: { deviceId, confirmedElsewhere: true } })
  const refused = await device(['run', '--home', folder, '--stdin', '--once'], '{"code":"8867-4","value":72}\n')
  t.match(refused, { status: 3, json: error({ code: 'DEVICE_ENDED' }) })
  t.match(await device(['status', '--home', folder]), { json: { waiting: 1 } }, 'nothing was sent')
  t.match(await epione(['device', 'end', other.folder, '--json']), { exitCode: 0, json: { deviceId: other.deviceId } }, 'by its own key')
  t.match(await patient.run('device', 'end', 'nothing'), { exitCode: 2, json: error({ code: 'USAGE', message: /neither the id/ }) })
  const { json: { items } } = await patient.run('device', 'list')
  t.match((items as { deviceId: string, state: string }[]).filter((d) => d.state === 'ended').map((d) => d.deviceId).sort(), [deviceId, other.deviceId].sort())
})

t.test('offer and pass go by QR code, too', async (t) => {
  const [folder, offer, qr] = [join(dir, 'camera'), join(dir, 'camera.offer'), join(dir, 'camera.svg')]
  await epione(['device', 'init', folder, '--name', 'camera', '--kind', 'systolic', 'diastolic', '--out', offer, '--qr-file', qr, ...network, '--json'])
  t.match(readFileSync(qr, 'utf8'), /^<svg/)
  const shown = decodeQR({ ...bitmapOf(readFileSync(offer, 'utf8').trim()) })
  t.equal(shown, readFileSync(offer, 'utf8').trim(), 'what a camera reads is the offer')
  const added = await patient.run('device', 'add', offer, '--category', 'vital-signs', '--days', '1', '--out', join(dir, 'camera.pass'), '--yes', '--qr')
  t.match(added, { exitCode: 0, stderr: /▄|█|\[/ })
  t.match(await patient.run('device', 'add', offer, '--category', 'vital-signs', '--days', '1', '--out', join(dir, 'x')), { exitCode: 2, json: error({ message: /--yes/ }) })
  t.match(await epione(['device', 'init', folder, '--name', 'camera', '--kind', 'systolic', ...network, '--json']), {
    exitCode: 2, json: error({ code: 'ALREADY_INITIALIZED' })
  })
  const cut = join(dir, 'cut')
  const again = async (): Promise<Record<string, unknown>> =>
    (await epione(['device', 'init', cut, '--name', 'cut', '--kind', 'systolic', ...network, '--json'])).json
  const before = await again()
  rmSync(join(cut, 'device.json'))
  t.match(await again(), { fingerprint: before['fingerprint'] }, 'one that was cut off goes on with its key')
  t.match(await again(), error({ code: 'ALREADY_INITIALIZED' }))
  t.match(await epione(['device', 'init', join(dir, 'y'), '--name', 'y', '--kind', 'mood', ...network, '--json']), { exitCode: 2, json: error({ code: 'USAGE' }) })
  t.match(await device(['run', '--home', folder, '--once']), { status: 2, json: error({ code: 'NOT_INITIALIZED' }) }, 'not joined')
})

t.test('measurements are pushed by HTTP, wait while no hospital answers, and the folder is one program\'s', async (t) => {
  const { folder } = await addDevice('push')
  for (const { front } of hospitals.all) front.instead = () => ({ status: 503, body: { code: 'UNAVAILABLE', title: 'down' } })
  const child = spawn(process.execPath, [PROGRAM, 'run', '--home', folder, '--listen', '0', '--segment-every', '1'], { stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'close')
  const [stdout, port] = [text(child.stdout), new Promise<string>((resolve) => {
    let said = ''
    child.stderr.on('data', (piece: Buffer) => {
      said += piece.toString()
      const [, found] = /127\.0\.0\.1:(\d+)/.exec(said) ?? []
      if (found !== undefined) resolve(found)
    })
  })]
  const token = async (): Promise<string> => await Promise.resolve(readFileSync(join(folder, 'push.token'), 'utf8').trim())
  const push = async (body: string): Promise<number> => (await fetch(`http://127.0.0.1:${await port}/samples`, {
    method: 'POST', body, headers: { authorization: `Bearer ${await token()}` }
  })).status
  await port
  t.equal(await push(readFileSync(writeSeries('pushed.jsonl', 2), 'utf8')), 202)
  t.match(await device(['run', '--home', folder, '--once']), { status: 3, json: error({ code: 'REFUSED', message: /Another program/ }) })
  for (const { front } of hospitals.all) front.instead = undefined
  t.equal(await push(`${JSON.stringify({ kind, unit: '/min', startMs: START + 120_000, periodMs: 1000, values: [60] })}\n`), 202)
  const { stream } = (await device(['status', '--home', folder])).json
  await t.resolves(until(async () => (await patient.run('stream', 'list')).json['items'], (items) => JSON.stringify(items).includes(String(stream))))
  child.kill('SIGTERM')
  t.match(await ended, [0, null])
  t.match(JSON.parse(await stdout), { sealed: 3, sent: 2, waiting: 1 }, 'what waited for its window is sealed at the end')
})

t.test('a device with a full disk says so and loses nothing that lies there', async (t) => {
  const { folder } = await addDevice('full')
  const file = writeSeries('full.jsonl', 2)
  // Of more than 64 KiB nothing is left for a window.
  const full = await fullDisk(t, { 'device.json': readFileSync(join(folder, 'device.json'), 'utf8'), 'device.key': readFileSync(join(folder, 'device.key'), 'utf8') })
  t.match(await device(['run', '--home', full.folder, '--file', file, '--once']), { status: 5, json: error({ code: 'DISK_FULL' }) })
  await full.makeRoom()
  t.match(await device(['run', '--home', full.folder, '--file', file, '--once']), { status: 0, json: { sealed: 2, sent: 2 } })
})

t.test('the program says what it cannot do', async (t) => {
  const cases: [string[], number, string][] = [
    [['run'], 2, 'USAGE'], [['dance', '--home', dir], 2, 'USAGE'], [['run', '--home', join(dir, 'nowhere')], 2, 'NOT_INITIALIZED'],
    [['join', '--home', join(dir, 'pulse')], 2, 'USAGE'], [['run', '--home', dir, '--listen', 'x'], 2, 'USAGE'], [['run', '--what'], 2, 'USAGE'],
    [['run', '--home', join(dir, 'pulse'), '--file', join(dir, 'none'), '--once'], 2, 'FILE_UNREADABLE']
  ]
  for (const [args, status, code] of cases) t.match(await device(args), { status, json: error({ code }) }, args.join(' '))
})

async function until<T> (read: () => Promise<T>, isRight: (value: T) => boolean): Promise<T> {
  for (const deadline = performance.now() + 60_000; ;) {
    const value = await read()
    if (isRight(value)) return value
    if (performance.now() > deadline) throw new Error(`still ${JSON.stringify(value)}`)
    await new Promise((resolve) => { setTimeout(resolve, 200) })
  }
}

/** A picture of a QR code with a white edge, as a camera has one. */
function bitmapOf (said: string): { width: number, height: number, data: Uint8Array } {
  const rows = encodeQR(said, 'raw', { ecc: 'medium', border: 4 })
  const size = 4 * rows.length
  const data = new Uint8Array(size * size * 4).fill(255)
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if (rows[y >> 2]?.[x >> 2] === true) data.set([0, 0, 0], (y * size + x) * 4)
    }
  }
  return { width: size, height: size, data }
}
