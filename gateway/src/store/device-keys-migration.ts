import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from './tables.ts'

/** People whose certificate's key is at their own device, and what waits for their signatures. */
export const deviceKeys: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.alterTable('practitioners').addColumn('keys_at', 'text', (c) => c.notNull().defaultTo('gateway')).execute()
    await db.schema.alterTable('practitioners').addColumn('certificate', 'text').execute()
    await db.schema.createTable('signings')
      .addColumn('undertaking', 'text', (c) => c.notNull())
      .addColumn('call_hash', 'text', (c) => c.notNull())
      .addColumn('staff_id', 'text', (c) => c.notNull())
      .addColumn('certificate', 'text', (c) => c.notNull())
      .addColumn('tx_id', 'text', (c) => c.notNull())
      .addColumn('stage', 'text', (c) => c.notNull())
      .addColumn('kept', 'bytea', (c) => c.notNull())
      .addColumn('to_sign', 'bytea', (c) => c.notNull())
      .addColumn('result', 'bytea')
      .addColumn('block_number', 'bigint')
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('signings_key', ['undertaking', 'call_hash'])
      .execute()
    await db.schema.createIndex('signings_by_person').on('signings').columns(['staff_id', 'created_at']).execute()
  },
  async down (db: Kysely<Tables>): Promise<void> {
    await db.schema.dropTable('signings').execute()
    for (const column of ['certificate', 'keys_at']) await db.schema.alterTable('practitioners').dropColumn(column).execute()
  }
}
