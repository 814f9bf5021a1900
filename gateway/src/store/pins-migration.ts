import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from './tables.ts'

/** Whether the hospital's own IPFS node has pinned a content (decision 0644). */
export const pins: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.alterTable('contents').addColumn('pinned', 'bigint', (c) => c.notNull().defaultTo(0)).execute()
  },
  async down (db: Kysely<Tables>): Promise<void> {
    await db.schema.alterTable('contents').dropColumn('pinned').execute()
  }
}
