import { toHex, u64 } from './bytes.ts'
import { CHUNK_BYTES, HEADER_BYTES, TAG_BYTES } from './content-header.ts'
import { DOMAINS } from './domains.ts'
import { CryptoError } from './errors.ts'
import type { IncrementalHash } from './hash.ts'
import { domainHash, plainBytes } from './hash.ts'
import { MerkleAccumulator, startLeaf } from './merkle.ts'

/** Ciphertext bytes of each chunk but the last: 262,144 and the tag. */
export const SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES

/** What a manifest says of a content's ciphertext: its 32-byte hash, and its length with header and tags. */
export interface ContentDigest {
  readonly contentHash: Uint8Array
  readonly sizeBytes: number
}

/** SHA-256("epione/content" || u64 ciphertext size || tree root), 32 bytes. */
export function contentHashOf (sizeBytes: number, treeRoot: Uint8Array): Uint8Array {
  return domainHash(DOMAINS.contentHash, u64(sizeBytes), treeRoot)
}

/** Tree and size of a content whose leaves are hashed elsewhere. */
export class ContentTree {
  readonly #tree = new MerkleAccumulator()
  #sizeBytes = 0

  append (leaf: Uint8Array, sizeBytes: number): void {
    this.#tree.append(leaf)
    this.#sizeBytes += sizeBytes
  }

  digest (): ContentDigest {
    return { contentHash: contentHashOf(this.#sizeBytes, this.#tree.root()), sizeBytes: this.#sizeBytes }
  }
}

/**
 * Hashes a content's ciphertext as it passes, in pieces of any size: leaf 0 the header, then chunks of 262,160
 * bytes. Needs no key; run by gateways and stores.
 */
export class ContentHasher {
  readonly #tree = new ContentTree()
  #leaf: IncrementalHash = startLeaf()
  #leafBytes = 0
  #leafLimit = HEADER_BYTES
  #leaves = 0
  #isDone = false
  readonly #onLeaf: ((hash: Uint8Array) => void) | undefined

  /** `onLeaf` is told each leaf's hash, the header's first. */
  constructor (onLeaf?: (hash: Uint8Array) => void) {
    this.#onLeaf = onLeaf
  }

  update (piece: Uint8Array): void {
    if (this.#isDone) throw new TypeError('the digest was already taken')
    let offset = 0
    while (offset < piece.length) {
      if (this.#leafBytes === this.#leafLimit) this.#nextLeaf()
      const taken = Math.min(this.#leafLimit - this.#leafBytes, piece.length - offset)
      this.#leaf.update(piece.subarray(offset, offset + taken))
      this.#leafBytes += taken
      offset += taken
    }
  }

  /**
   * Throws `CONTENT_TRUNCATED` when the bytes end inside the header or inside a tag, and `CONTENT_MODIFIED` for an
   * empty last chunk after others: no sealed content ends so.
   */
  digest (): ContentDigest {
    if (this.#isDone) throw new TypeError('the digest was already taken')
    this.#isDone = true
    if (this.#leaves === 0) throw new CryptoError('CONTENT_TRUNCATED', 'the content ends before its first chunk')
    requireLastChunk(this.#leafBytes, this.#leaves - 1)
    this.#closeLeaf()
    return this.#tree.digest()
  }

  #nextLeaf (): void {
    this.#closeLeaf()
    this.#leaf = startLeaf()
    this.#leafBytes = 0
    this.#leafLimit = SEALED_CHUNK_BYTES
    this.#leaves += 1
  }

  #closeLeaf (): void {
    const hash = plainBytes(this.#leaf.digest())
    this.#tree.append(hash, this.#leafBytes)
    this.#onLeaf?.(hash)
  }
}

/** The forms in which a content may end; one spelling for each, so an empty chunk stands only in an empty record. */
export function requireLastChunk (sealedBytes: number, index: number): void {
  if (sealedBytes < TAG_BYTES) throw new CryptoError('CONTENT_TRUNCATED', 'the content ends inside a tag')
  if (sealedBytes === TAG_BYTES && index > 0) throw new CryptoError('CONTENT_MODIFIED', 'an empty chunk after others')
}

/** Whether bytes are the whole ciphertext of this content hash (hex); false, too, for what no sealed content can be. */
export function isContentOf (ciphertext: Uint8Array, contentHash: string): boolean {
  const hasher = new ContentHasher()
  hasher.update(ciphertext)
  try {
    return toHex(hasher.digest().contentHash) === contentHash
  } catch (error) {
    if (error instanceof CryptoError) return false
    throw error
  }
}
