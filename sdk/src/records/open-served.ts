import { concatBytes, CryptoError, fromHex, outlineBytesMax, VerifiedOutline } from '@epione/crypto'
import type { Part } from '@epione/crypto'
import { ClientError } from '../errors.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import type { Authorize } from '../gateways/gateway-info.ts'
import { each, modified, openTo, sealedWrongly } from './open-content.ts'
import type { ContentToOpen, OpenedContent } from './open-content.ts'
import { requireOwnContent } from './own-content.ts'

/** Bytes of a record to open, from `start` on: to `end`, which counts, or to its last. */
export interface PartWanted { start: number, end?: number }

export interface ServedToOpen extends Omit<ContentToOpen, 'ciphertext' | 'servedBy'> {
  authorize: Authorize
  /** The permit, of a practitioner. */
  event?: string
  /** Absent: all of it. */
  part?: PartWanted
}

/**
 * Opens a content, or a part of it, that a gateway serves. Of a part only the chunks come in which it lies, and each is proven by the
 * content's outline to be the one that the author signed. @throws {ClientError} as `openTo`; PART_INVALID
 */
export async function openServed (gateway: GatewayApi, { authorize, event, part, ...content }: ServedToOpen): Promise<OpenedContent> {
  const { recordId, version } = content.manifest.body
  const served = { ...content, servedBy: gateway.info.mspId }
  const read = async (sealed?: Part): Promise<AsyncIterable<Uint8Array>> =>
    await gateway.downloadContent(recordId, version, event, authorize, sealed)
  if (part === undefined) return await openTo({ ...served, ciphertext: await read() })
  const outline = await readOutline(served, await gateway.downloadOutline(recordId, version, event, authorize))
  return await openPart(served, outline, locate(served, outline, part), read)
}

type Served = Omit<ContentToOpen, 'ciphertext'>

async function readOutline (served: Served, source: AsyncIterable<Uint8Array>): Promise<VerifiedOutline> {
  const { sizeClass, contentHash } = requireOwnContent(served.manifest).body
  const bytesMax = outlineBytesMax(2 ** sizeClass)
  const pieces: Uint8Array[] = []
  let length = 0
  try {
    for await (const piece of source) {
      length += piece.length
      if (length > bytesMax) throw new CryptoError('CONTENT_HASH_MISMATCH', 'the outline is longer than that of any content of its size class')
      pieces.push(piece)
    }
    return VerifiedOutline.verify(concatBytes(...pieces), fromHex(contentHash))
  } catch (error) {
    throw error instanceof CryptoError ? modified(served, error) : error
  }
}

function locate (
  { manifest: { body: { recordId, version } } }: Served, { plainBytes }: VerifiedOutline, { start, end = Infinity }: PartWanted
): Part {
  if (Number.isSafeInteger(start) && start >= 0 && start <= end && start < plainBytes) return { start, end: Math.min(end, plainBytes - 1) }
  throw new ClientError('PART_INVALID', `The record has ${String(plainBytes)} bytes: a part begins within them, and ends at its first or later.`, {
    recordId, version, sizeBytes: plainBytes
  })
}

async function openPart (
  served: Served, outline: VerifiedOutline, part: Part, read: (sealed: Part) => Promise<AsyncIterable<Uint8Array>>
): Promise<OpenedContent> {
  const { manifest, contentKey, to, onProgress } = served
  const { body, authorKey } = requireOwnContent(manifest)
  const request = { contentKey, recordId: body.recordId, recordVersion: body.version, authorKey }
  let sizeBytes = 0
  try {
    await to.write(each(outline.open(request, part, await read(outline.sealedPart(part))), (piece) => {
      sizeBytes += piece.length
      onProgress?.(sizeBytes)
    }))
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error
    // The outline is the author's: ciphertext that differs from it is the store's, all else was sealed so.
    throw error.code === 'CONTENT_HASH_MISMATCH' ? modified(served, error) : sealedWrongly(served, error)
  }
  return { sizeBytes, part: { ...part, of: outline.plainBytes } }
}
