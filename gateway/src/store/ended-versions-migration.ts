import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from './tables.ts'

/** Record versions whose end was proven and carried out here. */
export const endedVersions: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.createTable('ended_versions')
      .addColumn('record_id', 'text', (c) => c.notNull())
      .addColumn('version', 'bigint', (c) => c.notNull())
      .addColumn('order_id', 'text', (c) => c.notNull())
      .addColumn('cause', 'text', (c) => c.notNull())
      .addColumn('wrap_hash', 'text', (c) => c.notNull())
      .addColumn('cid', 'text', (c) => c.notNull())
      .addColumn('author_key', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('ended_versions_key', ['record_id', 'version'])
      .execute()
    for (const column of ['wrap_hash', 'cid'] as const) {
      await db.schema.createIndex(`ended_versions_by_${column}`).on('ended_versions').column(column).execute()
    }
  },
  async down (db: Kysely<Tables>): Promise<void> {
    await db.schema.dropTable('ended_versions').execute()
  }
}
