import type { Kysely } from 'kysely'
import type { AnchorStatus, ToldAnchorStatus } from '@epione/protocol/api'
import type { Tables } from '../store/tables.ts'

/** A hospital has one anchor service. */
const ID = 1

/** Keeps what the own anchor service tells of itself, in place of what it told before. */
export async function keepAnchorStatus (db: Kysely<Tables>, status: AnchorStatus, now: number): Promise<void> {
  const columns = { status: JSON.stringify(status), told_at: now }
  await db.insertInto('anchor_status').values({ id: ID, ...columns }).onConflict((conflict) => conflict.column('id').doUpdateSet(columns)).execute()
}

/** What the own anchor service told last, and when (ms); undefined before it told anything. */
export async function findAnchorStatus (db: Kysely<Tables>): Promise<ToldAnchorStatus | undefined> {
  const row = await db.selectFrom('anchor_status').select(['status', 'told_at']).where('id', '=', ID).executeTakeFirst()
  return row === undefined ? undefined : { ...JSON.parse(row.status) as AnchorStatus, toldAt: row.told_at }
}
