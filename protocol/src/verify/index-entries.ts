import { describeAuthor } from './author.ts'
import type { RecordManifest, Rewrap } from '../index.ts'

/** The index entry of a record version that counts, and the chain it stands in (docs/protocol.md, "Index entries and chains"). */
export interface EntryPlace {
  readonly patientId: string
  readonly label: string
  readonly epoch: number
  /** Whose chain: `patient`, or `mspId/staffId`. */
  readonly writer: string
  readonly index: NonNullable<RecordManifest['index']>
}

/** What a link of the chain says of the entry. */
export function linkedEntry (
  { epoch, index: { hash: entryHash, key: indexKey, issue, truncated } }: Pick<EntryPlace, 'epoch' | 'index'>
): { entryHash: string, indexKey: string, epoch: number, issue: number, truncated: boolean } {
  return { entryHash, indexKey, epoch, issue, truncated }
}

/** A rewrap takes the place of the manifest: its entry, where it has one, is the patient's who signed it. */
export function entryOf (manifest: RecordManifest, rewrap?: Rewrap): EntryPlace | undefined {
  const { patientId, label, epoch, index } = rewrap ?? manifest
  if (index === undefined) return undefined
  return { patientId, label, epoch, index, writer: rewrap === undefined ? describeAuthor(manifest.author) : 'patient' }
}
