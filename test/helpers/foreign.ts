import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, openSync, readFileSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { waitForLock } from '@epione/host'
import type { Teardown } from './gateway.ts'

/* Programs of others that tests start as peers: fetched once into the cache, ended with the test. */

const CACHE = join(import.meta.dirname, '..', '..', '.cache')
const STOP_MS = 20_000
const POLL_MS = 250

/**
 * Path of what `make` leaves in an empty folder and names, kept in the cache for all tests and all later runs; what was broken off is
 * made anew.
 */
export async function ensureCached (name: string, make: (work: string) => Promise<string>): Promise<string> {
  const home = join(CACHE, name)
  if (existsSync(home)) return home
  await mkdir(CACHE, { recursive: true })
  const lock = await waitForLock(join(CACHE, `${name}.lock`), { retryMs: 500, tries: Infinity })
  try {
    if (existsSync(home)) return home
    const work = join(CACHE, `${name}.making`)
    await rm(work, { recursive: true, force: true })
    await mkdir(work)
    await rename(await make(work), home)
    await rm(work, { recursive: true, force: true })
    return home
  } finally {
    lock?.release()
  }
}

/** Why no program of Java can be fetched and run here, in words of what to install; undefined when one can. */
export function javaMissing ({ isCached, compiler = false }: { isCached: boolean, compiler?: boolean }): string | undefined {
  const java = spawnSync('java', ['-version'], { encoding: 'utf8' })
  const version = /version "(\d+)/.exec(java.error === undefined ? java.stderr : '')?.[1]
  if (version === undefined || Number(version) < 17) return 'install Java 17 or newer (Debian: openjdk-17-jdk-headless)'
  if (compiler && spawnSync('javac', ['-version']).status !== 0) return 'install the compiler of Java 17 or newer (Debian: openjdk-17-jdk-headless)'
  if (!isCached && spawnSync('mvn', ['-v']).status !== 0) return 'install Maven (Debian: maven), which fetches programs of Java once'
  return undefined
}

export const isCached = (name: string): boolean => existsSync(join(CACHE, name))

export interface ForeignStart {
  /** As messages call it. */
  name: string
  command: string
  args: readonly string[]
  env?: NodeJS.ProcessEnv
  cwd?: string
  /** Where it writes what it says. */
  log: string
  isReady: () => Promise<boolean>
  /** How long it may take until it is. */
  startMs: number
}

/** Starts a program in a process group of its own, waits until it answers, and ends the whole group with the test. */
export async function startForeign (t: Teardown, { name, command, args, env, cwd, log, isReady, startMs }: ForeignStart): Promise<number> {
  const output = openSync(log, 'a')
  const child = spawn(command, args, { stdio: ['ignore', output, output], detached: true, cwd, env: { PATH: process.env['PATH'], ...env } })
  const exited = once(child, 'exit')
  const end = (signal: NodeJS.Signals): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, signal)
    } catch {
      // It has ended.
    }
  }
  const killWithTest = (): void => { end('SIGKILL') }
  process.once('exit', killWithTest)
  t.teardown(async () => {
    end('SIGTERM')
    const timer = setTimeout(() => { end('SIGKILL') }, STOP_MS)
    await exited
    clearTimeout(timer)
    process.removeListener('exit', killWithTest)
  })
  const until = Date.now() + startMs
  while (!(await isReady().catch(() => false))) {
    if (child.exitCode !== null || Date.now() > until) throw new Error(`${name} did not start: ${readFileSync(log, 'utf8').slice(-2000)}`)
    await new Promise((resolve) => { setTimeout(resolve, POLL_MS) })
  }
  return child.pid ?? 0
}
