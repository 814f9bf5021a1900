import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from './tables.ts'

/** The header hash of the block that was read last, so that it can be compared before the next one comes. */
export const heads: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.alterTable('checkpoints').addColumn('header_hash', 'text').execute()
  },
  async down (db: Kysely<Tables>): Promise<void> {
    await db.schema.alterTable('checkpoints').dropColumn('header_hash').execute()
  }
}
