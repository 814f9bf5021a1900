import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from './tables.ts'

/** Compartments whose erasure was proven and carried out here, each up to an epoch. */
export const erasedCompartments: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.createTable('erased_compartments')
      .addColumn('patient_id', 'text', (c) => c.notNull())
      .addColumn('label', 'text', (c) => c.notNull())
      .addColumn('epoch', 'bigint', (c) => c.notNull())
      .addColumn('order_id', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('erased_compartments_key', ['patient_id', 'label', 'epoch'])
      .execute()
    await db.schema.createIndex('record_versions_by_compartment').on('record_versions').columns(['label', 'epoch']).execute()
  },
  async down (db: Kysely<Tables>): Promise<void> {
    await db.schema.dropIndex('record_versions_by_compartment').execute()
    await db.schema.dropTable('erased_compartments').execute()
  }
}
