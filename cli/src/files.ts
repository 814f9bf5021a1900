import { createHash } from 'node:crypto'
import type { Hash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import {
  createFile, fileExists, isErrno, isStorageFull, listIfExists, PRIVATE_FOLDER_MODE, readIfExists, replaceFile as replaceWhole
} from '@epione/host'
import { ClientError, decodeText, errorCodeOf, messageOf } from '@epione/sdk'
import type { Destination } from '@epione/sdk'

/** The text of a file, or `undefined` when there is none. @throws {ClientError} FILE_UNREADABLE, TEXT_NOT_UTF8 */
export async function readTextIfThere (path: string): Promise<string | undefined> {
  const bytes = await readIfExists(path).catch((error: unknown) => { throw unreadable(path, error) })
  return bytes === undefined ? undefined : decodeText(bytes, path)
}

/** @throws {ClientError} FILE_UNREADABLE, also when there is none; TEXT_NOT_UTF8 */
export async function readText (path: string): Promise<string> {
  const text = await readTextIfThere(path)
  if (text === undefined) throw new ClientError('FILE_UNREADABLE', `There is no file ${path}.`, { path })
  return text
}

/**
 * Writes a new file, never over another, so that a phrase or key is not lost. @throws {ClientError} FILE_EXISTS, DISK_FULL,
 * FILE_UNREADABLE
 */
export async function writeNewFile (path: string, text: string): Promise<void> {
  await requireFree(path)
  await telling(path, createFile(path, text))
}

/**
 * Replaces a file in one step: it holds the old text or the new, whenever the power goes. @throws {ClientError} DISK_FULL, FILE_UNREADABLE
 */
export async function replaceFile (path: string, text: string): Promise<void> {
  await telling(path, replaceWhole(path, text))
}

/**
 * Streams into a temporary file beside `path` and gives it its name only when the source ended well: nobody ever finds
 * a half or unproven file under the name they asked for. Returns the number of bytes. @throws {ClientError} FILE_EXISTS, DISK_FULL,
 * FILE_UNREADABLE
 */
export async function writeWhole (path: string, source: AsyncIterable<Uint8Array>, { overwrite = false } = {}): Promise<number> {
  if (!overwrite) await requireFree(path)
  let sizeBytes = 0
  const fill = async (file: FileHandle): Promise<void> => {
    for await (const piece of source) {
      await file.writeFile(piece)
      sizeBytes += piece.length
    }
  }
  await telling(path, overwrite ? replaceWhole(path, fill) : createFile(path, fill))
  return sizeBytes
}

/** A file that appears when all of what is opened into it is proven; its SHA-256 is known then. */
export class FileDestination implements Destination {
  readonly path: string
  readonly #overwrite: boolean
  #hash = createHash('sha256')

  constructor (path: string, { overwrite = false } = {}) {
    this.path = path
    this.#overwrite = overwrite
  }

  /** SHA-256 (hex) of what was written; to be asked once. */
  sha256 (): string {
    return this.#hash.digest('hex')
  }

  async requireFree (): Promise<void> {
    if (!this.#overwrite) await requireFree(this.path)
  }

  async write (pieces: AsyncIterable<Uint8Array>): Promise<void> {
    // What was written before was not right, and is no part of this.
    this.#hash = createHash('sha256')
    await writeWhole(this.path, hashing(this.#hash, pieces), { overwrite: this.#overwrite })
  }
}

async function * hashing (hash: Hash, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  for await (const piece of pieces) {
    hash.update(piece)
    yield piece
  }
}

/** Tells in this program's own words what a write failed with. */
async function telling (path: string, write: Promise<void>): Promise<void> {
  await write.catch((error: unknown) => { throw unwritable(path, error) })
}

export async function makeFolder (path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: PRIVATE_FOLDER_MODE })
}

export async function exists (path: string): Promise<boolean> {
  return fileExists(path).catch((error: unknown) => { throw unreadable(path, error) })
}

/** Names in a folder; none when it is not there. @throws {ClientError} FILE_UNREADABLE */
export async function listFolder (path: string): Promise<string[]> {
  return listIfExists(path).catch((error: unknown) => { throw unreadable(path, error) })
}

export async function requireFree (path: string): Promise<void> {
  if (await exists(path)) throw new ClientError('FILE_EXISTS', `${path} exists already.`, { path })
}

/** What a write failed with; what a source threw stays what it is. */
function unwritable (path: string, error: unknown): unknown {
  if (isErrno(error, 'EEXIST')) return new ClientError('FILE_EXISTS', `${path} exists already.`, { path }, { cause: error })
  if (isStorageFull(error) || isErrno(error, 'EFBIG')) {
    return new ClientError(
      'DISK_FULL',
      `There is no room for ${path} (${errorCodeOf(error) ?? ''}). Nothing was left behind: make room and do the same again.`,
      { path },
      { cause: error }
    )
  }
  if (!(error instanceof Error) || !('syscall' in error)) return error
  return new ClientError('FILE_UNREADABLE', `${path} cannot be written: ${messageOf(error)}`, { path }, { cause: error })
}

function unreadable (path: string, error: unknown): ClientError {
  return new ClientError('FILE_UNREADABLE', `${path} cannot be read: ${messageOf(error)}`, { path }, { cause: error })
}
