import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { CLOSE_GRACE_MS, LINGER_MS } from '../../../gateway/src/http/closing.ts'
import { statePaths, type StatePaths } from '../../../network/description/paths.ts'
import {
  ensureStarted, isAlive, listRecords, readRecord, signalProcess, STOP_TIMEOUT_MS, stopProcess, waitHealthy,
  type ProcessSpec
} from '../../../network/host/processes.ts'
import { waitFor } from '../../../network/host/wait.ts'

const FOREVER = 'console.log("started"); setInterval(() => {}, 1000)'

function setUp (t: Test, program = FOREVER): { paths: StatePaths, spec: ProcessSpec } {
  const dir = t.testdir({ code: { 'main.js': program } })
  const paths = statePaths(join(dir, 'state'))
  t.teardown(async () => { for (const record of await listRecords(paths)) await stopProcess(paths, record) })
  const code = join(dir, 'code')
  return {
    paths,
    spec: { name: 'node.core', command: process.execPath, args: [join(code, 'main.js')], cwd: dir, env: {}, sources: [code] }
  }
}

t.test('a process is started once, and left alone by a second start', async (t) => {
  const { paths, spec } = setUp(t)
  t.equal(await ensureStarted(paths, spec), 'started')
  const first = await readRecord(paths, spec.name)
  t.equal(await ensureStarted(paths, spec), 'running')
  t.same(await readRecord(paths, spec.name), first)
  t.equal(await readFile(paths.pid(spec.name), 'utf8'), `${first?.pid ?? 0}\n`)
})

t.test('a process is restarted when its environment or its code changed', async (t) => {
  const { paths, spec } = setUp(t)
  await ensureStarted(paths, spec)
  t.equal(await ensureStarted(paths, { ...spec, env: { LOG_LEVEL: 'debug' } }), 'restarted')
  await writeFile(spec.args[0] ?? '', `${FOREVER} // changed`)
  t.equal(await ensureStarted(paths, { ...spec, env: { LOG_LEVEL: 'debug' } }), 'restarted')
  t.equal((await listRecords(paths)).length, 1)
})

t.test('a process is left alone when only the shell around it is another', async (t) => {
  const { paths, spec } = setUp(t)
  await ensureStarted(paths, { ...spec, inherited: { PATH: '/usr/bin' } })
  t.equal(await ensureStarted(paths, { ...spec, inherited: { PATH: '/opt/bin:/usr/bin' } }), 'running')
})

t.test('a record that was cut off at any place speaks of no process', async (t) => {
  const { paths, spec } = setUp(t)
  await ensureStarted(paths, spec)
  const record = await readRecord(paths, spec.name)
  const whole = await readFile(paths.record(spec.name), 'utf8')
  for (let length = 0; length < whole.length - 1; length++) {
    await writeFile(paths.record(spec.name), whole.slice(0, length))
    t.equal(await readRecord(paths, spec.name), undefined)
  }
  await writeFile(paths.record(spec.name), whole)
  t.same(await readRecord(paths, spec.name), record)
})

t.test('a process that was killed counts as ended and is started again', async (t) => {
  const { paths, spec } = setUp(t)
  await ensureStarted(paths, spec)
  const record = await readRecord(paths, spec.name)
  if (record === undefined) return t.fail('no record')
  t.ok(signalProcess(record, 'SIGKILL'))
  await waitFor('its end', 5000, async () => await Promise.resolve(isAlive(record) ? undefined : true))
  t.equal(await ensureStarted(paths, spec), 'started')
})

t.test('a process that ends by itself fails the wait at once, with the end of its log', async (t) => {
  const { paths, spec } = setUp(t, 'setTimeout(() => { console.log("no port"); process.exit(3) }, 100)')
  await ensureStarted(paths, spec)
  await t.rejects(waitHealthy(paths, spec.name, 10_000, async () => await Promise.resolve(undefined)), {
    code: 'process-failed',
    message: /no port/
  })
})

t.test('a process of the same number that is not ours is not signalled', async (t) => {
  const { paths } = setUp(t)
  const stranger = { name: 'node.core', pid: process.pid, started: 'another boot:1', startedAt: 0, fingerprint: '' }
  t.equal(isAlive(stranger), false)
  t.equal(signalProcess(stranger, 'SIGKILL'), false)
  t.equal(await stopProcess(paths, stranger), 'gone')
})

t.test('who ends a process waits longer than a gateway takes, and that longer than its peers may answer', (t) => {
  const waits: number[] = [LINGER_MS, CLOSE_GRACE_MS, STOP_TIMEOUT_MS]
  t.same(waits.toSorted((a, b) => a - b), waits)
  t.equal(new Set(waits).size, waits.length)
  t.end()
})

t.test('a process that ignores the request to end is killed', async (t) => {
  const { paths, spec } = setUp(t, `process.on('SIGTERM', () => {}); ${FOREVER}`)
  await ensureStarted(paths, spec)
  await waitFor('its start', 5000, async () => (await readFile(paths.log(spec.name), 'utf8')).includes('started') ? true : undefined)
  const record = await readRecord(paths, spec.name)
  t.equal(record === undefined ? '' : await stopProcess(paths, record, 200), 'killed')
})
