import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from './tables.ts'

/** Queues by kind and patient with an end; contents and wraps by whom they were brought and which record names them. */
export const limits: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.alterTable('outbox').addColumn('give_up_at', 'bigint').execute()
    await db.schema.alterTable('outbox').addColumn('owner', 'text').execute()
    await db.schema.dropIndex('outbox_by_due').execute()
    await db.schema.createIndex('outbox_by_kind').on('outbox').columns(['kind', 'due_at']).execute()
    await db.schema.createIndex('outbox_by_owner').on('outbox').columns(['kind', 'owner']).execute()
    for (const table of ['contents', 'wraps'] as const) {
      await db.schema.alterTable(table).addColumn('owner', 'text').execute()
      await db.schema.alterTable(table).addColumn('record_id', 'text').execute()
      await db.schema.alterTable(table).addColumn('version', 'bigint').execute()
      await db.schema.alterTable(table).addColumn('named', 'bigint', (c) => c.notNull().defaultTo(0)).execute()
      await db.schema.createIndex(`${table}_by_name`).on(table).columns(['named', 'created_at']).execute()
    }
  },
  async down (db: Kysely<Tables>): Promise<void> {
    for (const table of ['contents', 'wraps'] as const) {
      await db.schema.dropIndex(`${table}_by_name`).execute()
      for (const column of ['owner', 'record_id', 'version', 'named']) await db.schema.alterTable(table).dropColumn(column).execute()
    }
    for (const index of ['outbox_by_owner', 'outbox_by_kind']) await db.schema.dropIndex(index).execute()
    await db.schema.createIndex('outbox_by_due').on('outbox').column('due_at').execute()
    for (const column of ['give_up_at', 'owner']) await db.schema.alterTable('outbox').dropColumn(column).execute()
  }
}
