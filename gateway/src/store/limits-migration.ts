import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from './tables.ts'

/** Queues by kind and patient with an end; contents and wraps that no record names yet, and what other gateways said they would bring. */
export const limits: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.alterTable('outbox').addColumn('give_up_at', 'bigint').execute()
    await db.schema.alterTable('outbox').addColumn('owner', 'text').execute()
    await db.schema.dropIndex('outbox_by_due').execute()
    await db.schema.createIndex('outbox_by_kind').on('outbox').columns(['kind', 'due_at']).execute()
    await db.schema.createIndex('outbox_by_owner').on('outbox').columns(['kind', 'owner']).execute()
    await db.schema.alterTable('contents').addColumn('owner', 'text').execute()
    await db.schema.alterTable('contents').addColumn('named', 'bigint', (c) => c.notNull().defaultTo(0)).execute()
    await db.schema.createIndex('contents_by_owner').on('contents').columns(['named', 'owner']).execute()
    // Wraps from before are nobody's; they count as named.
    await db.schema.alterTable('wraps').addColumn('owner', 'text', (c) => c.notNull().defaultTo('')).execute()
    await db.schema.alterTable('wraps').addColumn('patient_id', 'text', (c) => c.notNull().defaultTo('')).execute()
    await db.schema.alterTable('wraps').addColumn('named', 'bigint', (c) => c.notNull().defaultTo(1)).execute()
    await db.schema.createIndex('wraps_by_name').on('wraps').columns(['named', 'wrap_hash']).execute()
    await db.schema.createIndex('wraps_by_owner').on('wraps').columns(['named', 'owner', 'patient_id']).execute()
    // Escrows from before are asked for on the ledger once.
    await db.schema.alterTable('escrows').addColumn('named', 'bigint', (c) => c.notNull().defaultTo(0)).execute()
    await db.schema.createIndex('escrows_by_name').on('escrows').columns(['named', 'statement_id']).execute()
    await db.schema.createTable('announced_contents')
      .addColumn('cid', 'text', (c) => c.notNull())
      .addColumn('msp_id', 'text', (c) => c.notNull())
      .addColumn('patient_id', 'text', (c) => c.notNull())
      .addColumn('size_bytes_max', 'bigint', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('announced_contents_key', ['cid', 'msp_id'])
      .execute()
    await db.schema.createIndex('announced_contents_by_owner').on('announced_contents').columns(['msp_id', 'patient_id']).execute()
  },
  async down (db: Kysely<Tables>): Promise<void> {
    await db.schema.dropTable('announced_contents').execute()
    for (const index of [
      'contents_by_owner', 'wraps_by_name', 'wraps_by_owner', 'escrows_by_name'
    ]) await db.schema.dropIndex(index).execute()
    for (const column of ['owner', 'named']) await db.schema.alterTable('contents').dropColumn(column).execute()
    for (const column of ['owner', 'patient_id', 'named']) await db.schema.alterTable('wraps').dropColumn(column).execute()
    await db.schema.alterTable('escrows').dropColumn('named').execute()
    for (const index of ['outbox_by_owner', 'outbox_by_kind']) await db.schema.dropIndex(index).execute()
    await db.schema.createIndex('outbox_by_due').on('outbox').column('due_at').execute()
    for (const column of ['give_up_at', 'owner']) await db.schema.alterTable('outbox').dropColumn(column).execute()
  }
}
