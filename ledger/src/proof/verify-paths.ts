import { blockHeaderHash, blockLeaf, CryptoError, fromHex, itemLeaf, leafHash, txLeaf, verifyInclusion } from '@epione/crypto'
import type { InclusionClaim, ItemsRoot } from '@epione/crypto'
import { VerificationError } from '../errors.ts'
import type { VerificationErrorCode } from '../errors.ts'
import type { Proof, ProofAnchor, ProofItem } from './proof-schema.ts'

const hashes = (path: readonly string[]): Uint8Array[] => path.map((hash) => fromHex(hash, 32))

/** The text of an item is one of those in the list whose root it names. @throws {VerificationError} EVENT_MISMATCH */
export function verifyItemPath ({ salt, index, count, path, root }: ProofItem, text: string): ItemsRoot {
  const list = { count, root: fromHex(root, 32) }
  requireIncluded('EVENT_MISMATCH', 'The event shown is not at this place of the transaction\'s list.', {
    leafHash: leafHash(itemLeaf(fromHex(salt, 32), text)), index, treeSize: count, proof: hashes(path), root: list.root
  })
  return list
}

/** The transaction, with its validation code, is at its place in the block. @throws {VerificationError} TRANSACTION_PATH_FALSE */
export function verifyTransactionPath (
  { transaction: { index, code, path }, block: { txRoot, txCount } }: Proof,
  { envelopeHash, items }: { envelopeHash: Uint8Array, items?: ItemsRoot }
): void {
  requireIncluded('TRANSACTION_PATH_FALSE', 'The transaction is not, with this validation code, at this place of the block.', {
    leafHash: leafHash(txLeaf(index, code, envelopeHash, items)), index, treeSize: txCount, proof: hashes(path), root: fromHex(txRoot, 32)
  })
}

/** The block, with its header and commit hash, is in the batch. @throws {VerificationError} BLOCK_PATH_FALSE */
export function verifyBlockPath ({ block }: Proof, { batch, batchPath }: ProofAnchor): void {
  const { number } = block
  if (number < batch.firstBlock || number > batch.lastBlock) {
    throw new VerificationError(
      'BLOCK_PATH_FALSE',
      `Batch ${batch.number} holds blocks ${batch.firstBlock} to ${batch.lastBlock}, not block ${number}.`
    )
  }
  if ((number === 0) !== (block.previousHash === '')) {
    throw new VerificationError('BLOCK_PATH_FALSE', 'Block 0, and no other, has no previous block.')
  }
  const headerHash = blockHeaderHash(number, fromHex(block.previousHash), fromHex(block.dataHash, 32))
  const leaf = blockLeaf({ number, headerHash, commitHash: fromHex(block.commitHash, 32), txRoot: fromHex(block.txRoot, 32) })
  requireIncluded('BLOCK_PATH_FALSE', `Block ${number} is not, with this header and commit hash, in batch ${batch.number}.`, {
    leafHash: leafHash(
      leaf
    ),
    index: number - batch.firstBlock,
    treeSize: batch.lastBlock - batch.firstBlock + 1,
    proof: hashes(
      batchPath
    ),
    root: fromHex(batch.root, 32)
  })
}

function requireIncluded (code: VerificationErrorCode, message: string, claim: InclusionClaim): void {
  try {
    verifyInclusion(claim)
  } catch (error) {
    if (error instanceof CryptoError || error instanceof RangeError) throw new VerificationError(code, message, { cause: error })
    throw error
  }
}
