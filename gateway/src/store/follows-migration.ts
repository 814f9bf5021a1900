import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from './tables.ts'

/** Streams that this proxy releases windows of: what of that no receipt has said yet. */
export const follows: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.createTable('follows')
      .addColumn('event_id', 'text', (c) => c.primaryKey())
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .addColumn('first_number', 'bigint')
      .addColumn('last_number', 'bigint')
      .addColumn('ended', 'text')
      .execute()
  },
  async down (db: Kysely<Tables>): Promise<void> {
    await db.schema.dropTable('follows').execute()
  }
}
