import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { inspect } from 'node:util'
import { Parser } from 'tap-parser'
import type { FinalResults, Result } from 'tap-parser'
import { needsOwnProcess } from './lanes.ts'
import { takeChildSeconds } from './processor-time.ts'
import { SharedProcess } from './shared-process.ts'

/** How many tests passed, the names of those that failed, and the processor's seconds. A test is one `t.test` of a file. */
export interface Tally { passed: number, failed: string[], processorSeconds: number }

/** A run of test files: the folder of what each printed; their environment. */
export interface FileRun {
  reports: string
  env: NodeJS.ProcessEnv
  /** How long a file may take. */
  timeoutSeconds: number
  /** Whether files may share a process with those before them, but for those that reach beyond themselves. */
  together?: boolean
  onFile?: (file: string, seconds: number) => void
  /** Gets what is to be shown while it runs; it is printed by default. */
  say?: (text: string) => void
}

/** How a file ran: what it printed, how its process ended, what was wrong beside its tests, and the processor's seconds. */
export interface Ran {
  results: FinalResults
  ending: number | string
  isLate: boolean
  printed: readonly Buffer[]
  problems: readonly string[]
  seconds: number
}

/** What a file that is told to end has for saying where it stands. */
const LAST_WORDS_MS = 3000

/**
 * Takes one file after the other from the queue, which other lanes may take from as well, runs each by node itself (tap's own runner
 * loads hooks into each that double the processor time of a test) and counts its tests. Prints a line for each file as it ends, and
 * keeps all that it printed.
 */
export async function runFiles (queue: string[], run: FileRun): Promise<Tally> {
  const total: Tally = { passed: 0, failed: [], processorSeconds: 0 }
  const shared = run.together === true ? new SharedProcess(run.env) : undefined
  try {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const { passed, failed, processorSeconds } = await runFile(file, run, shared)
      total.passed += passed
      total.failed.push(...failed)
      total.processorSeconds += processorSeconds
    }
  } finally {
    await shared?.end()
  }
  return total
}

async function runFile (file: string, run: FileRun, shared: SharedProcess | undefined): Promise<Tally> {
  const { reports, timeoutSeconds, onFile, say = console.log } = run
  const tally: Tally = { passed: 0, failed: [], processorSeconds: 0 }
  const started = Date.now()
  const onTest = (test: Parser): void => { countTest(test, file, tally, say) }
  const timed = (child: ChildProcess): { end: () => boolean } => endAfter(child, timeoutSeconds * 1000)
  const ran = shared === undefined || await needsOwnProcess(file)
    ? await runAlone(file, run, onTest, timed)
    : await shared.run(file, timeoutSeconds * 1000, onTest, timed)
  for (const problem of ran.problems) {
    say(`--- ${file}: ${problem}`)
    tally.failed.push(`${file} (${problem})`)
  }
  if (ran.isLate) tally.failed.push(`${file} (longer than ${String(timeoutSeconds)} s)`)
  else if (tally.failed.length === 0) tally.failed.push(...failuresOutside(ran, file, tally.passed, say))
  const seconds = Math.round((Date.now() - started) / 100) / 10
  onFile?.(file, seconds)
  tally.processorSeconds = ran.seconds
  const took = `${String(seconds)} s, ${ran.seconds.toFixed(1)} s of the processor`
  say(`${tally.failed.length === 0 ? 'ok    ' : 'FAILED'} ${file} ${took}${ran.isLate ? ', which is too long' : ''}`)
  await keep(join(reports, `${file}.tap`), ran.printed)
  return tally
}

async function runAlone (
  file: string, { env, timeoutSeconds }: FileRun, onTest: (test: Parser) => void, timed: (child: ChildProcess) => { end: () => boolean }
): Promise<Ran> {
  const child = spawn(process.execPath, [file], {
    stdio: ['ignore', 'pipe', 'inherit'], env: { ...env, TAP_TIMEOUT: String(timeoutSeconds) }
  })
  const parser = new Parser()
  parser.on('child', onTest)
  const printed: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => { printed.push(chunk) })
  child.stdout.pipe(parser)
  let seconds = 0
  child.once('exit', () => { seconds = takeChildSeconds() })
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  const parsed = once(parser, 'complete') as Promise<[FinalResults]>
  const timer = timed(child)
  const [[code, signal], [results]] = await Promise.all([exited, parsed])
  return { results, ending: code ?? signal ?? 'no reason', isLate: timer.end(), printed, problems: [], seconds }
}

async function keep (path: string, printed: readonly Buffer[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, Buffer.concat(printed))
}

/** Tells the process to end when its time is over, and ends it if it does not; `end` says whether the time was over. */
function endAfter (child: ChildProcess, ms: number): { end: () => boolean } {
  let isLate = false
  const kill = setTimeout(() => { child.kill('SIGKILL') }, ms + LAST_WORDS_MS)
  const tell = setTimeout(() => {
    isLate = true
    child.kill('SIGTERM')
  }, ms)
  return {
    end: () => {
      clearTimeout(tell)
      clearTimeout(kill)
      return isLate
    }
  }
}

function countTest (test: Parser, file: string, tally: Tally, say: (text: string) => void): void {
  test.on('complete', (results: FinalResults) => {
    if (results.ok) tally.passed += 1
    else {
      tally.failed.push(`${file}: ${test.name}`)
      for (const failure of results.failures) say(describeFailure(`${file}: ${test.name}`, failure))
    }
  })
}

/** A file that failed outside its tests counts as one failure. */
function failuresOutside ({ results, ending }: Ran, file: string, passed: number, say: (text: string) => void): string[] {
  if (ending !== 0 && results.ok) return [`${file} (ended with ${String(ending)})`]
  if (!results.ok) {
    for (const failure of results.failures) say(describeFailure(file, failure))
    return [`${file} (outside its tests)`]
  }
  return passed === 0 ? [`${file} holds no test`] : []
}

function describeFailure (name: string, failure: FinalResults['failures'][number]): string {
  const shown = inspect('diag' in failure ? failure.diag : failure, { depth: 6, breakLength: 120 }).slice(0, 4000)
  return `--- ${name}: ${'name' in failure ? (failure as Result).name : ''}\n${shown}`
}
