import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { accessNotes } from './access-notes-migration.ts'
import { anchorStatus } from './anchor-status-migration.ts'
import { anchors } from './anchors-migration.ts'
import { audit } from './audit-migration.ts'
import { departments } from './departments-migration.ts'
import { deviceKeys } from './device-keys-migration.ts'
import { enrolledBy } from './enrolled-by-migration.ts'
import { newestToken } from './newest-token-migration.ts'
import { emergencies } from './emergencies-migration.ts'
import { endedActors } from './ended-actors-migration.ts'
import { endedVersions } from './ended-versions-migration.ts'
import { erasedCompartments } from './erased-compartments-migration.ts'
import { follows } from './follows-migration.ts'
import { gateways } from './gateways-migration.ts'
import { heads } from './heads-migration.ts'
import { logOrganization } from './log-organization-migration.ts'
import { logQueries } from './log-queries-migration.ts'
import { limits } from './limits-migration.ts'
import { pins } from './pins-migration.ts'
import { prohibitions } from './prohibitions-migration.ts'
import { recordVersions } from './record-versions-migration.ts'
import { rememberedStops } from './remembered-stops-migration.ts'
import { representations } from './representations-migration.ts'
import { search } from './search-migration.ts'
import { streams } from './streams-migration.ts'
import { suspensions } from './suspensions-migration.ts'
import { uploads } from './uploads-migration.ts'
import type { Tables } from './tables.ts'
import { webhooks } from './webhooks-migration.ts'
import { wrapSubjects } from './wrap-subjects-migration.ts'

/** The same on SQLite and PostgreSQL: text, bigint and bytea only. Times are milliseconds since the epoch. */
const foundation: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.createTable('wallet')
      .addColumn('label', 'text', (c) => c.primaryKey())
      .addColumn('sealed', 'bytea', (c) => c.notNull())
      .execute()
    await db.schema.createTable('practitioners')
      .addColumn('subject', 'text', (c) => c.primaryKey())
      .addColumn('msp_id', 'text', (c) => c.notNull())
      .addColumn('staff_id', 'text', (c) => c.notNull().unique())
      .addColumn('role', 'text', (c) => c.notNull())
      .addColumn('department', 'text')
      .addColumn('certificate_not_after', 'bigint', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .execute()
    await db.schema.createTable('contents')
      .addColumn('cid', 'text', (c) => c.primaryKey())
      .addColumn('content_hash', 'text', (c) => c.notNull())
      .addColumn('size_bytes', 'bigint', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .execute()
    await db.schema.createTable('wraps')
      .addColumn('wrap_hash', 'text', (c) => c.primaryKey())
      .addColumn('wrap', 'bytea', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .execute()
    await db.schema.createTable('journal')
      .addColumn('tx_id', 'text', (c) => c.primaryKey())
      .addColumn('transaction_name', 'text', (c) => c.notNull())
      .addColumn('envelope', 'bytea', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .execute()
    await db.schema.createTable('idempotency')
      .addColumn('caller', 'text', (c) => c.notNull())
      .addColumn('key', 'text', (c) => c.notNull())
      .addColumn('request_hash', 'text', (c) => c.notNull())
      .addColumn('status', 'bigint')
      .addColumn('body', 'text')
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('idempotency_key', ['caller', 'key'])
      .execute()
    await db.schema.createTable('sessions')
      .addColumn('statement_id', 'text', (c) => c.primaryKey())
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .execute()
    await db.schema.createIndex('sessions_by_expiry').on('sessions').column('expires_at').execute()
  },
  async down (db: Kysely<Tables>): Promise<void> {
    for (const table of ['sessions', 'idempotency', 'journal', 'wraps', 'contents', 'practitioners', 'wallet']) {
      await db.schema.dropTable(table).execute()
    }
  }
}

const readModel: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.createTable('checkpoints')
      .addColumn('name', 'text', (c) => c.primaryKey())
      .addColumn('block_number', 'bigint', (c) => c.notNull())
      .execute()
    await db.schema.createTable('access_events')
      .addColumn('event_id', 'text', (c) => c.primaryKey())
      .addColumn('tx_id', 'text', (c) => c.notNull())
      .addColumn('block_number', 'bigint', (c) => c.notNull())
      .addColumn('event_index', 'bigint', (c) => c.notNull())
      .addColumn('time', 'bigint', (c) => c.notNull())
      .addColumn('patient_id', 'text', (c) => c.notNull())
      .addColumn('msp_id', 'text', (c) => c.notNull())
      .addColumn('staff_id', 'text', (c) => c.notNull())
      .addColumn('decision', 'text', (c) => c.notNull())
      .addColumn('consent_id', 'text')
      .addColumn('event', 'text', (c) => c.notNull())
      .execute()
    const order = ['block_number', 'event_index'] as const
    const indexes = { order: [], patient: ['patient_id'], actor: ['msp_id', 'staff_id'], decision: ['decision'], time: ['time'] } as const
    for (const [name, columns] of Object.entries(indexes)) {
      await db.schema.createIndex(`access_events_by_${name}`).on('access_events').columns([...columns, ...order]).execute()
    }
  },
  async down (db: Kysely<Tables>): Promise<void> {
    for (const table of ['access_events', 'checkpoints']) await db.schema.dropTable(table).execute()
  }
}

