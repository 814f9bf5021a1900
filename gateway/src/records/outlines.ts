import { ContentOutliner, CryptoError, toHex } from '@epione/crypto'
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import { Turns } from '../turns.ts'
import { findContentOf } from './content-of.ts'
import { fetchContent } from './fetch-elsewhere.ts'
import type { ReadableContent } from './read-grounds.ts'

/** Bytes of outlines that are kept: those of some 128 GiB of contents. */
const KEPT_BYTES = 16 * 1_048_576

/** Outlines of contents, by CID: each takes the reading of a whole content, so that those asked for last are kept. */
export class Outlines {
  readonly #kept = new Map<string, Uint8Array>()
  #bytes = 0
  readonly #turns = new Turns()

  /** The outline; made once however many ask for it at a time. @throws what `make` throws */
  async of (cid: string, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
    return await this.#turns.take(cid, async () => {
      const outline = this.#kept.get(cid) ?? await make()
      this.#keep(cid, outline)
      return outline
    })
  }

  #keep (cid: string, outline: Uint8Array): void {
    if (this.#kept.delete(cid)) this.#bytes -= outline.length
    this.#kept.set(cid, outline)
    this.#bytes += outline.length
    for (const [oldest, { length }] of this.#kept) {
      if (this.#bytes <= KEPT_BYTES) return
      this.#kept.delete(oldest)
      this.#bytes -= length
    }
  }
}

/**
 * The outline of a record version's content, of the own copy or, where there is none that is right, of another hospital's.
 * @throws {GatewayError} CONTENT_UNAVAILABLE, CONTENT_MISMATCH
 */
export async function outlineOf (app: FastifyInstance, readable: ReadableContent): Promise<Uint8Array> {
  const { cid } = readable
  return await app.outlines.of(cid, async () => {
    const own = await findContentOf(app.contents, { ...readable.record, ...readable })
    if (own !== undefined) {
      const { outline, contentHash } = await readOutline(await app.contents.read(cid))
      if (contentHash === own.contentHash) return outline
      app.log.error({ cid }, 'a content in the own store is not what it was: its outline is made of another hospital\'s')
    }
    const { body } = await fetchContent(app, readable)
    try {
      return (await readOutline(body)).outline
    } finally {
      body.destroy()
    }
  })
}

/** @throws {GatewayError} CONTENT_MISMATCH for bytes that are no sealed content */
async function readOutline (bytes: AsyncIterable<Uint8Array>): Promise<{ outline: Uint8Array, contentHash: string }> {
  const outliner = new ContentOutliner()
  for await (const piece of bytes) outliner.update(piece)
  try {
    const { outline, contentHash } = outliner.finish()
    return { outline, contentHash: toHex(contentHash) }
  } catch (cause) {
    if (!(cause instanceof CryptoError)) throw cause
    throw new GatewayError('CONTENT_MISMATCH', `these bytes are no sealed content: ${cause.message}`, { cause })
  }
}
