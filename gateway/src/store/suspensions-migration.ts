import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from './tables.ts'

/** Who of the hospital, auditors too, is suspended, and since when (ms): their tokens open nothing. */
export const suspensions: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.createTable('suspended_staff')
      .addColumn('staff_id', 'text', (c) => c.primaryKey())
      .addColumn('suspended_at', 'bigint', (c) => c.notNull())
      .execute()
  },
  async down (db: Kysely<Tables>): Promise<void> {
    await db.schema.dropTable('suspended_staff').execute()
  }
}
