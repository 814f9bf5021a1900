import { randomBytes } from 'node:crypto'
import { open, unlink } from 'node:fs/promises'
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
    const fresh = randomBytes(KEY_BYTES)
    try {
      await createFile(this.#path(consentId), fresh)
      return fresh
    } catch (error) {
      fresh.fill(0)
      if (!isErrno(error, 'EEXIST')) throw error
    }
    const present = await this.read(consentId)
    if (present === null) throw new Error(`the key of consent ${consentId} was destroyed meanwhile`)
    return present
  }

  /** The consent's key, null when it was destroyed or never made. The caller wipes it. */
  async read (consentId: string): Promise<Uint8Array | null> {
    const key = await readIfExists(this.#path(consentId))
    if (key === undefined) return null
    if (key.length !== KEY_BYTES) throw new Error(`the key file of consent ${consentId} has ${key.length} bytes`)
    return key
  }

  /** Overwrites, syncs and unlinks the consent's key; false when there was none. */
  async destroy (consentId: string): Promise<boolean> {
    const path = this.#path(consentId)
    try {
      const file = await open(path, 'r+')
      try {
        await file.write(randomBytes(KEY_BYTES), 0, KEY_BYTES, 0)
        await file.sync()
      } finally {
        await file.close()
      }
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

  #path (consentId: string): string {
    if (!NAME.test(consentId)) throw new TypeError('consentId: expected 32 bytes of lowercase hex')
    return join(this.#folder, consentId)
  }
}
