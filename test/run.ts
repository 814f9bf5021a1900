import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { glob, mkdir } from 'node:fs/promises'
import { inspect } from 'node:util'
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

/**
 * Runs tap over the files and counts the tests of its report: the direct children of each file, or the file itself when it
 * failed outside them. Prints a line for each file as it ends, and keeps the whole report in a file.
 */
async function runTap (files: string[], report: string, jobs: number, env: NodeJS.ProcessEnv): Promise<Tally> {
  const total: Tally = { passed: 0, failed: [] }
  const parser = new Parser()
  parser.on('child', (file: Parser) => { countFile(file, total) })
  parser.on('assert', (file: Result) => {
    const known = total.failed.some((name) => name.startsWith(file.name))
    // A file that died before it printed anything has no child.
    if (!file.ok && !known) total.failed.push(`${file.name} (outside its tests)`)
    console.log(`${file.ok ? 'ok    ' : 'FAILED'} ${file.name} ${Math.round((file.time ?? 0) / 100) / 10} s`)
  })
  const args = ['node_modules/tap/dist/esm/run.mjs', `--jobs=${jobs}`, '--reporter=tap', ...files]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env })
  const exited = once(child, 'exit') as Promise<[number | null]>
  child.stdout.pipe(createWriteStream(report))
  child.stdout.pipe(parser)
  await once(parser, 'complete')
  const [code] = await exited
  if (code !== 0 && total.failed.length === 0) total.failed.push(`tap ended with ${String(code)}, see ${report}`)
  return total
}

function countFile (file: Parser, total: Tally): void {
  const tests = { run: 0, failed: 0 }
  file.on('child', (test: Parser) => {
    test.on('complete', (results: FinalResults) => {
      tests.run += 1
      if (results.ok) total.passed += 1
      else {
        tests.failed += 1
        total.failed.push(`${file.name}: ${test.name}`)
        for (const failure of results.failures) console.log(describeFailure(`${file.name}: ${test.name}`, failure))
      }
    })
  })
  file.on('complete', (results: FinalResults) => {
    if (!results.ok && tests.failed === 0) {
      total.failed.push(`${file.name} (outside its tests)`)
      for (const failure of results.failures) console.log(describeFailure(file.name, failure))
    } else if (results.ok && tests.run === 0) total.failed.push(`${file.name} holds no test`)
  })
}

function describeFailure (name: string, failure: FinalResults['failures'][number]): string {
  const shown = inspect('diag' in failure ? failure.diag : failure, { depth: 6, breakLength: 120 }).slice(0, 4000)
  return `--- ${name}: ${'name' in failure ? failure.name : ''}\n${shown}`
}

async function runKind (kind: string, filters: string[], jobs: number, env: NodeJS.ProcessEnv): Promise<Tally> {
  const files = await findFiles(kind, filters)
  if (files.length === 0) return { passed: 0, failed: [] }
  console.log(`${kind}: ${files.length} files`)
  return await runTap(files, `${REPORT_DIR}/${kind}.tap`, jobs, env)
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
