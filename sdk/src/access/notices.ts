import { checkSchema } from '@epione/protocol'
import { ConsentChange, GroupChange, LoggedAccessEvent, NoticeAlive, NoticeBehind, NoticeEnd, NoticePlace } from '@epione/protocol/api'
import { Value } from 'typebox/value'
import type { Static, TSchema } from 'typebox'
import type { PatientContext, PractitionerContext, TokenContext } from '../context/context.ts'
import { authorizeAs } from '../context/session.ts'
import { ClientError, isClientError, messageOf } from '../errors.ts'
import type { NoticeQuery } from '../gateways/audit-api.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import { pause } from '../gateways/pause.ts'
import { readServerEvents } from '../gateways/server-events.ts'
import type { ServerEvent } from '../gateways/server-events.ts'

type Reader = PatientContext | PractitionerContext | TokenContext

/** One event as a gateway tells it; `place` is what to go on after. */
export type Notice =
  | { kind: 'access', place: string, event: LoggedAccessEvent }
  | { kind: 'consent', place: string, change: ConsentChange }
  | { kind: 'group', place: string, change: GroupChange }
/** All up to `place` was told. */
export interface Alive extends Static<typeof NoticeAlive> { kind: 'alive', place: string }
/** Something that is not as it should be: of one hospital, in words. */
export interface NoticeWarning { kind: 'warning', mspId: string, text: string }
export type Told = Notice | Alive | NoticeWarning

export interface NoticesWanted extends Omit<NoticeQuery, 'after'> {
  /** The place of the last notice that the reader has; from now on without. */
  after?: string
  /** Ends it. */
  signal: AbortSignal
  /** Longest pause (ms) before a gateway is asked again. */
  longestPauseMs?: number
  /** How long (ms) a gateway may not say that it told everything, before it is named. */
  aliveWithinMs?: number
}

/** Pause (ms) before a gateway is asked again the first time; doubled with each failure. */
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000
/** Ends of a connection after which one simply connects again. */
const GO_ON = ['NOT_READY', 'NOTICES_OVER', 'READ_MODEL_BEHIND', 'LEDGER_UNAVAILABLE']

/**
 * Notices of one gateway, each once, through as many connections as that takes: after one breaks, from the last place on.
 * @throws {ClientError} what the gateway refuses for good, as when a token has ended; ANSWER_MALFORMED
 */
export async function * tellNotices (
  context: Reader,
  gateway: GatewayApi,
  { after, signal, longestPauseMs = LONGEST_PAUSE_MS, aliveWithinMs: _judged, ...query }: NoticesWanted
): AsyncGenerator<Told, void, void> {
  const { mspId } = gateway.info
  let [place, pauseMs] = [after, FIRST_PAUSE_MS]
  const isOver = (): boolean => signal.aborted
  while (!isOver()) {
    try {
      const asked = { ...query, ...(place !== undefined && { after: place }) }
      const bytes = await gateway.audit.follow(asked, authorizeAs(context), signal)
      for await (const said of readServerEvents(bytes)) {
        const told = parse(mspId, said)
        if (told.kind === 'end') {
          if (!GO_ON.includes(told.code)) throw ended(mspId, told, place)
          break
        }
        if ('place' in told) {
          place = goOn(mspId, place, told.place)
          pauseMs = FIRST_PAUSE_MS
        }
        yield told
      }
    } catch (error) {
      if (isOver()) return
      if (!isClientError(error, 'UNAVAILABLE')) throw error
      yield { kind: 'warning', mspId, text: `${mspId} cannot be reached: ${messageOf(error)}` }
    }
    await pause(pauseMs * (0.75 + Math.random() / 2), signal)
    pauseMs = Math.min(pauseMs * 2, longestPauseMs)
  }
}

/** The next place, which no gateway may tell before a former one. */
function goOn (mspId: string, from: string | undefined, to: string): string {
  if (from !== undefined && isAfter(from, to)) throw malformed(mspId, 'tells notices in another order than the ledger\'s')
  return to
}

function ended (mspId: string, { code, detail }: { code: string, detail: string }, after: string | undefined): ClientError {
  return new ClientError('REFUSED', `${mspId} ends its notices: ${detail}.`, { gatewayCode: code, ...(after !== undefined && { after }) })
}

type Said = Told | { kind: 'end', code: string, detail: string }

function parse (mspId: string, { event, data, id }: ServerEvent): Said {
  try {
    const body: unknown = JSON.parse(data)
    const read = <S extends TSchema>(schema: S): Static<S> => checkSchema(schema, body, event)
    switch (event) {
      case 'behind': return { kind: 'warning', mspId, text: `${mspId} does not know the newest of the ledger: ${read(NoticeBehind).detail}` }
      case 'end': return { kind: 'end', ...read(NoticeEnd) }
    }
    if (!Value.Check(NoticePlace, id)) throw new Error('it has no place')
    switch (event) {
      case 'access': return { kind: event, place: id, event: read(LoggedAccessEvent) }
      case 'consent': return { kind: event, place: id, change: read(ConsentChange) }
      case 'group': return { kind: event, place: id, change: read(GroupChange) }
      case 'alive': return { kind: event, place: id, ...read(NoticeAlive) }
      default: throw new Error(`nobody knows ${event}`)
    }
  } catch (cause) {
    throw malformed(mspId, 'sends an event that its agreement does not know', cause)
  }
}

function malformed (mspId: string, what: string, cause?: unknown): ClientError {
  return new ClientError('ANSWER_MALFORMED', `The gateway of ${mspId} ${what}.`, { party: { kind: 'gateway', mspId } }, { cause })
}

/** Whether one place comes after another in the log. */
export function isAfter (one: string, other: string): boolean {
  const [[blockA = 0, indexA = 0], [blockB = 0, indexB = 0]] = [one.split('.').map(Number), other.split('.').map(Number)]
  return blockA > blockB || (blockA === blockB && indexA > indexB)
}
