import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from './tables.ts'

/** What the own anchor service told last: gateways of one hospital share it. */
export const anchorStatus: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.createTable('anchor_status')
      .addColumn('id', 'bigint', (c) => c.primaryKey().notNull())
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('told_at', 'bigint', (c) => c.notNull())
      .execute()
  },
  async down (db: Kysely<Tables>): Promise<void> {
    await db.schema.dropTable('anchor_status').execute()
  }
}
