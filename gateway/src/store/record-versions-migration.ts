import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from './tables.ts'

/** Who wrote which record version, and in which compartment it stands. */
export const recordVersions: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.createTable('record_versions')
      .addColumn('record_id', 'text', (c) => c.notNull())
      .addColumn('version', 'bigint', (c) => c.notNull())
      .addColumn('patient_id', 'text', (c) => c.notNull())
      .addColumn('label', 'text', (c) => c.notNull())
      .addColumn('epoch', 'bigint', (c) => c.notNull())
      .addColumn('author_msp', 'text')
      .addColumn('author_staff', 'text')
      .addPrimaryKeyConstraint('record_versions_key', ['record_id', 'version'])
      .execute()
    await db.schema.createIndex('record_versions_by_patient').on('record_versions').columns(['patient_id', 'author_staff']).execute()
  },
  async down (db: Kysely<Tables>): Promise<void> {
    await db.schema.dropTable('record_versions').execute()
  }
}
