import { concatBytes, equalConstantTime, fromHex, requireBytes, toHex, u32, utf8 } from './bytes.ts'
import { DOMAINS } from './domains.ts'
import { CryptoError, refuseAs } from './errors.ts'
import { hkdfSha256, sha256 } from './hash.ts'
import { PublicKey } from './keys.ts'
import { Layout } from './layout.ts'

/** Plaintext bytes of each chunk but the last, which may be shorter. */
export const CHUNK_BYTES = 262_144

/** GCM tag after each chunk. */
export const TAG_BYTES = 16

const VERSION = Uint8Array.of(1)
/** AES-256-GCM in STREAM, HKDF-SHA-256, SHA-256 tree. */
const SUITE = Uint8Array.of(1)
const RECORD_ID_BYTES = 16
const SALT_BYTES = 32

type Field = 'recordId' | 'recordVersion' | 'authorKey' | 'salt' | 'commitment'

const LAYOUT = new Layout<Field>([
  VERSION, SUITE, ['recordId', RECORD_ID_BYTES], ['recordVersion', 4], ['authorKey', 33], u32(CHUNK_BYTES),
  ['salt', SALT_BYTES], ['commitment', 32]
])

/** Length of the header before the chunks. */
export const HEADER_BYTES = LAYOUT.length

/** What a header says; all of it is public. `recordId` is 32 lowercase hex digits (16 bytes). */
export interface ContentHeader {
  readonly recordId: string
  readonly recordVersion: number
  readonly authorKey: PublicKey
  readonly salt: Uint8Array
  readonly commitment: Uint8Array
}

/** AES-256 key (32 bytes) and nonce prefix (7 bytes) of one sealed content. */
export interface StreamKey {
  readonly key: Uint8Array
  readonly noncePrefix: Uint8Array
}

/**
 * 123 bytes, integers big-endian: version 1 (= 1) || suite 1 (= 1) || record id 16 || record version u32 || author
 * key 33 || chunk size u32 (= 262,144) || salt 32 || commitment 32. It is leaf 0 of the content's tree.
 */
export function encodeHeader (header: ContentHeader): Uint8Array {
  return LAYOUT.pack({
    recordId: fromHex(header.recordId, RECORD_ID_BYTES),
    recordVersion: u32(requireVersion(header.recordVersion)),
    authorKey: header.authorKey.toBytes(),
    salt: header.salt,
    commitment: header.commitment
  })
}

/**
 * Decodes the 123 bytes of `encodeHeader`; throws `HEADER_INVALID`, also for another version, suite or chunk size. A key that is `expected`
 * is not decoded again.
 */
export function parseContentHeader (bytes: Uint8Array, expected?: PublicKey): ContentHeader {
  return refuseAs('HEADER_INVALID', 'header', () => {
    const { recordId, recordVersion, authorKey, salt, commitment } = LAYOUT.unpack(bytes)
    const version = new DataView(recordVersion.buffer).getUint32(0)
    if (version === 0) throw new CryptoError('HEADER_INVALID', 'record versions start at 1')
    return { recordId: toHex(recordId), recordVersion: version, authorKey: keyOf(authorKey, expected), salt, commitment }
  })
}

function keyOf (bytes: Uint8Array, expected: PublicKey | undefined): PublicKey {
  return expected !== undefined && equalConstantTime(expected.toBytes(), bytes) ? expected : PublicKey.fromBytes(bytes)
}

/**
 * HKDF(content key, salt, "commit"), 32 bytes: ties the content to one key, which GCM alone does not, so that two
 * readers of the same ciphertext cannot be shown different plaintexts.
 */
export function contentCommitment (contentKey: Uint8Array, salt: Uint8Array): Uint8Array {
  return hkdfSha256(contentKey, salt, utf8(DOMAINS.contentCommitment), 32)
}

/** Throws `COMMITMENT_MISMATCH` unless the header was made with this content key. */
export function requireCommitment (header: ContentHeader, contentKey: Uint8Array): void {
  if (!equalConstantTime(header.commitment, contentCommitment(contentKey, header.salt))) {
    throw new CryptoError('COMMITMENT_MISMATCH', 'the content key is not the one that sealed this content')
  }
}

/**
 * HKDF(content key, salt, "stream" || SHA-256(header)), 39 bytes: key 32 || nonce prefix 7. The prefix is derived,
 * not stored: nobody can choose it, and every header has its own.
 */
export function deriveStreamKey (contentKey: Uint8Array, salt: Uint8Array, headerBytes: Uint8Array): StreamKey {
  requireBytes(headerBytes, 'headerBytes', HEADER_BYTES)
  const okm = hkdfSha256(contentKey, salt, concatBytes(utf8(DOMAINS.contentStream), sha256(headerBytes)), 39)
  return { key: okm.subarray(0, 32), noncePrefix: okm.subarray(32) }
}

/** Nonce of a chunk in STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015): prefix 7 || counter u32 || last flag 1. */
export function chunkNonce (noncePrefix: Uint8Array, index: number, isLast: boolean): Uint8Array {
  return concatBytes(noncePrefix, u32(index), Uint8Array.of(isLast ? 1 : 0))
}

function requireVersion (version: number): number {
  if (!Number.isInteger(version) || version < 1 || version > 0xffffffff) {
    throw new RangeError(`recordVersion: expected 1 to 2^32-1, got ${version}`)
  }
  return version
}
