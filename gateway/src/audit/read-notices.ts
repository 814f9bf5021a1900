import type { NOTICE_KINDS, NoticeFilter } from '@epione/protocol/api'
import { sql } from 'kysely'
import type { Kysely, RawBuilder, SqlBool } from 'kysely'
import type { Place } from '../access/log-pages.ts'
import { filtered, toItem } from '../access/query-access-log.ts'
import type { Tables } from '../store/tables.ts'
import { consentsOf, findConsents, groupsOf, toConsentChange, toGroupChange } from './list-changes.ts'

/** `groups` false leaves changes of departments out. */
export interface NoticesWanted extends NoticeFilter { groups: boolean }
export type NoticeKind = (typeof NOTICE_KINDS)[number]
/** One event as the log shows it, with its place; `patients`: whose it is. */
export interface Notice { kind: NoticeKind, place: Place, data: object, patients: string[] }

/** What asks for one of these asks for accesses. */
const OF_ACCESS = ['decision', 'purpose', 'origin', 'writtenAt'] as const
/** Notices that are read at once. */
const BATCH = 100
/** Larger than any place in a block. */
const LAST_PLACE = 999_999_999

/** The place after all of a block. */
export const endOf = (blockNumber: number): Place => ({ block_number: blockNumber, event_index: LAST_PLACE })

/** The next notices after a place and up to a block, oldest first; fewer than there are where these are many. */
export async function readNotices (
  db: Kysely<Tables>, filter: NoticesWanted, { after, throughBlock, now }: { after: Place, throughBlock: number, now: number }
): Promise<Notice[]> {
  const { kind: _kind, groups: _groups, ...query } = filter
  const { patientId, mspId } = query
  const within = isWithin(after, throughBlock)
  const wanted = kindsOf(filter)
  const access = wanted.access
    ? await filtered(db, query)
      .select(['event', 'block_number', 'event_index']).where(within).orderBy('block_number').orderBy('event_index').limit(BATCH).execute()
    : []
  const consents = wanted.consent
    ? await consentsOf(db, query).where(within).orderBy('block_number').orderBy('event_index').limit(BATCH).execute()
    : []
  const changed = wanted.group
    ? await groupsOf(db, { ...(patientId !== undefined && { patientId }), ...(mspId !== undefined && { mspId }) })
      .where(within).orderBy('block_number').orderBy('event_index').limit(BATCH).execute()
    : []
  const notices: Notice[] = [
    ...access.map((row): Notice => {
      const data = toItem(row)
      return { kind: 'access', place: placeOf(row), data, patients: [data.patientId] }
    }),
    ...consents.map((row): Notice => ({ kind: 'consent', place: placeOf(row), data: toConsentChange(row, now), patients: [row.patient_id] }))
  ]
  for (const row of changed) {
    const data = toGroupChange(row, await findConsents(db, row, patientId))
    notices.push({ kind: 'group', place: placeOf(row), data, patients: data.consents.map((consent) => consent.patientId) })
  }
  // Of each kind there are the oldest so many: beyond the first batch that is full, others may have some before.
  return notices.toSorted((a, b) => comparePlaces(a.place, b.place)).slice(0, BATCH)
}

/** Which kinds can fit the filter. */
function kindsOf ({ kind, groups, ...query }: NoticesWanted): Record<NoticeKind, boolean> {
  const isWanted = (one: NoticeKind): boolean => kind === undefined || kind === one
  const isOfAccess = OF_ACCESS.some((name) => query[name] !== undefined)
  return {
    access: isWanted('access'),
    consent: isWanted('consent') && !isOfAccess,
    group: isWanted('group') && !isOfAccess && groups && query.staffId === undefined
  }
}

/** Below zero where the first comes before the second in the log. */
export const comparePlaces = (a: Place, b: Place): number => a.block_number - b.block_number || a.event_index - b.event_index

const placeOf = ({ block_number: block, event_index: index }: Place): Place => ({ block_number: block, event_index: index })

function isWithin ({ block_number: block, event_index: index }: Place, throughBlock: number): RawBuilder<SqlBool> {
  return sql<SqlBool>`(block_number, event_index) > (${block}, ${index}) and block_number <= ${throughBlock}`
}
