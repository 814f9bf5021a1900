import { concatBytes, sha256, utf8 } from '@epione/crypto'
import type { BlockUpdates, Update } from './world-state.ts'

/**
 * The COMMIT_HASH that an honest peer makes of a block: SHA-256(varint(length of codes) || codes || writes || the block
 * before's). The writes are a protobuf list by namespace, collection and key; a name is written only where it changes
 * (fabric: core/ledger/kvledger/kv_ledger.go, txmgmt/txmgr/update_batch_bytes.go).
 */
export function commitHashAfter (previous: Uint8Array, codes: Uint8Array, updates: BlockUpdates): Uint8Array {
  return sha256(concatBytes(varint(codes.length), codes, ...updateBytes(updates), previous))
}

function updateBytes (updates: BlockUpdates): Uint8Array[] {
  // Bytes compare as Go compares strings; collections' keys are hashes in latin1.
  const sorted = updates.all().map((update) => ({ update, key: keyBytes(update) })).sort((a, b) =>
    Buffer.compare(utf8(a.update.space.namespace), utf8(b.update.space.namespace)) ||
      Buffer.compare(utf8(a.update.space.collection), utf8(b.update.space.collection)) ||
      Buffer.compare(a.key, b.key))
  return sorted.flatMap(({ update, key }, index) => {
    const { namespace, collection } = update.space
    const before = sorted[index - 1]?.update.space
    const isNewNamespace = before?.namespace !== namespace
    const body = concatBytes(
      isNewNamespace ? field(1, utf8(namespace)) : new Uint8Array(),
      collection !== '' && (isNewNamespace || before.collection !== collection) ? field(2, utf8(collection)) : new Uint8Array(),
      field(3, key),
      update.value.length === 0 ? Uint8Array.of(4 << 3, 1) : new Uint8Array(),
      field(5, update.value),
      field(6, concatBytes(orderPreserving(update.version[0]), orderPreserving(update.version[1])))
    )
    return [Uint8Array.of(0x0a), varint(body.length), body]
  })
}

function keyBytes ({ space, key }: Update): Uint8Array {
  return space.collection === '' ? utf8(key) : Buffer.from(key, 'latin1')
}

/** A bytes field of protobuf; an empty one is not written. */
function field (number: number, bytes: Uint8Array): Uint8Array {
  return bytes.length === 0 ? bytes : concatBytes(Uint8Array.of(number << 3 | 2), varint(bytes.length), bytes)
}

function varint (value: number): Uint8Array {
  const bytes: number[] = []
  for (; value >= 0x80; value = Math.floor(value / 0x80)) bytes.push((value % 0x80) | 0x80)
  return Uint8Array.from([...bytes, value])
}

/** Number of bytes, then the big-endian bytes without leading zeros (fabric: common/ledger/util). */
function orderPreserving (value: number): Uint8Array {
  const hex = value === 0 ? '' : value.toString(16)
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
  return concatBytes(Uint8Array.of(bytes.length), bytes)
}
