import common from '@hyperledger/fabric-protos/lib/common/common_pb.js'
import { BlockError } from './errors.ts'

const { TRANSACTIONS_FILTER, COMMIT_HASH } = common.BlockMetadataIndex
const HASH_BYTES = 32

/** A block as a peer keeps it. Nothing of it is believed before `checkBlock`. */
export interface PeerBlock {
  readonly number: bigint
  /** Empty for block 0. */
  readonly previousHash: Uint8Array
  readonly dataHash: Uint8Array
  /** Whatever bytes a member had ordered. */
  readonly envelopes: Uint8Array[]
  /** The peer's verdict, one code for each envelope; outside Fabric's header hash. */
  readonly codes: Uint8Array
  /** The peer's COMMIT_HASH; 32 zero bytes for block 0, which has none. */
  readonly commitHash: Uint8Array
  /** All metadata entries as stored: orderers' signatures are the first. */
  readonly metadata: readonly Uint8Array[]
}

/** The parts of a stored block, in whatever form they were read. */
export type BlockParts = Pick<PeerBlock, 'previousHash' | 'dataHash' | 'envelopes' | 'metadata'> & { readonly number: number }

/** Reads a serialized `common.Block` from a peer; envelopes stay bytes. Throws `BLOCK_MALFORMED`, `BLOCK_INCOMPLETE`. */
export function parseBlock (bytes: Uint8Array): PeerBlock {
  const block = decode(bytes)
  const header = block.getHeader()
  if (header === undefined) throw malformed('it has no header')
  return assembleBlock({
    number: header.getNumber(),
    previousHash: header.getPreviousHash_asU8(),
    dataHash: header.getDataHash_asU8(),
    envelopes: block.getData()?.getDataList_asU8() ?? [],
    metadata: block.getMetadata()?.getMetadataList_asU8() ?? []
  })
}

/** A block of its parts; throws `BLOCK_MALFORMED`, and `BLOCK_INCOMPLETE` for one without the peer's own codes or commit hash. */
export function assembleBlock ({ number, previousHash, dataHash, envelopes, metadata }: BlockParts): PeerBlock {
  if (!Number.isSafeInteger(number) || number < 0) throw malformed('its number is out of range')
  const codes = metadata[TRANSACTIONS_FILTER] ?? new Uint8Array()
  if (codes.length !== envelopes.length) {
    throw incomplete(
      `block ${number} has ${envelopes.length} envelopes and ${codes.length} validation codes; take it from a peer, not from an orderer`
    )
  }
  if (dataHash.length !== HASH_BYTES) throw malformed(`block ${number} has a data hash of ${dataHash.length} bytes`)
  if (previousHash.length !== (number === 0 ? 0 : HASH_BYTES)) {
    throw malformed(`block ${number} has a previous hash of ${previousHash.length} bytes`)
  }
  return {
    number: BigInt(number),
    previousHash,
    dataHash,
    envelopes,
    codes,
    commitHash: commitHashOf(number, metadata[COMMIT_HASH]),
    metadata
  }
}

function decode (bytes: Uint8Array): common.Block {
  try {
    return common.Block.deserializeBinary(bytes)
  } catch (error) {
    throw new BlockError('BLOCK_MALFORMED', 'These bytes are no block of Fabric.', { cause: error })
  }
}

function commitHashOf (number: number, bytes: Uint8Array | undefined): Uint8Array {
  if (number === 0) return new Uint8Array(HASH_BYTES)
  let [hash, again]: Uint8Array[] = []
  try {
    const entry = common.Metadata.deserializeBinary(bytes ?? new Uint8Array())
    ;[hash, again] = [entry.getValue_asU8(), entry.serializeBinary()]
  } catch (error) {
    throw new BlockError('BLOCK_MALFORMED', `The commit hash of block ${number} cannot be read.`, { cause: error })
  }
  if (hash.length !== HASH_BYTES || again.length !== bytes?.length) {
    throw incomplete(`block ${number} has a commit hash of ${hash.length} bytes; take it from a peer that holds the whole chain`)
  }
  return hash
}

function malformed (why: string): BlockError {
  return new BlockError('BLOCK_MALFORMED', `This is no block of Fabric: ${why}.`)
}

function incomplete (why: string): BlockError {
  return new BlockError('BLOCK_INCOMPLETE', `This is no whole block: ${why}.`)
}
