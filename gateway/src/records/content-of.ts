import { hasContent } from '@epione/protocol'
import type { ContentManifest, RecordManifest } from '@epione/protocol'
import type { ContentStore } from './content-store.ts'
import type { StoredContent } from './write-content.ts'
import { GatewayError } from '../errors.ts'

/** A manifest of a version with content of its own. @throws {GatewayError} REQUEST_INVALID for a segment, whose windows have it */
export function requireContentManifest (manifest: RecordManifest): ContentManifest {
  if (hasContent(manifest)) return manifest
  throw new GatewayError('REQUEST_INVALID', 'a segment has no content of its own: its device registers it by its stream')
}

/** What a record version says of its content: where it lies, and what the content's own header must say. */
export interface ContentName { recordId: string, version: number, cid: string, /** Key of the manifest's signer, hex. */ authorKey: string }

/**
 * A record version's content in the own store, undefined when it does not lie here. A content names in its header the record
 * version that it was sealed for, and its author: a manifest that claims a stranger's reaches nothing.
 * @throws {GatewayError} CONTENT_MISMATCH
 */
export async function findContentOf (
  contents: ContentStore,
  { recordId, version, cid, authorKey }: ContentName
): Promise<StoredContent | undefined> {
  const content = await contents.find(cid)
  if (content === undefined) return undefined
  const header = await contents.readHeader(cid)
  const isOurs = header.recordId === recordId && header.recordVersion === version && header.authorKey.toHex() === authorKey
  if (!isOurs) {
    throw new GatewayError(
      'CONTENT_MISMATCH',
      `the content stored under this CID was not sealed by this author for version ${version} of record ${recordId}`
    )
  }
  return content
}
