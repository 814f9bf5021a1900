import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from './tables.ts'

/** What this gateway has read in blocks: suspensions of every hospital's staff, each target once, and the freeze of each patient. */
export const rememberedStops: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.createTable('suspensions')
      .addColumn('msp_id', 'text', (c) => c.notNull())
      .addColumn('staff_id', 'text', (c) => c.notNull())
      .addColumn('target', 'text', (c) => c.notNull())
      .addColumn('entry', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('suspensions_key', ['msp_id', 'staff_id', 'target'])
      .execute()
    await db.schema.createTable('frozen_patients')
      .addColumn('patient_id', 'text', (c) => c.primaryKey())
      .addColumn('freeze_id', 'text', (c) => c.notNull())
      .execute()
  },
  async down (db: Kysely<Tables>): Promise<void> {
    for (const table of ['frozen_patients', 'suspensions']) await db.schema.dropTable(table).execute()
  }
}
