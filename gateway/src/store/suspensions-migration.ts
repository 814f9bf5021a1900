import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from './tables.ts'

/** Since when a member of staff is suspended: their tokens open nothing from then on. */
export const suspensions: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.alterTable('practitioners').addColumn('suspended_at', 'bigint').execute()
  },
  async down (db: Kysely<Tables>): Promise<void> {
    await db.schema.alterTable('practitioners').dropColumn('suspended_at').execute()
  }
}
