import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from './tables.ts'

/** Windows that devices sent, and the segments that blocks made of them. */
export const streams: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.createTable('windows')
      .addColumn('stream', 'text', (c) => c.notNull())
      .addColumn('number', 'bigint', (c) => c.notNull())
      .addColumn('statement_id', 'text', (c) => c.notNull())
      .addColumn('patient_id', 'text', (c) => c.notNull())
      .addColumn('device_id', 'text', (c) => c.notNull())
      .addColumn('epoch', 'bigint', (c) => c.notNull())
      .addColumn('statement', 'text', (c) => c.notNull())
      .addColumn('wrap_hash', 'text', (c) => c.notNull())
      .addColumn('wrap', 'bytea', (c) => c.notNull())
      .addColumn('ciphertext', 'bytea', (c) => c.notNull())
      .addColumn('size_bytes', 'bigint', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('owner', 'text', (c) => c.notNull())
      .addColumn('acknowledged', 'bigint', (c) => c.notNull())
      .addColumn('version', 'bigint')
      .addPrimaryKeyConstraint('windows_key', ['stream', 'number'])
      .execute()
    // Most windows have a segment: only the others are counted and looked through.
    await db.schema.createIndex('windows_open').on('windows').columns(['patient_id', 'device_id', 'owner', 'stream', 'size_bytes'])
      .where(sql.ref('version'), 'is', null).execute()
    await db.schema.createTable('segments')
      .addColumn('stream', 'text', (c) => c.notNull())
      .addColumn('version', 'bigint', (c) => c.notNull())
      .addColumn('patient_id', 'text', (c) => c.notNull())
      .addColumn('device_id', 'text', (c) => c.notNull())
      .addColumn('first_number', 'bigint', (c) => c.notNull())
      .addColumn('last_number', 'bigint', (c) => c.notNull())
      .addColumn('root', 'text', (c) => c.notNull())
      .addColumn('manifest_id', 'text', (c) => c.notNull())
      .addColumn('wraps_root', 'text')
      .addColumn('origin', 'text', (c) => c.notNull())
      .addColumn('whole', 'bigint', (c) => c.notNull())
      .addColumn('ended', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('segments_key', ['stream', 'version'])
      .execute()
    await db.schema.createIndex('segments_to_fill').on('segments').columns(['origin', 'whole', 'ended']).execute()
    await db.schema.createIndex('segments_by_wraps').on('segments').column('wraps_root').execute()
    await db.schema.createTable('window_wraps')
      .addColumn('root', 'text', (c) => c.notNull())
      .addColumn('number', 'bigint', (c) => c.notNull())
      .addColumn('stream', 'text', (c) => c.notNull())
      .addColumn('version', 'bigint', (c) => c.notNull())
      .addColumn('wrap_hash', 'text', (c) => c.notNull())
      .addColumn('wrap', 'bytea', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('window_wraps_key', ['stream', 'version', 'root', 'number'])
      .execute()
  },
  async down (db: Kysely<Tables>): Promise<void> {
    for (const table of ['window_wraps', 'segments', 'windows']) await db.schema.dropTable(table).execute()
  }
}
