import { common } from '@hyperledger/fabric-protos'
import type { PeerBlock } from '@epione/ledger/blocks'

/** The parts of a block from which both of Fabric's forms are made. */
export type Serializable = Pick<PeerBlock, 'number' | 'previousHash' | 'dataHash' | 'envelopes' | 'metadata'>

/** A block as a peer sends it: `common.Block`. */
export function toLedgerBytes ({ number, previousHash, dataHash, envelopes, metadata }: Serializable): Uint8Array {
  const block = new common.Block()
  const header = new common.BlockHeader()
  header.setNumber(Number(number))
  header.setPreviousHash(previousHash)
  header.setDataHash(dataHash)
  block.setHeader(header)
  const data = new common.BlockData()
  data.setDataList(envelopes)
  block.setData(data)
  const entries = new common.BlockMetadata()
  entries.setMetadataList([...metadata])
  block.setMetadata(entries)
  return block.serializeBinary()
}

/** A block as a peer's block file holds it, with the length before it. */
export function toStoredBytes ({ number, previousHash, dataHash, envelopes, metadata }: Serializable): Uint8Array {
  const raw = (bytes: Uint8Array): Uint8Array[] => [varint(bytes.length), bytes]
  const list = (items: readonly Uint8Array[]): Uint8Array[] => [varint(items.length), ...items.flatMap(raw)]
  const body = Buffer.concat([varint(Number(number)), ...raw(dataHash), ...raw(previousHash), ...list(envelopes), ...list(metadata)])
  return Buffer.concat([varint(body.length), body])
}

export function varint (value: number): Uint8Array {
  const bytes: number[] = []
  for (; value >= 0x80; value = Math.floor(value / 0x80)) bytes.push((value % 0x80) | 0x80)
  return Uint8Array.from([...bytes, value])
}
