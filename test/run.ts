import { glob, mkdir } from 'node:fs/promises'
import { TestNetwork } from './helpers/test-network.ts'
import { Durations } from './runner/durations.ts'
import { inMemory, withCompileCache } from './runner/environment.ts'
import { sortByNetwork } from './runner/lanes.ts'
import { runFiles } from './runner/run-files.ts'
import type { Tally } from './runner/run-files.ts'

/**
 * Runs the tests and prints `N passed, N failed` as the last line, also when something failed.
 * Usage: [ALONE=1] node test/run.ts [unit|integration] [part of a file name ...]
 * A test is one `t.test` of a file; a file that fails outside its tests counts as one failure.
 */
const REPORT_DIR = 'build/test'
/**
 * Longest that a file may take, which its tests inherit: on a busy machine ten times what it takes on a quiet one. With full counts an
 * hour.
 */
const isSlow = (process.env['SLOW'] ?? '') !== ''
/** Whether each unit file has a process of its own, to tell what goes wrong only where they share one. */
const ALONE = process.env['ALONE'] === '1'
const UNIT_SECONDS = isSlow ? 3600 : 600
const INTEGRATION_SECONDS = isSlow ? 3600 : 1500
const ENV = withCompileCache(process.env)

async function findFiles (kind: string, filters: string[]): Promise<string[]> {
  const files: string[] = []
  for await (const file of glob(`test/${kind}/**/*.test.ts`)) files.push(file)
  const found = files.filter((f) => filters.length === 0 || filters.some((part) => f.includes(part))).sort()
  if (found.length > 0) console.log(`${kind}: ${String(found.length)} files`)
  return found
}

/** Queues of files, which lanes share. */
interface Queues { shared: string[], own: string[], unit: string[] }

async function fill (kind: string | undefined, filters: string[], durations: Durations): Promise<Queues> {
  const unit = kind === undefined || kind === 'unit' ? durations.longestFirst(await findFiles('unit', filters)) : []
  const integration = kind === undefined || kind === 'integration' ? await findFiles('integration', filters) : []
  return { ...await sortByNetwork(integration, durations), unit }
}

/**
 * Two lanes begin with integration files, whose networks are waited for much of the time; one beside them keeps the processors busy
 * with units. Whichever has nothing left of its own helps with the units.
 */
async function runLanes ({ shared, own, unit }: Queues, durations: Durations): Promise<Tally[]> {
  const memory = await inMemory(ENV)
  const units = { reports: REPORT_DIR, env: memory.env, timeoutSeconds: UNIT_SECONDS, onFile: durations.note, together: !ALONE }
  const integration = { ...units, env: ENV, timeoutSeconds: INTEGRATION_SECONDS, together: false }
  const runShared = async (): Promise<Tally> =>
    await runOnSharedNetwork(shared, async (env) => await runFiles(shared, { ...integration, env }))
  const runUnits = async (): Promise<Tally> => await runFiles(unit, units)
  const runOwn = async (): Promise<Tally> => await runFiles(own, integration)
  const lanes = [
    async () => [await runShared(), await runOwn(), await runUnits()],
    async () => [await runOwn(), await runUnits()],
    async () => shared.length + own.length === 0 ? [] : [await runUnits()]
  ]
  try {
    return (await Promise.all(lanes.map(async (lane) => await lane()))).flat()
  } finally {
    await memory.end()
  }
}

async function runOnSharedNetwork (files: string[], run: (env: NodeJS.ProcessEnv) => Promise<Tally>): Promise<Tally> {
  if (files.length === 0) return { passed: 0, failed: [], processorSeconds: 0 }
  try {
    const network = await TestNetwork.create()
    const tally = await run({ ...ENV, EPIONE_TEST_STATE: network.stateDir })
    await network.destroy()
    return tally
  } catch (error) {
    // What is left of the network goes with this process.
    console.error(error)
    return { passed: 0, failed: ['the shared network of the tests'], processorSeconds: 0 }
  }
}

const [kind, ...filters] = process.argv.slice(2)
const started = Date.now()
await mkdir(REPORT_DIR, { recursive: true })
const tallies: Tally[] = []
const durations = await Durations.load()
try {
  tallies.push(...await runLanes(await fill(kind, filters, durations), durations))
} catch (error) {
  console.error(error)
  tallies.push({ passed: 0, failed: ['the test run itself'], processorSeconds: 0 })
}
// The result of the tests does not rest on it.
await durations.save().catch((error: unknown) => { console.error(error) })
const failed = tallies.flatMap((t) => t.failed)
const passed = tallies.reduce((sum, t) => sum + t.passed, 0)
for (const name of failed) console.log(`failed: ${name}`)
const processorSeconds = tallies.reduce((sum, t) => sum + t.processorSeconds, 0)
console.log(`${String(Math.round((Date.now() - started) / 1000))} s, ${String(Math.round(processorSeconds))} s of the processor beside networks`)
console.log(`${String(passed)} passed, ${String(failed.length)} failed`)
process.exitCode = failed.length > 0 || passed === 0 ? 1 : 0
