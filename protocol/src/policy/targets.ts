import type { EventCompartment } from '../shapes/search-state.ts'
import type { EventRecord } from '../shapes/state.ts'

/** What a request is for, as far as policy, prohibitions and scope ask: a compartment has versions of any media class. */
export type Target = Pick<EventRecord, 'label' | 'epoch' | 'level'> & Partial<Pick<EventRecord, 'mediaClass'>>

/** What of an event or of a decision's facts names targets. */
interface Targets<R extends Target> { records: readonly R[], compartments?: readonly EventCompartment[] }

/** The record versions and compartments that a request is for: it is for the one or the other. */
export function targetsOf<R extends Target> ({ records, compartments = [] }: Targets<R>): Array<R | EventCompartment> {
  return [...records, ...compartments]
}

/** The wraps that a permit lets proxies answer for, each in its compartment: of records, or of search keys. */
export function permittedWraps (
  { records, compartments }: { records: readonly EventRecord[], compartments?: readonly EventCompartment[] }
): Array<Pick<EventCompartment, 'label' | 'epoch' | 'wrapHash'>> {
  return targetsOf({ records, ...(compartments !== undefined && { compartments }) })
}
