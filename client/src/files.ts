import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ClientError, errorCodeOf, messageOf } from './errors.ts'

/** Only the owner reads what this program writes. */
const FILE_MODE = 0o600
const FOLDER_MODE = 0o700

/** The text of a file, or `undefined` when there is none. @throws {ClientError} FILE_UNREADABLE */
export async function readTextIfThere (path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return undefined
    throw unreadable(path, error)
  }
}

/** @throws {ClientError} FILE_UNREADABLE, also when there is none */
export async function readText (path: string): Promise<string> {
  const text = await readTextIfThere(path)
  if (text === undefined) throw new ClientError('FILE_UNREADABLE', `There is no file ${path}.`, { path })
  return text
}

/** Writes a new file, never over another, so that a phrase or key is not lost. @throws {ClientError} FILE_EXISTS */
export async function writeNewFile (path: string, text: string): Promise<void> {
  await makeFolder(dirname(path))
  const file = await openNew(path)
  await writeAndClose(file, text)
}

/** Replaces a file in one step: it holds the old text or the new, whenever the power goes. */
export async function replaceFile (path: string, text: string): Promise<void> {
  await makeFolder(dirname(path))
  const temporary = `${path}.${randomUUID()}.partial`
  await writeAndClose(await openNew(temporary), text)
  await rename(temporary, path)
  await syncFolder(dirname(path))
}

/**
 * Streams into a temporary file beside `path` and gives it its name only when the source ended well: nobody ever finds
 * a half or unproven file under the name they asked for. Returns the number of bytes.
 */
export async function writeWhole (path: string, source: AsyncIterable<Uint8Array>, { overwrite = false } = {}): Promise<number> {
  if (!overwrite) await requireFree(path)
  const temporary = join(dirname(path), `.${randomUUID()}.partial`)
  const file = await openNew(temporary)
  try {
    let sizeBytes = 0
    for await (const piece of source) {
      await file.writeFile(piece)
      sizeBytes += piece.length
    }
    await file.sync()
    await file.close()
    if (!overwrite) await requireFree(path)
    await rename(temporary, path)
    await syncFolder(dirname(path))
    return sizeBytes
  } catch (error) {
    await file.close()
    await rm(temporary, { force: true })
    throw error
  }
}

export async function makeFolder (path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: FOLDER_MODE })
}

export async function exists (path: string): Promise<boolean> {
  return stat(path).then(() => true, (error: unknown) => {
    if (errorCodeOf(error) === 'ENOENT') return false
    throw unreadable(path, error)
  })
}

/** Names in a folder; none when it is not there. @throws {ClientError} FILE_UNREADABLE */
export async function listFolder (path: string): Promise<string[]> {
  return readdir(path).catch((error: unknown) => {
    if (errorCodeOf(error) === 'ENOENT') return []
    throw unreadable(path, error)
  })
}

export async function requireFree (path: string): Promise<void> {
  if (await exists(path)) throw new ClientError('FILE_EXISTS', `${path} exists already.`, { path })
}

async function openNew (path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', FILE_MODE)
  } catch (error) {
    if (errorCodeOf(error) === 'EEXIST') throw new ClientError('FILE_EXISTS', `${path} exists already.`, { path }, { cause: error })
    throw new ClientError('FILE_UNREADABLE', `${path} cannot be written: ${messageOf(error)}`, { path }, { cause: error })
  }
}

async function writeAndClose (file: FileHandle, text: string): Promise<void> {
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A rename survives a loss of power only once its folder is written. */
async function syncFolder (path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function unreadable (path: string, error: unknown): ClientError {
  return new ClientError('FILE_UNREADABLE', `${path} cannot be read: ${messageOf(error)}`, { path }, { cause: error })
}
