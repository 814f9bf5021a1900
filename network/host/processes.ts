import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, openSync, renameSync, writeFileSync } from 'node:fs'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { NetworkError } from '../errors.ts'
import { isErrno, listIfExists, PRIVATE_MODE, readTextIfExists } from '../../host/src/index.ts'
import { canonicalJson, isObject, parseJson } from './json.ts'
import { damageAdvice, failedWithWords, lastWords } from './last-words.ts'
import { report } from './logger.ts'
import type { StatePaths } from '../description/paths.ts'
import { processStart } from './process-table.ts'
import { waitFor } from './wait.ts'

/** How to run one long-lived process. */
export interface ProcessSpec {
  name: string
  command: string
  args: readonly string[]
  env: Readonly<Record<string, string>>
  /** What comes from the shell that started it, such as PATH: another shell is no reason to restart the process. */
  inherited?: Readonly<Record<string, string>>
  cwd: string
  /** Files and folders of code or settings: the process is restarted when their content changes. */
  sources?: readonly string[]
}

/** What is remembered of a process that was started. `started` tells it from a later process of the same number. */
export interface ProcessRecord {
  name: string
  pid: number
  started: string
  startedAt: number
  fingerprint: string
}

/**
 * Longer than any process of ours takes to end in order: a gateway gives requests under way 30 s (gateway/src/http/closing.ts), an anchor
 * service its pass.
 */
export const STOP_TIMEOUT_MS = 40_000
const KILL_TIMEOUT_MS = 5000
/** Lines of a log that are shown of a process that ended by itself. */
const LAST_WORDS_LINES = 12

/** The record of a process, or undefined when it was never started or was stopped. */
export async function readRecord (paths: StatePaths, name: string): Promise<ProcessRecord | undefined> {
  const text = await readTextIfExists(paths.record(name))
  if (text === undefined) return undefined
  // A record cut off by a power failure speaks of a process that is gone.
  const value = parseJson(text)
  if (!isObject(value) || typeof value['pid'] !== 'number' || typeof value['started'] !== 'string' ||
    typeof value['startedAt'] !== 'number' || typeof value['fingerprint'] !== 'string') return undefined
  return { name, pid: value['pid'], started: value['started'], startedAt: value['startedAt'], fingerprint: value['fingerprint'] }
}

/** Whether the process of a record still runs, and is that very process. */
export function isAlive (record: ProcessRecord): boolean {
  return processStart(record.pid) === record.started
}

/** Records of every process of a state folder, dead ones included. */
export async function listRecords (paths: StatePaths): Promise<ProcessRecord[]> {
  const files = await listIfExists(paths.runDir)
  const names = files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length)).sort()
  const records = await Promise.all(names.map(async (name) => await readRecord(paths, name)))
  return records.filter((record) => record !== undefined)
}

/**
 * Makes sure that the process runs as specified: leaves it alone when it does, restarts it when command, environment or
 * sources changed, starts it (detached, output appended to its log) when it is down. Says which of these it did; `why` is told
 * of a restart.
 */
export async function ensureStarted (
  paths: StatePaths,
  spec: ProcessSpec,
  why = 'its command, settings or code changed'
): Promise<'running' | 'started' | 'restarted'> {
  const fingerprint = await fingerprintOf(spec)
  const record = await readRecord(paths, spec.name)
  const alive = record !== undefined && isAlive(record)
  if (alive && record.fingerprint === fingerprint) return 'running'
  if (alive) {
    report(`${spec.name} is restarted: ${why}`)
    await stopProcess(paths, record)
  }
  await mkdir(paths.runDir, { recursive: true })
  await mkdir(paths.logsDir, { recursive: true })
  await launch(paths, spec, fingerprint)
  return alive ? 'restarted' : 'started'
}

async function launch (paths: StatePaths, spec: ProcessSpec, fingerprint: string): Promise<void> {
  const log = openSync(paths.log(spec.name), 'a', PRIVATE_MODE)
  const child = spawn(spec.command, spec.args, {
    cwd: spec.cwd,
    env: { ...spec.inherited, ...spec.env },
    detached: true,
    stdio: ['ignore', log, log]
  })
  closeSync(log)
  // From the start to the record nothing is awaited: a signal that ends this program cannot leave an unrecorded process.
  const { pid } = child
  const started = pid === undefined ? undefined : processStart(pid)
  if (pid !== undefined && started !== undefined) {
    const record: ProcessRecord = { name: spec.name, pid, started, startedAt: Date.now(), fingerprint }
    keepRecord(paths, record)
  }
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', (cause) =>
      reject(new NetworkError('process-failed', `${spec.name} cannot be started: ${cause.message}`, { cause })))
  })
  child.unref()
  if (started === undefined) throw await endedEarly(paths, spec.name)
}

