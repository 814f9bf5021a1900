import { constants } from 'node:fs'
import type { BigIntStats } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { ClientError, messageOf } from '@epione/sdk'

/** Bytes read from a file at once. */
const READ_BYTES = 1024 * 1024
/** Within this time (ms) after a change, file systems may give the next one the same time stamp. */
const STAMP_MS = 20n
const NS_PER_MS = 1_000_000n

/** What differs after any change: by writing, in place or not, by another size, by renaming or replacing. */
const STAMPS = ['dev', 'ino', 'size', 'mtimeNs', 'ctimeNs'] as const

/** A file whose content is sealed: opened once, read once, and refused when it was not the same file from first byte to last. */
export class ContentFile implements AsyncIterable<Uint8Array> {
  readonly path: string
  readonly sizeBytes: number
  readonly #handle: FileHandle
  readonly #before: BigIntStats

  private constructor (path: string, handle: FileHandle, before: BigIntStats) {
    this.path = path
    this.#handle = handle
    this.#before = before
    this.sizeBytes = Number(before.size)
  }

  /** @throws {ClientError} FILE_UNREADABLE for what is no regular file that can be read, FILE_EMPTY */
  static async open (path: string): Promise<ContentFile> {
    // Looked at before it is opened, because opening a device may do something; a pipe that came since must not be waited for.
    const found = await stat(path).catch((error: unknown) => { throw unreadable(path, error) })
    if (!found.isFile()) throw new ClientError('FILE_UNREADABLE', `${path} is not a regular file.`, { path })
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => { throw unreadable(path, error) })
    try {
      const before = await settledStat(handle)
      if (!before.isFile()) throw new ClientError('FILE_UNREADABLE', `${path} is not a regular file.`, { path })
      if (before.size === 0n) throw new ClientError('FILE_EMPTY', `${path} is empty: there is nothing to add.`, { path })
      return new ContentFile(path, handle, before)
    } catch (error) {
      await handle.close()
      throw error
    }
  }

  /**
   * Its bytes, once. The last piece is followed by the check, so whoever reads to the end has what the file was. @throws {ClientError}
   * FILE_CHANGED, FILE_UNREADABLE
   */
  async * [Symbol.asyncIterator] (): AsyncGenerator<Uint8Array, void, void> {
    for (let offset = 0; ;) {
      const { bytesRead, buffer } = await this.#read(offset)
      if (bytesRead === 0) break
      yield buffer.subarray(0, bytesRead)
      offset += bytesRead
    }
    await this.#requireUnchanged()
  }

  /** What differs after any change of it. */
  get stamp (): string {
    return STAMPS.map((name) => String(this.#before[name])).join()
  }

  async close (): Promise<void> {
    await this.#handle.close()
  }

  async #read (position: number): Promise<{ bytesRead: number, buffer: Uint8Array }> {
    try {
      return await this.#handle.read(Buffer.allocUnsafe(READ_BYTES), 0, READ_BYTES, position)
    } catch (error) {
      throw unreadable(this.path, error)
    }
  }

  async #requireUnchanged (): Promise<void> {
    const after = await this.#handle.stat({ bigint: true })
    const changed = STAMPS.filter((name) => after[name] !== this.#before[name])
    if (changed.length === 0) return
    throw new ClientError(
      'FILE_CHANGED',
      `${this.path} was changed while it was read: nothing was registered. Add it again when nobody writes to it, or add a copy.`,
      { path: this.path, changed }
    )
  }
}

/** Once the last change is old enough, the next one shows in the time stamps. */
async function settledStat (handle: FileHandle): Promise<BigIntStats> {
  const found = await handle.stat({ bigint: true })
  const age = BigInt(Date.now()) - found.ctimeNs / NS_PER_MS
  if (age < 0n || age > STAMP_MS) return found
  await wait(Number(STAMP_MS))
  return handle.stat({ bigint: true })
}

function unreadable (path: string, error: unknown): ClientError {
  return new ClientError('FILE_UNREADABLE', `${path} cannot be read: ${messageOf(error)}`, { path }, { cause: error })
}
