import { randomUUID } from 'node:crypto'
import { access, link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isErrno } from './failures.ts'

/** Permission bits of a file that holds a secret, and of the folders around it: for the owner alone. */
export const PRIVATE_MODE = 0o600
export const PRIVATE_FOLDER_MODE = 0o700

/** The whole content of a file, or what writes it. */
export type Content = string | Uint8Array | ((file: FileHandle) => Promise<void>)

/** Permission bits of a new file: `PRIVATE_MODE` unless they are given. */
export interface WriteOptions { mode?: number }

/**
 * Replaces a file in one step: it holds what it held before, or all that is new, whenever the power goes. Makes its folder. What fails
 * on the way leaves nothing behind.
 */
export async function replaceFile (path: string, content: Content, options: WriteOptions = {}): Promise<void> {
  await writeBeside(path, content, options, rename)
}

/** Makes a file that is whole or not there, and never takes the place of another: EEXIST. Otherwise as `replaceFile`. */
export async function createFile (path: string, content: Content, options: WriteOptions = {}): Promise<void> {
  await writeBeside(path, content, options, nameNew)
}

/** The one way in which a whole file is written: beside its place, synced, then named, and the folder synced. */
async function writeBeside (
  path: string,
  content: Content,
  { mode = PRIVATE_MODE }: WriteOptions,
  name: (temporary: string, path: string) => Promise<void>
): Promise<void> {
  const folder = dirname(path)
  await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER_MODE })
  // Its name is short whatever the file is called, so that every name that fits can be written.
  const temporary = join(folder, `.${randomUUID()}.partial`)
  try {
    await fill(temporary, content, mode)
    await name(temporary, path)
  } finally {
    await rm(temporary, { force: true })
    await syncPath(folder)
  }
}

async function fill (path: string, content: Content, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode)
  try {
    await (typeof content === 'function' ? content(file) : file.writeFile(content))
    await file.sync()
  } finally {
    await file.close()
  }
}

/** File systems without a second name for a file, such as those of memory sticks. */
const WITHOUT_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']

/** Gives a file its name only where no other has it, also when two write at once. */
async function nameNew (temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path)
  } catch (error) {
    if (!isErrno(error, ...WITHOUT_LINKS)) throw error
    if (await fileExists(path)) throw Object.assign(new Error(`EEXIST: file already exists, ${path}`), { code: 'EEXIST' })
    await rename(temporary, path)
  }
}

/** Has a file, or the names of a folder, on the disk before it returns. */
export async function syncPath (path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** The bytes of a file, or undefined when there is none. */
export async function readIfExists (path: string): Promise<Buffer | undefined> {
  return await absentAs(undefined, readFile(path))
}

/** The text of a file in UTF-8, or undefined when there is none. */
export async function readTextIfExists (path: string): Promise<string | undefined> {
  return await absentAs(undefined, readFile(path, 'utf8'))
}

/** Names in a folder, in no order; none when it is not there. */
export async function listIfExists (path: string): Promise<string[]> {
  return await absentAs([], readdir(path))
}

/** Whether a file or folder is there. */
export async function fileExists (path: string): Promise<boolean> {
  return await absentAs(false, access(path).then(() => true), 'ENOTDIR')
}

async function absentAs<T, A> (absent: A, asked: Promise<T>, ...furtherCodes: string[]): Promise<T | A> {
  try {
    return await asked
  } catch (error) {
    if (isErrno(error, 'ENOENT', ...furtherCodes)) return absent
    throw error
  }
}

/**
 * How a message names a setting whose file cannot be read: with the path, unless that looks like none. Somebody may have put the secret
 * itself where its file belongs, and messages end in logs.
 */
export function nameFile (setting: string, path: string): string {
  return /^\.{0,2}\/[^\n]*\/[^\n]*$/.test(path) ? `${setting} ${path}` : `${setting} (its value is not shown: it could be what belongs into the file)`
}

/** Why a file cannot be read, in a word that repeats nothing of its path. */
export function whyUnreadable (error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'it is no path of a file'
}
