import { canonicalize } from '@epione/crypto'
import type { Person, SuspensionEntry } from '@epione/protocol'
import { findSuspension } from '@epione/protocol/verify'
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'

/**
 * Suspensions of anybody's staff as this gateway read them in blocks. They are for good, so what was once read holds whatever the peers
 * show later; the contract takes a bounded number of each person.
 */
export class Suspensions {
  readonly #db: Kysely<Tables>

  constructor ({ db }: { db: Kysely<Tables> }) {
    this.#db = db
  }

  /** In the transaction that moves the checkpoint past the suspension's block. */
  async remember (entry: SuspensionEntry, trx: Kysely<Tables>): Promise<void> {
    const { mspId, staffId, target } = entry
    await trx.insertInto('suspensions')
      .values({ msp_id: mspId, staff_id: staffId, target: canonicalize(target), entry: JSON.stringify(entry) })
      .onConflict((conflict) => conflict.doNothing()).execute()
  }

  /** What ended the person, or one of these keys (hex), as far as this gateway knows. */
  async find ({ mspId, staffId }: Person, keys: readonly string[]): Promise<SuspensionEntry | undefined> {
    const rows = await this.#db.selectFrom('suspensions').select('entry')
      .where('msp_id', '=', mspId).where('staff_id', '=', staffId).execute()
    return findSuspension({ suspensions: rows.map(({ entry }) => JSON.parse(entry) as SuspensionEntry) }, keys)
  }
}
