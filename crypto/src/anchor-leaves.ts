import { concatBytes, requireBytes, u32, u64, utf8 } from './bytes.ts'
import { DOMAINS } from './domains.ts'
import { hmacSha256, sha256 } from './hash.ts'

const HASH_BYTES = 32
const MAX_CODE = 255

/**
 * What a block's leaf commits to: Fabric's header hash, the peer's COMMIT_HASH (32 zero bytes for block 0) and the root over the
 * transactions' leaves.
 */
export interface BlockLeaf { number: number, headerHash: Uint8Array, commitHash: Uint8Array, txRoot: Uint8Array }

/** How many events a transaction's list has, and the root over their leaves. */
export interface ItemsRoot { count: number, root: Uint8Array }

/**
 * Data of a transaction's leaf (PROTOCOL §7): u32 index || u8 validation code || SHA-256(envelope), 37 bytes; of a transaction that
 * carries a list of events also u32 number of them || root over them, 73 bytes. Its hash is `leafHash` of it. Throws `RangeError` for an
 * index or code outside its field.
 */
export function txLeaf (index: number, code: number, envelopeHash: Uint8Array, items?: ItemsRoot): Uint8Array {
  if (!Number.isInteger(code) || code < 0 || code > MAX_CODE) {
    throw new RangeError(`validation code: expected 0 to ${MAX_CODE}, got ${code}`)
  }
  requireBytes(envelopeHash, 'hash of the envelope', HASH_BYTES)
  const plain = concatBytes(u32(index), Uint8Array.of(code), envelopeHash)
  if (items === undefined) return plain
  requireBytes(items.root, 'root of the items', HASH_BYTES)
  return concatBytes(plain, u32(items.count), items.root)
}

/**
 * The salt (32 bytes) of the item at `index` of an envelope: every reader of the envelope has it, and nobody else, as the envelope holds
 * its creator's random nonce and signature.
 */
export function itemSalt (envelope: Uint8Array, index: number): Uint8Array {
  return hmacSha256(sha256(concatBytes(utf8(DOMAINS.itemSalt), envelope)), u32(index))
}

/** Data of the leaf of one of a transaction's items: salt 32 || text in UTF-8. Without the salt its hash tells nothing of the text. */
export function itemLeaf (salt: Uint8Array, text: string): Uint8Array {
  requireBytes(salt, 'salt of the item', HASH_BYTES)
  return concatBytes(salt, utf8(text))
}

/** Data of a block's leaf (PROTOCOL §7): u64 number || header hash || commit hash || transactions' root, 104 bytes. */
export function blockLeaf ({ number, headerHash, commitHash, txRoot }: BlockLeaf): Uint8Array {
  requireBytes(headerHash, 'header hash', HASH_BYTES)
  requireBytes(commitHash, 'commit hash', HASH_BYTES)
  requireBytes(txRoot, 'transactions\' root', HASH_BYTES)
  return concatBytes(u64(number), headerHash, commitHash, txRoot)
}

/**
 * A block's header as orderers sign it: DER SEQUENCE{INTEGER number, OCTET STRING previous hash, OCTET STRING data hash}. Throws
 * `RangeError` for a hash over 127 bytes.
 */
export function blockHeaderBytes (number: number, previousHash: Uint8Array, dataHash: Uint8Array): Uint8Array {
  const body = concatBytes(element(0x02, integerBytes(number)), element(0x04, previousHash), element(0x04, dataHash))
  return element(0x30, body)
}

/** Fabric's header hash, 32 bytes: SHA-256 of `blockHeaderBytes`. That of block 0, whose previous hash is empty, is the network id. */
export function blockHeaderHash (number: number, previousHash: Uint8Array, dataHash: Uint8Array): Uint8Array {
  return sha256(blockHeaderBytes(number, previousHash, dataHash))
}

/** Every length of a header fits DER's one-byte form. */
function element (tag: number, content: Uint8Array): Uint8Array {
  if (content.length > 127) throw new RangeError(`a block header has no field of ${content.length} bytes`)
  return concatBytes(Uint8Array.of(tag, content.length), content)
}

/** Big-endian, shortest form; a leading zero byte keeps a set top bit from meaning a negative number. */
function integerBytes (value: number): Uint8Array {
  const bytes = u64(value)
  const first = bytes.findIndex((byte) => byte !== 0)
  const shortest = first < 0 ? Uint8Array.of(0) : bytes.subarray(first)
  return (shortest[0] ?? 0) >= 0x80 ? concatBytes(Uint8Array.of(0), shortest) : shortest
}
