import { sizeClassOf } from '@epione/protocol'
import type { SignedStatement } from '@epione/protocol'
import type { FastifyInstance } from 'fastify'
import type { StoredContent } from './write-content.ts'
import { GatewayError } from '../errors.ts'
import type { CheckedStatement } from '../ledger/statements.ts'
import type { WrapWithEntry } from '../peers/peer-client.ts'
import { firstTaker } from '../peers/first-taker.ts'
import { findContentOf } from './content-of.ts'
import { isReasonToDoubt } from './round.ts'
import { isWrapOf } from './wraps.ts'

/** How long (ms) one other hospital may take for a copy of a wrap, or of content, beside what its size takes. */
export const COPY_TIMEOUT_MS = 30_000
/** Slowest transfer between hospitals that is waited for, in bytes a millisecond (1 MB/s). */
const COPY_BYTES_PER_MS = 1_000
/** How long (ms) the first hospital alone is waited for, beside what its size usually takes. */
const COPY_PATIENCE_MS = 2_000
/** Usual transfer between hospitals, in bytes a millisecond (20 MB/s). */
const USUAL_BYTES_PER_MS = 20_000

/**
 * The content that a manifest describes, as stored here: sealed by its signer for this very record version. @throws {GatewayError}
 * WRAP_MISMATCH, CONTENT_MISSING, CONTENT_MISMATCH
 */
export async function requireContent (
  app: FastifyInstance,
  { body: manifest, signers }: CheckedStatement<'RecordManifest'>,
  wrap: string
): Promise<StoredContent> {
  if (!isWrapOf(wrap, manifest.wrapHash)) {
    throw new GatewayError('WRAP_MISMATCH', 'the wrap is not the one whose hash the manifest signs')
  }
  await app.contents.ask(manifest.cid)
  const content = await findContentOf(app.contents, { ...manifest, authorKey: signers.join() })
  if (content === undefined) throw new GatewayError('CONTENT_MISSING', 'store the content first: POST /v1/contents')
  if (content.contentHash !== manifest.contentHash) {
    throw new GatewayError('CONTENT_MISMATCH', 'the content stored under this CID has another content hash')
  }
  if (sizeClassOf(content.sizeBytes) !== manifest.sizeClass) {
    throw new GatewayError('CONTENT_MISMATCH', `the content stored under this CID has size class ${sizeClassOf(content.sizeBytes)}`)
  }
  return content
}

/**
 * Copies content, wrap and index entry to one more hospital, the first that takes them: acknowledged data survives the loss of one
 * (DESIGN §5). Returns all hospitals that have it. @throws {GatewayError} COPY_UNAVAILABLE
 */
export async function copyElsewhere (
  app: FastifyInstance,
  { cid, sizeBytes }: StoredContent,
  manifest: SignedStatement,
  hash: string,
  { wrap, entry }: WrapWithEntry
): Promise<string[]> {
  const put = async (mspId: string, signal: AbortSignal): Promise<void> => {
    const peer = app.peers.of(mspId)
    await peer.putWrap(hash, { wrap, ...(entry !== undefined && { entry }) }, { manifest }, signal)
    await peer.putContent(cid, await app.contents.read(cid), sizeBytes, signal)
  }
  try {
    const taker = await firstTaker(app.peers.inOrder(), put, {
      patienceMs: COPY_PATIENCE_MS + Math.ceil(sizeBytes / USUAL_BYTES_PER_MS),
      limitMs: COPY_TIMEOUT_MS + Math.ceil(sizeBytes / COPY_BYTES_PER_MS),
      onTrouble: (mspId, err) => {
        // One that says no, such as for want of room, still has what it has.
        if (err === undefined || isReasonToDoubt(err)) app.peers.doubt(mspId)
        app.log.warn({ err, mspId, cid }, err === undefined ? 'a copy takes long: the next hospital is asked, too' : 'a copy was not taken')
      }
    })
    return [app.config.mspId, taker]
  } catch (error) {
    throw new GatewayError('COPY_UNAVAILABLE', 'no other hospital could take a copy, so nothing was registered; send it again', {
      cause: error
    })
  }
}
