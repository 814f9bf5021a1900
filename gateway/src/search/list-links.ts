import { INDEX_LINKS_MAX } from '@epione/protocol/api'
import type { IndexItem, IndexLink } from '@epione/protocol/api'
import type { SignedStatement } from '@epione/protocol'
import type { FastifyInstance } from 'fastify'
import type { Kysely, Selectable } from 'kysely'
import type { IndexLinksTable } from '../store/search-tables.ts'
import type { Tables } from '../store/tables.ts'
import { findEntries, keyOf } from './entries.ts'
import type { EntryName } from './entries.ts'
import { fetchEntries } from './fetch-entries.ts'
import type { SearchGrounds } from './search-grounds.ts'

type Row = Selectable<IndexLinksTable>

/** A page of links: `next` is the position of the last one. */
export interface PageOfLinks { items: IndexItem[], next?: string }

/** Bytes of statements and entries (hex) after which a page ends. */
const PAGE_BYTES = 1_048_576

/**
 * Links of one compartment after a position, in the ledger's order, with the entries of the epochs that are open to the caller, and the
 * rewraps to the patient. Entries that do not lie here come from other hospitals, and stay.
 */
export async function listLinks (
  app: FastifyInstance,
  { patientId, label, after }: { patientId: string, label: string, after: string | undefined },
  { isOpen, isPatient, event }: SearchGrounds
): Promise<PageOfLinks> {
  const { db } = app.store
  const { rows, isLast } = await findRows(db, { patientId, label, after })
  const standing = rows.filter((row) => row.live === 1 && isOpen(row.epoch)).map(nameOf)
  const entries = await findEntries(db, standing)
  const absent = standing.filter((name) => !entries.has(keyOf(name)))
  // A patient's session opens nothing elsewhere: their client asks another gateway itself.
  const fetched = event === undefined || absent.length === 0 ? new Map<string, string>() : await fetchEntries(app, absent, event)
  const items = rows.map((row) => showLink(row, { isOpen, isPatient }, entries.get(keyOf(nameOf(row))) ?? fetched.get(keyOf(nameOf(row)))))
  return cut(items, isLast)
}

/** Rows of a page, never a part of what one event appended. */
async function findRows (
  db: Kysely<Tables>,
  { patientId, label, after }: { patientId: string, label: string, after: string | undefined }
): Promise<{ rows: Row[], isLast: boolean }> {
  const [block = -1, index = -1] = after?.split('.').map(Number) ?? []
  const rows = await db.selectFrom('index_links').selectAll().where('patient_id', '=', patientId).where('label', '=', label)
    .where((eb) => eb.or([
      eb('block_number', '>', block), eb.and([eb('block_number', '=', block), eb('event_index', '>', index)])
    ]))
    .orderBy('block_number').orderBy('event_index').orderBy('place').limit(INDEX_LINKS_MAX).execute()
  if (rows.length < INDEX_LINKS_MAX) return { rows, isLast: true }
  const last = rows.at(-1)
  return { rows: rows.filter((row) => last === undefined || atOf(row) !== atOf(last)), isLast: false }
}

function cut (items: IndexItem[], isLast: boolean): PageOfLinks {
  let bytes = 0
  const kept: IndexItem[] = []
  for (const item of items) {
    if (bytes > PAGE_BYTES && item.at !== kept.at(-1)?.at) return pageOf(kept, false)
    if ('link' in item) bytes += (item.statement?.body.length ?? 0) + (item.entry?.length ?? 0)
    kept.push(item)
  }
  return pageOf(kept, isLast)
}

function pageOf (items: IndexItem[], isLast: boolean): PageOfLinks {
  const last = items.at(-1)
  return isLast || last === undefined ? { items } : { items, next: last.at }
}

function showLink (row: Row, { isOpen, isPatient }: Pick<SearchGrounds, 'isOpen' | 'isPatient'>, entry: string | undefined): IndexItem {
  const { writer, number, live, ended_by: endedBy } = row
  if (row.kind === 'end') return { at: atOf(row), end: { recordId: row.record_id, version: row.version, orderId: row.statement_id } }
  const shown = {
    at: atOf(row),
    writer,
    number,
    link: linkOf(row),
    ...(row.statement !== null && isPatient && { statement: JSON.parse(row.statement) as SignedStatement }),
    ...(endedBy !== null && { ended: endedBy })
  }
  if (live === 0 || !isOpen(row.epoch)) return shown
  return { ...shown, ...(entry === undefined ? { lost: true } : { entry }) }
}

function linkOf (row: Row): IndexLink['link'] {
  const link = { recordId: row.record_id, version: row.version, statementId: row.statement_id }
  const { entry_hash: entryHash, index_key: indexKey, issue, truncated, epoch } = row
  if (entryHash === null || indexKey === null || issue === null) return { kind: 'out', ...link }
  return { kind: 'in', ...link, entryHash, indexKey, epoch, issue, truncated: truncated === 1 }
}

const nameOf = (row: Row): EntryName => ({ recordId: row.record_id, version: row.version, hash: row.entry_hash ?? '' })
const atOf = (row: Row): string => `${String(row.block_number)}.${String(row.event_index)}`
