import { cutBlocks } from './blocks.ts'
import type { ChunkCipher } from './bulk.ts'
import { bulkCrypto } from './bulk.ts'
import { equalConstantTime, requireBytes } from './bytes.ts'
import type { ContentHeader, StreamKey } from './content-header.ts'
import {
  chunkNonce, deriveStreamKey, HEADER_BYTES, parseContentHeader, requireCommitment
} from './content-header.ts'
import { ContentTree, requireLastChunk, SEALED_CHUNK_BYTES } from './content-tree.ts'
import { CryptoError } from './errors.ts'
import type { PublicKey } from './keys.ts'

/** What the reader knows from wrap and manifest; whatever is given is checked. */
export interface OpenRequest {
  readonly contentKey: Uint8Array
  /** 32 lowercase hex digits. */
  readonly recordId: string
  readonly recordVersion: number
  readonly authorKey?: PublicKey
  readonly contentHash?: Uint8Array
}

/**
 * Opens a sealed content in constant memory. No byte of a chunk is released before its tag is checked; a caller
 * that needs all or nothing (the whole tree is compared at the end) writes to a temporary file and renames it.
 * Throws `HEADER_INVALID` (another record, version or author, too), `COMMITMENT_MISMATCH` (wrong content key),
 * `CONTENT_MODIFIED` (flipped, reordered, foreign or cut chunk), `CONTENT_TRUNCATED` (chunks are missing at the
 * end) and `CONTENT_HASH_MISMATCH`. Run by readers.
 */
export async function * openContent (
  request: OpenRequest, ciphertext: AsyncIterable<Uint8Array>
): AsyncGenerator<Uint8Array, void, void> {
  requireBytes(request.contentKey, 'contentKey', 32)
  const tree = request.contentHash === undefined ? null : new ContentTree()
  let stream: { key: StreamKey, cipher: ChunkCipher } | null = null
  let index = 0
  for await (const { bytes, isLast } of cutBlocks(ciphertext, SEALED_CHUNK_BYTES, HEADER_BYTES)) {
    tree?.append(await bulkCrypto.leafHash([bytes]), bytes.length)
    if (stream === null) {
      if (isLast) throw new CryptoError('CONTENT_TRUNCATED', 'the content ends before its first chunk')
      stream = await openHeader(request, bytes)
    } else {
      const plaintext = await openChunk(stream.cipher, stream.key.noncePrefix, index, bytes, isLast)
      index += 1
      if (plaintext.length > 0) yield plaintext
    }
  }
  if (tree !== null && request.contentHash !== undefined) {
    if (!equalConstantTime(tree.digest().contentHash, request.contentHash)) {
      throw new CryptoError('CONTENT_HASH_MISMATCH', 'this is not the content that the manifest names')
    }
  }
}

/** What opens the chunks after a header, once that is the wanted one. Throws as `openContent`. */
export async function openHeader (request: OpenRequest, bytes: Uint8Array): Promise<{ key: StreamKey, cipher: ChunkCipher }> {
  const header = parseContentHeader(bytes, request.authorKey)
  requireExpected(request, header)
  requireCommitment(header, request.contentKey)
  const key = deriveStreamKey(request.contentKey, header.salt, bytes)
  return { key, cipher: await bulkCrypto.chunkCipher(key.key) }
}

function requireExpected (request: OpenRequest, header: ContentHeader): void {
  if (header.recordId !== request.recordId) throw new CryptoError('HEADER_INVALID', 'header is of another record')
  if (header.recordVersion !== request.recordVersion) throw new CryptoError('HEADER_INVALID', 'header is of another version')
  if (request.authorKey !== undefined && !header.authorKey.equals(request.authorKey)) {
    throw new CryptoError('HEADER_INVALID', 'header is of another author')
  }
}

/** A chunk's plaintext. Throws `CONTENT_MODIFIED`, `CONTENT_TRUNCATED`. */
export async function openChunk (
  cipher: ChunkCipher, noncePrefix: Uint8Array, index: number, sealed: Uint8Array, isLast: boolean
): Promise<Uint8Array> {
  if (isLast) requireLastChunk(sealed.length, index)
  const plaintext = await cipher.open(chunkNonce(noncePrefix, index, isLast), sealed)
  if (plaintext !== null) return plaintext
  // A whole chunk that fits as an inner one was followed by others when it was sealed.
  if (isLast && sealed.length === SEALED_CHUNK_BYTES && await cipher.open(chunkNonce(noncePrefix, index, false), sealed) !== null) {
    throw new CryptoError('CONTENT_TRUNCATED', `the content ends after chunk ${index}, which is not the last`)
  }
  throw new CryptoError('CONTENT_MODIFIED', `chunk ${index} was modified, moved or cut`)
}
