import { LEDGER_KEYS, parseEventId } from '@epione/protocol'
import type { LedgerContext } from './context.ts'
import type { StoredEvent } from './stored.ts'

/** An event as its canonical JSON, by its id, which names its own key. */
export async function findEventJson (ctx: LedgerContext, eventId: string): Promise<string | undefined> {
  const parts = parseEventId(eventId)
  return parts === undefined ? undefined : await ctx.state.getJson(LEDGER_KEYS.event(parts.patientId, parts.timeMs, parts.txId))
}

export async function findEvent (ctx: LedgerContext, eventId: string): Promise<StoredEvent | undefined> {
  const json = await findEventJson(ctx, eventId)
  return json === undefined ? undefined : JSON.parse(json) as StoredEvent
}
