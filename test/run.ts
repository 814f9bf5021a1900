import { glob, mkdir } from 'node:fs/promises'
import { TestNetwork } from './helpers/test-network.ts'
import { Durations } from './runner/durations.ts'
import { inMemory, withCompileCache } from './runner/environment.ts'
import { splitLanes } from './runner/lanes.ts'
import { runFiles } from './runner/run-files.ts'
import type { Tally } from './runner/run-files.ts'

/**
 * Runs the tests and prints `N passed, N failed` as the last line, also when something failed.
 * Usage: node test/run.ts [unit|integration] [part of a file name ...]
 * A test is one `t.test` of a file; a file that fails outside its tests counts as one failure.
 */
const REPORT_DIR = 'build/test'
const UNIT_JOBS = 2
/** With full counts a file may take an hour; otherwise one that brings up a network may take longer than others. */
const isSlow = (process.env['SLOW'] ?? '') !== ''
const UNIT_SECONDS = isSlow ? 3600 : 300
const INTEGRATION_SECONDS = isSlow ? 3600 : 600
const ENV = withCompileCache(process.env)

async function findFiles (kind: string, filters: string[]): Promise<string[]> {
  const files: string[] = []
  for await (const file of glob(`test/${kind}/**/*.test.ts`)) files.push(file)
  const found = files.filter((f) => filters.length === 0 || filters.some((part) => f.includes(part))).sort()
  if (found.length > 0) console.log(`${kind}: ${String(found.length)} files`)
  return found
}

async function runUnit (filters: string[], durations: Durations): Promise<Tally[]> {
  const files = durations.longestFirst(await findFiles('unit', filters))
  const { env, end } = await inMemory(ENV)
  try {
    return [await runFiles(files, { reports: REPORT_DIR, jobs: UNIT_JOBS, env, timeoutSeconds: UNIT_SECONDS, onFile: durations.note })]
  } finally {
    await end()
  }
}

/** Two files at a time: much of what they do is wait for networks. */
async function runIntegration (filters: string[], durations: Durations): Promise<Tally[]> {
  const { shared, own } = await splitLanes(await findFiles('integration', filters), durations)
  const run = { reports: REPORT_DIR, jobs: 1, env: ENV, timeoutSeconds: INTEGRATION_SECONDS, onFile: durations.note }
  return await Promise.all([
    runOnSharedNetwork(shared, async (env) => await runFiles(shared, { ...run, env })),
    runFiles(own, run)
  ])
}

async function runOnSharedNetwork (files: string[], run: (env: NodeJS.ProcessEnv) => Promise<Tally>): Promise<Tally> {
  if (files.length === 0) return { passed: 0, failed: [] }
  try {
    const network = await TestNetwork.create()
    const tally = await run({ ...ENV, EPIONE_TEST_STATE: network.stateDir })
    await network.destroy()
    return tally
  } catch (error) {
    // What is left of the network goes with this process.
    console.error(error)
    return { passed: 0, failed: ['the shared network of the tests'] }
  }
}

const [kind, ...filters] = process.argv.slice(2)
const started = Date.now()
await mkdir(REPORT_DIR, { recursive: true })
const tallies: Tally[] = []
const durations = await Durations.load()
try {
  if (kind === undefined || kind === 'unit') tallies.push(...await runUnit(filters, durations))
  if (kind === undefined || kind === 'integration') tallies.push(...await runIntegration(filters, durations))
} catch (error) {
  console.error(error)
  tallies.push({ passed: 0, failed: ['the test run itself'] })
}
// The result of the tests does not rest on it.
await durations.save().catch((error: unknown) => { console.error(error) })
const failed = tallies.flatMap((t) => t.failed)
const passed = tallies.reduce((sum, t) => sum + t.passed, 0)
for (const name of failed) console.log(`failed: ${name}`)
console.log(`${String(Math.round((Date.now() - started) / 1000))} s`)
console.log(`${String(passed)} passed, ${String(failed.length)} failed`)
process.exitCode = failed.length > 0 || passed === 0 ? 1 : 0
