import { canonicalize, sha256, toHex, utf8 } from '@epione/crypto'
import type { Expression, ExpressionBuilder, Kysely, Selectable, SqlBool } from 'kysely'
import { GatewayError } from '../errors.ts'
import { decodeCursor, encodeCursor } from '../http/paging.ts'
import type { AnchorProposalsTable } from '../store/anchors-tables.ts'
import type { Tables } from '../store/tables.ts'
import type { AnchorProposal, KeptProposal } from '@epione/protocol/api'

/** Proposals of one organisation for one batch: one is honest, two are evidence, more prove nothing further. */
export const PROPOSALS_PER_BATCH_MAX = 16
/** Proposals of one organisation for batches that the own anchor service has not published. */
export const PROPOSALS_AHEAD_MAX = 1024

/**
 * Keeps what an organisation handed in, beside anything that contradicts it; the same proposal again changes nothing.
 * Whose signature it is the gateway does not judge, so nobody's proposal can stand in the way of another organisation's.
 * @throws {GatewayError} REQUEST_INVALID, PROPOSALS_TOO_MANY
 */
export async function keepProposal (db: Kysely<Tables>, proposal: AnchorProposal, mspId: string, now: number): Promise<KeptProposal> {
  const { number, firstBlock, lastBlock, root, witness, signature } = proposal
  if (lastBlock < firstBlock) throw new GatewayError('REQUEST_INVALID', 'the batch ends before it begins: lastBlock is its last block')
  const id = toHex(sha256(utf8(canonicalize({ ...proposal, mspId }))))
  const known = await db.selectFrom('anchor_proposals').select('id').where('id', '=', id).executeTakeFirst()
  if (known === undefined) {
    await requireRoom(db, mspId, number)
    await db.insertInto('anchor_proposals')
      .values(
        {
          id,
          number,
          first_block: firstBlock,
          last_block: lastBlock,
          root,
          witness,
          signature,
          msp_id: mspId,
          received_at: now,
          contradicted: 0
        }
      )
      .onConflict((conflict) => conflict.column('id').doNothing()).execute()
  }
  // After the insert has committed: of two that come at once, the later one sees the other. A repeat does what a crash left undone.
  await markContradictions(db, proposal, id)
  return toKept(await db.selectFrom('anchor_proposals').selectAll().where('id', '=', id).executeTakeFirstOrThrow())
}

/** All proposals for a batch, oldest first. */
export async function listProposals (db: Kysely<Tables>, number: number): Promise<KeptProposal[]> {
  return (await db.selectFrom('anchor_proposals').selectAll().where(
    'number',
    '=',
    number
  ).orderBy('received_at').orderBy('id').execute()).map(toKept)
}

/** A page of all proposals that another one of the same witness contradicts, in order of their batches. */
export async function listConflicts (
  db: Kysely<Tables>,
  limit: number,
  cursor: string | undefined
): Promise<{ items: KeptProposal[], next?: string }> {
  let query = db.selectFrom('anchor_proposals').selectAll().where('contradicted', '=', 1)
  if (cursor !== undefined) {
    const { number, id } = readCursor(cursor)
    query = query.where((eb) => eb.or([eb('number', '>', number), eb.and([eb('number', '=', number), eb('id', '>', id)])]))
  }
  const rows = await query.orderBy('number').orderBy('id').limit(limit + 1).execute()
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const items = page.map(toKept)
  return rows.length > limit && last !== undefined ? { items, next: encodeCursor(`${last.number}:${last.id}`) } : { items }
}

async function requireRoom (db: Kysely<Tables>, mspId: string, number: number): Promise<void> {
  const sent = db.selectFrom('anchor_proposals').select((eb) => eb.fn.countAll<number>().as('count')).where('msp_id', '=', mspId)
  const { count } = await sent.where('number', '=', number).executeTakeFirstOrThrow()
  if (count >= PROPOSALS_PER_BATCH_MAX) throw new GatewayError('PROPOSALS_TOO_MANY', `${mspId} has proposed enough for batch ${number}`)
  const { published } = await db.selectFrom('anchor_batches').select((eb) =>
    eb.fn.max('number').as('published')).executeTakeFirstOrThrow() as { published: number | null }
  const newest = published ?? 0
  if (number <= newest) return
  const { count: ahead } = await sent.where('number', '>', newest).executeTakeFirstOrThrow()
  if (ahead >= PROPOSALS_AHEAD_MAX) {
    throw new GatewayError(
      'PROPOSALS_TOO_MANY',
      `${mspId} has proposed enough beyond batch ${newest}: try again when this gateway knows later batches`
    )
  }
}

/** Contradictory are two different batches of one number, and two roots for one range, signed in one witness's name. */
async function markContradictions (
  db: Kysely<Tables>,
  { number, firstBlock, lastBlock, root, witness }: AnchorProposal,
  id: string
): Promise<void> {
  const contradicts = (eb: ExpressionBuilder<Tables, 'anchor_proposals'>): Expression<SqlBool> => eb.or([
    eb.and([
      eb('number', '=', number),
      eb.or([eb('first_block', '!=', firstBlock), eb('last_block', '!=', lastBlock), eb('root', '!=', root)])
    ]),
    eb.and([eb('first_block', '=', firstBlock), eb('last_block', '=', lastBlock), eb('root', '!=', root)])
  ])
  const mark = db.updateTable('anchor_proposals').set({ contradicted: 1 })
  const { numUpdatedRows } = await mark.where('witness', '=', witness).where(contradicts).executeTakeFirst()
  if (numUpdatedRows > 0n) await mark.where('id', '=', id).execute()
}

function readCursor (cursor: string): { number: number, id: string } {
  const match = /^(\d{1,16}):([0-9a-f]{64})$/.exec(decodeCursor(cursor))
  if (match === null) throw new GatewayError('CURSOR_INVALID', 'the cursor is not one of this list')
  return { number: Number(match[1]), id: match[2] ?? '' }
}

function toKept (row: Selectable<AnchorProposalsTable>): KeptProposal {
  const { number, root, witness, signature } = row
  return {
    number,
    firstBlock: row.first_block,
    lastBlock: row.last_block,
    root,
    witness,
    signature,
    mspId: row.msp_id,
    receivedAt: row.received_at
  }
}
