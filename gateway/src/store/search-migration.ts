import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from './tables.ts'

/** Index entries, the chains that blocks made of them, and the search keys they are made for. */
export const search: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.createTable('index_entries')
      .addColumn('record_id', 'text', (c) => c.notNull())
      .addColumn('version', 'bigint', (c) => c.notNull())
      .addColumn('entry_hash', 'text', (c) => c.notNull())
      .addColumn('entry', 'bytea', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('owner', 'text', (c) => c.notNull())
      .addColumn('patient_id', 'text', (c) => c.notNull())
      .addColumn('named', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('index_entries_key', ['record_id', 'version', 'entry_hash'])
      .execute()
    await db.schema.createIndex('index_entries_by_owner').on('index_entries').columns(['named', 'owner', 'patient_id']).execute()
    await db.schema.createTable('index_links')
      .addColumn('patient_id', 'text', (c) => c.notNull())
      .addColumn('label', 'text', (c) => c.notNull())
      .addColumn('block_number', 'bigint', (c) => c.notNull())
      .addColumn('event_index', 'bigint', (c) => c.notNull())
      .addColumn('place', 'bigint', (c) => c.notNull())
      .addColumn('writer', 'text', (c) => c.notNull())
      .addColumn('number', 'bigint', (c) => c.notNull())
      .addColumn('digest', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('record_id', 'text', (c) => c.notNull())
      .addColumn('version', 'bigint', (c) => c.notNull())
      .addColumn('statement_id', 'text', (c) => c.notNull())
      .addColumn('entry_hash', 'text')
      .addColumn('index_key', 'text')
      .addColumn('issue', 'bigint')
      .addColumn('truncated', 'bigint')
      .addColumn('epoch', 'bigint', (c) => c.notNull())
      .addColumn('live', 'bigint', (c) => c.notNull())
      .addColumn('ended_by', 'text')
      .addColumn('origin', 'text', (c) => c.notNull())
      .addColumn('statement', 'text')
      .addPrimaryKeyConstraint('index_links_key', ['patient_id', 'label', 'block_number', 'event_index', 'place'])
      .execute()
    // Heads as of a block are found in the index alone.
    await db.schema.createIndex('index_links_by_writer').on('index_links').columns(['patient_id', 'label', 'writer', 'number', 'block_number']).execute()
    await db.schema.createIndex('index_links_by_version').on('index_links').columns(['record_id', 'version', 'live']).execute()
    await db.schema.createIndex('index_links_by_origin').on('index_links').columns(['origin', 'live', 'record_id', 'version']).execute()
    await db.schema.createTable('search_keys')
      .addColumn('patient_id', 'text', (c) => c.notNull())
      .addColumn('label', 'text', (c) => c.notNull())
      .addColumn('epoch', 'bigint', (c) => c.notNull())
      .addColumn('issue', 'bigint', (c) => c.notNull())
      .addColumn('wrap_hash', 'text', (c) => c.notNull())
      .addColumn('statement_id', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('search_keys_key', ['patient_id', 'label', 'epoch'])
      .execute()
    await db.schema.createIndex('search_keys_by_wrap').on('search_keys').column('wrap_hash').execute()
  },
  async down (db: Kysely<Tables>): Promise<void> {
    for (const table of ['search_keys', 'index_links', 'index_entries']) await db.schema.dropTable(table).execute()
  }
}
