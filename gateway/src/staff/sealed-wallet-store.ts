import { openBox, sealBox } from '@epione/host'
import type { WalletStore } from 'fabric-network'
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'

/**
 * Wallet storage behind fabric-network's `Wallet`: each entry is a box named by its label, so that entries
 * cannot be swapped between people.
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
    return row === undefined ? undefined : openBox(this.#key, row.sealed, label)
  }

  async list (): Promise<string[]> {
    const rows = await this.#db.selectFrom('wallet').select('label').orderBy('label').execute()
    return rows.map((row) => row.label)
  }

  async put (label: string, data: Buffer): Promise<void> {
    const sealed = sealBox(this.#key, data, label)
    await this.#db.insertInto('wallet').values({ label, sealed }).onConflict((c) => c.column('label').doUpdateSet({ sealed })).execute()
  }

  async remove (label: string): Promise<void> {
    await this.#db.deleteFrom('wallet').where('label', '=', label).execute()
  }
}
