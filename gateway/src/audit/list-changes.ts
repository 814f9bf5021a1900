import { CONSENTS_OF_GROUP_MAX } from '@epione/protocol/api'
import type { AUDIT, ConsentChange, GroupChange } from '@epione/protocol/api'
import type { ExpressionBuilder, ExpressionWrapper, Kysely, SelectQueryBuilder, SqlBool } from 'kysely'
import { newestFirst, toPage } from '../access/log-pages.ts'
import type { AskedOf, LogPage } from '../access/log-pages.ts'
import type { ConsentChangesTable, GroupChangesTable } from '../store/audit-tables.ts'
import type { Tables } from '../store/tables.ts'

/** Which changes of consents; all that is given must fit. `at` (ms): only what was in force then. */
export type ConsentFilter = AskedOf<typeof AUDIT.listConsentChanges>

/** Which changes of departments; all that is given must fit. */
export type GroupFilter = AskedOf<typeof AUDIT.listGroupChanges>

interface PageWanted { limit: number, cursor?: string | undefined, now: number }
type Consents = ExpressionBuilder<Tables, 'consent_changes'>
type Condition = ExpressionWrapper<Tables, 'consent_changes', SqlBool>

/** A page of changes, newest first. @throws {GatewayError} CURSOR_INVALID */
export async function listConsentChanges (
  db: Kysely<Tables>, filter: ConsentFilter, { limit, cursor, now }: PageWanted
): Promise<LogPage<ConsentChange>> {
  const { change, at, from, to } = filter
  let query = consentsOf(db, filter)
  if (at !== undefined) query = query.where((e) => inForce(e, at))
  if (change === 'expired') query = query.where((e) => isExpired(e, now))
  else if (change !== undefined) query = query.where('change', '=', change)
  // What ran out did so by itself: it is looked for by when it did.
  const timed = change === 'expired' ? 'not_after' : 'time'
  if (from !== undefined) query = query.where(timed, '>=', from)
  if (to !== undefined) query = query.where(timed, '<=', to)
  const rows = await newestFirst(query, limit, cursor).execute()
  return toPage(rows, limit, (row) => toConsentChange(row, now, change === 'expired'))
}

/** Rows of whoever changes and to whom; all that is given must fit. */
export function consentsOf (
  db: Kysely<Tables>, { patientId, mspId, staffId }: Pick<ConsentFilter, 'patientId' | 'mspId' | 'staffId'>
): SelectQueryBuilder<Tables, 'consent_changes', ConsentChangesTable> {
  let query = db.selectFrom('consent_changes').selectAll()
  for (const [column, value] of [['patient_id', patientId], ['msp_id', mspId], ['staff_id', staffId]] as const) {
    if (value !== undefined) query = query.where(column, '=', value)
  }
  return query
}

/** Whether a consent, prohibition or freeze stood at a time (ms). */
function inForce (e: Consents, at: number): Condition {
  const isOpen = e.or([e('ended_at', 'is', null), e('ended_at', '>', at)])
  const isWithin = e.and([e('not_before', '<=', at), e.or([e('not_after', 'is', null), e('not_after', '>=', at)])])
  const isActive = e.or([e('change', 'in', ['forbidden', 'frozen']), e.and([e('change', '=', 'granted'), e('active_from', '<=', at)])])
  return e.and([isOpen, isWithin, isActive])
}

/** What nobody ended before its time. */
function isExpired (e: Consents, now: number): Condition {
  const ranOut = e.or([e('ended_at', 'is', null), e('ended_at', '>', e.ref('not_after'))])
  return e.and([e('change', 'in', ['granted', 'forbidden']), e('not_after', '<', now), ranOut])
}

export function toConsentChange (row: ConsentChangesTable, now: number, isExpiry = false): ConsentChange {
  const ended = endOf(row, now)
  return {
    change: isExpiry ? 'expired' : row.change as ConsentChange['change'],
    statementId: row.statement_id,
    about: row.about,
    patientId: row.patient_id,
    time: isExpiry ? row.not_after ?? row.time : row.time,
    submittedBy: row.submitted_by,
    ...JSON.parse(row.said) as Pick<ConsentChange, 'terms' | 'forbids'>,
    ...(row.active_from !== null && { activeFrom: row.active_from }),
    ...(ended !== undefined && { ended }),
    txId: row.tx_id,
    blockNumber: row.block_number
  }
}

