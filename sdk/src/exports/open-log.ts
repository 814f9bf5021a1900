import type { LogQuery } from '@epione/protocol'
import type { LoggedAccessEvent } from '@epione/protocol/api'
import type { PatientContext, PractitionerContext, TokenContext } from '../context/context.ts'
import { authorizeAs } from '../context/session.ts'
import { ClientError } from '../errors.ts'
import { pause } from '../gateways/pause.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import { MissingParts } from '../access/missing-parts.ts'
import { EVENT_WORDS, POLL_MS, saidByBlock, SETTLE_MS } from '../access/two-logs.ts'

/** As large as gateways give. */
const PAGE = 100
/** More differences between two hospitals than anybody reads. */
const WARNINGS_MAX = 100

export type LogReader = PatientContext | PractitionerContext | TokenContext

/** The log, newest first, in constant memory. */
export interface OpenLog {
  /** Whose logs these are, the own hospital's first. */
  readonly gateways: readonly GatewayApi[]
  readonly query: LogQuery
  /** Block of the newest event; absent where there is none. */
  readonly throughBlock?: number
  /** Organisations whose part may be missing, by what the first page says. */
  readonly silent: readonly string[]
  /** To be read once. */
  readonly events: AsyncGenerator<LoggedAccessEvent, void, void>
  /** Whole once `events` has ended. */
  readonly warnings: readonly string[]
}

interface Page { items: LoggedAccessEvent[], next?: string }
interface Source { gateway: GatewayApi, first: Page }

/**
 * Access events by pages: to an auditor or a practitioner by their own hospital's log; to a patient by two hospitals' logs, merged block by
 * block, with a warning for each event that one of them leaves out or shows otherwise, and one where no second can be reached.
 */
export async function openLog (context: LogReader, asked: LogQuery): Promise<OpenLog> {
  const query: LogQuery = context.role === 'patient' ? { ...asked, patientId: context.patientId } : asked
  const missing = new MissingParts()
  const read = async (gateway: GatewayApi, cursor?: string): Promise<Page> =>
    missing.note(gateway, await gateway.listAccessEvents({ ...query, limit: PAGE, cursor }, authorizeAs(context)))
  if (context.role !== 'patient') {
    const { own } = context.gateways
    const first = await read(own)
    return { ...toLog([{ gateway: own, first }], query, read, [...missing.warnings]), silent: missing.silent }
  }
  const warnings: string[] = []
  const { answers, silent } = await context.gateways.askTwoReachable((gateway) => read(gateway))
  const sources = await settle(answers.map(({ gateway, value }) => ({ gateway, first: value })), read)
  if (sources.length === 1) {
    warnings.push(EVENT_WORDS.onlyOne(nameOf(sources[0]), silent))
  }
  warnings.push(...missing.warnings)
  return { ...toLog(sources, query, read, warnings), silent: missing.silent }
}

const nameOf = (source: Source | undefined): string => source?.gateway.info.mspId ?? 'no hospital'
const newestOf = ({ first }: Source): number => first.items[0]?.blockNumber ?? -1

/** Reads the first page again of a hospital that has not come as far as the other. */
async function settle (sources: Source[], read: (gateway: GatewayApi) => Promise<Page>): Promise<Source[]> {
  const deadline = performance.now() + SETTLE_MS
  for (;;) {
    const newest = Math.max(-1, ...sources.map(newestOf))
    const late = sources.filter((source) => newestOf(source) < newest)
    if (late.length === 0 || performance.now() >= deadline) return sources
    await pause(POLL_MS)
    for (const source of late) source.first = await read(source.gateway)
  }
}

function toLog (
  sources: readonly Source[], query: LogQuery, read: (gateway: GatewayApi, cursor?: string) => Promise<Page>, warnings: string[]
): Omit<OpenLog, 'silent'> {
  const throughBlock = Math.max(-1, ...sources.map(newestOf))
  const warn = (text: string): void => {
    if (warnings.length < WARNINGS_MAX) warnings.push(text)
    else if (warnings.length === WARNINGS_MAX) warnings.push('There are more differences than are listed.')
  }
  const [first, second] = sources.map((source) => groups(source, throughBlock, read))
  const nothing = (async function * (): AsyncGenerator<Group, void, void> {})()
  const names: [string, string] = [nameOf(sources[0]), nameOf(sources[1])]
  return {
    gateways: sources.map(({ gateway }) => gateway),
    query,
    ...(throughBlock >= 0 && { throughBlock }),
    events: second === undefined ? flatten(first ?? nothing) : merge(first ?? nothing, second, names, warn),
    warnings
  }
}

/** The events of one block. */
interface Group { block: number, events: LoggedAccessEvent[] }
type Groups = AsyncGenerator<Group, void, void>

async function * groups (
  { gateway, first }: Source, throughBlock: number, read: (gateway: GatewayApi, cursor?: string) => Promise<Page>
): Groups {
  let group: Group | undefined
  for (let page: Page | undefined = first; page !== undefined;) {
    for (const event of page.items) {
      if (event.blockNumber > throughBlock) continue
      if (event.blockNumber === group?.block) group.events.push(event)
      else {
        if (group !== undefined) {
          if (event.blockNumber > group.block) throw disordered(gateway)
          yield group
        }
        group = { block: event.blockNumber, events: [event] }
      }
    }
    page = page.next === undefined || page.next === '' ? undefined : await read(gateway, page.next)
  }
  if (group !== undefined) yield group
}

function disordered (gateway: GatewayApi): ClientError {
  return new ClientError('ANSWER_MALFORMED', 'The gateway gives the log in another order than the ledger\'s.', {
    party: { kind: 'gateway', mspId: gateway.info.mspId }
  })
}

async function * flatten (groups: Groups): AsyncGenerator<LoggedAccessEvent, void, void> {
  for await (const { events } of groups) yield * events
}

async function * merge (
  first: Groups, second: Groups, names: readonly [string, string], warn: (text: string) => void
): AsyncGenerator<LoggedAccessEvent, void, void> {
  let [a, b] = [await first.next(), await second.next()]
  while (a.done !== true || b.done !== true) {
    const [blockA, blockB] = [a.done === true ? -1 : a.value.block, b.done === true ? -1 : b.value.block]
    const [own, other] = [
      a.done !== true && blockA >= blockB ? a.value.events : [], b.done !== true && blockB >= blockA ? b.value.events : []
    ]
    yield * join(own, other, names, warn)
    if (blockA >= blockB) a = await first.next()
    if (blockB >= blockA) b = await second.next()
  }
}

/** Events of one block as two hospitals show them; which of two contents is right their proofs say. */
function join (
  own: readonly LoggedAccessEvent[], other: readonly LoggedAccessEvent[], names: readonly [string, string], warn: (text: string) => void
): LoggedAccessEvent[] {
  const byId = new Map(own.map((event) => [event.eventId, event]))
  const shown = new Set(other.map(({ eventId }) => eventId))
  for (const { eventId } of own) if (!shown.has(eventId)) warn(EVENT_WORDS.alone(eventId, names[0]))
  for (const event of other) {
    const known = byId.get(event.eventId)
    if (known === undefined) {
      byId.set(event.eventId, event)
      warn(EVENT_WORDS.alone(event.eventId, names[1]))
    } else if (saidByBlock(known) !== saidByBlock(event)) warn(EVENT_WORDS.differs(event.eventId, names))
  }
  return [...byId.values()]
}
