import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from './tables.ts'

/** Boxes that permits opened, as this gateway has read them in blocks, with what closed and reviewed them. */
export const emergencies: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.createTable('emergencies')
      .addColumn('event_id', 'text', (c) => c.primaryKey())
      .addColumn('block_number', 'bigint', (c) => c.notNull())
      .addColumn('event_index', 'bigint', (c) => c.notNull())
      .addColumn('time', 'bigint', (c) => c.notNull())
      .addColumn('patient_id', 'text', (c) => c.notNull())
      .addColumn('msp_id', 'text', (c) => c.notNull())
      .addColumn('staff_id', 'text', (c) => c.notNull())
      .addColumn('open_until', 'bigint', (c) => c.notNull())
      .addColumn('review_by', 'bigint', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('second', 'text')
      .addColumn('closed_at', 'bigint')
      .addColumn('review', 'text')
      .execute()
    await db.schema.createIndex('emergencies_by_organization').on('emergencies').columns(['msp_id', 'time']).execute()
    await db.schema.createIndex('emergencies_by_patient').on('emergencies').columns(['patient_id', 'time']).execute()
    await db.schema.createIndex('emergencies_by_block').on('emergencies').columns(['block_number', 'event_index']).execute()
  },
  async down (db: Kysely<Tables>): Promise<void> {
    await db.schema.dropTable('emergencies').execute()
  }
}
