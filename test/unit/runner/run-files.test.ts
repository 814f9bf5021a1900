import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import t, { type Test } from 'tap'
import { Durations } from '../../runner/durations.ts'
import { needsOwnProcess, sortByNetwork } from '../../runner/lanes.ts'
import { runFiles } from '../../runner/run-files.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const FINE = 'import t from "tap"\nt.test("fine", async (t) => { t.pass("it is") })\n'
/** Gives nothing else a turn, as an endless loop, and leaves the processor to others. */
const SPINS = 'import t from "tap"\nt.test("spins", () => { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0) })\n'
const LIMIT_SECONDS = 10

/** Test files where tap resolves and runs them; their names in the order given. */
async function write (t: Test, files: Record<string, string>): Promise<string[]> {
  await mkdir(join(ROOT, '.cache'), { recursive: true })
  const dir = await mkdtemp(join(ROOT, '.cache', 'runner-'))
  t.teardown(async () => { await rm(dir, { recursive: true, force: true }) })
  return await Promise.all(Object.entries(files).map(async ([name, text]) => {
    await writeFile(join(dir, name), text)
    return relative(ROOT, join(dir, name))
  }))
}

const FAILS = 'import t from "tap"\nt.test("wrong", async (t) => { t.equal(1, 2) })\nt.test("fine", async (t) => { t.pass("it is") })\n'

const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TAP') && name !== 'NODE_OPTIONS'))

/** Runs the files in two lanes; which files ended, how many tests passed and what failed. */
async function runAll (
  t: Test, files: readonly string[], together: boolean
): Promise<{ seen: string[], passed: number, of: (file?: string) => string[] }> {
  const seen: string[] = []
  const onFile = (file: string): unknown => seen.push(file)
  const run = { reports: t.testdir(), env, timeoutSeconds: LIMIT_SECONDS, together, onFile, say: () => {} }
  const queue = [...files]
  const tallies = await Promise.all([runFiles(queue, run), runFiles(queue, run)])
  const failed = tallies.flatMap((tally) => tally.failed)
  return {
    seen: seen.sort(),
    passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
    of: (file) => failed.filter((name) => name.startsWith(String(file)))
  }
}

for (const together of [false, true]) {
  t.test(`a file that fails, spins, dies or holds no test fails alone${together ? ', also where files share a process' : ''}`, async (t) => {
    const files = await write(t, {
      'a.test.ts': SPINS,
      'b.test.ts': FAILS,
      'c.test.ts': FINE,
      // As in a module that it imports: a file that says so itself has a process of its own.
      'd.test.ts': 'const { exit } = process\nexit(3)\n',
      'e.test.ts': 'import t from "tap"\nt.pass("no test")\n',
      'f.test.ts': `${FINE}const { kill, pid } = process\nt.test("dies", () => { kill(pid, "SIGKILL") })\n`,
      'g.test.ts': `${FINE}throw new Error("beside the tests")\n`,
      'h.test.ts': FINE,
      'i.test.ts': `${FINE}t.test("later", () => new Promise(() => { setTimeout(() => { throw new Error("by a timer") }, 5) }))\n`,
      'j.test.ts': `${FINE}t.test("rejects", async (t) => { void Promise.reject(new Error("unheard")); await new Promise((r) => setTimeout(r, 50)) })\n`
    })
    const { seen, passed, of } = await runAll(t, files, together)
    t.same(seen, files)
    const [spins, fails, , exits, empty, dies, throws, , timer, rejects] = files
    t.same(of(spins), [`${String(spins)} (longer than ${String(LIMIT_SECONDS)} s)`])
    t.same(of(fails), [`${String(fails)}: wrong`])
    t.equal(of(exits).length, 1)
    t.same(of(empty), [`${String(empty)} holds no test`])
    t.equal(of(dies).length, 1)
    t.equal(of(throws).length, 1)
    t.same(of(timer), [`${String(timer)}: later`])
    t.same(of(rejects), [`${String(rejects)}: rejects`])
    t.equal(passed, 7)
  })
}

