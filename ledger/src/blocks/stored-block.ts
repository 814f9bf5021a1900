import { BlockError } from './errors.ts'
import { assembleBlock } from './block.ts'
import type { PeerBlock } from './block.ts'

/** A varint of protobuf; `undefined` where the bytes end before it does. Throws `BLOCK_MALFORMED` for one over 2^53. */
export function readVarint (bytes: Uint8Array, offset: number): { value: number, end: number } | undefined {
  let value = 0
  for (let position = offset, factor = 1; position < bytes.length; position++, factor *= 128) {
    const byte = bytes[position] ?? 0
    value += (byte & 0x7f) * factor
    if (!Number.isSafeInteger(value)) {
      throw new BlockError('BLOCK_MALFORMED', `The number at byte ${offset} is too large for a length or count.`)
    }
    if (byte < 0x80) return { value, end: position + 1 }
  }
  return undefined
}

/**
 * A block as a peer's block file holds it: number, data hash, previous hash, envelopes and metadata, each bytes with a
 * varint length, each list with a varint count (fabric: common/ledger/blkstorage/block_serialization.go).
 * Throws `BLOCK_MALFORMED`.
 */
export function parseStoredBlock (bytes: Uint8Array): PeerBlock {
  let offset = 0
  const number = (): number => {
    const read = readVarint(bytes, offset)
    if (read === undefined) throw new BlockError('BLOCK_MALFORMED', `The stored block ends at byte ${offset}, in a number.`)
    offset = read.end
    return read.value
  }
  const raw = (): Uint8Array => {
    const length = number()
    if (length > bytes.length - offset) {
      throw new BlockError('BLOCK_MALFORMED', `The stored block says ${length} bytes follow byte ${offset}, but it has ${bytes.length}.`)
    }
    offset += length
    return bytes.subarray(offset - length, offset)
  }
  const list = (): Uint8Array[] => {
    const count = number()
    // A lie about the count must not make an array before the bytes are there.
    const items: Uint8Array[] = []
    for (let index = 0; index < count; index++) items.push(raw())
    return items
  }
  const [blockNumber, dataHash, previousHash] = [number(), raw(), raw()]
  const [envelopes, metadata] = [list(), list()]
  if (offset !== bytes.length) {
    throw new BlockError('BLOCK_MALFORMED', `Stored block ${blockNumber} is followed by ${bytes.length - offset} bytes more.`)
  }
  return assembleBlock({ number: blockNumber, previousHash, dataHash, envelopes, metadata })
}
