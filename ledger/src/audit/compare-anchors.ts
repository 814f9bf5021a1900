import { equalConstantTime, merkleRoot } from '@epione/crypto'
import { VerificationError } from '../errors.ts'

/** A batch as the contract on the EVM chain accepted it. */
export interface AnchoredBatch {
  readonly number: number
  readonly firstBlock: number
  readonly lastBlock: number
  readonly root: Uint8Array
}

/** How far anchors cover a ledger: `lastBlock` is -1 when they cover nothing. */
export interface AnchorCover { readonly batches: number, readonly lastBlock: number }

/**
 * Compares a ledger's block leaves with every batch that the EVM chain holds, in order. Throws `ANCHOR_GAP` when batches do
 * not follow one another from block 0, `ANCHOR_WRONG` for a batch whose root is another while a later one's agrees,
 * `HISTORY_REWRITTEN` when from a batch on none agrees, `LEDGER_CUT_OFF` when blocks were anchored that the ledger lacks.
 */
export function compareAnchors (leaves: readonly Uint8Array[], batches: readonly AnchoredBatch[]): AnchorCover {
  checkOrder(batches)
  const whole = batches.filter(({ lastBlock }) => lastBlock < leaves.length)
  const agrees = whole.map((
    { firstBlock, lastBlock, root }
  ) => equalConstantTime(merkleRoot(leaves.slice(firstBlock, lastBlock + 1)), root))
  const first = agrees.indexOf(false)
  const wrong = whole[first]
  if (wrong !== undefined) throw disagreement(wrong, agrees.lastIndexOf(true) > first)
  const last = batches.at(-1)
  if (last !== undefined && last.lastBlock >= leaves.length) {
    throw new VerificationError(
      'LEDGER_CUT_OFF',
      `The ledger ends before block ${leaves.length}, but blocks up to ${last.lastBlock} were anchored: its newest part was cut off, or this peer lags behind.`,
      { place: { block: leaves.length, batch: last.number } }
    )
  }
  return { batches: batches.length, lastBlock: last?.lastBlock ?? -1 }
}

function checkOrder (batches: readonly AnchoredBatch[]): void {
  let [number, block] = [1, 0]
  for (const batch of batches) {
    if (batch.number !== number || batch.firstBlock !== block || batch.lastBlock < batch.firstBlock) {
      throw new VerificationError(
        'ANCHOR_GAP',
        `Batch ${batch.number} of blocks ${batch.firstBlock} to ${batch.lastBlock} stands where batch ${number} from block ${block} on is due.`,
        { place: { batch: batch.number } }
      )
    }
    [number, block] = [number + 1, batch.lastBlock + 1]
  }
}

function disagreement ({ number, firstBlock, lastBlock }: AnchoredBatch, laterAgrees: boolean): VerificationError {
  const place = { block: firstBlock, batch: number }
  if (laterAgrees) {
    return new VerificationError(
      'ANCHOR_WRONG',
      `Batch ${number} was anchored with another root than that of blocks ${firstBlock} to ${lastBlock}, although later batches agree: a majority of witnesses signed something false.`,
      { place }
    )
  }
  return new VerificationError(
    'HISTORY_REWRITTEN',
    `From block ${firstBlock} on, at the latest from ${lastBlock}, this ledger is not the one that was anchored as batch ${number}: its history was rewritten after the fact. Compare it with other organisations' peers.`,
    { place }
  )
}
