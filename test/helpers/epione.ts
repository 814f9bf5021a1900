import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { admit, browserOf } from './sign-in.ts'

/** What one `epione --json` process answered. */
export interface EpioneAnswer { exitCode: number, ms: number, json: Record<string, unknown>, stderr: string }

const ROOT = join(import.meta.dirname, '..', '..')
const BIN = join(ROOT, 'cli', 'bin', 'epione.js')
/** Where its compiled code is kept, as on a person's machine. */
const XDG_CACHE_HOME = join(ROOT, '.cache')

/** A person with a folder of their own, who acts only through `epione` processes. */
export class Party {
  readonly name: string
  readonly folder: string
  readonly home: string
  readonly #passphraseFile: string
  #tokenFile: string | undefined

  constructor (name: string, folder: string) {
    this.name = name
    this.folder = folder
    this.home = join(folder, 'home')
    this.#passphraseFile = join(folder, 'passphrase')
    mkdirSync(this.home, { recursive: true, mode: 0o700 })
    writeFileSync(this.#passphraseFile, randomBytes(16).toString('hex'), { mode: 0o600 })
  }

  /** A path in this party's folder. */
  path (name: string): string {
    return join(this.folder, name)
  }

  useToken (token: string): void {
    this.#tokenFile = this.path('token')
    writeFileSync(this.#tokenFile, token, { mode: 0o600 })
  }

  /** Signs in with `epione login`: a program stands for the browser in which this person would type their password. */
  async signIn (stateDir: string, hospital: string, subject: string, scope: string): Promise<void> {
    const password = await admit(stateDir, hospital, subject, scope)
    writeFileSync(this.path('passwords.json'), JSON.stringify({ [subject]: password }), { mode: 0o600 })
    const { program, env } = browserOf(stateDir, hospital, this.path('passwords.json'), subject)
    const network = ['--network', join(stateDir, 'network.json'), '--gateway', hospital]
    await this.must(['login', ...network, '--scope', scope, '--browser', program], undefined, env)
  }

  /** Keeps this party's keys at hand until `lock`, so that no command derives them from the pass-phrase again. */
  async unlock (): Promise<void> {
    await this.must(['unlock'])
  }

  async lock (): Promise<void> {
    await this.must(['lock'])
  }

  /** What this party's processes know of their surroundings. */
  get environment (): NodeJS.ProcessEnv {
    const env: NodeJS.ProcessEnv = {
      PATH: process.env['PATH'], XDG_CACHE_HOME, EPIONE_HOME: this.home, EPIONE_PASSPHRASE_FILE: this.#passphraseFile
    }
    return this.#tokenFile === undefined ? env : { ...env, EPIONE_TOKEN_FILE: this.#tokenFile }
  }

  /** Runs `epione ARGS --json` and returns its answer whatever the exit code; `onProgress` sees its standard error. */
  async run (args: string[], onProgress?: (text: string) => void, more: NodeJS.ProcessEnv = {}): Promise<EpioneAnswer> {
    const started = performance.now()
    const child = spawn(process.execPath, [BIN, ...args, '--json'], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...this.environment, ...more } })
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => { err.push(chunk); onProgress?.(chunk.toString()) })
    const [code] = await once(child, 'close') as [number | null]
    const text = Buffer.concat(out).toString()
    const stderr = Buffer.concat(err).toString()
    return { exitCode: code ?? -1, ms: Math.round(performance.now() - started), json: parseAnswer(text, args, stderr), stderr }
  }

  /** Like `run`, but anything else than exit code 0 throws with what the process said. */
  async must (args: string[], onProgress?: (text: string) => void, more: NodeJS.ProcessEnv = {}): Promise<EpioneAnswer> {
    const answer = await this.run(args, onProgress, more)
    if (answer.exitCode !== 0) {
      throw new Error(
        `${this.name}: epione ${args.join(' ')} ended with ${answer.exitCode}: ${JSON.stringify(answer.json)} ${answer.stderr}`
      )
    }
    return answer
  }
}

function parseAnswer (text: string, args: string[], stderr: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch (cause) {
    throw new Error(`epione ${args.join(' ')} printed no JSON object: ${text.slice(0, 200)} ${stderr.slice(0, 2000)}`, { cause })
  }
}
