import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from './tables.ts'

/** How far each receiver of webhooks was told, and what was given up. */
export const webhooks: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.createTable('webhook_places')
      .addColumn('hook', 'text', (c) => c.primaryKey())
      .addColumn('block_number', 'bigint', (c) => c.notNull())
      .addColumn('event_index', 'bigint', (c) => c.notNull())
      .addColumn('delivered', 'bigint', (c) => c.notNull())
      .addColumn('delivered_at', 'bigint')
      .execute()
    await db.schema.createTable('webhook_dead')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('hook', 'text', (c) => c.notNull())
      .addColumn('place', 'text', (c) => c.notNull())
      .addColumn('body', 'text', (c) => c.notNull())
      .addColumn('attempts', 'bigint', (c) => c.notNull())
      .addColumn('last_error', 'text', (c) => c.notNull())
      .addColumn('died_at', 'bigint', (c) => c.notNull())
      .execute()
    await db.schema.createIndex('webhook_dead_by_hook').on('webhook_dead').columns(['hook', 'died_at']).execute()
  },
  async down (db: Kysely<Tables>): Promise<void> {
    for (const table of ['webhook_places', 'webhook_dead']) await db.schema.dropTable(table).execute()
  }
}
