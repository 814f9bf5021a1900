import { closeSync, openSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import { isErrno } from './failures.ts'
import { PRIVATE_MODE } from './files.ts'

/** SQLite's result when somebody else holds the lock. */
const BUSY = 5

export interface Lock { release: () => void }

/**
 * Takes the lock on a file, which is made when it is not there, or returns undefined when somebody else holds it. The lock is the
 * kernel's, on an empty SQLite database: it ends with its process, however that ends, and nobody has to judge whether it is stale.
 */
export function takeLock (path: string): Lock | undefined {
  makeEmpty(path)
  const before = identityOf(path)
  const database = new DatabaseSync(path, { timeout: 0 })
  try {
    database.exec('begin exclusive')
  } catch (error) {
    database.close()
    if (sqliteResultOf(error) === BUSY) return undefined
    throw error
  }
  if (before !== undefined && before === identityOf(path)) return { release: () => { database.close() } }
  // Removed between its making and its locking: this lock keeps nobody out.
  database.close()
  return takeLock(path)
}

/** The same, asked for again every `retryMs` while somebody else holds the lock; undefined when it is not to be had in so many tries. */
export async function waitForLock (path: string, { retryMs, tries }: { retryMs: number, tries: number }): Promise<Lock | undefined> {
  for (let tried = 0; tried < tries; tried++) {
    const lock = takeLock(path)
    if (lock !== undefined) return lock
    await delay(retryMs)
  }
  return undefined
}

/** SQLite's own result of an error, with what it says beside its lowest byte. */
export function sqliteResultOf (error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) : undefined
}

/** For the own user alone. Only made, never opened: closing any handle of a file gives up the locks that a process has on it. */
function makeEmpty (path: string): void {
  try {
    closeSync(openSync(path, 'wx', PRIVATE_MODE))
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error
  }
}

/** Tells a file from every other of the same name: a later one may have its inode number, but not the time of its making too. */
function identityOf (path: string): string | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false })
  return stats === undefined ? undefined : `${stats.dev}:${stats.ino}:${stats.birthtimeNs}`
}
