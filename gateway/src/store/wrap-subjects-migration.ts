import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from './tables.ts'

/** For which record version a wrap was brought; of a search key's, none. */
export const wrapSubjects: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.alterTable('wraps').addColumn('record_id', 'text', (c) => c.notNull().defaultTo('')).execute()
    await db.schema.alterTable('wraps').addColumn('version', 'bigint', (c) => c.notNull().defaultTo(0)).execute()
  },
  async down (db: Kysely<Tables>): Promise<void> {
    for (const column of ['version', 'record_id']) await db.schema.alterTable('wraps').dropColumn(column).execute()
  }
}
