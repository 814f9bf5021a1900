import { mkdir, readdir, rm, rmdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { isErrno, PRIVATE_FOLDER_MODE, readTextIfExists, sqliteResultOf, takeLock } from '../../host/src/index.ts'
import type { Lock } from '../../host/src/index.ts'
import { NetworkError } from '../errors.ts'
import { isObject, parseJson } from './json.ts'
import type { StatePaths } from '../description/paths.ts'

/** Result code of SQLite: the file is no database. */
const NO_DATABASE = 26
/**
 * What happens to a file whose folder `make clean` removes, or another verb makes, at that moment; of SQLite: input or output failed,
 * cannot be opened.
 */
const WHILE_REMOVED = [10, 14]
const WHILE_MADE = ['ENOENT', 'EEXIST']
/** A folder can vanish again between two attempts, but hardly so often; what does not pass is a fault of the disk. */
const ATTEMPTS = 5

/** Runs `work` while no other verb changes the same state folder. Throws `state-busy`. */
export async function withLock<T> (paths: StatePaths, work: () => Promise<T>): Promise<T> {
  const lock = await acquire(paths)
  try {
    await writeFile(paths.lockHolder, JSON.stringify({ pid: process.pid }))
    return await work()
  } finally {
    await rm(paths.lockHolder, { force: true })
    lock.release()
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
    if (!isErrno(error, 'ENOTEMPTY', 'ENOENT')) throw error
  }
}

async function acquire (paths: StatePaths, attempt = 1): Promise<Lock> {
  try {
    // Holds private keys, some of them in files that other programs write: closed to all other users.
    await mkdir(paths.root, { recursive: true, mode: PRIVATE_FOLDER_MODE })
    const lock = takeLock(paths.lock)
    if (lock !== undefined) return lock
  } catch (cause) {
    const result = sqliteResultOf(cause)
    if (result === NO_DATABASE) {
      throw new NetworkError('state-damaged', `${paths.lock} is not the empty file that a lock is`, {
        advice: 'Remove it while no `make` works on the folder.',
        cause
      })
    }
    const isPassing = isErrno(cause, ...WHILE_MADE) || (result !== undefined && WHILE_REMOVED.includes(result & 0xff))
    if (!isPassing || attempt >= ATTEMPTS) throw cause
    return await acquire(paths, attempt + 1)
  }
  throw new NetworkError('state-busy', `${paths.root} is being changed by ${await holder(paths)}`, { advice: 'Wait until it has ended.' })
}

async function holder (paths: StatePaths): Promise<string> {
  const note = parseJson(await readTextIfExists(paths.lockHolder) ?? '')
  return isObject(note) && typeof note['pid'] === 'number' ? `process ${note['pid']}` : 'another process'
}
