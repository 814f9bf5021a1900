import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from './tables.ts'

/** Who says what a person's certificate holds: an admin, or the claims of the identity provider. */
export const enrolledBy: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.alterTable('practitioners').addColumn('enrolled_by', 'text', (c) => c.notNull().defaultTo('admin')).execute()
  },
  async down (db: Kysely<Tables>): Promise<void> {
    await db.schema.alterTable('practitioners').dropColumn('enrolled_by').execute()
  }
}
