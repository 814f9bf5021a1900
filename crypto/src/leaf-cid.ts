import { concatBytes, toBase32 } from './bytes.ts'
import { sha256 } from './hash.ts'

/** Bytes of a content up to which its CID is that of its one leaf. */
const LEAF_BYTES = 1_048_576
/** CIDv1, raw, sha2-256 of 32 bytes. */
const PREFIX = Uint8Array.of(0x01, 0x55, 0x12, 0x20)

/**
 * The CID of a content of at most 1 MiB (docs/protocol.md §5): `b` || base32(01 55 12 20 || SHA-256), the same as `cidOf` gives, without
 * what builds trees. Run by devices.
 */
export function leafCid (content: Uint8Array): string {
  if (content.length === 0 || content.length > LEAF_BYTES) throw new RangeError(`content: expected 1 to ${LEAF_BYTES} bytes, got ${content.length}`)
  return `b${toBase32(concatBytes(PREFIX, sha256(content)))}`
}
