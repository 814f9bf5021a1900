import { link, mkdir, rm, writeFile } from 'node:fs/promises'
import { NetworkError } from './errors.ts'
import { isErrno, readIfExists } from './files.ts'
import { isObject, parseJson } from './json.ts'
import type { StatePaths } from './paths.ts'
import { processStart } from './process-table.ts'

/** Runs `work` while no other verb changes the same state folder; a lock left by a process that is gone is taken over. Throws `state-busy`. */
export async function withLock<T> (paths: StatePaths, work: () => Promise<T>): Promise<T> {
  await acquire(paths)
  try {
    return await work()
  } finally {
    await rm(paths.lock, { force: true })
  }
}

async function acquire (paths: StatePaths): Promise<void> {
  // Holds private keys, some of them in files that other programs write: closed to all other users.
  await mkdir(paths.root, { recursive: true, mode: 0o700 })
  // Written first and linked then: a lock is whole, or it was torn by a loss of power and its holder is gone.
  const own = `${paths.lock}.${process.pid}`
  await writeFile(own, JSON.stringify({ pid: process.pid, started: processStart(process.pid) }), { flush: true })
  try {
    await linkLock(paths, own)
  } finally {
    await rm(own, { force: true })
  }
}

async function linkLock (paths: StatePaths, own: string): Promise<void> {
  for (const attempt of [1, 2]) {
    try {
      await link(own, paths.lock)
      return
    } catch (error) {
      if (!isErrno(error, 'EEXIST')) throw error
      const holder = await aliveHolder(paths)
      if (holder !== undefined || attempt === 2) {
        throw new NetworkError('state-busy', `${paths.root} is being changed by process ${holder ?? 'unknown'}`, { advice: 'Wait until it has ended.' })
      }
      await rm(paths.lock, { force: true })
    }
  }
}

async function aliveHolder (paths: StatePaths): Promise<number | undefined> {
  const text = await readIfExists(paths.lock)
  if (text === undefined) return undefined
  const value = parseJson(text)
  if (!isObject(value) || typeof value['pid'] !== 'number') return undefined
  return processStart(value['pid']) === value['started'] ? value['pid'] : undefined
}
