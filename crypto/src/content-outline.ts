import { cutBlocks } from './blocks.ts'
import { bulkCrypto } from './bulk.ts'
import { concatBytes, equalConstantTime, u64 } from './bytes.ts'
import { CHUNK_BYTES, HEADER_BYTES, TAG_BYTES } from './content-header.ts'
import { ContentHasher, contentHashOf, requireLastChunk, SEALED_CHUNK_BYTES } from './content-tree.ts'
import { CryptoError } from './errors.ts'
import { leafHash, MerkleAccumulator } from './merkle.ts'
import { openChunk, openHeader } from './open-content.ts'
import type { OpenRequest } from './open-content.ts'

const SIZE_BYTES = 8
const HASH_BYTES = 32
const FIXED_BYTES = SIZE_BYTES + HEADER_BYTES

/** Bytes from the first to the last, both inclusive. */
export interface Part { readonly start: number, readonly end: number }

/**
 * Makes a content's outline of its ciphertext as it passes: u64 ciphertext size || header 123 || hash of each chunk's leaf 32. Run by
 * gateways; `finish` throws as `ContentHasher.digest` and answers the content hash (32 bytes), which the outline proves.
 */
export class ContentOutliner {
  readonly #leaves: Uint8Array[] = []
  readonly #hasher = new ContentHasher((hash) => { this.#leaves.push(hash) })
  readonly #header = new Uint8Array(HEADER_BYTES)
  #filled = 0

  update (piece: Uint8Array): void {
    const start = piece.subarray(0, HEADER_BYTES - this.#filled)
    this.#header.set(start, this.#filled)
    this.#filled += start.length
    this.#hasher.update(piece)
  }

  finish (): { outline: Uint8Array, contentHash: Uint8Array } {
    const { contentHash, sizeBytes } = this.#hasher.digest()
    return { outline: concatBytes(u64(sizeBytes), this.#header, ...this.#leaves.slice(1)), contentHash }
  }
}

/** Most bytes that an outline has of a content of so many bytes of ciphertext. */
export function outlineBytesMax (sizeBytes: number): number {
  return FIXED_BYTES + HASH_BYTES * chunksOf(sizeBytes)
}

/** An outline that is proven to be that of a content hash: its size, its header, and what each chunk must be. */
export class VerifiedOutline {
  /** Bytes of the ciphertext. */
  readonly sizeBytes: number
  /** Bytes of the plaintext. */
  readonly plainBytes: number
  readonly #header: Uint8Array
  readonly #leaves: Uint8Array
  readonly #chunks: number

  private constructor (sizeBytes: number, bytes: Uint8Array) {
    this.sizeBytes = sizeBytes
    this.#header = bytes.slice(SIZE_BYTES, FIXED_BYTES)
    this.#leaves = bytes.slice(FIXED_BYTES)
    this.#chunks = chunksOf(sizeBytes)
    this.plainBytes = sizeBytes - HEADER_BYTES - TAG_BYTES * this.#chunks
  }

  /**
   * Holds the bytes of an outline, which anybody may have brought, against the content hash that the author signed. Throws
   * `CONTENT_HASH_MISMATCH`; `CONTENT_TRUNCATED` and `CONTENT_MODIFIED` for a size that no sealed content has.
   */
  static verify (bytes: Uint8Array, contentHash: Uint8Array): VerifiedOutline {
    if (bytes.length < FIXED_BYTES) throw new CryptoError('CONTENT_TRUNCATED', 'the outline ends inside its header')
    const sizeBytes = Number(new DataView(bytes.buffer, bytes.byteOffset, SIZE_BYTES).getBigUint64(0))
    const chunks = chunksOf(sizeBytes)
    if (!Number.isSafeInteger(sizeBytes) || bytes.length !== FIXED_BYTES + HASH_BYTES * chunks) {
      throw new CryptoError('CONTENT_HASH_MISMATCH', 'the outline is not that of a content of its size')
    }
    requireLastChunk(sizeBytes - HEADER_BYTES - (chunks - 1) * SEALED_CHUNK_BYTES, chunks - 1)
    const tree = new MerkleAccumulator()
    tree.append(leafHash(bytes.subarray(SIZE_BYTES, FIXED_BYTES)))
    for (let at = FIXED_BYTES; at < bytes.length; at += HASH_BYTES) tree.append(bytes.slice(at, at + HASH_BYTES))
    if (!equalConstantTime(contentHashOf(sizeBytes, tree.root()), contentHash)) {
      throw new CryptoError('CONTENT_HASH_MISMATCH', 'this is not the outline of the content that the manifest names')
    }
    return new VerifiedOutline(sizeBytes, bytes)
  }

  /** Where in the ciphertext the chunks lie in which a part of the plaintext is. Throws `RangeError` for one beyond its end. */
  sealedPart (part: Part): Part {
    const { first, last } = this.#chunksOf(part)
    return {
      start: HEADER_BYTES + first * SEALED_CHUNK_BYTES,
      end: Math.min(HEADER_BYTES + (last + 1) * SEALED_CHUNK_BYTES, this.sizeBytes) - 1
    }
  }

  /**
   * Opens a part of the plaintext of the ciphertext at `sealedPart`; nothing of a chunk is released before it is proven to be the one in
   * the content's tree, and its tag is checked. Throws `CONTENT_HASH_MISMATCH` for other ciphertext than that of the outline, and
   * `HEADER_INVALID`, `COMMITMENT_MISMATCH`, `CONTENT_MODIFIED`, `CONTENT_TRUNCATED` for what is sealed otherwise than its header says.
   * Run by readers.
   */
  async * open (request: OpenRequest, part: Part, ciphertext: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
    const { first, last } = this.#chunksOf(part)
    const { key, cipher } = await openHeader(request, this.#header)
    let index = first
    for await (const { bytes } of cutBlocks(ciphertext, SEALED_CHUNK_BYTES)) {
      if (index > last) throw new CryptoError('CONTENT_HASH_MISMATCH', 'more bytes came than were asked for')
      const leaf = this.#leaves.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES)
      if (!equalConstantTime(await bulkCrypto.leafHash([bytes]), leaf)) {
        throw new CryptoError('CONTENT_HASH_MISMATCH', `chunk ${index} is not the one that the manifest names`)
      }
      const plaintext = await openChunk(cipher, key.noncePrefix, index, bytes, index === this.#chunks - 1)
      const at = index * CHUNK_BYTES
      yield plaintext.subarray(Math.max(0, part.start - at), Math.max(0, part.end + 1 - at))
      index += 1
    }
    if (index <= last) throw new CryptoError('CONTENT_HASH_MISMATCH', `the bytes end before chunk ${index}`)
  }

  #chunksOf ({ start, end }: Part): { first: number, last: number } {
    if (!(start >= 0 && start <= end && end < this.plainBytes)) {
      throw new RangeError(`part: expected bytes within 0 to ${this.plainBytes - 1}, got ${start} to ${end}`)
    }
    return { first: Math.floor(start / CHUNK_BYTES), last: Math.floor(end / CHUNK_BYTES) }
  }
}

function chunksOf (sizeBytes: number): number {
  return Math.max(1, Math.ceil((sizeBytes - HEADER_BYTES) / SEALED_CHUNK_BYTES))
}
