import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { inspect } from 'node:util'
import { Parser } from 'tap-parser'
import type { FinalResults, Result } from 'tap-parser'

/** How many tests passed, and the names of those that failed. A test is one `t.test` of a file. */
export interface Tally { passed: number, failed: string[] }

/** One run of tap: where its whole report goes, without its ending; how many files at a time; its environment. */
export interface TapRun {
  report: string
  jobs: number
  env: NodeJS.ProcessEnv
  /** How long a file may take that says nothing of it; by default what .taprc says. */
  timeoutSeconds?: number | undefined
  onFile?: (file: string, seconds: number) => void
  /** Gets what is to be shown while it runs; it is printed by default. */
  say?: (text: string) => void
}

/**
 * Runs tap over the files until each has run: for each file that runs into its timeout, tap leaves out one of the last ones
 * (it counts the timeout as one of the files that it planned).
 */
export async function runFiles (files: readonly string[], run: TapRun): Promise<Tally> {
  const total: Tally = { passed: 0, failed: [] }
  let left = files
  for (let round = 1; left.length > 0; round++) {
    const seen = await runTap(left, { ...run, report: round === 1 ? run.report : `${run.report}-${String(round)}` }, total)
    const missing = left.filter((file) => !seen.has(file))
    if (missing.length === left.length) {
      total.failed.push(...missing.map((file) => `${file} did not run`))
      break
    }
    left = missing
  }
  return total
}

/**
 * Counts the tests of tap's report: the direct children of each file, or the file itself when it failed outside them. Prints a
 * line for each file as it ends, and keeps the whole report in a file. Returns the files that ran.
 */
async function runTap (files: readonly string[], run: TapRun, total: Tally): Promise<Set<string>> {
  const { report, jobs, env, timeoutSeconds, onFile, say = console.log } = run
  const seen = new Set<string>()
  const failedBefore = total.failed.length
  const parser = new Parser()
  parser.on('child', (file: Parser) => { countFile(file, total, say) })
  parser.on('assert', (result: Result) => {
    const file = nameOf(result, files)
    if (file === undefined || seen.has(file)) return
    seen.add(file)
    const known = total.failed.some((name) => name.startsWith(file))
    // A file that died before it printed anything has no child.
    if (!result.ok && !known) total.failed.push(`${file} (outside its tests)`)
    const seconds = Math.round((result.time ?? 0) / 100) / 10
    if (result.name === file) onFile?.(file, seconds)
    say(`${result.ok ? 'ok    ' : 'FAILED'} ${file} ${result.name === file ? `${String(seconds)} s` : 'timed out'}`)
  })
  const timeout = timeoutSeconds === undefined ? [] : [`--timeout=${String(timeoutSeconds)}`]
  const args = ['node_modules/tap/dist/esm/run.mjs', `--jobs=${String(jobs)}`, ...timeout, '--reporter=tap', ...files]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env })
  const exited = once(child, 'exit') as Promise<[number | null]>
  child.stdout.pipe(createWriteStream(`${report}.tap`))
  child.stdout.pipe(parser)
  await once(parser, 'complete')
  const [code] = await exited
  if (code !== 0 && total.failed.length === failedBefore) total.failed.push(`tap ended with ${String(code)}, see ${report}.tap`)
  return seen
}

/** The file that a line of tap's report is about: its result, or a timeout, which tap names otherwise. */
function nameOf ({ name, diag }: Result, files: readonly string[]): string | undefined {
  const expired = (diag as { expired?: unknown } | null | undefined)?.expired
  return files.find((file) => file === name || file === expired)
}

function countFile (file: Parser, total: Tally, say: (text: string) => void): void {
  const tests = { run: 0, failed: 0 }
  file.on('child', (test: Parser) => {
    test.on('complete', (results: FinalResults) => {
      tests.run += 1
      if (results.ok) total.passed += 1
      else {
        tests.failed += 1
        total.failed.push(`${file.name}: ${test.name}`)
        for (const failure of results.failures) say(describeFailure(`${file.name}: ${test.name}`, failure))
      }
    })
  })
  file.on('complete', (results: FinalResults) => {
    if (!results.ok && tests.failed === 0) {
      total.failed.push(`${file.name} (outside its tests)`)
      for (const failure of results.failures) say(describeFailure(file.name, failure))
    } else if (results.ok && tests.run === 0) total.failed.push(`${file.name} holds no test`)
  })
}

function describeFailure (name: string, failure: FinalResults['failures'][number]): string {
  const shown = inspect('diag' in failure ? failure.diag : failure, { depth: 6, breakLength: 120 }).slice(0, 4000)
  return `--- ${name}: ${'name' in failure ? failure.name : ''}\n${shown}`
}
