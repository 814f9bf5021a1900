import { rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { listIfExists, readIfExists } from '@epione/host'
import { isClientError, once } from '@epione/sdk'
import type { CacheStore } from '@epione/sdk'
import { makeFolder, writeWhole } from './files.ts'

/** All indexes of a home together; the ones unused for longest go first. */
const FOLDER_BYTES_MAX = 256 * 1024 * 1024

/** Sealed indexes in a folder of the home, a file each. */
export class FolderCache implements CacheStore {
  readonly #folder: string

  constructor (folder: string) {
    this.#folder = folder
  }

  async read (name: string): Promise<Uint8Array | undefined> {
    const path = join(this.#folder, name)
    const bytes = await readIfExists(path)
    // Its time says when it was of use: nothing is written where nothing came.
    const now = new Date()
    if (bytes !== undefined) await utimes(path, now, now).catch(() => undefined)
    return bytes
  }

  async write (name: string, bytes: Uint8Array): Promise<void> {
    try {
      await makeFolder(this.#folder)
      await writeWhole(join(this.#folder, name), once(bytes), { overwrite: true })
      await this.#prune()
    } catch (error) {
      // A search that found its answer does not fail for want of room to keep it.
      if (!isClientError(error, 'DISK_FULL')) throw error
    }
  }

  async remove (name: string): Promise<void> {
    await rm(join(this.#folder, name), { force: true })
  }

  async #prune (): Promise<void> {
    const names = await listIfExists(this.#folder)
    const files = await Promise.all(names.map(async (name) => ({ name, ...await sizeOf(join(this.#folder, name)) })))
    let room = FOLDER_BYTES_MAX
    for (const { name, bytes } of files.sort((a, b) => b.changedMs - a.changedMs)) {
      room -= bytes
      if (room < 0) await this.remove(name)
    }
  }
}

/** A file that another command removed meanwhile takes no room. */
async function sizeOf (path: string): Promise<{ bytes: number, changedMs: number }> {
  try {
    const { size, mtimeMs } = await stat(path)
    return { bytes: size, changedMs: mtimeMs }
  } catch {
    return { bytes: 0, changedMs: 0 }
  }
}
