import { canonicalize } from '@epione/crypto'
import type { LoggedAccessEvent } from '@epione/protocol/api'
import { describeSilent } from '../gateways/ask-two.ts'

/** How long (ms) an organisation that lacks an event gets to show it: its read model may be a block behind. */
export const SETTLE_MS = 4_000
export const POLL_MS = 250

/** What the block says: how often a denial was asked again is noted later, and one of two may have it already. */
export function saidByBlock ({ repeats: _repeats, ...event }: LoggedAccessEvent): string {
  return canonicalize(event)
}

/** How a reader is told of two organisations' lists that are not alike, or of which one cannot be had. */
export interface ListWords {
  onlyOne: (mspId: string, silent: Parameters<typeof describeSilent>[0]) => string
  alone: (id: string, mspId: string) => string
  differs: (id: string, mspIds: readonly string[]) => string
}

/** `what`: what an entry of these is called, as `event`. */
export function wordsOf (what: string): ListWords {
  const article = /^[aeiou]/.test(what) ? 'an' : 'a'
  const name = `${what.charAt(0).toUpperCase()}${what.slice(1)}`
  return {
    onlyOne: (mspId, silent) => `Only ${mspId} can be reached: ${article} ${what} that it hides is not seen. ${describeSilent(silent)}`.trim(),
    alone: (id, mspId) => `${name} ${id} is shown by ${mspId} alone.`,
    differs: (id, mspIds) => `${name} ${id} is shown differently by ${mspIds.join(' and ')}.`
  }
}

export const EVENT_WORDS = wordsOf('event')
