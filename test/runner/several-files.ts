import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import type { Base, Test } from 'tap'
import { beginFiles, endFile } from './file-end.ts'
import { ownSeconds } from './processor-time.ts'

/*
 * Runs test files one after the other in one process, each as a test of tap's, as its parent names them: some thousand modules are loaded
 * and compiled once instead of for each file.
 */

/** What the parent asks for. */
export interface Order { file: string, timeoutMs: number }
/** What it is told when the file is through: what is wrong beside its tests, whether more files may follow, and what it took. */
export interface Done { problems: string[], isClean: boolean, seconds: number, rssBytes: number }

const CURRENT = Symbol.for('epione/test of a file')
/** How long what a file began may take to end after it; timers have less, and then a fresh process takes the next file. */
const [END_MS, TIMERS_MS] = [10_000, 1_000]
const TIMER = 'Timeout'
const POLL_MS = 10
const ofThisFolder = (name: string): string => pathToFileURL(join(import.meta.dirname, name)).href

registerHooks({
  resolve: (specifier, context, next) => {
    if (specifier === 'async-hook-domain') return { url: ofThisFolder('no-domain.ts'), shortCircuit: true }
    // The address makes it another module for each file.
    const isFile = specifier === 'tap' && context.parentURL?.endsWith('.test.ts') === true
    return isFile ? { url: `${ofThisFolder('test-of-file.ts')}?${String(context.parentURL)}`, shortCircuit: true } : next(specifier, context)
  }
})
const { default: root } = await import('tap')
let running: Test | undefined
let stray: string[] = []

for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (reason: unknown) => {
    const error = (typeof reason === 'object' && reason !== null ? reason : { error: reason }) as Error & { tapCaught?: string }
    error.tapCaught = event
    if (running === undefined) stray.push(`${event} after the tests: ${error.stack ?? String(reason)}`)
    else innermost(running).threw(error)
  })
}

/** The test that runs now. */
function innermost (test: Test): Base {
  const sub = [...test.activeSubtests].at(-1)
  if (sub === undefined) return test
  return 'activeSubtests' in sub ? innermost(sub as Test) : sub
}

async function run ({ file, timeoutMs }: Order): Promise<Done> {
  const before = ownSeconds()
  await root.test(file, { timeout: timeoutMs }, async (t) => {
    running = t
    Object.assign(globalThis, { [CURRENT]: t })
    await import(pathToFileURL(file).href)
  })
  running = undefined
  const open = await stillOpen()
  const left = open.filter((name) => name !== TIMER)
  const problems = [...endFile() ? ['failed at its end'] : [], ...left.length === 0 ? [] : [`left open: ${left.join(', ')}`], ...stray]
  stray = []
  return { problems, isClean: open.length === 0, seconds: ownSeconds() - before, rssBytes: process.memoryUsage().rss }
}

/**
 * What keeps this process from ending beside what did before any file: a file's own process would never have ended, but for timers, which
 * are over some day.
 */
async function stillOpen (): Promise<string[]> {
  const since = Date.now()
  for (;;) {
    const open = process.getActiveResourcesInfo()
    for (const name of usual) if (open.includes(name)) open.splice(open.indexOf(name), 1)
    const longestMs = open.every((name) => name === TIMER) ? TIMERS_MS : END_MS
    if (open.length === 0 || Date.now() - since > longestMs) return open
    await delay(POLL_MS, undefined, { ref: false })
  }
}

beginFiles()
// tap lets go of the channel to the parent.
setInterval(() => {}, 2 ** 31 - 1)
process.on('message', (order: Order) => {
  const failed = (error: unknown): unknown => ({ problems: [String(error)], isClean: false, seconds: 0, rssBytes: 0 })
  run(order).then((done) => process.send?.(done), (error: unknown) => process.send?.(failed(error)))
})
process.once('disconnect', () => { process.exit(0) })
root.comment('several files')
const usual = process.getActiveResourcesInfo()
