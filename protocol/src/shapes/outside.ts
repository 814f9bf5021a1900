import type { AccessEvent } from './state.ts'

/**
 * Whether an access concerns data of another organisation than the requester's: of a search or a stream to follow, whose records nobody
 * names, the event cannot tell.
 */
export function isOutside (event: Pick<AccessEvent, 'actor' | 'records'>): boolean {
  return outsideOf(event).length > 0
}

/** Those other organisations, each once, with blanks around: ` CoreMSP Regional1MSP `; empty where there is none. */
export function originsOutside (event: Pick<AccessEvent, 'actor' | 'records'>): string {
  const origins = [...new Set(outsideOf(event).map(({ origin }) => origin))]
  return origins.length === 0 ? '' : ` ${origins.join(' ')} `
}

function outsideOf ({ actor, records }: Pick<AccessEvent, 'actor' | 'records'>): AccessEvent['records'] {
  return records.filter(({ origin }) => origin !== actor.mspId)
}
