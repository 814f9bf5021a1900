import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from './tables.ts'

/** Ends of limited keys beside those of representations. */
export const endedActors: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.alterTable('ended_representations').renameTo('ended_actors').execute()
    await db.schema.alterTable('ended_actors').renameColumn('representation_id', 'statement_id').execute()
  },
  async down (db: Kysely<Tables>): Promise<void> {
    await db.schema.alterTable('ended_actors').renameColumn('statement_id', 'representation_id').execute()
    await db.schema.alterTable('ended_actors').renameTo('ended_representations').execute()
  }
}
