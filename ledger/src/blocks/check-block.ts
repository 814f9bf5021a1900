import { blockHeaderHash, concatBytes, equalConstantTime, sha256, toHex } from '@epione/crypto'
import { isCanonicalEnvelope } from './envelope.ts'
import { BlockError } from './errors.ts'
import type { PeerBlock } from './block.ts'

/** Fabric's hash of the block's header, 32 bytes; that of block 0 is the network id. */
export function headerHashOf ({ number, previousHash, dataHash }: Pick<PeerBlock, 'number' | 'previousHash' | 'dataHash'>): Uint8Array {
  return blockHeaderHash(Number(number), previousHash, dataHash)
}

/** What Fabric's header must hold as data hash: SHA-256 over all envelopes, concatenated without lengths. */
export function dataHashOf (envelopes: readonly Uint8Array[]): Uint8Array {
  return sha256(concatBytes(...envelopes))
}

/**
 * Checks that the block's envelopes are those of its header, and its header the next after `previousHeaderHash` (for
 * block 0, pass undefined). Returns its header hash and the indices of envelopes that do not re-encode to their own
 * bytes: they break no chain, because leaves hash the stored bytes, and are to be reported (PROTOCOL §7).
 * Throws `DATA_HASH_MISMATCH`, `CHAIN_BROKEN`.
 */
export function checkBlock (block: PeerBlock, previousHeaderHash: Uint8Array | undefined): { headerHash: Uint8Array, malformed: number[] } {
  if (!equalConstantTime(dataHashOf(block.envelopes), block.dataHash)) {
    throw new BlockError(
      'DATA_HASH_MISMATCH',
      `The transactions of block ${block.number} are not those of its header; take the block from another peer.`
    )
  }
  const expected = previousHeaderHash ?? new Uint8Array()
  if (!equalConstantTime(block.previousHash, expected)) {
    throw new BlockError(
      'CHAIN_BROKEN',
      `Block ${block.number} follows ${toHex(block.previousHash)}, not the block before it, ${toHex(expected)}.`
    )
  }
  const malformed = block.envelopes.flatMap((envelope, index) => isCanonicalEnvelope(envelope) ? [] : [index])
  return { headerHash: headerHashOf(block), malformed }
}
