import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from './tables.ts'

/** Department keys, each sealed to one member; `version` is that of the `Membership` that names its hash. */
export const departments: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.createTable('envelopes')
      .addColumn('membership_id', 'text', (c) => c.notNull())
      .addColumn('staff_id', 'text', (c) => c.notNull())
      .addColumn('department', 'text', (c) => c.notNull())
      .addColumn('version', 'bigint', (c) => c.notNull())
      .addColumn('sealed', 'bytea', (c) => c.notNull())
      .addPrimaryKeyConstraint('envelopes_key', ['membership_id', 'staff_id'])
      .execute()
    await db.schema.createIndex('envelopes_by_department').on('envelopes').columns(['department', 'version']).execute()
  },
  async down (db: Kysely<Tables>): Promise<void> {
    await db.schema.dropTable('envelopes').execute()
  }
}
