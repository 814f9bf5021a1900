import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { createDurably, isCode, syncFolder } from './proxy-keys.ts'

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
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const fresh = randomBytes(KEY_BYTES)
    if (await createDurably(this.#path(consentId), fresh)) return fresh
    fresh.fill(0)
    const present = await this.read(consentId)
    if (present === null) throw new Error(`the key of consent ${consentId} was destroyed meanwhile`)
    return present
  }

  /** The consent's key, null when it was destroyed or never made. The caller wipes it. */
  async read (consentId: string): Promise<Uint8Array | null> {
    try {
      const key = await readFile(this.#path(consentId))
      if (key.length !== KEY_BYTES) throw new Error(`the key file of consent ${consentId} has ${key.length} bytes`)
      return key
    } catch (error) {
      if (isCode(error, 'ENOENT')) return null
      throw error
    }
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
      if (isCode(error, 'ENOENT')) return false
      throw error
    }
    await syncFolder(this.#folder)
    return true
  }

  /** Consents that have a key. */
  async list (): Promise<string[]> {
    try {
      return (await readdir(this.#folder)).filter((name) => NAME.test(name))
    } catch (error) {
      if (isCode(error, 'ENOENT')) return []
      throw error
    }
  }

  #path (consentId: string): string {
    if (!NAME.test(consentId)) throw new TypeError('consentId: expected 32 bytes of lowercase hex')
    return join(this.#folder, consentId)
  }
}