/** Writes the record whole or not at all; a process that cannot be remembered, as on a full disk, is ended again. */
function keepRecord (paths: StatePaths, record: ProcessRecord): void {
  const file = paths.record(record.name)
  try {
    writeFileSync(`${file}.new`, JSON.stringify(record) + '\n', { flush: true })
    renameSync(`${file}.new`, file)
    writeFileSync(paths.pid(record.name), `${record.pid}\n`)
  } catch (error) {
    process.kill(record.pid, 'SIGKILL')
    throw error
  }
}

/** Whether the process runs exactly as specified. */
export async function runsAsSpecified (paths: StatePaths, spec: ProcessSpec): Promise<boolean> {
  const record = await readRecord(paths, spec.name)
  return record !== undefined && isAlive(record) && record.fingerprint === await fingerprintOf(spec)
}

/** Waits until `check` gives a result; throws `process-failed` with the end of the log as soon as the process has ended. */
export async function waitHealthy<T> (paths: StatePaths, name: string, timeoutMs: number, check: () => Promise<T | undefined>): Promise<T> {
  try {
    return await waitFor(`${name} healthy`, timeoutMs, async () => {
      const record = await readRecord(paths, name)
      if (record === undefined || !isAlive(record)) throw await endedEarly(paths, name)
      return await check()
    })
  } catch (error) {
    // A CA goes on without its listener when its database is damaged: its own words say so.
    const words = await lastWordsOf(paths, name)
    if (!(error instanceof NetworkError) || error.code !== 'timeout' || damageAdvice(name, words) === undefined) throw error
    throw failedWithWords(`${name} runs, but does not serve`, { process: name, log: paths.log(name), words })
  }
}

/**
 * Ends the process of a record, if it is still that process: SIGTERM, then SIGKILL after `timeoutMs`; forgets it. Says whether it had to
 * be killed.
 */
export async function stopProcess (
  paths: StatePaths,
  record: ProcessRecord,
  timeoutMs = STOP_TIMEOUT_MS
): Promise<'gone' | 'stopped' | 'killed'> {
  let outcome: 'gone' | 'stopped' | 'killed' = 'gone'
  if (signalProcess(record, 'SIGTERM')) {
    outcome = 'stopped'
    if (!await hasEnded(record, timeoutMs)) {
      outcome = 'killed'
      signalProcess(record, 'SIGKILL')
      if (!await hasEnded(record, KILL_TIMEOUT_MS)) {
        throw new NetworkError('process-failed', `${record.name} (process ${record.pid}) cannot be ended`)
      }
    }
  }
  await rm(paths.pid(record.name), { force: true })
  await rm(paths.record(record.name), { force: true })
  return outcome
}

/** Sends a signal, after making sure that the number still belongs to the process of the record. */
export function signalProcess (record: ProcessRecord, signal: NodeJS.Signals): boolean {
  if (!isAlive(record)) return false
  try {
    return process.kill(record.pid, signal)
  } catch (error) {
    if (isErrno(error, 'ESRCH')) return false
    throw error
  }
}

/** The last lines of a process's log. */
export async function logTail (paths: StatePaths, name: string, lines: number): Promise<string> {
  const text = await readTextIfExists(paths.log(name)) ?? ''
  return text.trimEnd().split('\n').slice(-lines).join('\n')
}

/** What the process said last, which is why it ended where it did. */
export async function lastWordsOf (paths: StatePaths, name: string): Promise<string> {
  return lastWords(await readTextIfExists(paths.log(name)) ?? '', LAST_WORDS_LINES)
}

async function hasEnded (record: ProcessRecord, timeoutMs: number): Promise<boolean> {
  try {
    await waitFor(`end of ${record.name}`, timeoutMs, async () => await Promise.resolve(isAlive(record) ? undefined : true))
    return true
  } catch (error) {
    if (error instanceof NetworkError && error.code === 'timeout') return false
    throw error
  }
}

async function endedEarly (paths: StatePaths, name: string): Promise<NetworkError> {
  return failedWithWords(`${name} ended by itself`, {
    process: name,
    log: paths.log(name),
    words: await lastWordsOf(paths, name)
  })
}

async function fingerprintOf (spec: ProcessSpec): Promise<string> {
  const hash = createHash('sha256').update(canonicalJson([spec.command, spec.args, spec.env, spec.cwd]))
  for (const source of spec.sources ?? []) await hashSource(source, (data) => hash.update(data))
  return hash.digest('hex')
}

async function hashSource (path: string, update: (data: string | Uint8Array) => void): Promise<void> {
  try {
    const entries = (await readdir(path, { withFileTypes: true })).sort((a, b) => a.name < b.name ? -1 : 1)
    for (const entry of entries) {
      // Declarations, maps and build notes change without any change of what runs.
      if (entry.isDirectory() || /\.(?:[cm]?js|json|sql)$/.test(entry.name)) await hashSource(join(path, entry.name), update)
    }
  } catch (error) {
    if (isErrno(error, 'ENOENT')) { update(`absent ${path}`); return }
    if (!isErrno(error, 'ENOTDIR')) throw error
    update(await readFile(path))
  }
}
