import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { main } from '../../../cli/dist/cli.js'
import { MEMORY_CHANNEL } from '../memory-devices.ts'
import type { Hospital, Hospitals } from './hospitals.ts'
import { rememberScrypt } from './remembered-scrypt.ts'

rememberScrypt()

export interface Answer { exitCode: number, stdout: string, stderr: string, json: Record<string, unknown> }

/** Runs the `epione` command in this process, as a program without a terminal does. */
export async function epione (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Answer> {
  let [stdout, stderr] = ['', '']
  const exitCode = await main(args, {
    stdin: Readable.from([]),
    stdout: { write: (text) => { stdout += text } },
    stderr: { write: (text) => { stderr += text } },
    env
  })
  return { exitCode, stdout, stderr, json: args.includes('--json') ? JSON.parse(stdout) as Record<string, unknown> : {} }
}

const BIN = new URL('../../../cli/bin/epione.js', import.meta.url).pathname
/** Where its compiled code is kept, as on a person's machine. */
const XDG_CACHE_HOME = new URL('../../../.cache', import.meta.url).pathname
/** An account that no system has. */
const NOBODY = 54_321

export interface ProgramOptions {
  env?: Record<string, string>
  shell?: string
  asNobody?: boolean
  /** File of another program than `epione`. */ program?: string
}
export interface Ended { status: number | null, stdout: string, stderr: string }

/**
 * Runs the program in a process of its own with nothing in its environment but `env` and where compiled code is kept; `shell` is a line
 * in which `"$@"` stands for it, for what only a shell does to output. With `asNobody` it has no account, where the test may do that.
 */
export function runProgram (
  args: readonly string[],
  { env = {}, shell = '"$@"', asNobody = false, program = BIN }: ProgramOptions = {}
): Ended {
  const variables = Object.entries({ XDG_CACHE_HOME, ...env }).map(([name, value]) => `${name}=${value}`)
  return spawnSync('bash', ['--norc', '-c', `set -o pipefail; ${shell}`, 'bash', 'env', '-i', ...variables, process.execPath, program, ...args], {
    ...(asNobody && process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}), cwd: '/', encoding: 'utf8'
  })
}

/** Writes the network.json of these hospitals, as `make up` does; returns its path. */
export function writeNetworkFile (folder: string, { all, consortium }: Pick<Hospitals, 'consortium'> & { all: ReadonlyArray<Pick<Hospital, 'info'>> }): string {
  mkdirSync(folder, { recursive: true })
  const organizations = all.map(({ info }) => {
    writeFileSync(join(folder, `${info.id}.pem`), info.tlsCaPem)
    return {
      mspId: info.mspId,
      id: info.id,
      name: info.name,
      kind: info.id === 'core' ? 'core' : 'regional',
      tlsCaFile: `${info.id}.pem`,
      gateway: { url: info.url }
    }
  })
  const path = join(folder, 'network.json')
  writeFileSync(
    path,
    JSON.stringify({
      name: 'memory', ...MEMORY_CHANNEL, networkId: consortium.network.networkId, document: consortium.network.document, organizations
    })
  )
  return path
}

/** A person with a folder, who types `epione` commands. */
export class Typist {
  readonly folder: string
  readonly #env: NodeJS.ProcessEnv

  constructor (folder: string, token?: string) {
    this.folder = folder
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'passphrase'), 'a horse that is correct\n')
    this.#env = { EPIONE_HOME: join(folder, 'home'), EPIONE_PASSPHRASE_FILE: join(folder, 'passphrase') }
    if (token !== undefined) this.useToken(token)
  }

  useToken (token: string): void {
    writeFileSync(join(this.folder, 'token'), `${token}\n`)
    this.#env['EPIONE_TOKEN_FILE'] = join(this.folder, 'token')
  }

  path (name: string): string {
    return join(this.folder, name)
  }

  async run (...args: string[]): Promise<Answer> {
    return await epione([...args, '--json'], this.#env)
  }
}
