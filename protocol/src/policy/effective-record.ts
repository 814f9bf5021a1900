import type { EventRecord, RecordState } from '../shapes/state.ts'
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
  const { patientId, label, epoch, wrapHash } = rewrap ?? manifest
  return {
    owner: patientId,
    author: manifest.author,
    record: { recordId, version, label, epoch, level: state.level, mediaClass, sizeClass, wrapHash, origin: state.manifest.submittedBy }
  }
}
