import type { EventSegment, EventStream } from '../shapes/event-streams.ts'
import type { EventCompartment } from '../shapes/search-state.ts'
import type { EventRecord } from '../shapes/state.ts'

/** What a request is for, as far as policy, prohibitions and scope ask: a compartment has versions of any media class. */
export type Target = Pick<EventRecord, 'label' | 'epoch' | 'level'> & Partial<Pick<EventRecord, 'mediaClass'>>

/** What of an event or of a decision's facts names targets. */
interface Targets<R, C> { records: readonly R[], compartments?: readonly C[] }

/** The record versions and compartments that a request is for: it is for the one or the other. */
export function targetsOf<R extends Target, C extends Target> ({ records, compartments = [] }: Targets<R, C>): Array<R | C> {
  return [...records, ...compartments]
}

/** A wrap in its compartment. */
export type PermittedWrap = Pick<EventCompartment, 'label' | 'epoch' | 'wrapHash'>

/**
 * The wraps that a permit lets proxies answer for, each in its compartment: of records, or of search keys. A segment's are those of its
 * windows, which the event does not name: `permittedSegments`.
 */
export function permittedWraps ({ records, compartments = [] }: Targets<EventRecord, EventCompartment>): PermittedWrap[] {
  const ofRecords = records.flatMap(({ label, epoch, wrapHash }) => wrapHash === undefined ? [] : [{ label, epoch, wrapHash }])
  return [...ofRecords, ...compartments]
}

/** A record version of an event that is a segment. */
export type PermittedSegment = EventRecord & { segment: EventSegment }

export function permittedSegments ({ records }: { records: readonly EventRecord[] }): PermittedSegment[] {
  return records.flatMap((record) => record.segment === undefined ? [] : [{ ...record, segment: record.segment }])
}

/** What a receipt for a permit may name, but for windows that are followed: wraps, and of segments their roots. */
export function releasable (event: Targets<EventRecord, EventCompartment>): string[] {
  return [...permittedWraps(event).map(({ wrapHash }) => wrapHash), ...permittedSegments(event).map(({ segment }) => segment.root)]
}

/**
 * Whether an event may name a wrap in its compartment. Which windows a segment, or a stream that is followed, has no event says: there any
 * wrap may be one of theirs, so that an answer for it convicts nobody of answering what was not asked.
 */
export function mayBeRequested (
  event: Targets<EventRecord, EventCompartment> & { stream?: EventStream }, { label, epoch, wrapHash }: PermittedWrap
): boolean {
  const isNamed = permittedWraps(event).some((w) => w.wrapHash === wrapHash && w.label === label && w.epoch === epoch)
  return isNamed || mayBeOfWindow(event, { label, epoch })
}

/** Whether an event is for windows in this compartment, whose wraps it does not name. */
export function mayBeOfWindow (
  event: { records: readonly EventRecord[], stream?: EventStream }, { label, epoch }: Pick<PermittedWrap, 'label' | 'epoch'>
): boolean {
  const places = [...permittedSegments(event), ...(event.stream === undefined ? [] : [event.stream])]
  return places.some((place) => place.label === label && place.epoch === epoch)
}

/** Whether a permit to follow covers all windows of a range: those above the head that it was given at. */
export function coversWindows ({ stream }: { stream?: EventStream }, { first }: { first: number }): boolean {
  return stream !== undefined && first > stream.head
}
