import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from './tables.ts'

/** Tables of the mailbox between anchor services, and of the batches that proofs are made of. */
export const anchors: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.createTable('anchor_proposals')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('number', 'bigint', (c) => c.notNull())
      .addColumn('first_block', 'bigint', (c) => c.notNull())
      .addColumn('last_block', 'bigint', (c) => c.notNull())
      .addColumn('root', 'text', (c) => c.notNull())
      .addColumn('witness', 'text', (c) => c.notNull())
      .addColumn('signature', 'text', (c) => c.notNull())
      .addColumn('msp_id', 'text', (c) => c.notNull())
      .addColumn('received_at', 'bigint', (c) => c.notNull())
      .addColumn('contradicted', 'bigint', (c) => c.notNull())
      .execute()
    const indexes = {
      number: ['number'],
      sender: ['msp_id', 'number'],
      witness: ['witness', 'number'],
      range: ['witness', 'first_block', 'last_block'],
      contradiction: ['contradicted', 'number', 'id']
    } as const
    for (const [name, columns] of Object.entries(indexes)) {
      await db.schema.createIndex(`anchor_proposals_by_${name}`).on('anchor_proposals').columns([...columns]).execute()
    }
    await db.schema.createTable('anchor_batches')
      .addColumn('number', 'bigint', (c) => c.primaryKey())
      .addColumn('first_block', 'bigint', (c) => c.notNull())
      .addColumn('last_block', 'bigint', (c) => c.notNull())
      .addColumn('batch', 'text', (c) => c.notNull())
      .execute()
    await db.schema.createIndex('anchor_batches_by_block').on('anchor_batches').column('last_block').execute()
  },
  async down (db: Kysely<Tables>): Promise<void> {
    for (const table of ['anchor_batches', 'anchor_proposals']) await db.schema.dropTable(table).execute()
  }
}
