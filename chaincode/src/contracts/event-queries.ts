import { LedgerError } from '../errors.ts'
import { createEventTime } from '../model/index.ts'
import { isCreator, requireRole } from './authorization.ts'
import { parsePage, readPage } from './pages.ts'
import { toResult } from './result.ts'
import type { AccessEvent, LedgerKey, Page } from '../model/index.ts'
import type { LedgerContext } from './context.ts'
import type { Entry } from './pages.ts'

/** Time range and page of an event query, as they arrive: empty strings leave an end open. */
export interface EventQuery { fromMs: string, toMs: string, pageSize: string, bookmark: string }

/** Thirteen digits of ms reach to the year 2286; event keys have no more. */
const TIME = /^\d{1,13}$/
const MAX_MS = 9_999_999_999_999

/** Refuses whoever may not read the log: gateways and auditors may. */
export function requireLogReader (ctx: LedgerContext): Promise<void> {
  return requireRole(ctx, 'gateway', 'auditor')
}

/** True when the creator's scope reaches events of this actor: an auditor's may end at the own organisation. */
export function mayReadEventsOf (ctx: LedgerContext, mspId: string): boolean {
  const { role, scope } = ctx.creator
  return role !== 'auditor' || scope === 'consortium' || mspId === ctx.creator.mspId
}

/** Refuses whoever may not read this event: besides log readers, the actor may. */
export async function requireEventReader (ctx: LedgerContext, { actor }: AccessEvent): Promise<void> {
  if (isCreator(ctx, actor)) return
  await requireLogReader(ctx)
  if (!mayReadEventsOf(ctx, actor.mspId)) throw new LedgerError('NOT_AUTHORIZED', `This auditor's scope is ${ctx.creator.mspId}; the event is of ${actor.mspId}.`)
}

/**
 * A page of the events indexed under `prefix`, whose next two key attributes are day and time, in order of time.
 * Events out of the creator's scope are left out, so a page may hold fewer items than asked for.
 */
export async function listEvents (ctx: LedgerContext, prefix: LedgerKey, query: EventQuery, load: (entry: Entry) => Promise<AccessEvent>): Promise<string> {
  const from = parseTime(query.fromMs, 0)
  const until = createEventTime(parseTime(query.toMs, MAX_MS)).join('\0')
  const page = await readPage(ctx.stub, prefix, parsePage(query.pageSize, query.bookmark), from === 0 ? [] : createEventTime(from))
  const position = prefix.attributes.length
  const within = page.entries.filter(({ attributes }) => attributes.slice(position, position + 2).join('\0') <= until)
  const items: AccessEvent[] = []
  for (const entry of within) {
    const event = await load(entry)
    if (mayReadEventsOf(ctx, event.actor.mspId)) items.push(event)
  }
  return toResult({ items, bookmark: within.length === page.entries.length ? page.bookmark : '' } satisfies Page<AccessEvent>)
}

function parseTime (text: string, open: number): number {
  if (text === '') return open
  if (!TIME.test(text)) throw new LedgerError('ARGUMENT_INVALID', 'Send times in ms since the epoch, or nothing for an open end.')
  return Number(text)
}
