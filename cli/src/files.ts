import { createHash, randomUUID } from 'node:crypto'
import type { Hash } from 'node:crypto'
import { link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ClientError, decodeText, errorCodeOf, messageOf } from '@epione/sdk'
import type { Destination } from '@epione/sdk'

/** Only the owner reads what this program writes. */
const FILE_MODE = 0o600
const FOLDER_MODE = 0o700

/** The text of a file, or `undefined` when there is none. @throws {ClientError} FILE_UNREADABLE, TEXT_NOT_UTF8 */
export async function readTextIfThere (path: string): Promise<string | undefined> {
  const bytes = await readFile(path).catch((error: unknown) => {
    if (errorCodeOf(error) === 'ENOENT') return undefined
    throw unreadable(path, error)
  })
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
  await writeBeside(path, (file) => file.writeFile(text), nameNew)
}

/**
 * Replaces a file in one step: it holds the old text or the new, whenever the power goes. @throws {ClientError} DISK_FULL, FILE_UNREADABLE
 */
export async function replaceFile (path: string, text: string): Promise<void> {
  await writeBeside(path, (file) => file.writeFile(text), rename)
}

/**
 * Streams into a temporary file beside `path` and gives it its name only when the source ended well: nobody ever finds
 * a half or unproven file under the name they asked for. Returns the number of bytes. @throws {ClientError} FILE_EXISTS, DISK_FULL,
 * FILE_UNREADABLE
 */
export async function writeWhole (path: string, source: AsyncIterable<Uint8Array>, { overwrite = false } = {}): Promise<number> {
  if (!overwrite) await requireFree(path)
  return writeBeside(path, async (file) => {
    let sizeBytes = 0
    for await (const piece of source) {
      await file.writeFile(piece)
      sizeBytes += piece.length
    }
    return sizeBytes
  }, overwrite ? rename : nameNew)
}

/** A file that appears when all of what is opened into it is proven; its SHA-256 is known then. */
export class FileDestination implements Destination {
  readonly path: string
  readonly #overwrite: boolean
  readonly #hash = createHash('sha256')

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
    await writeWhole(this.path, hashing(this.#hash, pieces), { overwrite: this.#overwrite })
  }
}

async function * hashing (hash: Hash, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  for await (const piece of pieces) {
    hash.update(piece)
    yield piece
  }
}

/**
 * The one way in which anything is written: beside, synced, then named, and the folder synced. Whatever fails on the way, nothing is
 * left under either name, so that the same command works again once there is room.
 */
async function writeBeside<T> (
  path: string,
  fill: (file: FileHandle) => Promise<T>,
  name: (temporary: string, path: string) => Promise<void>
): Promise<T> {
  const temporary = join(dirname(path), `.${randomUUID()}.partial`)
  try {
    await makeFolder(dirname(path))
    const filled = await fillNew(temporary, fill)
    await name(temporary, path)
    await syncFolder(dirname(path))
    return filled
  } catch (error) {
    await rm(temporary, { force: true })
    throw unwritable(path, error)
  }
}

async function fillNew<T> (path: string, fill: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, 'wx', FILE_MODE)
  try {
    const filled = await fill(file)
    await file.sync()
    return filled
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
    if (!WITHOUT_LINKS.includes(errorCodeOf(error) ?? '')) throw error
    await requireFree(path)
    await rename(temporary, path)
  }
  await rm(temporary, { force: true })
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

/** A rename survives a loss of power only once its folder is written. */
async function syncFolder (path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** What a write failed with; what a source threw stays what it is. */
function unwritable (path: string, error: unknown): unknown {
  const code = errorCodeOf(error) ?? ''
  if (code === 'EEXIST') return new ClientError('FILE_EXISTS', `${path} exists already.`, { path }, { cause: error })
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code)) {
    return new ClientError(
      'DISK_FULL',
      `There is no room for ${path} (${code}). Nothing was left behind: make room and do the same again.`,
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