function endOf ({ ended_at: endedAt, ended_by: by, not_after: notAfter }: ConsentChangesTable, now: number): ConsentChange['ended'] {
  if (endedAt !== null && (notAfter === null || endedAt <= notAfter)) {
    return { time: endedAt, cause: by as NonNullable<ConsentChange['ended']>['cause'] }
  }
  return notAfter !== null && notAfter < now ? { time: notAfter, cause: 'expired' } : undefined
}

/** A page of changes of departments to which consents were in force then, newest first. @throws {GatewayError} CURSOR_INVALID */
export async function listGroupChanges (
  db: Kysely<Tables>, filter: GroupFilter, { limit, cursor }: Omit<PageWanted, 'now'>
): Promise<LogPage<GroupChange>> {
  const { from, to } = filter
  let query = groupsOf(db, filter)
  if (from !== undefined) query = query.where('time', '>=', from)
  if (to !== undefined) query = query.where('time', '<=', to)
  const rows = await newestFirst(query, limit, cursor).execute()
  const page = toPage(rows, limit, (row) => row)
  const items: GroupChange[] = []
  for (const row of page.items) items.push(toGroupChange(row, await findConsents(db, row, filter.patientId)))
  return { ...page, items }
}

/** Rows of departments to which a consent was in force then; of a patient's where one is given. */
export function groupsOf (
  db: Kysely<Tables>, { patientId, mspId, department }: Pick<GroupFilter, 'patientId' | 'mspId' | 'department'>
): SelectQueryBuilder<Tables, 'group_changes', GroupChangesTable> {
  let query = db.selectFrom('group_changes').selectAll().where((e) => e.exists(
    e.selectFrom('consent_changes').select('consent_changes.statement_id').where((c) => openTo(c, patientId))
  ))
  if (mspId !== undefined) query = query.where('msp_id', '=', mspId)
  if (department !== undefined) query = query.where('department', '=', department)
  return query
}

/** Consents to the department of a change that could be read by then. */
function openTo (e: ExpressionBuilder<Tables, 'consent_changes' | 'group_changes'>, patientId: string | undefined): ExpressionWrapper<Tables, 'consent_changes' | 'group_changes', SqlBool> {
  const then = e.ref('group_changes.time')
  return e.and([
    e('consent_changes.change', '=', 'granted'),
    e('consent_changes.msp_id', '=', e.ref('group_changes.msp_id')),
    e('consent_changes.department', '=', e.ref('group_changes.department')),
    e('consent_changes.active_from', '<=', then),
    e('consent_changes.not_before', '<=', then),
    e('consent_changes.not_after', '>=', then),
    e.or([e('consent_changes.ended_at', 'is', null), e('consent_changes.ended_at', '>', then)]),
    ...(patientId === undefined ? [] : [e('consent_changes.patient_id', '=', patientId)])
  ])
}

export async function findConsents (db: Kysely<Tables>, { statement_id: id }: GroupChangesTable, patientId: string | undefined): Promise<GroupChange['consents']> {
  const rows = await db.selectFrom('group_changes').innerJoin('consent_changes', (join) => join.on((c) => openTo(c, patientId)))
    .select(['consent_changes.patient_id', 'consent_changes.about']).where('group_changes.statement_id', '=', id)
    .orderBy('consent_changes.block_number').orderBy('consent_changes.event_index').limit(CONSENTS_OF_GROUP_MAX + 1).execute()
  return rows.map(({ patient_id: patient, about }) => ({ patientId: patient, consentId: about }))
}

const listed = (text: string): string[] => text === '' ? [] : text.split(' ')

export function toGroupChange (row: GroupChangesTable, consents: GroupChange['consents']): GroupChange {
  return {
    statementId: row.statement_id,
    mspId: row.msp_id,
    department: row.department,
    version: row.version,
    time: row.time,
    joined: listed(row.joined),
    left: listed(row.left_out),
    consents: consents.slice(0, CONSENTS_OF_GROUP_MAX),
    ...(consents.length > CONSENTS_OF_GROUP_MAX && { more: true as const }),
    txId: row.tx_id,
    blockNumber: row.block_number
  }
}
