import { EMPTY_CHAIN, extendChain } from '@epione/crypto'
import type { ChainHead, ChainLink } from '@epione/crypto'
import type { SignedStatement, StoredStatement } from '@epione/protocol'
import type { linkedEntry } from '@epione/protocol/verify'
import type { Insertable, Kysely } from 'kysely'
import type { IndexLinksTable } from '../store/search-tables.ts'
import type { Tables } from '../store/tables.ts'
import { deleteEntries, markEntryNamed } from './entries.ts'

/** Where in the ledger an event stands. */
export interface EventPlace { blockNumber: number, eventIndex: number }

/** A chain of index entries: `writer` as the ledger names authors. */
export interface ChainName { patientId: string, label: string, writer: string }

/** The entry that a manifest or rewrap brings in, as its link says it. */
export interface EntryIn { chain: ChainName, recordId: string, version: number, entry: ReturnType<typeof linkedEntry> }

/** The statement whose event appends links; `rewrap`: a rewrap as it was signed, which the patient is shown. */
type Source = Pick<StoredStatement, 'id' | 'submittedBy'> & { rewrap?: SignedStatement }

/** Places within one event: a rewrap takes a version out before it brings it in. */
const [OUT, IN] = [0, 1]

/** Appends the entry of a manifest or rewrap to its chain; the entry is kept for good from now on. */
export async function appendIn (trx: Kysely<Tables>, place: EventPlace, source: Source, brought: EntryIn): Promise<void> {
  const { chain, recordId, version, entry } = brought
  const link: ChainLink = { kind: 'in', recordId, version, statementId: source.id, ...entry }
  await append(trx, { chain, epoch: entry.epoch, place: { ...place, place: IN }, source, link })
  await markEntryNamed(trx, { recordId, version, hash: entry.entryHash })
}

/**
 * A rewrap takes a version out of the compartment in which its entry stood, if it had one, and the entry is deleted. Entries brought for
 * what comes in stay.
 */
export async function appendOut (
  trx: Kysely<Tables>,
  place: EventPlace,
  source: Source,
  { recordId, version, except }: { recordId: string, version: number, except: string | undefined }
): Promise<void> {
  const standing = await endLinks(trx, { recordId, version })
  await deleteEntries(trx, { recordId, version }, except)
  if (standing === undefined) return
  const { patient_id: patientId, label, writer, epoch } = standing
  const link: ChainLink = { kind: 'out', recordId, version, statementId: source.id }
  await append(trx, { chain: { patientId, label, writer }, epoch, place: { ...place, place: OUT }, source, link })
}

/**
 * From an order's event on nothing of the entries of its versions is served; whoever keeps what they read finds in the ledger's order that
 * they ended. The entries themselves are destroyed once the order is proven.
 */
export async function appendEnds (
  trx: Kysely<Tables>,
  place: EventPlace,
  source: Source,
  versions: ReadonlyArray<{ recordId: string, version: number }>
): Promise<void> {
  for (const [index, { recordId, version }] of versions.entries()) {
    const standing = await endLinks(trx, { recordId, version }, source.id)
    if (standing === undefined) continue
    const row = rowOf(source, { ...place, place: index })
    await trx.insertInto('index_links').values({
      ...standing, ...row, ...NO_ENTRY, number: 0, digest: '', kind: 'end', record_id: recordId, version, live: 0, ended_by: source.id
    }).execute()
  }
}

/** The entry of a version stands no more, by a rewrap or by an order; its link, if there was one. */
async function endLinks (
  db: Kysely<Tables>,
  { recordId, version }: { recordId: string, version: number },
  orderId: string | null = null
): Promise<Pick<IndexLinksTable, 'patient_id' | 'label' | 'writer' | 'epoch'> | undefined> {
  return await db.updateTable('index_links').set({ live: 0, ended_by: orderId }).where('record_id', '=', recordId).where('version', '=', version)
    .where('live', '=', 1).returning(['patient_id', 'label', 'writer', 'epoch']).executeTakeFirst()
}

/** The head of a chain as far as this gateway has read. */
async function headOf (db: Kysely<Tables>, { patientId, label, writer }: ChainName): Promise<ChainHead> {
  const row = await db.selectFrom('index_links').select(['number', 'digest']).where('patient_id', '=', patientId).where('label', '=', label)
    .where('writer', '=', writer).orderBy('number', 'desc').limit(1).executeTakeFirst()
  return row === undefined ? EMPTY_CHAIN : { count: row.number, digest: row.digest }
}

interface Appended { chain: ChainName, epoch: number, place: EventPlace & { place: number }, source: Source, link: ChainLink }

async function append (
  trx: Kysely<Tables>,
  { chain, epoch, place, source, link }: Appended
): Promise<void> {
  const { count, digest } = extendChain(await headOf(trx, chain), link)
  const row: Insertable<IndexLinksTable> = {
    patient_id: chain.patientId,
    label: chain.label,
    writer: chain.writer,
    ...rowOf(source, place),
    number: count,
    digest,
    kind: link.kind,
    record_id: link.recordId,
    version: link.version,
    ...entryColumns(link),
    epoch,
    live: link.kind === 'in' ? 1 : 0,
    ended_by: null
  }
  await trx.insertInto('index_links').values(row).execute()
}

type EntryColumns = Pick<IndexLinksTable, 'entry_hash' | 'index_key' | 'issue' | 'truncated'>
const NO_ENTRY: EntryColumns = { entry_hash: null, index_key: null, issue: null, truncated: null }

function entryColumns (link: ChainLink): EntryColumns {
  if (link.kind === 'out') return NO_ENTRY
  return { entry_hash: link.entryHash, index_key: link.indexKey, issue: link.issue, truncated: Number(link.truncated) }
}

function rowOf (
  source: Source,
  { blockNumber, eventIndex, place }: EventPlace & { place: number }
): Pick<IndexLinksTable, 'block_number' | 'event_index' | 'place' | 'statement_id' | 'origin' | 'statement'> {
  return {
    block_number: blockNumber,
    event_index: eventIndex,
    place,
    statement_id: source.id,
    origin: source.submittedBy,
    statement: source.rewrap === undefined ? null : JSON.stringify(source.rewrap)
  }
}
