import { importer } from 'ipfs-unixfs-importer'
import { fixedSize } from 'ipfs-unixfs-importer/chunker'
import { balanced } from 'ipfs-unixfs-importer/layout'
import type { ImporterOptions } from 'ipfs-unixfs-importer'
import { HandOff } from './hand-off.ts'

/** Bytes of each leaf but the last. */
export const CID_CHUNK_BYTES = 1_048_576

/** Links of an inner node. */
export const CID_LINKS = 1_024

/* The profile `unixfs-v1-2025` (IPIP-499), every constant spelled out: defaults of importers move. */
const OPTIONS: ImporterOptions = {
  profile: 'unixfs-v1-2025',
  cidVersion: 1,
  rawLeaves: true,
  reduceSingleLeafToSelf: true,
  wrapWithDirectory: false,
  // Nothing is written, so more leaves under way would only hold more memory.
  blockWriteConcurrency: 1,
  chunker: fixedSize({ chunkSize: CID_CHUNK_BYTES }),
  layout: balanced({ maxChildrenPerNode: CID_LINKS })
}

/**
 * The CID that IPFS gives to these bytes: CIDv1, sha2-256, raw leaves of 1 MiB, balanced with 1,024 links a node, no
 * wrapping directory. Streams in constant memory and stores nothing.
 */
export async function cidOf (source: AsyncIterable<Uint8Array>): Promise<string> {
  // The importer wants to store each block; only its name is wanted here.
  const store = { put: async (cid: Parameters<Parameters<typeof importer>[1]['put']>[0]) => Promise.resolve(cid) }
  let root: string | undefined
  for await (const { cid } of importer([{ content: source }], store, OPTIONS)) root = cid.toString()
  if (root === undefined) throw new TypeError('the importer gave no root')
  return root
}

/**
 * Takes the CID of bytes on their way elsewhere: `for await (const piece of hasher.through(source)) …`, then
 * `await hasher.cid()`. It holds no more than the piece on its way and the importer's current leaf; pieces must
 * not be changed after they were passed on.
 */
export class CidHasher {
  readonly #queue = new HandOff()
  readonly #cid: Promise<string>

  constructor () {
    this.#cid = cidOf(this.#queue)
    // Reported by `cid`; a caller that stops before asking must not crash on it.
    this.#cid.catch(() => undefined)
  }

  /** Takes one piece; resolves when the next may come. */
  async update (piece: Uint8Array): Promise<void> {
    await this.#queue.put(piece)
  }

  /** Passes a stream on unchanged while taking its CID. */
  async * through (source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
    for await (const piece of source) {
      await this.update(piece)
      yield piece
    }
  }

  /** The CID of all pieces; ends the input. */
  async cid (): Promise<string> {
    this.#queue.end()
    return this.#cid
  }
}
