import { PostgresAdapter, sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from './tables.ts'

/** What several gateways of one hospital count together, and which of them does periodic work. */
export const gateways: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    const counts = db.schema.createTable('request_counts')
      .addColumn('key', 'text', (c) => c.primaryKey())
      .addColumn('count', 'bigint', (c) => c.notNull())
      .addColumn('ends_at', 'bigint', (c) => c.notNull())
    // Without a log: after a crash of the database everybody counts from nothing, as after a restart of a gateway.
    await (db.getExecutor().adapter instanceof PostgresAdapter ? counts.modifyFront(sql`unlogged`) : counts).execute()
    await db.schema.createTable('chores')
      .addColumn('name', 'text', (c) => c.primaryKey())
      .addColumn('begun_at', 'bigint', (c) => c.notNull())
      .execute()
  },
  async down (db: Kysely<Tables>): Promise<void> {
    for (const table of ['request_counts', 'chores']) await db.schema.dropTable(table).execute()
  }
}
