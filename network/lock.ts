import { mkdir, open, rm } from 'node:fs/promises'
import { NetworkError } from './errors.ts'
import { isErrno, readIfExists } from './files.ts'
import { isObject } from './json.ts'
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
  for (const attempt of [1, 2]) {
    try {
      const handle = await open(paths.lock, 'wx')
      await handle.writeFile(JSON.stringify({ pid: process.pid, started: processStart(process.pid) }))
      await handle.close()
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
  // An empty lock was cut off between its making and its writing.
  if (text === undefined || text === '') return undefined
  const value: unknown = JSON.parse(text)
  if (!isObject(value) || typeof value['pid'] !== 'number') return undefined
  return processStart(value['pid']) === value['started'] ? value['pid'] : undefined
}
