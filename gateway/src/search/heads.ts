import { headsRoot } from '@epione/crypto'
import type { WriterHead } from '@epione/crypto'
import type { SignedAnswer } from '@epione/protocol'
import type { Kysely } from 'kysely'
import { isDeepStrictEqual } from 'node:util'
import { unproven } from '../judge.ts'
import type { VerifiedPermit } from '../proxy/verify-permit.ts'
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

/**
 * What a proxy signs of them for a permit: its own reading of the blocks before the permit's, which must be what the event says.
 * @throws {GatewayError} STATEMENT_UNPROVEN where the two differ: whoever signs that is convicted
 */
export async function permittedHeads (
  db: Kysely<Tables>,
  { event, blockNumber }: Pick<VerifiedPermit, 'event' | 'blockNumber'>,
  label: string
): Promise<NonNullable<SignedAnswer['body']['heads']>> {
  const heads = await findHeads(db, { patientId: event.patientId, label, blockNumber: blockNumber - 1 })
  const read = { writers: heads.length, root: headsRoot(heads) }
  if (!isDeepStrictEqual(event.compartments?.find((c) => c.label === label)?.heads, read)) {
    throw unproven('search.heads', `event ${event.eventId} names other chains of compartment ${label} than the blocks before it make`)
  }
  return { label, ...read }
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
