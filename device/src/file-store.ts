import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isErrno, isStorageFull, listIfExists, readIfExists, replaceFile } from '@epione/host'
import { ClientError, messageOf } from '@epione/sdk'
import type { DeviceStore } from '@epione/sdk'

/** Names that a store is asked for; what else lies in its folder is not its own. */
const NAME = /^[a-z0-9-]{1,64}$/

/** What a device has not sent, a file each, in one folder. */
export class FileStore implements DeviceStore {
  readonly #folder: string

  constructor (folder: string) {
    this.#folder = folder
  }

  async read (name: string): Promise<Uint8Array | undefined> {
    return readIfExists(this.#pathOf(name)).catch((error: unknown) => { throw this.#failed(error) })
  }

  async write (name: string, bytes: Uint8Array): Promise<void> {
    await replaceFile(this.#pathOf(name), bytes).catch((error: unknown) => { throw this.#failed(error) })
  }

  async remove (name: string): Promise<void> {
    await rm(this.#pathOf(name), { force: true }).catch((error: unknown) => { throw this.#failed(error) })
  }

  async list (): Promise<string[]> {
    const names = await listIfExists(this.#folder).catch((error: unknown) => { throw this.#failed(error) })
    return names.filter((name) => NAME.test(name))
  }

  #pathOf (name: string): string {
    if (!NAME.test(name)) throw new TypeError(`not a name of a store: ${name}`)
    return join(this.#folder, name)
  }

  #failed (cause: unknown): ClientError {
    return isStorageFull(cause) || isErrno(cause, 'EFBIG')
      ? new ClientError('DISK_FULL', `There is no room in ${this.#folder}: what is measured waits in memory, and is lost when that lasts.`, {}, { cause })
      : new ClientError('FILE_UNREADABLE', `${this.#folder} cannot be used: ${messageOf(cause)}`, {}, { cause })
  }
}
