import { Type } from 'typebox'
import { createEventTime, LedgerError } from '@epione/protocol'
import { parseNumber } from './arguments.ts'
import { isCreator, requireOffice } from './authorization.ts'
import { parsePage, readPage } from './pages.ts'
import { toResult } from './result.ts'
import { parseValue } from './state-store.ts'
import type { AccessEvent, LedgerKey, Page } from '@epione/protocol'
import type { LedgerContext } from './context.ts'
import type { StoredEvent } from './stored.ts'

/** Time range and page of an event query, as they arrive: empty strings leave an end open. */
export interface EventQuery { fromMs: string, toMs: string, pageSize: string, bookmark: string }

/** Event keys have thirteen digits of ms: they reach to the year 2286. */
const MAX_MS = 9_999_999_999_999
const QueryTime = Type.Integer({ minimum: 0, maximum: MAX_MS })

/** True when the creator's scope reaches events of this actor: an auditor's may end at the own organisation. */
function mayReadEventsOf (ctx: LedgerContext, mspId: string): boolean {
  const { office, scope } = ctx.creator
  return office !== 'auditor' || scope === 'consortium' || mspId === ctx.creator.mspId
}

/** Refuses whoever may not read this event: gateways, auditors within their scope, and the actor may. */
export function requireEventReader (ctx: LedgerContext, { actor }: AccessEvent): void {
  if (isCreator(ctx, actor)) return
  requireOffice(ctx, 'gateway', 'auditor')
  if (!mayReadEventsOf(ctx, actor.mspId)) {
    throw new LedgerError('NOT_AUTHORIZED', `This auditor's scope is ${ctx.creator.mspId}; the event is of ${actor.mspId}.`)
  }
}

/**
 * A page of the events under `prefix`, whose next two key attributes are day and time, in order of time.
 * Events out of the creator's scope are left out, so a page may hold fewer items than asked for.
 */
export async function listEvents (ctx: LedgerContext, prefix: LedgerKey, query: EventQuery): Promise<string> {
  const from = parseTime(query.fromMs, 0)
  const until = createEventTime(parseTime(query.toMs, MAX_MS)).join('\0')
  const page = await readPage(ctx.stub, prefix, parsePage(query.pageSize, query.bookmark), from === 0 ? [] : createEventTime(from))
  const position = prefix.attributes.length
  const within = page.entries.filter(({ attributes }) => attributes.slice(position, position + 2).join('\0') <= until)
  const items = within.map((entry) => (parseValue(entry) as StoredEvent).event).filter(({ actor }) => mayReadEventsOf(ctx, actor.mspId))
  return toResult({ items, bookmark: within.length === page.entries.length ? page.bookmark : '' } satisfies Page<AccessEvent>)
}

function parseTime (text: string, open: number): number {
  return text === '' ? open : parseNumber(QueryTime, text, 'a time in ms')
}
