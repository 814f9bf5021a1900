import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { Parser } from 'tap-parser'
import type { FinalResults } from 'tap-parser'
import { takeChildSeconds } from './processor-time.ts'
import type { Ran } from './run-files.ts'
import type { Done, Order } from './several-files.ts'

const PROGRAM = join(import.meta.dirname, 'several-files.ts')
/** What modules of files that are through still hold: a fresh process is cheaper than collecting among it. */
const LARGEST_RSS_BYTES = 1_200_000_000

/** A process that runs one test file after the other; a new one takes its place where a file ended it, or spoilt it. */
export class SharedProcess {
  readonly #env: NodeJS.ProcessEnv
  #child: ChildProcess | undefined
  /** How the process ended, all that it printed being read. */
  #ended: Promise<number | string> = Promise.resolve(0)
  #parser = new Parser()
  #printed: Buffer[] = []

  constructor (env: NodeJS.ProcessEnv) {
    this.#env = env
  }

  /** Runs a file. `onTest` gets each test of it; `timed` ends the process when the time of the file is over. */
  async run (
    file: string, timeoutMs: number, onTest: (test: Parser) => void, timed: (child: ChildProcess) => { end: () => boolean }
  ): Promise<Ran> {
    const child = this.#child ?? this.#start()
    this.#printed = []
    const timer = timed(child)
    const whole = new Promise<FinalResults>((resolve) => {
      this.#parser.once('child', (parser: Parser) => {
        parser.on('child', onTest)
        parser.once('complete', resolve)
      })
    })
    const order: Order = { file, timeoutMs }
    child.send(order)
    const through = Promise.all([whole, answerOf(child)]).then(([results, done]) => ({ results, done }))
    const way = await Promise.race([through, this.#ended])
    const printed = this.#printed
    const isLate = timer.end()
    if (typeof way !== 'object') {
      this.#child = undefined
      const ending = way === 0 ? 'an end of its process' : way
      return { results: this.#finish(), ending, isLate, printed, problems: [], seconds: takeChildSeconds() }
    }
    const { results, done: { problems, isClean, seconds, rssBytes } } = way
    if (!results.ok || !isClean || problems.length > 0 || rssBytes > LARGEST_RSS_BYTES) await this.end()
    return { results, ending: 0, isLate, printed, problems, seconds }
  }

  /** Lets the process end, which writes what it keeps until then. */
  async end (): Promise<void> {
    const child = this.#child
    if (child === undefined) return
    this.#child = undefined
    if (child.connected) child.disconnect()
    await this.#ended
    takeChildSeconds()
  }

  #start (): ChildProcess {
    const child = spawn(process.execPath, [PROGRAM], {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'], env: { ...this.#env, TAP_TIMEOUT: '0' }
    })
    this.#child = child
    this.#parser = new Parser()
    const { stdout } = child
    if (stdout === null) throw new Error('what the process prints is not read')
    stdout.on('data', (chunk: Buffer) => {
      this.#printed.push(chunk)
      this.#parser.write(chunk)
    })
    // The event `close` does not come where the channel was closed on this side.
    const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
    this.#ended = Promise.all([exited, once(stdout, 'end')]).then(([[code, signal]]) => code ?? signal ?? 'no reason')
    return child
  }

  /** What a process printed that ended in the middle of a file. */
  #finish (): FinalResults {
    const parser = this.#parser
    let results: FinalResults | undefined
    parser.once('complete', (all: FinalResults) => { results = all })
    parser.end()
    if (results === undefined) throw new Error('the parser did not end')
    return results
  }
}

/** What the process says of its file; tap sends messages of its own. */
function answerOf (child: ChildProcess): Promise<Done> {
  return new Promise((resolve) => {
    const listen = (message: object): void => {
      if (!('problems' in message)) return
      child.off('message', listen)
      resolve(message as Done)
    }
    child.on('message', listen)
  })
}
