import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from './tables.ts'

/** Prohibitions, and ends of them, that this gateway has read in blocks. */
export const prohibitions: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.createTable('prohibitions')
      .addColumn('statement_id', 'text', (c) => c.primaryKey())
      .addColumn('patient_id', 'text', (c) => c.notNull())
      .addColumn('statement', 'text', (c) => c.notNull())
      .execute()
    await db.schema.createIndex('prohibitions_by_patient').on('prohibitions').column('patient_id').execute()
  },
  async down (db: Kysely<Tables>): Promise<void> {
    await db.schema.dropTable('prohibitions').execute()
  }
}
