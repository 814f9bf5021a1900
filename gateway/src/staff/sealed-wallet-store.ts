import { sealBox } from '@epione/host'
import type { WalletStore } from 'fabric-network'
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'
import { openWithKeys } from './wallet-keys.ts'
import type { WalletKeys } from './wallet-keys.ts'

/**
 * Wallet storage behind fabric-network's `Wallet`: each entry is a box named by its label, so that entries
 * cannot be swapped between people.
 */
export class SealedWalletStore implements WalletStore {
  readonly #db: Kysely<Tables>
  readonly #keys: WalletKeys

  constructor (db: Kysely<Tables>, keys: WalletKeys) {
    for (const key of keys) if (key.length !== 32) throw new RangeError(`wallet key: expected 32 bytes, got ${key.length}`)
    this.#db = db
    this.#keys = keys
  }

  async get (label: string): Promise<Buffer | undefined> {
    const row = await this.#db.selectFrom('wallet').select('sealed').where('label', '=', label).executeTakeFirst()
    return row === undefined ? undefined : openWithKeys(this.#keys, row.sealed, label).secret
  }

  async list (): Promise<string[]> {
    const rows = await this.#db.selectFrom('wallet').select('label').orderBy('label').execute()
    return rows.map((row) => row.label)
  }

  async put (label: string, data: Buffer): Promise<void> {
    const sealed = sealBox(this.#keys[0], data, label)
    await this.#db.insertInto('wallet').values({ label, sealed }).onConflict((c) => c.column('label').doUpdateSet({ sealed })).execute()
  }

  /**
   * Seals what lies under former keys under the newest one; `lost` is what none opens, which stays as it is. @throws {Error} when there are
   * identities and none can be opened: these are another wallet's keys
   */
  async sealAnew (): Promise<{ sealed: number, lost: number }> {
    const rows = await this.#db.selectFrom('wallet').selectAll().execute()
    const counts = { sealed: 0, lost: 0 }
    let failure: unknown
    for (const { label, sealed } of rows) {
      let opened: ReturnType<typeof openWithKeys>
      try {
        opened = openWithKeys(this.#keys, sealed, label)
      } catch (error) {
        counts.lost += 1
        failure = error
        continue
      }
      if (opened.isNewest) continue
      // Whatever another gateway of the hospital has put there since is newer.
      await this.#db.updateTable('wallet').set({ sealed: sealBox(this.#keys[0], opened.secret, label) })
        .where('label', '=', label).where('sealed', '=', sealed).execute()
      counts.sealed += 1
    }
    if (counts.lost > 0 && counts.lost === rows.length) {
      throw new Error('no identity in the wallet opens: give the key that they were sealed with', { cause: failure })
    }
    return counts
  }

  async remove (label: string): Promise<void> {
    await this.#db.deleteFrom('wallet').where('label', '=', label).execute()
  }
}
