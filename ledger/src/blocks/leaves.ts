import peer from '@hyperledger/fabric-protos/lib/peer/transaction_pb.js'
import { blockLeaf, inclusionProof, leafHash, merkleRoot, sha256, txLeaf } from '@epione/crypto'
import { headerHashOf } from './check-block.ts'
import type { PeerBlock } from './block.ts'
import { itemsRootOf } from './items.ts'

const { VALID } = peer.TxValidationCode

/** Where a transaction stands in a block, and its path to the block's transaction root. */
export interface TransactionProof { code: number, envelope: Uint8Array, txRoot: Uint8Array, txPath: Uint8Array[] }

/** Hashes of the leaves of a block's transactions, in order (PROTOCOL §7). */
export function txLeafHashes ({ envelopes, codes }: Pick<PeerBlock, 'envelopes' | 'codes'>): Uint8Array[] {
  return envelopes.map((envelope, index) => {
    // The parser made sure that there is one code for each envelope.
    const code = codes[index] ?? VALID
    return leafHash(txLeaf(index, code, sha256(envelope), code === VALID ? itemsRootOf(envelope) : undefined))
  })
}

/** Root over a block's transactions. */
export function txRootOf (block: Pick<PeerBlock, 'envelopes' | 'codes'>): Uint8Array {
  return merkleRoot(txLeafHashes(block))
}

/** Hash of the block's leaf in its batch (PROTOCOL §7), 32 bytes. Check the block first: the leaf commits to whatever it holds. */
export function blockLeafHash (block: PeerBlock): Uint8Array {
  return leafHash(
    blockLeaf({ number: Number(block.number), headerHash: headerHashOf(block), commitHash: block.commitHash, txRoot: txRootOf(block) })
  )
}

/** Root that witnesses sign: over the leaf hashes of consecutive blocks. */
export function batchRoot (blockLeafHashes: readonly Uint8Array[]): Uint8Array {
  return merkleRoot(blockLeafHashes)
}

/** The path of the transaction at `index` to its block's transaction root; throws `RangeError` when the block has none there. */
export function proveTransaction (block: PeerBlock, index: number): TransactionProof {
  const leaves = txLeafHashes(block)
  const txPath = inclusionProof(leaves, index)
  return { code: block.codes[index] ?? 0, envelope: block.envelopes[index] ?? new Uint8Array(), txRoot: merkleRoot(leaves), txPath }
}
