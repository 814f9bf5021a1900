import { hasContent } from '@epione/protocol'
import type { ContentManifest } from '@epione/protocol'
import type { VerifiedRecord } from '@epione/protocol/verify'
import { ClientError } from '../errors.ts'

/** A record version with content and a wrap of its own; a segment has those of its windows. */
export type ContentRecord = VerifiedRecord & { readonly body: ContentManifest, readonly wrapHash: string }

export function isContentRecord (record: VerifiedRecord): record is ContentRecord {
  return record.wrapHash !== undefined && hasContent(record.body)
}

/** @throws {ClientError} RECORD_IS_STREAM */
export function requireOwnContent (record: VerifiedRecord): ContentRecord {
  if (isContentRecord(record)) return record
  const { recordId, version } = record.body
  throw new ClientError('RECORD_IS_STREAM', `Record ${recordId} is a stream of measurements: read its windows.`, { recordId, version })
}

/** Ids of the streams among record versions, each once. */
export function namesOfStreams (records: readonly VerifiedRecord[]): string[] {
  return [...new Set(records.flatMap((record) => isContentRecord(record) ? [] : [record.body.recordId]))]
}
