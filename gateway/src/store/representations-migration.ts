import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from './tables.ts'

/** Ends of representations that this gateway has read in blocks, each once. */
export const representations: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.createTable('ended_representations')
      .addColumn('patient_id', 'text', (c) => c.notNull())
      .addColumn('representation_id', 'text', (c) => c.notNull())
      .addColumn('ended_at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('ended_representations_key', ['patient_id', 'representation_id'])
      .execute()
  },
  async down (db: Kysely<Tables>): Promise<void> {
    await db.schema.dropTable('ended_representations').execute()
  }
}
