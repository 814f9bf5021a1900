import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { glob, mkdir } from 'node:fs/promises'
import { Parser } from 'tap-parser'
import type { FinalResults, Result } from 'tap-parser'
import { TestNetwork } from './helpers/test-network.ts'

/**
 * Runs the tests and prints `N passed, N failed` as the last line, also when something failed.
 * Usage: node test/run.ts [unit|integration] [part of a file name ...]
 * A test is one `t.test` of a file; a file that fails outside its tests counts as one failure.
 */
interface Tally { passed: number, failed: string[] }

const REPORT_DIR = 'build/test'

async function findFiles (kind: string, filters: string[]): Promise<string[]> {
  const files: string[] = []
  for await (const file of glob(`test/${kind}/**/*.test.ts`)) files.push(file)
  return files.filter((f) => filters.length === 0 || filters.some((part) => f.includes(part))).sort()
}

/** Runs tap over the files, its report on the terminal and its TAP output into `report`; returns the exit code. */
async function runTap (files: string[], report: string, jobs: number, env: NodeJS.ProcessEnv): Promise<number> {
  const args = ['node_modules/tap/dist/esm/run.mjs', `--jobs=${jobs}`, '--reporter=terse', `--output-file=${report}`, ...files]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'], env })
  const [code] = await once(child, 'exit') as [number | null]
  return code ?? 1
}

/** Counts the tests of a TAP report: the direct children of each file, or the file itself when it has none. */
async function tally (report: string): Promise<Tally> {
  const total: Tally = { passed: 0, failed: [] }
  const parser = new Parser()
  parser.on('child', (file: Parser) => {
    let tests = 0
    let failedTests = 0
    file.on('child', (test: Parser) => {
      test.on('complete', (results: FinalResults) => {
        tests += 1
        if (results.ok) total.passed += 1
        else { failedTests += 1; total.failed.push(`${file.name}: ${test.name}`) }
      })
    })
    file.on('complete', (results: FinalResults) => {
      if (!results.ok && failedTests === 0) total.failed.push(`${file.name} (outside its tests)`)
      else if (results.ok && tests === 0) total.failed.push(`${file.name} holds no test`)
    })
  })
  parser.on('assert', (result: Result) => {
    // A file that died before printing anything has no child.
    if (!result.ok && !total.failed.some((name) => name.startsWith(result.name))) total.failed.push(result.name)
  })
  createReadStream(report).pipe(parser)
  await once(parser, 'complete')
  return total
}

async function runKind (kind: string, filters: string[], jobs: number, env: NodeJS.ProcessEnv): Promise<Tally> {
  const files = await findFiles(kind, filters)
  if (files.length === 0) return { passed: 0, failed: [] }
  const report = `${REPORT_DIR}/${kind}.tap`
  console.log(`${kind}: ${files.length} files`)
  const code = await runTap(files, report, jobs, env)
  const result = await tally(report)
  if (code !== 0 && result.failed.length === 0) result.failed.push(`tap ended with ${code} over the ${kind} tests`)
  return result
}

async function runIntegration (filters: string[]): Promise<Tally> {
  if ((await findFiles('integration', filters)).length === 0) return { passed: 0, failed: [] }
  const network = await TestNetwork.create()
  try {
    return await runKind('integration', filters, 1, { ...process.env, EPIONE_TEST_STATE: network.stateDir })
  } finally {
    await network.destroy()
  }
}

const [kind, ...filters] = process.argv.slice(2)
const started = Date.now()
await mkdir(REPORT_DIR, { recursive: true })
const tallies: Tally[] = []
try {
  if (kind === undefined || kind === 'unit') tallies.push(await runKind('unit', filters, 2, process.env))
  if (kind === undefined || kind === 'integration') tallies.push(await runIntegration(filters))
} catch (error) {
  console.error(error)
  tallies.push({ passed: 0, failed: ['the test run itself'] })
}
const failed = tallies.flatMap((t) => t.failed)
const passed = tallies.reduce((sum, t) => sum + t.passed, 0)
for (const name of failed) console.log(`failed: ${name}`)
console.log(`${Math.round((Date.now() - started) / 1000)} s`)
console.log(`${passed} passed, ${failed.length} failed`)
process.exitCode = failed.length > 0 || passed === 0 ? 1 : 0
