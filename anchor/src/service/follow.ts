import { equalConstantTime, fromHex } from '@epione/crypto'
import { LEDGER_EVENTS } from '@epione/chaincode/model'
import { blockLeafHash, checkBlock, headerHashOf, parseLedgerBlock, readEnvelope } from '../blocks/index.ts'
import { AnchorError } from '../errors.ts'
import type { AnchoredBlock } from '../blocks/index.ts'
import type { BlockStore } from '../store/block-store.ts'

/** Serialized blocks from `from` on, in order, as the own peer commits them. Throws when the peer is lost. */
export type BlockSource = (from: bigint, signal: AbortSignal) => AsyncIterable<Uint8Array>

export interface FollowOptions {
  source: BlockSource
  blocks: BlockStore
  /** Hash of the genesis header, hex. */
  networkId: string
  clock: () => number
  onBlock?: (number: number, malformed: readonly number[]) => void
}

/**
 * Recomputes and keeps the leaf of every block until aborted. Throws `DATA_HASH_MISMATCH`, `CHAIN_BROKEN` or
 * `NETWORK_MISMATCH` for a block that is not the next one of this network: nothing of it is kept or signed.
 */
export async function followBlocks ({ source, blocks, networkId, clock, onBlock }: FollowOptions, signal: AbortSignal): Promise<void> {
  let last = blocks.last()
  for await (const bytes of source(BigInt(blocks.height()), signal)) {
    const block = parseLedgerBlock(bytes)
    const { headerHash, malformed } = checkBlock(block, last?.headerHash)
    if (block.number !== BigInt((last?.number ?? -1) + 1)) throw new AnchorError('CHAIN_BROKEN', `The peer sent block ${block.number} after block ${last?.number ?? 'none'}.`)
    if (block.number === 0n && !equalConstantTime(headerHashOf(block), fromHex(networkId, 32))) throw new AnchorError('NETWORK_MISMATCH', 'The peer\'s first block is that of another network: check NETWORK_FILE and the peer.')
    const seen = { number: Number(block.number), headerHash, leaf: blockLeafHash(block), counts: countsAsWork(block), seenAt: clock() }
    blocks.add(seen)
    last = seen
    onBlock?.(seen.number, malformed)
  }
}

/** Records of anchors must not be the reason of the next anchor. */
function countsAsWork ({ envelopes }: AnchoredBlock): boolean {
  return envelopes.some((envelope) => {
    try {
      return readEnvelope(envelope)?.event?.name !== LEDGER_EVENTS.blocksAnchored
    } catch (error) {
      // What cannot be read is no record of an anchor.
      if (error instanceof AnchorError && error.code === 'ENVELOPE_MALFORMED') return true
      throw error
    }
  })
}
