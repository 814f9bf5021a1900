import type { PatientContext, PractitionerContext, TokenContext } from '../context/context.ts'
import type { Answered } from '../gateways/ask-two.ts'
import { orNotFound } from '../gateways/gateways.ts'
import type { AccessEventQuery, GatewayApi } from '../gateways/gateway-api.ts'
import type { LoggedAccessEvent } from '@epione/protocol/api'
import { readPages } from '../gateways/pages.ts'
import { categoryOfLabel } from '../keys/directory.ts'
import { authorizeAs, authorizePatient } from '../context/session.ts'
import { pause } from '../gateways/pause.ts'
import { MissingParts } from './missing-parts.ts'
import { EVENT_WORDS, POLL_MS, saidByBlock, SETTLE_MS } from './two-logs.ts'

export type AuditQuery = Omit<AccessEventQuery, 'cursor' | 'limit'> & { limit?: number }

/** An access event; a patient is told the category of each record, too. */
export type ListedAccessEvent = Omit<LoggedAccessEvent, 'records'> & {
  records: Array<LoggedAccessEvent['records'][number] & { category?: string }>
}

export interface AuditList {
  items: ListedAccessEvent[]
  /** Organisations whose logs these are. */
  askedMspIds: string[]
  /** Events that only one of two organisations shows, although the other was asked again. */
  onlyShownBy?: Array<{ eventId: string, mspId: string }>
  /** Events of which two organisations show different contents. */
  differing?: string[]
  warnings?: string[]
}

/**
 * Access events, newest first: to an auditor or a practitioner by their own hospital's log; to a patient by two hospitals' logs, merged.
 */
export async function listAccessEvents (
  context: PatientContext | PractitionerContext | TokenContext,
  query: AuditQuery
): Promise<AuditList> {
  const missing = new MissingParts()
  const { warnings = [], ...listed } = context.role === 'patient'
    ? await mergeTwo(context, query, missing)
    : { items: await readLog(context.gateways.own, query, context, missing), askedMspIds: [context.gateways.own.info.mspId] }
  const all = [...warnings, ...missing.warnings]
  const items = context.role === 'patient' ? listed.items.map((event) => nameCategories(context, event)) : listed.items
  return { ...listed, items, ...(all.length === 0 ? {} : { warnings: all }) }
}

/** A patient knows categories, and not the labels by which the ledger tells compartments apart. */
function nameCategories ({ keys }: PatientContext, event: LoggedAccessEvent): ListedAccessEvent {
  const records = event.records.map((record) => {
    const category = categoryOfLabel(keys, record.label)
    return { ...record, ...(category !== undefined && { category }) }
  })
  return { ...event, records }
}

function readLog (
  gateway: GatewayApi,
  { limit, ...query }: AuditQuery,
  context: PatientContext | PractitionerContext | TokenContext,
  missing: MissingParts
): Promise<LoggedAccessEvent[]> {
  return readPages(
    async (cursor) => missing.note(gateway, await gateway.listAccessEvents({ ...query, cursor }, authorizeAs(context))),
    limit
  )
}

async function mergeTwo (context: PatientContext, query: AuditQuery, missing: MissingParts): Promise<AuditList> {
  const mine = { ...query, patientId: context.patientId }
  const { answers: [first, second], silent } = await context.gateways.askTwoReachable((gateway) => readLog(gateway, mine, context, missing))
  if (first === undefined) return { items: [], askedMspIds: [] }
  if (second === undefined) {
    return {
      items: first.value,
      askedMspIds: [first.gateway.info.mspId],
      warnings: [EVENT_WORDS.onlyOne(first.gateway.info.mspId, silent)]
    }
  }
  return describe(merge(first, second), await findMissing(context, first, second, query.limit), [first.gateway, second.gateway])
}

interface Merged { items: LoggedAccessEvent[], differing: string[] }
type Log = Answered<LoggedAccessEvent[]>

function merge (first: Log, second: Log): Merged {
  const byId = new Map(first.value.map((event) => [event.eventId, event]))
  const differing: string[] = []
  for (const event of second.value) {
    const other = byId.get(event.eventId)
    if (other === undefined) byId.set(event.eventId, event)
    else if (saidByBlock(other) !== saidByBlock(event)) differing.push(event.eventId)
    else if ((event.repeats ?? 0) > (other.repeats ?? 0)) byId.set(event.eventId, event)
  }
  return { items: [...byId.values()].sort((a, b) => b.time - a.time || (a.eventId < b.eventId ? 1 : -1)), differing }
}

/** Asks again for each event that one organisation lacks; with a limit, what lies beyond the shorter list is not missing. */
async function findMissing (
  context: PatientContext,
  first: Log,
  second: Log,
  limit: number | undefined
): Promise<Array<{ eventId: string, mspId: string }>> {
  const missing = [...lacking(first, second, limit), ...lacking(second, first, limit)]
  const settled = await Promise.all(
    missing.map(async ({ eventId, shownBy, lackedBy }) =>
      await isShown(context, lackedBy, eventId) ? [] : [{ eventId, mspId: shownBy.info.mspId }])
  )
  return settled.flat()
}

function lacking (log: Log, other: Log, limit: number | undefined): Array<{ eventId: string, shownBy: GatewayApi, lackedBy: GatewayApi }> {
  const known = new Set(other.value.map((e) => e.eventId))
  const oldest = limit !== undefined && other.value.length >= limit ? other.value.at(-1)?.time ?? 0 : -Infinity
  return log.value.filter((e) => !known.has(e.eventId) && e.time > oldest).map(({ eventId }) =>
    ({ eventId, shownBy: log.gateway, lackedBy: other.gateway }))
}

async function isShown (context: PatientContext, gateway: GatewayApi, eventId: string): Promise<boolean> {
  const deadline = performance.now() + SETTLE_MS
  for (;;) {
    if (await orNotFound(gateway.getAccessCase(eventId, authorizePatient(context))) !== undefined) return true
    if (performance.now() >= deadline) return false
    await pause(POLL_MS)
  }
}

function describe (
  { items, differing }: Merged,
  onlyShownBy: Array<{ eventId: string, mspId: string }>,
  asked: readonly GatewayApi[]
): AuditList {
  const warnings = [
    ...onlyShownBy.map(({ eventId, mspId }) => EVENT_WORDS.alone(eventId, mspId)),
    ...differing.map((eventId) => EVENT_WORDS.differs(eventId, asked.map((g) => g.info.mspId)))
  ]
  return { items, askedMspIds: asked.map((g) => g.info.mspId), onlyShownBy, differing, ...(warnings.length === 0 ? {} : { warnings }) }
}
