import { createHash } from 'node:crypto'

const TAG_INTEGER = 0x02
const TAG_OCTET_STRING = 0x04
const TAG_SEQUENCE = 0x30
/** Header fields are a number and two hashes, so every length fits DER's one-byte form. */
const MAX_SHORT_LENGTH = 127

/** Fabric's block hash, lowercase hex: SHA-256 over DER SEQUENCE{INTEGER number, OCTET STRING previous hash, OCTET STRING data hash}. */
export function blockHeaderHash (blockNumber: bigint, previousHash: Uint8Array, dataHash: Uint8Array): string {
  const body = Buffer.concat([
    element(TAG_INTEGER, integerBytes(blockNumber)), element(TAG_OCTET_STRING, previousHash),
    element(TAG_OCTET_STRING, dataHash)
  ])
  return createHash('sha256').update(element(TAG_SEQUENCE, body)).digest('hex')
}

function element (tag: number, content: Uint8Array): Buffer {
  if (content.length > MAX_SHORT_LENGTH) throw new RangeError(`content of ${content.length} bytes is too long for a block header`)
  return Buffer.concat([Uint8Array.of(tag, content.length), content])
}

/** Big-endian, shortest form; a leading zero byte keeps a set top bit from meaning a negative number. */
function integerBytes (value: bigint): Buffer {
  const hex = value.toString(16)
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Uint8Array.of(0), bytes]) : bytes
}
