import { ContentHasher, CryptoError, fromHex, openContent, toHex } from '@epione/crypto'
import type { Part } from '@epione/crypto'
import type { VerifiedRecord } from '@epione/protocol/verify'
import { ClientError, describeParty, messageOf } from '../errors.ts'
import { readThrough } from '../files/read-through.ts'
import type { Destination } from './destination.ts'
import { requireOwnContent } from './own-content.ts'
import { authorParty, wrapParty } from './record-party.ts'

export interface OpenedContent {
  /** Bytes of what was opened. */
  sizeBytes: number
  /** Where in the whole they are: first and last byte, of so many. */
  part?: Part & { of: number }
}

type Served = Pick<ContentToOpen, 'manifest' | 'servedBy'>

export interface ContentToOpen {
  manifest: VerifiedRecord
  contentKey: Uint8Array
  ciphertext: AsyncIterable<Uint8Array>
  /** Organisation whose gateway served the ciphertext. */
  servedBy: string
  to: Destination
  onProgress?: (bytes: number) => void
}

/**
 * Opens a content as it streams in and shows it at its destination only when every tag and the tree's root were right. On failure it
 * reads on to learn whether the ciphertext is the one in the manifest, which tells who was wrong (PROTOCOL §2).
 * @throws {ClientError} CONTENT_MODIFIED (bytes differ from the root: the store), SEALED_WRONGLY (they agree: the author)
 */
export async function openTo (content: ContentToOpen): Promise<OpenedContent> {
  const { manifest, contentKey, onProgress, to } = content
  const { body, authorKey } = requireOwnContent(manifest)
  const tee = new HashedStream(content.ciphertext)
  const plaintext = openContent(
    { contentKey, recordId: body.recordId, recordVersion: body.version, authorKey, contentHash: fromHex(body.contentHash) },
    tee.pieces()
  )
  try {
    let sizeBytes = 0
    await to.write(each(plaintext, (piece) => {
      sizeBytes += piece.length
      onProgress?.(sizeBytes)
    }))
    return { sizeBytes }
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error
    throw await blame(content, tee, error)
  }
}

async function blame (content: ContentToOpen, tee: HashedStream, cause: CryptoError): Promise<ClientError> {
  const isAsSigned = await tee.hashOfAll() === content.manifest.body.contentHash
  return isAsSigned ? sealedWrongly(content, cause) : modified(content, cause)
}

/** Of ciphertext that is not the one in the manifest. */
export function modified ({ manifest: { body: { recordId, version } }, servedBy }: Served, cause: CryptoError): ClientError {
  return new ClientError(
    'CONTENT_MODIFIED',
    `The ciphertext served by ${servedBy} is not the one that the manifest names: ${messageOf(cause)}.`,
    { party: { kind: 'store', mspId: servedBy }, recordId, version, failure: cause.code },
    { cause }
  )
}

/** Of ciphertext that is the one in the manifest, and does not open. */
export function sealedWrongly ({ manifest }: Served, cause: CryptoError): ClientError {
  const { recordId, version } = manifest.body
  // A content key that does not fit came out of the wrap; all else in the content is its author's.
  const party = cause.code === 'COMMITMENT_MISMATCH' ? wrapParty(manifest) : authorParty(manifest.body)
  return new ClientError(
    'SEALED_WRONGLY',
    `The content is as registered, and does not open with what ${describeParty(party)} signed: ${messageOf(cause)}.`,
    { party, recordId, version, failure: cause.code },
    { cause }
  )
}

/** Ciphertext on its way to the opener, hashed as it passes, so that a failure can be pinned on the right party. */
class HashedStream {
  readonly #source: AsyncIterator<Uint8Array>
  readonly #hasher = new ContentHasher()

  constructor (source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /** A reader that stops early does not end the source: `hashOfAll` reads the rest. */
  async * pieces (): AsyncGenerator<Uint8Array, void, void> {
    for (let next = await this.#source.next(); next.done !== true; next = await this.#source.next()) {
      this.#hasher.update(next.value)
      yield next.value
    }
  }

  /** Content hash of the whole ciphertext, or `undefined` when it cannot be a sealed content at all. */
  async hashOfAll (): Promise<string | undefined> {
    try {
      await readThrough(this.pieces())
      return toHex(this.#hasher.digest().contentHash)
    } catch (error) {
      if (error instanceof CryptoError) return undefined
      throw error
    }
  }
}

/** Passes pieces on, and shows each before. */
export async function * each (
  source: AsyncIterable<Uint8Array>, visit: (piece: Uint8Array) => void
): AsyncGenerator<Uint8Array, void, void> {
  for await (const piece of source) {
    visit(piece)
    yield piece
  }
}
