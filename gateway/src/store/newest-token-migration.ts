import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from './tables.ts'

/** When (s) the newest token was issued that a person has shown: an older one brings nothing back, after a restart neither. */
export const newestToken: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.alterTable('practitioners').addColumn('newest_token', 'bigint', (c) => c.notNull().defaultTo(0)).execute()
  },
  async down (db: Kysely<Tables>): Promise<void> {
    await db.schema.alterTable('practitioners').dropColumn('newest_token').execute()
  }
}
