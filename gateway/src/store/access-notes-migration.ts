import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from './tables.ts'

/** Who read the log and how often what was denied was asked again: what waits to be noted, and the read model of what was. */
export const accessNotes: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.createTable('pending_notes')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('note', 'text', (c) => c.notNull())
      .execute()
    await db.schema.createIndex('pending_notes_by_age').on('pending_notes').column('created_at').execute()
    await db.schema.createTable('denied_questions')
      .addColumn('question', 'text', (c) => c.primaryKey())
      .addColumn('patient_id', 'text', (c) => c.notNull())
      .addColumn('consent_id', 'text')
      .addColumn('times', 'text', (c) => c.notNull())
      .addColumn('until', 'bigint')
      .addColumn('event_id', 'text', (c) => c.notNull())
      .addColumn('refused', 'bigint', (c) => c.notNull())
      .addColumn('first_refused', 'bigint')
      .addColumn('last_refused', 'bigint')
      .execute()
    await db.schema.createTable('log_readings')
      .addColumn('reading_id', 'text', (c) => c.primaryKey())
      .addColumn('block_number', 'bigint', (c) => c.notNull())
      .addColumn('event_index', 'bigint', (c) => c.notNull())
      .addColumn('msp_id', 'text', (c) => c.notNull())
      .addColumn('reader', 'text', (c) => c.notNull())
      .addColumn('reading', 'text', (c) => c.notNull())
      .execute()
    const order = ['block_number', 'event_index'] as const
    await db.schema.createIndex('log_readings_by_order').on('log_readings').columns([...order]).execute()
    await db.schema.createIndex('log_readings_by_reader').on('log_readings').columns(['msp_id', 'reader', ...order]).execute()
    await db.schema.createTable('log_reading_patients')
      .addColumn('patient_id', 'text', (c) => c.notNull())
      .addColumn('block_number', 'bigint', (c) => c.notNull())
      .addColumn('event_index', 'bigint', (c) => c.notNull())
      .addColumn('reading_id', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('log_reading_patients_key', ['patient_id', ...order])
      .execute()
    await db.schema.createTable('denial_repeats')
      .addColumn('event_id', 'text', (c) => c.notNull())
      .addColumn('note_id', 'text', (c) => c.notNull())
      .addColumn('count', 'bigint', (c) => c.notNull())
      .addColumn('until', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('denial_repeats_key', ['event_id', 'note_id'])
      .execute()
  },
  async down (db: Kysely<Tables>): Promise<void> {
    for (const table of ['denial_repeats', 'log_reading_patients', 'log_readings', 'denied_questions', 'pending_notes']) {
      await db.schema.dropTable(table).execute()
    }
  }
}
