import type { EventStreamHead } from '@epione/protocol'
import type { PractitionerContext } from '../context/context.ts'
import { readStreamSegments } from './stream-list.ts'
import type { NumberGap, VerifiedSegment } from './stream-list.ts'

/** Segments of a stream that the ledger has and the reader's gateway does not show: numbers of windows, and versions of the record. */
export interface KeptBack extends NumberGap { readonly versions: NumberGap }

/**
 * What is missing at a stream's end: the event of the permit says how far the ledger has it, and the gateway lists less, also when asked
 * again. What was registered while it was read is none of it.
 */
export async function findKeptBack (
  context: PractitionerContext, patientId: string, listed: readonly VerifiedSegment[], head: EventStreamHead | undefined
): Promise<KeptBack | undefined> {
  if (head === undefined || head.version <= versionOf(listed)) return undefined
  const again = await readStreamSegments(context, patientId, head.stream)
  const version = versionOf(again)
  if (head.version <= version) return undefined
  const last = again.at(-1)?.segment.last ?? 0
  return { first: last + 1, last: head.last, versions: { first: version + 1, last: head.version } }
}

const versionOf = (segments: readonly VerifiedSegment[]): number => segments.at(-1)?.body.version ?? 0

export function describeKeptBack ({ first, last, versions }: KeptBack, mspId: string): string {
  const which = versions.first === versions.last ? `Segment ${versions.first} is` : `Segments ${versions.first} to ${versions.last} are`
  return `${which} on the ledger, with windows up to ${last}, and ${mspId} does not show them: windows from ${first} on were kept back, or no consent of yours covers them.`
}
