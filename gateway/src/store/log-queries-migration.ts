import { isOutside } from '@epione/protocol'
import type { AccessEvent } from '@epione/protocol'
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from './tables.ts'

/** Rows that are filled in at once. */
const ROWS = 500

/** By purpose, and by whether data left the hospital that it came from: what auditors ask for. */
export const logQueries: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.alterTable('access_events').addColumn('purpose', 'text', (c) => c.notNull().defaultTo('')).execute()
    await db.schema.alterTable('access_events').addColumn('outside', 'integer', (c) => c.notNull().defaultTo(0)).execute()
    let last = ''
    for (;;) {
      const rows = await db.selectFrom('access_events').select(['event_id', 'event']).where('event_id', '>', last)
        .orderBy('event_id').limit(ROWS).execute()
      for (const { event_id: id, event } of rows) {
        const access = JSON.parse(event) as AccessEvent
        await db.updateTable('access_events').set({ purpose: access.purpose, outside: Number(isOutside(access)) }).where('event_id', '=', id).execute()
      }
      if (rows.length < ROWS) break
      last = rows.at(-1)?.event_id ?? ''
    }
    for (const column of ['purpose', 'outside'] as const) {
      await db.schema.createIndex(`access_events_by_${column}`).on('access_events').columns([column, 'block_number', 'event_index']).execute()
    }
  },
  async down (db: Kysely<Tables>): Promise<void> {
    for (const column of ['purpose', 'outside'] as const) {
      await db.schema.dropIndex(`access_events_by_${column}`).execute()
      await db.schema.alterTable('access_events').dropColumn(column).execute()
    }
  }
}