const proxy: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.createTable('kfrag_consents')
      .addColumn('consent_id', 'text', (c) => c.primaryKey())
      .addColumn('patient_id', 'text', (c) => c.notNull())
      .addColumn('not_after', 'bigint', (c) => c.notNull())
      .addColumn('void_after', 'bigint', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .execute()
    await db.schema.createTable('kfrags')
      .addColumn('consent_id', 'text', (c) => c.notNull())
      .addColumn('kfrag_id', 'text', (c) => c.notNull())
      .addColumn('label', 'text', (c) => c.notNull())
      .addColumn('epoch', 'bigint', (c) => c.notNull())
      .addColumn('sealed', 'bytea', (c) => c.notNull())
      .addPrimaryKeyConstraint('kfrags_key', ['consent_id', 'kfrag_id'])
      .execute()
    await db.schema.createTable('ended_consents')
      .addColumn('patient_id', 'text', (c) => c.notNull())
      .addColumn('consent_id', 'text', (c) => c.notNull())
      .addColumn('cause', 'text', (c) => c.notNull())
      .addColumn('ended_at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('ended_consents_key', ['patient_id', 'consent_id'])
      .execute()
    await db.schema.createTable('outbox')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('payload', 'text', (c) => c.notNull())
      .addColumn('attempts', 'bigint', (c) => c.notNull())
      .addColumn('due_at', 'bigint', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('last_error', 'text')
      .execute()
    await db.schema.createIndex('outbox_by_due').on('outbox').column('due_at').execute()
    await db.schema.createTable('releases')
      .addColumn('event_id', 'text', (c) => c.notNull())
      .addColumn('wrap_hash', 'text', (c) => c.notNull())
      .addColumn('released_at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('releases_key', ['event_id', 'wrap_hash'])
      .execute()
  },
  async down (db: Kysely<Tables>): Promise<void> {
    for (const table of ['releases', 'outbox', 'ended_consents', 'kfrags', 'kfrag_consents']) await db.schema.dropTable(table).execute()
  }
}

const lifetime: Migration = {
  async up (db: Kysely<Tables>): Promise<void> {
    await db.schema.createTable('escrows')
      .addColumn('statement_id', 'text', (c) => c.primaryKey())
      .addColumn('patient_id', 'text', (c) => c.notNull())
      .addColumn('issue', 'bigint', (c) => c.notNull())
      .addColumn('backup', 'bytea', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .execute()
    await db.schema.createIndex('escrows_by_patient').on('escrows').columns(['patient_id', 'issue']).execute()
    await db.schema.createTable('escrow_shares')
      .addColumn('statement_id', 'text', (c) => c.notNull())
      .addColumn('share_index', 'bigint', (c) => c.notNull())
      .addColumn('sealed', 'bytea', (c) => c.notNull())
      .addPrimaryKeyConstraint('escrow_shares_key', ['statement_id', 'share_index'])
      .execute()
  },
  async down (db: Kysely<Tables>): Promise<void> {
    for (const table of ['escrow_shares', 'escrows']) await db.schema.dropTable(table).execute()
  }
}

/** Applied in the order of their names; a name never changes once released. */
export const MIGRATIONS: Record<string, Migration> = {
  '001-foundation': foundation,
  '002-read-model': readModel,
  '003-proxy': proxy,
  '004-lifetime': lifetime,
  '005-anchors': anchors,
  '006-limits': limits,
  '007-heads': heads,
  '008-record-versions': recordVersions,
  '009-prohibitions': prohibitions,
  '010-ended-versions': endedVersions,
  '011-suspensions': suspensions,
  '012-remembered-stops': rememberedStops,
  '013-departments': departments,
  '014-access-notes': accessNotes,
  '015-emergencies': emergencies,
  '016-search': search,
  '017-representations': representations,
  '018-streams': streams,
  '019-follows': follows,
  '020-wrap-subjects': wrapSubjects,
  '021-erased-compartments': erasedCompartments,
  '022-enrolled-by': enrolledBy,
  '023-log-queries': logQueries,
  '024-newest-token': newestToken,
  '025-audit': audit,
  '026-uploads': uploads,
  '027-pins': pins,
  '028-webhooks': webhooks,
  '029-ended-actors': endedActors,
  '030-log-organization': logOrganization,
  '031-gateways': gateways,
  '032-anchor-status': anchorStatus,
  '033-device-keys': deviceKeys
}
