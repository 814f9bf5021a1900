import type { EventRecord, RecordState } from '../shapes/state.ts'
import type { EventSegment } from '../shapes/event-streams.ts'
import type { RecordManifest, Rewrap } from '../shapes/statements.ts'

/** A record version as it stands now: whose it is, what an event says of it, and who wrote it. */
export interface EffectiveRecord { owner: string, record: EventRecord, author: RecordManifest['author'] }

/**
 * What manifest and newest rewrap say together (PROTOCOL §3): the rewrap decides owner, compartment and wrap, the manifest
 * all else. Chaincode, proxies and clients pass the bodies as they read or verified them themselves.
 */
export function effectiveRecord (
  state: Pick<RecordState, 'level' | 'manifest'>,
  manifest: RecordManifest,
  rewrap?: Rewrap
): EffectiveRecord {
  const { recordId, version, mediaClass, sizeClass } = manifest
  const { patientId, label, epoch } = rewrap ?? manifest
  return {
    owner: patientId,
    author: manifest.author,
    record: {
      recordId,
      version,
      label,
      epoch,
      level: state.level,
      mediaClass,
      sizeClass,
      ...wrapsOf(manifest, rewrap),
      origin: state.manifest.submittedBy
    }
  }
}

/** The wrap that counts, or the segment with its windows' wraps. */
export function wrapsOf (manifest: RecordManifest, rewrap?: Rewrap): { wrapHash?: string, segment?: EventSegment } {
  const { segment } = manifest
  if (segment !== undefined) return { segment: { ...segment, ...(rewrap?.segment !== undefined && { wrapsRoot: rewrap.segment.root }) } }
  const { wrapHash } = rewrap ?? manifest
  return wrapHash === undefined ? {} : { wrapHash }
}

/** What names all wraps of a version in orders and destructions: its wrap's hash, or its segment's root. */
export function wrapNameOf ({ wrapHash, segment }: { readonly wrapHash?: string, readonly segment?: { readonly root: string } }): string {
  const name = segment?.root ?? wrapHash
  if (name === undefined) throw new TypeError('a record version has a wrap or is a segment')
  return name
}
