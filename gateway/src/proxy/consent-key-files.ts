import { randomBytes } from 'node:crypto'
import { open, rename, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { createFile, isErrno, listIfExists, readIfExists, syncPath } from '@epione/host'

const KEY_BYTES = 32
const NAME = /^[0-9a-f]{64}$/

/**
 * One file per consent with the random key under which its kfrags are encrypted in the store. Ending the consent
 * overwrites and unlinks the file, after which rows, write-ahead logs and backups of the store open nothing.
 */
export class ConsentKeyFiles {
  readonly #folder: string

  constructor (folder: string) {
    this.#folder = folder
  }

  /** The consent's key, made durably when it has none. The caller wipes it. */
  async obtain (consentId: string): Promise<Uint8Array> {
    return await this.#obtain(consentId, this.#path(consentId))
  }

  /** The consent's key, null when it was destroyed or never made. The caller wipes it. */
  async read (consentId: string): Promise<Uint8Array | null> {
    return await this.#read(consentId, this.#path(consentId))
  }

  /** The key that is to take the place of the consent's, made durably when there is none yet. The caller wipes it. */
  async obtainNext (consentId: string): Promise<Uint8Array> {
    return await this.#obtain(consentId, this.#nextPath(consentId))
  }

  /** The same, null when none is to. The caller wipes it. */
  async readNext (consentId: string): Promise<Uint8Array | null> {
    return await this.#read(consentId, this.#nextPath(consentId))
  }

  /** Overwrites the consent's key, and puts the one in its place that is to take it. Nothing opens by the former from then on. */
  async takeNext (consentId: string): Promise<void> {
    const next = await this.readNext(consentId)
    if (next === null) return
    next.fill(0)
    // The next is whole at every moment: were its bytes overwritten before it is gone, a stop between would leave others for the next.
    await overwrite(this.#path(consentId), randomBytes(KEY_BYTES))
    await rename(this.#nextPath(consentId), this.#path(consentId))
    await syncPath(this.#folder)
  }

  /** Overwrites, syncs and unlinks the consent's key; false when there was none. */
  async destroy (consentId: string): Promise<boolean> {
    await this.#destroy(this.#nextPath(consentId))
    return await this.#destroy(this.#path(consentId))
  }

  async #obtain (consentId: string, path: string): Promise<Uint8Array> {
    const fresh = randomBytes(KEY_BYTES)
    try {
      await createFile(path, fresh)
      return fresh
    } catch (error) {
      fresh.fill(0)
      if (!isErrno(error, 'EEXIST')) throw error
    }
    const present = await this.#read(consentId, path)
    if (present === null) throw new Error(`the key of consent ${consentId} was destroyed meanwhile`)
    return present
  }

  async #read (consentId: string, path: string): Promise<Uint8Array | null> {
    const key = await readIfExists(path)
    if (key === undefined) return null
    if (key.length !== KEY_BYTES) throw new Error(`the key file of consent ${consentId} has ${key.length} bytes`)
    return key
  }

  async #destroy (path: string): Promise<boolean> {
    try {
      await overwrite(path, randomBytes(KEY_BYTES))
      await unlink(path)
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return false
      throw error
    }
    await syncPath(this.#folder)
    return true
  }

  /** Consents that have a key. */
  async list (): Promise<string[]> {
    return (await listIfExists(this.#folder)).filter((name) => NAME.test(name))
  }

  #nextPath (consentId: string): string {
    return `${this.#path(consentId)}.next`
  }

  #path (consentId: string): string {
    if (!NAME.test(consentId)) throw new TypeError('consentId: expected 32 bytes of lowercase hex')
    return join(this.#folder, consentId)
  }
}

/** In place, so that the bytes that were there are gone. */
async function overwrite (path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.write(bytes, 0, KEY_BYTES, 0)
    await file.sync()
  } finally {
    await file.close()
  }
}
