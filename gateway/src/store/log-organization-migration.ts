import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from './tables.ts'

const ORDER = ['block_number', 'event_index'] as const

/**
 * By hospital alone: the index by person orders each person's events, of which a page of a whole hospital had to be sorted. And by the
 * order itself, with time and origins: what lies far back is looked for there, and not in events of a kilobyte each.
 */
export const logOrganization: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.createIndex('access_events_by_organization').on('access_events').columns(['msp_id', ...ORDER]).execute()
    await db.schema.dropIndex('access_events_by_order').execute()
    await db.schema.createIndex('access_events_by_order_with_time').on('access_events').columns([...ORDER, 'time', 'origins']).execute()
  },
  async down (db: Kysely<Tables>): Promise<void> {
    await db.schema.createIndex('access_events_by_order').on('access_events').columns([...ORDER]).execute()
    for (const name of ['organization', 'order_with_time']) await db.schema.dropIndex(`access_events_by_${name}`).execute()
  }
}
