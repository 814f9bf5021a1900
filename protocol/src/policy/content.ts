import type { EventRecord } from '../shapes/state.ts'
import type { RecordManifest, Rewrap } from '../shapes/statements.ts'

/** What a version with content of its own has, and a segment, whose windows have it, has not. */
export type ContentManifest = RecordManifest & { contentHash: string, cid: string, wrapHash: string }
/** A rewrap of one wrap, not of a segment's windows. */
export type WrapRewrap = Rewrap & { wrapHash: string, previousWrapHash: string }
/** A record version of an event that has a wrap of its own. */
export type WrappedRecord = EventRecord & { wrapHash: string }

export function hasContent (manifest: RecordManifest): manifest is ContentManifest {
  return manifest.segment === undefined
}

export function isOfWrap (rewrap: Rewrap): rewrap is WrapRewrap {
  return rewrap.segment === undefined
}

export function isWrapped (record: EventRecord): record is WrappedRecord {
  return record.wrapHash !== undefined
}
