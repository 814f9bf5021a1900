import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { WalletStore } from 'fabric-network'
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'

const IV_BYTES = 12
const TAG_BYTES = 16

/**
 * Wallet storage behind fabric-network's `Wallet`: each entry is iv (12) || tag (16) || AES-256-GCM ciphertext
 * with its label as associated data, so that entries cannot be swapped between people.
 */
export class SealedWalletStore implements WalletStore {
  readonly #db: Kysely<Tables>
  readonly #key: Uint8Array

  constructor (db: Kysely<Tables>, key: Uint8Array) {
    if (key.length !== 32) throw new RangeError(`wallet key: expected 32 bytes, got ${key.length}`)
    this.#db = db
    this.#key = key
  }

  async get (label: string): Promise<Buffer | undefined> {
    const row = await this.#db.selectFrom('wallet').select('sealed').where('label', '=', label).executeTakeFirst()
    return row === undefined ? undefined : this.#open(label, row.sealed)
  }

  async list (): Promise<string[]> {
    const rows = await this.#db.selectFrom('wallet').select('label').orderBy('label').execute()
    return rows.map((row) => row.label)
  }

  async put (label: string, data: Buffer): Promise<void> {
    const sealed = this.#seal(label, data)
    await this.#db.insertInto('wallet').values({ label, sealed }).onConflict((c) => c.column('label').doUpdateSet({ sealed })).execute()
  }

  async remove (label: string): Promise<void> {
    await this.#db.deleteFrom('wallet').where('label', '=', label).execute()
  }

  #seal (label: string, data: Buffer): Buffer {
    const iv = randomBytes(IV_BYTES)
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv).setAAD(Buffer.from(label))
    const ciphertext = Buffer.concat([cipher.update(data), cipher.final()])
    return Buffer.concat([iv, cipher.getAuthTag(), ciphertext])
  }

  #open (label: string, sealed: Uint8Array): Buffer {
    const iv = sealed.subarray(0, IV_BYTES)
    const decipher = createDecipheriv('aes-256-gcm', this.#key, iv, { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(label)).setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
    return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()])
  }
}
