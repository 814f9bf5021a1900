import { originsOutside } from '@epione/protocol'
import type { AccessEvent } from '@epione/protocol'
import type { LoggedReading } from '@epione/protocol/api'
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from './tables.ts'

/** Rows that are filled in at once. */
const ROWS = 500

/** What auditors ask: changes of consents and departments, of which hospital's data went out, and when the log was read. */
export const audit: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    const order = ['block_number', 'event_index'] as const
    await db.schema.createTable('consent_changes')
      .addColumn('statement_id', 'text', (c) => c.primaryKey())
      .addColumn('block_number', 'bigint', (c) => c.notNull())
      .addColumn('event_index', 'bigint', (c) => c.notNull())
      .addColumn('tx_id', 'text', (c) => c.notNull())
      .addColumn('time', 'bigint', (c) => c.notNull())
      .addColumn('submitted_by', 'text', (c) => c.notNull())
      .addColumn('patient_id', 'text', (c) => c.notNull())
      .addColumn('change', 'text', (c) => c.notNull())
      .addColumn('about', 'text', (c) => c.notNull())
      .addColumn('msp_id', 'text')
      .addColumn('staff_id', 'text')
      .addColumn('department', 'text')
      .addColumn('threshold', 'bigint')
      .addColumn('active_from', 'bigint')
      .addColumn('not_before', 'bigint')
      .addColumn('not_after', 'bigint')
      .addColumn('ended_at', 'bigint')
      .addColumn('ended_by', 'text')
      .addColumn('said', 'text', (c) => c.notNull())
      .execute()
    const indexes = {
      order: [], patient: ['patient_id'], grantee: ['msp_id', 'staff_id'], department: ['msp_id', 'department'], about: ['about']
    } as const
    for (const [name, columns] of Object.entries(indexes)) {
      await db.schema.createIndex(`consent_changes_by_${name}`).on('consent_changes').columns([...columns, ...order]).execute()
    }
    await db.schema.createTable('consent_custody')
      .addColumn('consent_id', 'text', (c) => c.notNull())
      .addColumn('msp_id', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('consent_custody_key', ['consent_id', 'msp_id'])
      .execute()
    await db.schema.createTable('group_changes')
      .addColumn('statement_id', 'text', (c) => c.primaryKey())
      .addColumn('block_number', 'bigint', (c) => c.notNull())
      .addColumn('event_index', 'bigint', (c) => c.notNull())
      .addColumn('tx_id', 'text', (c) => c.notNull())
      .addColumn('time', 'bigint', (c) => c.notNull())
      .addColumn('msp_id', 'text', (c) => c.notNull())
      .addColumn('department', 'text', (c) => c.notNull())
      .addColumn('version', 'bigint', (c) => c.notNull())
      .addColumn('joined', 'text', (c) => c.notNull())
      .addColumn('left_out', 'text', (c) => c.notNull())
      .addColumn('members', 'text', (c) => c.notNull())
      .execute()
    await db.schema.createIndex('group_changes_by_order').on('group_changes').columns([...order]).execute()
    await db.schema.createIndex('group_changes_by_department').on('group_changes').columns(['msp_id', 'department', ...order]).execute()
    await db.schema.alterTable('access_events').addColumn('origins', 'text', (c) => c.notNull().defaultTo('')).execute()
    await db.schema.alterTable('log_readings').addColumn('time', 'bigint', (c) => c.notNull().defaultTo(0)).execute()
    await fillOrigins(db)
    await fillTimes(db)
  },
  async down (db: Kysely<Tables>): Promise<void> {
    for (const table of ['consent_changes', 'consent_custody', 'group_changes']) await db.schema.dropTable(table).execute()
    await db.schema.alterTable('access_events').dropColumn('origins').execute()
    await db.schema.alterTable('log_readings').dropColumn('time').execute()
  }
}

async function fillOrigins (db: Kysely<Tables>): Promise<void> {
  let last = ''
  for (;;) {
    const rows = await db.selectFrom('access_events').select(['event_id', 'event']).where('event_id', '>', last).where('outside', '=', 1)
      .orderBy('event_id').limit(ROWS).execute()
    for (const { event_id: id, event } of rows) {
      await db.updateTable('access_events').set({ origins: originsOutside(JSON.parse(event) as AccessEvent) }).where('event_id', '=', id).execute()
    }
    if (rows.length < ROWS) return
    last = rows.at(-1)?.event_id ?? ''
  }
}

async function fillTimes (db: Kysely<Tables>): Promise<void> {
  let last = ''
  for (;;) {
    const rows = await db.selectFrom('log_readings').select(['reading_id', 'reading']).where('reading_id', '>', last)
      .orderBy('reading_id').limit(ROWS).execute()
    for (const { reading_id: id, reading } of rows) {
      await db.updateTable('log_readings').set({ time: (JSON.parse(reading) as LoggedReading).time }).where('reading_id', '=', id).execute()
    }
    if (rows.length < ROWS) return
    last = rows.at(-1)?.reading_id ?? ''
  }
}
