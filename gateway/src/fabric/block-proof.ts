import { common, peer } from '@hyperledger/fabric-protos'
import { blockHeaderHash, blockLeaf, inclusionProof, leafHash, merkleRoot, txLeaf } from '@epione/crypto'
import { openEnvelope } from './block.ts'

const { TRANSACTIONS_FILTER, COMMIT_HASH } = common.BlockMetadataIndex
const HASH_BYTES = 32

/** A valid transaction in its block, with the path to the root over the block's transactions (PROTOCOL §7). */
export interface ProvenTransaction {
  index: number
  code: number
  envelope: Uint8Array
  txPath: Uint8Array[]
  block: { number: number, previousHash: Uint8Array, dataHash: Uint8Array, commitHash: Uint8Array, txRoot: Uint8Array, txCount: number }
  /** Hash of the block's leaf in a batch. */
  blockLeafHash: Uint8Array
}

/** Finds a transaction in a serialized block of a peer and proves that it is there; undefined when no valid one has the id. */
export function proveTransaction (blockBytes: Uint8Array, txId: string): ProvenTransaction | undefined {
  const { number, previousHash, dataHash, envelopes, codes, commitHash } = readBlock(blockBytes)
  const index = envelopes.findIndex((bytes, i) => codes[i] === peer.TxValidationCode.VALID && openEnvelope(bytes).header.getTxId() === txId)
  const envelope = envelopes[index]
  if (envelope === undefined) return undefined
  const leaves = envelopes.map((bytes, i) => leafHash(txLeaf(i, codes[i] ?? -1, bytes)))
  const txRoot = merkleRoot(leaves)
  return {
    index,
    code: peer.TxValidationCode.VALID,
    envelope,
    txPath: inclusionProof(leaves, index),
    block: { number, previousHash, dataHash, commitHash, txRoot, txCount: envelopes.length },
    blockLeafHash: leafHash(blockLeaf({ number, headerHash: blockHeaderHash(number, previousHash, dataHash), commitHash, txRoot }))
  }
}

interface StoredBlock { number: number, previousHash: Uint8Array, dataHash: Uint8Array, envelopes: Uint8Array[], codes: Uint8Array, commitHash: Uint8Array }

function readBlock (bytes: Uint8Array): StoredBlock {
  const block = common.Block.deserializeBinary(bytes)
  const header = block.getHeader()
  if (header === undefined) throw new TypeError('the block has no header')
  const metadata = block.getMetadata()?.getMetadataList_asU8() ?? []
  const number = header.getNumber()
  return {
    number,
    previousHash: header.getPreviousHash_asU8(),
    dataHash: header.getDataHash_asU8(),
    envelopes: block.getData()?.getDataList_asU8() ?? [],
    codes: metadata[TRANSACTIONS_FILTER] ?? new Uint8Array(),
    // Block 0 is the one that peers keep without.
    commitHash: number === 0 ? new Uint8Array(HASH_BYTES) : common.Metadata.deserializeBinary(metadata[COMMIT_HASH] ?? new Uint8Array()).getValue_asU8()
  }
}