t.test('files that share a process find neither tests nor hooks of others, and answer for what they leave', async (t) => {
  const files = await write(t, {
    'a.test.ts': `${FINE}t.beforeEach(() => { throw new Error("of another file") })\nt.teardown(() => { globalThis.ended = true })\n`
      .replace('t.test(', 'await t.test('),
    'b.test.ts': 'import t from "tap"\nt.test("after the first", async (t) => { t.equal(globalThis.ended, true); t.equal(globalThis.left, undefined) })\n',
    'c.test.ts': `${FINE}import { createServer } from "node:net"\ncreateServer().listen(0)\nglobalThis.left = true\n`,
    'd.test.ts': 'import t from "tap"\nt.test("not after the server", async (t) => { t.equal(globalThis.left, undefined) })\n',
    'd1.test.ts': `${FINE}globalThis.left = setTimeout(() => {}, 60_000)\n`,
    'd2.test.ts': 'import t from "tap"\nt.test("not after its timer", async (t) => { t.equal(globalThis.left, undefined) })\n',
    'e.test.ts': `${FINE}import { atFileEnd } from "${join(ROOT, 'test', 'runner', 'file-end.ts')}"\natFileEnd(() => { process["exitCode"] = 1 })\n`
  })
  const run = { reports: t.testdir(), env, timeoutSeconds: 60, together: true, say: () => {} }
  const { passed, failed } = await runFiles([...files], run)
  t.same(failed, [`${String(files[2])} (left open: TCPServerWrap)`, `${String(files[6])} (failed at its end)`])
  t.equal(passed, 7)
})

t.test('files that reach beyond themselves have a process to themselves', async (t) => {
  const reaching = ['process.chdir(dir)', 'process.env[\'PATH\'] = dir', 'process.memoryUsage()', 'process.on(\'warning\', f)', 'setFlagsFromString(\'--expose-gc\')']
  const others = ['const { PATH } = process.env', 'const S = process.env[\'SLOW\'] === \'1\'', 'child.on(\'exit\', f)']
  const files = await write(t, Object.fromEntries([...reaching, ...others].map((text, index) => [String(index), text])))
  t.same(await Promise.all(files.map(needsOwnProcess)), [...reaching.map(() => true), ...others.map(() => false)])
})

t.test('files with networks of their own are told from the others, the longest first', async (t) => {
  const own = 'const network = await TestNetwork.create()\n'
  const [shared = '', long = '', middle = '', short = ''] = await write(t, { a: 'TestNetwork.shared()', b: own, c: own, d: own })
  const durations = new Durations([[shared, 50], [long, 100], [middle, 60], [short, 30]])
  t.same(durations.longestFirst([short, long]), [long, short])
  t.same(await sortByNetwork([shared, short, middle, long], durations), { shared: [shared], own: [long, middle, short] })
  t.same(await sortByNetwork([short], durations), { shared: [], own: [short] }, 'no shared network for a file that needs none')
})

t.test('the usual durations name test files that there are', async (t) => {
  const usual = JSON.parse(await readFile(join(ROOT, 'test', 'runner', 'usual-seconds.json'), 'utf8')) as Record<string, number>
  t.same(Object.keys(usual).filter((file) => !existsSync(join(ROOT, file))), [])
})

t.test('how long files took is read back, and what a run that was ended left of it does not keep the next from running', async (t) => {
  const file = join(t.testdir(), 'seconds.json')
  await new Durations([['a', 3]]).save(file)
  t.equal((await Durations.load(file)).of('a'), 3)
  t.strictSame(await readdir(join(file, '..')), ['seconds.json'], 'nothing half written is left')
  for (const text of ['', '{"a": 3', 'null', '7', '{"a":"long"}']) {
    await writeFile(file, text)
    t.equal((await Durations.load(file)).of('a'), new Durations().of('a'))
  }
})
