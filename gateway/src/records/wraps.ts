import { fromHex } from '@epione/crypto'
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'

/** Keeps a wrap under its hash. */
export async function storeWrap (db: Kysely<Tables>, hash: string, wrap: string, now: number): Promise<void> {
  await db.insertInto('wraps').values({ wrap_hash: hash, wrap: fromHex(wrap), created_at: now }).onConflict((c) => c.doNothing()).execute()
}

/** True when any of these wraps lies here. */
export async function hasWrap (db: Kysely<Tables>, hashes: readonly string[]): Promise<boolean> {
  const row = await db.selectFrom('wraps').select('wrap_hash').where('wrap_hash', 'in', hashes).executeTakeFirst()
  return row !== undefined
}
