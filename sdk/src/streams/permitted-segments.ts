import type { Purpose } from '@epione/protocol'
import type { VerifiedDevice } from '@epione/protocol/verify'
import { requestAccess } from '../access/access.ts'
import type { AccessPermitted } from '../access/access.ts'
import { readPermitCase } from '../access/permit-case.ts'
import type { PermitCase } from '../access/permit-case.ts'
import { WindowKeys } from '../access/window-keys.ts'
import type { OnEvidence } from '../access/window-keys.ts'
import type { PractitionerContext } from '../context/context.ts'
import { assembleStream } from './assemble-stream.ts'
import type { OpenedWindow, ReadWindow } from './assemble-stream.ts'
import { openSegments } from './open-segments.ts'
import { isSegment } from './stream-list.ts'
import type { VerifiedSegment } from './stream-list.ts'
import { readDevice, shownOf } from './stream-read.ts'

export interface SegmentsWanted {
  readonly patientId: string
  /** Segments in one compartment, 64 at most. */
  readonly records: ReadonlyArray<{ readonly recordId: string, readonly version: number }>
  readonly purpose: Purpose
  readonly consentId?: string | undefined
  /** Given what `makeEvidence` needs when somebody lied: the permit that brought it is over in a minute. */
  readonly onEvidence?: OnEvidence | undefined
}

/** A permit to read segments, proven. */
export interface SegmentsPermit { readonly permitted: AccessPermitted, readonly facts: PermitCase, readonly keys: WindowKeys }

interface OpenedSegment { readonly segment: VerifiedSegment, readonly device: VerifiedDevice, readonly windows: readonly OpenedWindow[] }

/** One logged request for some segments. @throws {ClientError} ACCESS_DENIED */
export async function requestSegments (
  context: PractitionerContext, { patientId, records, purpose, consentId, onEvidence }: SegmentsWanted
): Promise<SegmentsPermit> {
  const permitted = await requestAccess(context, { patientId, records, purpose, ...(consentId === undefined ? {} : { consentId }) })
  const facts = await readPermitCase(context, permitted.eventId, 'all')
  return { permitted, facts, keys: new WindowKeys(context, facts, onEvidence) }
}

/**
 * Segments of a permit, each with its windows opened; of those before nothing is kept. @throws {ClientError} WINDOWS_INVALID,
 * PROXIES_LIED, PROXIES_INSUFFICIENT, SEALED_WRONGLY
 */
export async function * openPermitted (
  context: PractitionerContext, { permitted: { eventId }, facts, keys }: SegmentsPermit
): AsyncGenerator<OpenedSegment, void, void> {
  const devices = new Map<string, VerifiedDevice>()
  for await (const { segment, windows } of openSegments(context, eventId, facts.manifests.filter(isSegment), keys)) {
    const { version, author } = segment.body
    if (author.kind !== 'device') throw new TypeError('segments have a device')
    const device = devices.get(author.deviceId) ?? await readDevice(context, facts.directory, author.deviceId)
    devices.set(author.deviceId, device)
    const opened: OpenedWindow[] = []
    for (const { window, contentKey } of windows) {
      const shown = await shownOf(window, contentKey).catch(async (error: unknown) => {
        await keys.keepServed(window)
        throw error
      })
      opened.push({ ...shown, grade: 'on-ledger', version })
    }
    yield { segment, device, windows: opened }
  }
}

/** A segment by itself, its windows in order. */
export interface PermittedSegment { readonly recordId: string, readonly version: number, readonly windows: readonly ReadWindow[] }

/** The same as they are read: times are as good as the clock of each segment alone tells. @throws {ClientError} likewise */
export async function * readPermittedSegments (
  context: PractitionerContext, permit: SegmentsPermit
): AsyncGenerator<PermittedSegment, void, void> {
  const { directory: { patientId } } = permit.facts
  for await (const { segment, device, windows } of openPermitted(context, permit)) {
    const { recordId, version } = segment.body
    yield { recordId, version, windows: assembleStream({ stream: recordId, patientId, device, segments: [segment], windows }).windows }
  }
}
