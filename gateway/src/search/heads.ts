import { headsRoot } from '@epione/crypto'
import type { WriterHead } from '@epione/crypto'
import type { SignedAnswer } from '@epione/protocol'
import type { Kysely } from 'kysely'
import { decodeCursor, encodeCursor } from '../http/paging.ts'
import type { Tables } from '../store/tables.ts'

/** A compartment of a patient as of a block: all links of blocks up to this one count, and no others. */
export interface ChainsAt { patientId: string, label: string, blockNumber: number }

/** Heads in one answer between gateways or to a client: some 100 bytes each. */
const HEADS_PER_PAGE = 1_000

/** The head of each writer's chain, by writer ascending. */
export async function findHeads (db: Kysely<Tables>, { patientId, label, blockNumber }: ChainsAt): Promise<WriterHead[]> {
  const newest = db.selectFrom('index_links').select((eb) => ['writer', eb.fn.max('number').as('number')])
    .where('patient_id', '=', patientId).where('label', '=', label).where('block_number', '<=', blockNumber).where('number', '>', 0)
    .groupBy('writer')
  const rows = await db.selectFrom('index_links as l')
    .innerJoin(newest.as('n'), (join) => join.onRef('n.writer', '=', 'l.writer').onRef('n.number', '=', 'l.number'))
    .select(['l.writer', 'l.number', 'l.digest']).where('l.patient_id', '=', patientId).where('l.label', '=', label).execute()
  // Databases sort text by their locale; the tree's order is that of code units.
  return rows.map(({ writer, number: count, digest }) => ({ writer, count, digest })).sort((a, b) => a.writer < b.writer ? -1 : 1)
}

/** What a proxy signs of them. */
export async function signedHeads (db: Kysely<Tables>, at: ChainsAt): Promise<NonNullable<SignedAnswer['body']['heads']>> {
  const heads = await findHeads(db, at)
  return { label: at.label, writers: heads.length, root: headsRoot(heads) }
}

/** A page of them. @throws {GatewayError} CURSOR_INVALID */
export async function pageOfHeads (
  db: Kysely<Tables>,
  at: ChainsAt,
  cursor: string | undefined
): Promise<{ blockNumber: number, heads: WriterHead[], next?: string }> {
  const after = cursor === undefined ? '' : decodeCursor(cursor)
  const rest = (await findHeads(db, at)).filter(({ writer }) => writer > after)
  const heads = rest.slice(0, HEADS_PER_PAGE)
  const last = heads.at(-1)
  const isLast = rest.length === heads.length || last === undefined
  return { blockNumber: at.blockNumber, heads, ...(!isLast && { next: encodeCursor(last.writer) }) }
}
