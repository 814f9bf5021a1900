import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from './tables.ts'

/** Uploads that go on where they broke off (decision 0642). */
export const uploads: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.createTable('uploads')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('owner', 'text', (c) => c.notNull())
      .addColumn('length_bytes', 'bigint', (c) => c.notNull())
      .addColumn('received_bytes', 'bigint', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('wanted_cid', 'text')
      .addColumn('cid', 'text')
      .addColumn('content_hash', 'text')
      .execute()
    await db.schema.createIndex('uploads_by_owner').on('uploads').column('owner').execute()
  },
  async down (db: Kysely<Tables>): Promise<void> {
    await db.schema.dropTable('uploads').execute()
  }
}
