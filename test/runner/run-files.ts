import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { inspect } from 'node:util'
import { Parser } from 'tap-parser'
import type { FinalResults, Result } from 'tap-parser'

/** How many tests passed, and the names of those that failed. A test is one `t.test` of a file. */
export interface Tally { passed: number, failed: string[] }

/** A run of test files: the folder of what each printed; their environment. */
export interface FileRun {
  reports: string
  env: NodeJS.ProcessEnv
  /** How long a file may take. */
  timeoutSeconds: number
  onFile?: (file: string, seconds: number) => void
  /** Gets what is to be shown while it runs; it is printed by default. */
  say?: (text: string) => void
}

/** What a file that is told to end has for saying where it stands. */
const LAST_WORDS_MS = 3000

/**
 * Takes one file after the other from the queue, which other lanes may take from as well, runs each by node itself (tap's own runner
 * loads hooks into each that double the processor time of a test) and counts its tests. Prints a line for each file as it ends, and
 * keeps all that it printed.
 */
export async function runFiles (queue: string[], run: FileRun): Promise<Tally> {
  const total: Tally = { passed: 0, failed: [] }
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    const { passed, failed } = await runFile(file, run)
    total.passed += passed
    total.failed.push(...failed)
  }
  return total
}

async function runFile (file: string, { reports, env, timeoutSeconds, onFile, say = console.log }: FileRun): Promise<Tally> {
  const tally: Tally = { passed: 0, failed: [] }
  const started = Date.now()
  const child = spawn(process.execPath, [file], {
    stdio: ['ignore', 'pipe', 'inherit'], env: { ...env, TAP_TIMEOUT: String(timeoutSeconds) }
  })
  const parser = new Parser()
  parser.on('child', (test: Parser) => { countTest(test, file, tally, say) })
  const printed: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => { printed.push(chunk) })
  child.stdout.pipe(parser)
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  const parsed = once(parser, 'complete') as Promise<[FinalResults]>
  const timer = endAfter(child, timeoutSeconds * 1000)
  const [[code, signal], [results]] = await Promise.all([exited, parsed])
  const isLate = timer.end()
  if (isLate) tally.failed.push(`${file} (longer than ${String(timeoutSeconds)} s)`)
  else if (tally.failed.length === 0) tally.failed.push(...failuresOutside(results, file, tally.passed, code ?? signal, say))
  const seconds = Math.round((Date.now() - started) / 100) / 10
  onFile?.(file, seconds)
  say(`${tally.failed.length === 0 ? 'ok    ' : 'FAILED'} ${file} ${String(seconds)} s${isLate ? ', which is too long' : ''}`)
  await keep(join(reports, `${file}.tap`), printed)
  return tally
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
function failuresOutside (
  results: FinalResults, file: string, passed: number, ending: number | NodeJS.Signals | null, say: (text: string) => void
): string[] {
  if (!results.ok) {
    for (const failure of results.failures) say(describeFailure(file, failure))
    return [`${file} (outside its tests)`]
  }
  if (passed === 0) return [`${file} holds no test`]
  return ending === 0 ? [] : [`${file} (ended with ${String(ending)})`]
}

function describeFailure (name: string, failure: FinalResults['failures'][number]): string {
  const shown = inspect('diag' in failure ? failure.diag : failure, { depth: 6, breakLength: 120 }).slice(0, 4000)
  return `--- ${name}: ${'name' in failure ? (failure as Result).name : ''}\n${shown}`
}
