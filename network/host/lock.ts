import { closeSync, openSync, statSync } from 'node:fs'
import { mkdir, readdir, rm, rmdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { NetworkError } from '../errors.ts'
import { fileExists, isErrno, PRIVATE_MODE, readIfExists } from './files.ts'
import { isObject, parseJson } from './json.ts'
import type { StatePaths } from '../description/paths.ts'

/** Result codes of SQLite: somebody else holds the lock; the file is no database. */
const BUSY = 5
const NO_DATABASE = 26
/**
 * What happens to a file whose folder `make clean` removes, or another verb makes, at that moment; of SQLite: input or output failed,
 * cannot be opened.
 */
const WHILE_REMOVED = [10, 14]
const WHILE_MADE = ['ENOENT', 'EEXIST']
/** A folder can vanish again between two attempts, but hardly so often; what does not pass is a fault of the disk. */
const ATTEMPTS = 5

/**
 * Runs `work` while no other verb changes the same state folder. The lock is the kernel's, on an empty SQLite database: it ends
 * with its process, however that ends, and nobody has to judge whether a lock is stale. Throws `state-busy`.
 */
export async function withLock<T> (paths: StatePaths, work: () => Promise<T>): Promise<T> {
  const lock = await acquire(paths)
  try {
    await writeFile(paths.lockHolder, JSON.stringify({ pid: process.pid }))
    return await work()
  } finally {
    await rm(paths.lockHolder, { force: true })
    lock.close()
  }
}

/** Removes a state folder while holding its lock: the lock's file goes last, so that who comes meanwhile loses nothing of its own. */
export async function removeLocked (paths: StatePaths): Promise<void> {
  const isLock = (name: string): boolean => name.startsWith(basename(paths.lock))
  const names = await readdir(paths.root)
  for (const name of names.filter((name) => !isLock(name))) await rm(join(paths.root, name), { recursive: true, force: true })
  for (const name of names.filter(isLock)) await rm(join(paths.root, name), { force: true })
  try {
    await rmdir(paths.root)
  } catch (error) {
    // Another verb has begun a new network here.
    if (!isErrno(error, 'ENOTEMPTY') && !isErrno(error, 'ENOENT')) throw error
  }
}

async function acquire (paths: StatePaths, attempt = 1): Promise<DatabaseSync> {
  try {
    // Holds private keys, some of them in files that other programs write: closed to all other users.
    await mkdir(paths.root, { recursive: true, mode: 0o700 })
    // Only made, never opened: closing any handle of a file gives up the locks that a process has on it.
    if (!await fileExists(paths.lock)) closeSync(openSync(paths.lock, 'wx', PRIVATE_MODE))
    const lock = lockFile(paths.lock)
    if (lock !== undefined) return lock
  } catch (cause) {
    const code = sqliteCodeOf(cause)
    if (code === BUSY) {
      throw new NetworkError('state-busy', `${paths.root} is being changed by ${await holder(paths)}`, {
        advice: 'Wait until it has ended.',
        cause
      })
    }
    if (code === NO_DATABASE) {
      throw new NetworkError('state-damaged', `${paths.lock} is not the empty file that a lock is`, {
        advice: 'Remove it while no `make` works on the folder.',
        cause
      })
    }
    const isPassing = WHILE_MADE.some((made) => isErrno(cause, made)) || (code !== undefined && WHILE_REMOVED.includes(code & 0xff))
    if (!isPassing || attempt >= ATTEMPTS) throw cause
  }
  return await acquire(paths, attempt + 1)
}

/** SQLite's own code of an error, with what it says beside its lowest byte. */
function sqliteCodeOf (error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) : undefined
}

/** The file with its lock; undefined when `make clean` removed it between its opening and its locking: then it locks nobody out. */
function lockFile (file: string): DatabaseSync | undefined {
  const before = identityOf(file)
  const lock = new DatabaseSync(file, { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
    if (before !== undefined && before === identityOf(file)) return lock
    lock.close()
    return undefined
  } catch (error) {
    lock.close()
    throw error
  }
}

/** Tells a file from every other of the same name: a later one may have its inode number, but not the time of its making too. */
function identityOf (file: string): string | undefined {
  const stats = statSync(file, { bigint: true, throwIfNoEntry: false })
  return stats === undefined ? undefined : `${stats.dev}:${stats.ino}:${stats.birthtimeNs}`
}

async function holder (paths: StatePaths): Promise<string> {
  const note = parseJson(await readIfExists(paths.lockHolder) ?? '')
  return isObject(note) && typeof note['pid'] === 'number' ? `process ${note['pid']}` : 'another process'
}
