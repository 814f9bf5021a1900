import { fromHex } from '@epione/crypto'
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'

/** A wrap (hex) for a record version that the ledger has, or is about to have. */
export interface BroughtWrap { hash: string, wrap: string, recordId: string, version: number }

/** Keeps a wrap under its hash: for good once the ledger names it, else for a day. */
export async function storeWrap (db: Kysely<Tables>, { hash, wrap, recordId, version }: BroughtWrap, now: number): Promise<void> {
  await db.insertInto('wraps').values({ wrap_hash: hash, wrap: fromHex(wrap), created_at: now, record_id: recordId, version, named: 0 })
    .onConflict((c) => c.column('wrap_hash').doUpdateSet({ created_at: now })).execute()
}

/** A record version on the ledger names it. */
export async function markWrapNamed (db: Kysely<Tables>, hash: string): Promise<void> {
  await db.updateTable('wraps').set({ named: 1 }).where('wrap_hash', '=', hash).execute()
}

/** True when any of these wraps lies here. */
export async function hasWrap (db: Kysely<Tables>, hashes: readonly string[]): Promise<boolean> {
  const row = await db.selectFrom('wraps').select('wrap_hash').where('wrap_hash', 'in', hashes).executeTakeFirst()
  return row !== undefined
}
