import { fromHex, isIndexEntry, toHex } from '@epione/crypto'
import type { RecordManifest, Rewrap } from '@epione/protocol'
import type { Expression, ExpressionBuilder, Kysely, SqlBool } from 'kysely'
import { GatewayError } from '../errors.ts'
import type { Owner } from '../records/tally.ts'
import { requireRoom } from '../records/wraps.ts'
import type { Tables } from '../store/tables.ts'

/** A sealed index entry by what it was made for. */
export interface EntryName { recordId: string, version: number, hash: string }

/** An entry (hex) that the ledger has, or is about to have. */
export interface BroughtEntry extends EntryName { entry: string }

/**
 * The entry that a manifest or rewrap names, with its bytes as they were brought; undefined when it names none. @throws {GatewayError}
 * ENTRY_MISMATCH
 */
export function requireEntry (
  { recordId, version, index }: Pick<RecordManifest | Rewrap, 'recordId' | 'version' | 'index'>,
  entry: string | undefined
): BroughtEntry | undefined {
  if (index === undefined) {
    if (entry === undefined) return undefined
    throw new GatewayError('ENTRY_MISMATCH', 'the statement names no index entry: send none, or sign one that does')
  }
  if (entry === undefined) throw new GatewayError('ENTRY_MISMATCH', 'the statement names an index entry: send it, too')
  if (!isIndexEntry(fromHex(entry), index.hash)) {
    throw new GatewayError('ENTRY_MISMATCH', 'the index entry is not the one whose hash the statement signs')
  }
  return { recordId, version, hash: index.hash, entry }
}

/** Keeps an entry: for good once the ledger names it, else for a day. @throws {GatewayError} QUOTA_EXCEEDED */
export async function storeEntry (
  db: Kysely<Tables>,
  { entry, ...name }: BroughtEntry,
  { owner, patientId }: { owner: Owner, patientId: string },
  now: number
): Promise<void> {
  const asked = await db.updateTable('index_entries').set({ created_at: now }).where(isNamed(name)).returning('entry_hash').executeTakeFirst()
  if (asked !== undefined) return
  const rows = db.selectFrom('index_entries').select((eb) =>
    eb.fn.countAll<number | string>().as('count')).where('named', '=', 0).where('owner', '=', owner)
  requireRoom(owner, await rows.executeTakeFirstOrThrow(), await rows.where('patient_id', '=', patientId).executeTakeFirstOrThrow())
  await db.insertInto('index_entries')
    .values({ ...rowOf(name), entry: fromHex(entry), created_at: now, owner, patient_id: patientId, named: 0 })
    .onConflict((c) => c.columns(['record_id', 'version', 'entry_hash']).doUpdateSet({ created_at: now })).execute()
}

/**
 * Keeps what another hospital gave of an entry that stands. One that was replaced or ended meanwhile is not brought back.
 */
export async function keepFetched (db: Kysely<Tables>, { entry, ...name }: BroughtEntry, now: number): Promise<void> {
  const row = { ...rowOf(name), entry: fromHex(entry), created_at: now, owner: '', named: 1 }
  await db.transaction().execute(async (trx) => {
    // Writing to the link makes whoever ends it wait, so that its deletion finds what is kept here.
    const link = await trx.updateTable('index_links').set({ live: 1 }).where('record_id', '=', name.recordId)
      .where('version', '=', name.version).where('live', '=', 1).where('entry_hash', '=', name.hash).returning('patient_id').executeTakeFirst()
    if (link === undefined) return
    await trx.insertInto('index_entries').values({ ...row, patient_id: link.patient_id })
      .onConflict((c) => c.columns(['record_id', 'version', 'entry_hash']).doUpdateSet({ entry: row.entry, named: 1 })).execute()
  })
}

/** A record version on the ledger names it. */
export async function markEntryNamed (db: Kysely<Tables>, name: EntryName): Promise<void> {
  await db.updateTable('index_entries').set({ named: 1 }).where(isNamed(name)).execute()
}

/** Deletes the entries of a record version, or all but one of them; true when any lay here. */
export async function deleteEntries (
  db: Kysely<Tables>,
  { recordId, version }: Pick<EntryName, 'recordId' | 'version'>,
  except?: string
): Promise<boolean> {
  let rows = db.deleteFrom('index_entries').where('record_id', '=', recordId).where('version', '=', version)
  if (except !== undefined) rows = rows.where('entry_hash', '!=', except)
  const { numDeletedRows } = await rows.executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}

/**
 * Keeps for good what the chains of this gateway's read model name by now, and removes what was last asked for before `askedBefore` and is
 * still named by nothing; returns how many it removed.
 */
export async function sweepUnnamedEntries (db: Kysely<Tables>, askedBefore: number | undefined): Promise<number> {
  await db.updateTable('index_entries').set({ named: 1 }).where('named', '=', 0).where((eb) => eb.exists(
    eb.selectFrom('index_links').select('entry_hash').where('live', '=', 1)
      .whereRef('index_links.record_id', '=', 'index_entries.record_id')
      .whereRef('index_links.version', '=', 'index_entries.version')
      .whereRef('index_links.entry_hash', '=', 'index_entries.entry_hash')
  )).execute()
  if (askedBefore === undefined) return 0
  const { numDeletedRows } = await db.deleteFrom('index_entries').where('named', '=', 0).where('created_at', '<', askedBefore)
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

/** The entries (hex) of these names that lie here as they should, by `keyOf`. */
export async function findEntries (db: Kysely<Tables>, names: readonly EntryName[]): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  if (names.length === 0) return found
  const rows = await db.selectFrom('index_entries').select(['record_id', 'version', 'entry_hash', 'entry'])
    .where('record_id', 'in', [...new Set(names.map(({ recordId }) => recordId))])
    .where('entry_hash', 'in', names.map(({ hash }) => hash)).execute()
  for (const { record_id: recordId, version, entry_hash: hash, entry } of rows) {
    if (isIndexEntry(entry, hash)) found.set(keyOf({ recordId, version, hash }), toHex(entry))
  }
  return found
}

export function keyOf ({ recordId, version, hash }: EntryName): string {
  return `${recordId}/${String(version)}/${hash}`
}

const isNamed = (name: EntryName) => (eb: ExpressionBuilder<Tables, 'index_entries'>): Expression<SqlBool> => eb.and(rowOf(name))

const rowOf = ({ recordId, version, hash }: EntryName): { record_id: string, version: number, entry_hash: string } =>
  ({ record_id: recordId, version, entry_hash: hash })
