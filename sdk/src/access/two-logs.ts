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

/** What a reader is told of two organisations' logs that are not alike, or of which one cannot be had. */
export const WORDS = {
  onlyOne: (mspId: string, silent: Parameters<typeof describeSilent>[0]): string =>
    `Only ${mspId} can be reached: an event that it hides is not seen. ${describeSilent(silent)}`.trim(),
  alone: (eventId: string, mspId: string): string => `Event ${eventId} is shown by ${mspId} alone.`,
  differs: (eventId: string, mspIds: readonly string[]): string => `Event ${eventId} is shown differently by ${mspIds.join(' and ')}.`
} as const
