import { Type } from 'typebox'
import type { Static } from 'typebox'
import { LEDGER_ERROR_CODES } from './codes.ts'
import { REQUESTS_PER_BATCH } from './limits.ts'
import { LEDGER_EVENTS } from './names.ts'
import { AccessEvent } from './state.ts'

/**
 * What became of each request of a batch, in its order: an event of its own, or why it is none. Result of `Access:RequestAll`, payload of
 * `AccessesDecided`.
 */
export const AccessBatch = Type.Object({
  items: Type.Array(
    Type.Union([Type.Object({ event: AccessEvent }), Type.Object({ code: Type.Enum([...LEDGER_ERROR_CODES]) })]),
    { minItems: 1, maxItems: REQUESTS_PER_BATCH }
  )
})
export type AccessBatch = Static<typeof AccessBatch>

/** The access events that a transaction's event carries, as they stand there; undefined where it carries none, or no list of them. */
export function accessEventsIn (name: string, payload: unknown): unknown[] | undefined {
  if (name === LEDGER_EVENTS.accessDecided) return [payload]
  if (name !== LEDGER_EVENTS.accessesDecided) return undefined
  const items: unknown = isObject(payload) ? payload['items'] : undefined
  if (!Array.isArray(items) || items.length > REQUESTS_PER_BATCH) return undefined
  return items.flatMap((item: unknown) => isObject(item) && 'event' in item ? [item['event']] : [])
}

/** True of the events that carry access events. */
export const carriesAccessEvents = (name: string): boolean =>
  name === LEDGER_EVENTS.accessDecided || name === LEDGER_EVENTS.accessesDecided

function isObject (value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
