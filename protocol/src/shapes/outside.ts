import type { AccessEvent } from './state.ts'

/**
 * Whether an access concerns data of another organisation than the requester's: of a search or a stream to follow, whose records nobody
 * names, the event cannot tell.
 */
export function isOutside ({ actor, records }: Pick<AccessEvent, 'actor' | 'records'>): boolean {
  return records.some(({ origin }) => origin !== actor.mspId)
}
