import type { FileHandle } from 'node:fs/promises'
import { ContentHasher, CryptoError, toHex } from '@epione/crypto'
import { CidHasher } from '@epione/crypto/cid'
import { GatewayError } from '../errors.ts'
import { refuseStall } from './refuse-stall.ts'
import type { Owner, Reservation } from './tally.ts'

/** Ciphertext as stored. */
export interface StoredContent { cid: string, contentHash: string, sizeBytes: number }

export interface ReceiveOptions {
  maxBytes: number
  /** Longest pause (ms) between two pieces, and between many small ones; the default is for sources that are no network. */
  idleMs?: number
  /** Refuses bytes that have another CID: for copies that were promised under one. */
  expectedCid?: string
  /** Who brings it, and what takes place for each piece before it is written. */
  owner?: Owner
  grow?: Reservation['grow']
}

/** Bytes are gathered to pieces of about this size before they are written: few system calls, little memory. */
const WRITE_BYTES = 1_048_576

/** Writes a stream to a file in constant memory. @throws {GatewayError} as `ContentStore.receive` */
export async function writeContent (
  file: FileHandle,
  source: AsyncIterable<Uint8Array>,
  { maxBytes, idleMs, expectedCid, grow }: ReceiveOptions
): Promise<StoredContent> {
  const digests = new ContentDigests()
  let sizeBytes = 0
  for await (const piece of gather(idleMs === undefined ? source : refuseStall(source, idleMs))) {
    sizeBytes += piece.length
    if (sizeBytes > maxBytes) throw new GatewayError('CONTENT_TOO_LARGE', `this gateway takes ${maxBytes} bytes of ciphertext at most`)
    await grow?.(piece.length)
    await Promise.all([digests.update(piece), writeAll(file, piece)])
  }
  return await digests.finish(expectedCid)
}

/** What bytes are stored under, taken as they pass: their CID and their content hash. */
export class ContentDigests {
  readonly #hasher = new ContentHasher()
  readonly #cidHasher = new CidHasher()
  #sizeBytes = 0

  async update (piece: Uint8Array): Promise<void> {
    this.#sizeBytes += piece.length
    this.#hasher.update(piece)
    await this.#cidHasher.update(piece)
  }

  /** @throws {GatewayError} CONTENT_EMPTY for what is no sealed content, CONTENT_MISMATCH for another CID than was expected */
  async finish (expectedCid?: string): Promise<StoredContent> {
    const contentHash = digestOf(this.#hasher, this.#sizeBytes)
    const cid = await this.#cidHasher.cid()
    if (expectedCid !== undefined && cid !== expectedCid) throw new GatewayError('CONTENT_MISMATCH', `the bytes have the CID ${cid}`)
    return { cid, contentHash, sizeBytes: this.#sizeBytes }
  }
}

function digestOf (hasher: ContentHasher, sizeBytes: number): string {
  try {
    return toHex(hasher.digest().contentHash)
  } catch (cause) {
    if (!(cause instanceof CryptoError)) throw cause
    throw new GatewayError('CONTENT_EMPTY', `${sizeBytes} bytes are no sealed content: ${cause.message}`, { cause })
  }
}

/** Writes all bytes, from a position of the file on or where it stands. */
export async function writeAll (file: FileHandle, bytes: Uint8Array, at?: number): Promise<void> {
  let offset = 0
  while (offset < bytes.length) {
    const position = at === undefined ? null : at + offset
    offset += (await file.write(bytes, offset, bytes.length - offset, position)).bytesWritten
  }
}

/** Joins small pieces (of TLS records) into larger ones. @throws {GatewayError} CONTENT_INTERRUPTED when they end with an error */
export async function * gather (source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  let held: Uint8Array[] = []
  let heldBytes = 0
  for await (const piece of refuseInterruption(source)) {
    held.push(piece)
    heldBytes += piece.length
    if (heldBytes < WRITE_BYTES) continue
    yield Buffer.concat(held, heldBytes)
    held = []
    heldBytes = 0
  }
  if (heldBytes > 0) yield Buffer.concat(held, heldBytes)
}

async function * refuseInterruption (source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield * source
  } catch (cause) {
    if (cause instanceof GatewayError) throw cause
    throw new GatewayError('CONTENT_INTERRUPTED', 'the upload broke off', { cause })
  }
}
