import { equalConstantTime, fromHex } from '@epione/crypto'
import { LEDGER_EVENTS } from '@epione/protocol'
import { BlockError, blockLeafHash, checkBlock, headerHashOf, parseBlock, readEvents } from '@epione/ledger/blocks'
import { AnchorError } from '../errors.ts'
import type { PeerBlock } from '@epione/ledger/blocks'
import type { BlockStore } from '../store/block-store.ts'

/** Serialized blocks from `from` on, in order, as the own peer commits them. Throws when the peer is lost. */
export type BlockSource = (from: bigint, signal: AbortSignal) => AsyncIterable<Uint8Array>

export interface FollowOptions {
  source: BlockSource
  blocks: BlockStore
  /** Hash of the genesis header, hex. */
  networkId: string
  chaincode: string
  clock: () => number
  onBlock?: (number: number, malformed: readonly number[]) => void
}

/**
 * Recomputes and keeps the leaf of every block until aborted. Nothing is kept or signed of a block that is not the next
 * one of this network. @throws {BlockError} of the block @throws {AnchorError} NETWORK_MISMATCH
 */
export async function followBlocks (
  { source, blocks, networkId, chaincode, clock, onBlock }: FollowOptions,
  signal: AbortSignal
): Promise<void> {
  let last = blocks.last()
  for await (const bytes of source(BigInt(blocks.height()), signal)) {
    const block = parseBlock(bytes)
    const { headerHash, malformed } = checkBlock(block, last?.headerHash)
    if (block.number !== BigInt((last?.number ?? -1) + 1)) {
      throw new BlockError('BLOCK_OUT_OF_ORDER', `The peer sent block ${block.number} after block ${last?.number ?? 'none'}.`)
    }
    if (block.number === 0n && !equalConstantTime(headerHashOf(block), fromHex(networkId, 32))) {
      throw new AnchorError('NETWORK_MISMATCH', 'The peer\'s first block is that of another network: check NETWORK_FILE and the peer.')
    }
    const seen = {
      number: Number(block.number),
      headerHash,
      leaf: blockLeafHash(block),
      counts: countsAsWork(block, chaincode),
      seenAt: clock()
    }
    blocks.add(seen)
    last = seen
    onBlock?.(seen.number, malformed)
  }
}

/** Records of anchors must not be the reason of the next anchor. Whatever else a member had ordered is. */
function countsAsWork (block: PeerBlock, chaincode: string): boolean {
  const records = readEvents(block, chaincode).events.filter(({ name }) => name === LEDGER_EVENTS.blocksAnchored)
  return records.length < block.envelopes.length
}
