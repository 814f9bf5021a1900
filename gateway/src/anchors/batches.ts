import { fromHex, merkleRoot, toHex } from '@epione/crypto'
import type { Kysely } from 'kysely'
import { GatewayError } from '../errors.ts'
import type { Tables } from '../store/tables.ts'
import type { PublishedBatch } from '@epione/protocol/api'

/**
 * Keeps a batch as the own anchor service sees it now, instead of what it said before; a final one keeps its blocks and root.
 * @throws {GatewayError} BATCH_INVALID, BATCH_FINAL
 */
export async function storeBatch (db: Kysely<Tables>, batch: PublishedBatch): Promise<void> {
  const { number, firstBlock, lastBlock, root, blockLeaves } = batch
  if (blockLeaves.length !== lastBlock - firstBlock + 1) {
    throw new GatewayError('BATCH_INVALID', `blocks ${firstBlock} to ${lastBlock} need one leaf each, got ${blockLeaves.length}`)
  }
  if (toHex(merkleRoot(toLeaves(batch))) !== root) {
    throw new GatewayError('BATCH_INVALID', 'the root is not that of the leaves: send the leaf hashes in order of their blocks')
  }
  const text = JSON.stringify(batch)
  await db.transaction().execute(async (trx) => {
    const before = await trx.selectFrom('anchor_batches').select('batch').where('number', '=', number).executeTakeFirst()
    if (before !== undefined) requireSame(JSON.parse(before.batch) as PublishedBatch, batch)
    const columns = { first_block: firstBlock, last_block: lastBlock, batch: text }
    await trx.insertInto('anchor_batches').values({ number, ...columns }).onConflict((conflict) =>
      conflict.column('number').doUpdateSet(columns)).execute()
  })
}

/** The batch that holds a block, as last published; undefined while none does. */
export async function findBatchOf (db: Kysely<Tables>, blockNumber: number): Promise<PublishedBatch | undefined> {
  const row = await db.selectFrom('anchor_batches').select('batch')
    .where('last_block', '>=', blockNumber).where('first_block', '<=', blockNumber).orderBy('last_block').limit(1).executeTakeFirst()
  return row === undefined ? undefined : JSON.parse(row.batch) as PublishedBatch
}

/** The newest batch that the own anchor service published. */
export async function newestBatch (db: Kysely<Tables>): Promise<PublishedBatch | undefined> {
  const row = await db.selectFrom('anchor_batches').select('batch').orderBy('number', 'desc').limit(1).executeTakeFirst()
  return row === undefined ? undefined : JSON.parse(row.batch) as PublishedBatch
}

/** Leaf hashes of the batch's blocks. */
export function toLeaves ({ blockLeaves }: PublishedBatch): Uint8Array[] {
  return blockLeaves.map((leaf) => fromHex(leaf))
}

function requireSame (before: PublishedBatch, { number, firstBlock, lastBlock, root }: PublishedBatch): void {
  if (before.state !== 'final') return
  const isSame = before.root === root && before.firstBlock === firstBlock && before.lastBlock === lastBlock
  if (!isSame) {
    throw new GatewayError(
      'BATCH_FINAL',
      `batch ${number} is final with another root or other blocks: compare this organisation's ledger with the others'`
    )
  }
}
