import { cutBlocks } from './blocks.ts'
import { bulkCrypto } from './bulk.ts'
import type { RandomSource } from './bytes.ts'
import { copyBytes, randomBytes, requireBytes } from './bytes.ts'
import { CHUNK_BYTES, chunkNonce, contentCommitment, deriveStreamKey, encodeHeader, TAG_BYTES } from './content-header.ts'
import type { ContentDigest } from './content-tree.ts'
import { ContentTree } from './content-tree.ts'
import type { PublicKey } from './keys.ts'

const CONTENT_KEY_BYTES = 32
const SALT_BYTES = 32

/** What the header of a new content says. `recordId`: 32 lowercase hex digits; `recordVersion`: from 1. */
export interface SealRequest {
  readonly recordId: string
  readonly recordVersion: number
  readonly authorKey: PublicKey
  /** 32 bytes; a random one by default. One key may seal several versions: each has a salt of its own. */
  readonly contentKey?: Uint8Array
  readonly rng?: RandomSource
}

/** The digest of a sealed content, and how many bytes went in. */
export interface SealResult extends ContentDigest {
  readonly plaintextBytes: number
}

/**
 * A content being sealed. `ciphertext` can be read once; `result` settles when it was read to its end, and rejects
 * when the source failed or reading stopped early.
 */
export interface SealedContent {
  readonly contentKey: Uint8Array
  readonly ciphertext: AsyncIterable<Uint8Array>
  readonly result: Promise<SealResult>
}

/**
 * Seals a record of any size in constant memory: header 123 || chunks, each AES-256-GCM of 262,144 plaintext bytes
 * (the last of what remains) with its tag 16 behind it; an empty record has one empty chunk. STREAM nonces with
 * counter and last flag. Run by authors.
 */
export function sealContent (request: SealRequest, source: AsyncIterable<Uint8Array>): SealedContent {
  const rng = request.rng ?? randomBytes
  const contentKey = copyBytes(request.contentKey ?? rng(CONTENT_KEY_BYTES))
  requireBytes(contentKey, 'contentKey', CONTENT_KEY_BYTES)
  const salt = rng(SALT_BYTES)
  const commitment = contentCommitment(contentKey, salt)
  const header = encodeHeader({ ...request, salt, commitment })
  const outcome = Promise.withResolvers<SealResult>()
  // Whoever reads the ciphertext gets the failure there; a reader who does not look at `result` must not crash on it.
  outcome.promise.catch(() => undefined)
  return {
    contentKey,
    ciphertext: sealBlocks(header, deriveStreamKey(contentKey, salt, header), source, outcome),
    result: outcome.promise
  }
}

async function * sealBlocks (
  header: Uint8Array,
  stream: ReturnType<typeof deriveStreamKey>,
  source: AsyncIterable<Uint8Array>,
  outcome: Pick<PromiseWithResolvers<SealResult>, 'resolve' | 'reject'>
): AsyncGenerator<Uint8Array, void, void> {
  const tree = new ContentTree()
  let [plaintextBytes, index] = [0, 0]
  try {
    const cipher = await bulkCrypto.chunkCipher(stream.key)
    tree.append(await bulkCrypto.leafHash([header]), header.length)
    yield header
    for await (const { bytes, isLast } of cutBlocks(source, CHUNK_BYTES)) {
      const sealed = await cipher.seal(chunkNonce(stream.noncePrefix, index, isLast), bytes)
      tree.append(await bulkCrypto.leafHash(sealed), bytes.length + TAG_BYTES)
      plaintextBytes += bytes.length
      index += 1
      for (const piece of sealed) yield piece
    }
    outcome.resolve({ ...tree.digest(), plaintextBytes })
  } catch (error) {
    outcome.reject(error)
    throw error
  } finally {
    // Settled already unless the reader stopped early: then there is no digest, and waiting for it must end.
    outcome.reject(new TypeError('the ciphertext was not read to its end'))
  }
}
