import { recordPlace, sizeClassOf } from '@epione/protocol'
import type { SignedStatement } from '@epione/protocol'
import type { FastifyInstance } from 'fastify'
import type { StoredContent } from './write-content.ts'
import { GatewayError } from '../errors.ts'
import type { CheckedStatement } from '../ledger/statements.ts'
import type { WrapWithEntry } from '../peers/peer-client.ts'
import { copyElsewhere } from '../peers/copy-elsewhere.ts'
import { findContentOf, requireContentManifest } from './content-of.ts'
import { isWrapOf } from './wraps.ts'

/**
 * The content that a manifest describes, as stored here: sealed by its signer for this very record version. @throws {GatewayError}
 * REQUEST_INVALID, WRAP_MISMATCH, CONTENT_MISSING, CONTENT_MISMATCH
 */
export async function requireContent (
  app: FastifyInstance,
  { body, signers }: Pick<CheckedStatement<'RecordManifest'>, 'body' | 'signers'>,
  wrap: string
): Promise<StoredContent> {
  const manifest = requireContentManifest(body)
  if (!isWrapOf(wrap, manifest.wrapHash, recordPlace(app.networkId, manifest))) {
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

/** Copies content, wrap and index entry to one more hospital; returns all that have it. @throws {GatewayError} COPY_UNAVAILABLE */
export async function copyRecord (
  app: FastifyInstance,
  { cid, sizeBytes }: StoredContent,
  manifest: SignedStatement,
  hash: string,
  { wrap, entry }: WrapWithEntry
): Promise<string[]> {
  return await copyElsewhere(app, { what: `a copy of ${cid}`, sizeBytes }, async (peer, signal) => {
    await peer.putWrap(hash, { wrap, ...(entry !== undefined && { entry }) }, { manifest }, signal)
    await peer.putContent(cid, await app.contents.read(cid), sizeBytes, signal)
  })
}
