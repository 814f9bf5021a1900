import { isDeepStrictEqual } from 'node:util'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { LedgerError } from '@epione/protocol'
import { formatPlace } from '../access/log-pages.ts'
import type { Place } from '../access/log-pages.ts'
import { noteReading } from '../access/note-reading.ts'
import { GatewayError } from '../errors.ts'
import { requireStillAdmitted } from '../http/auth.ts'
import { encodeEvent } from '../streams/server-events.ts'
import { comparePlaces, endOf, readNotices } from './read-notices.ts'
import type { NoticesWanted } from './read-notices.ts'

/** How long (ms) nothing is said at most; as often it is asked whether the caller would still be let in. */
const ALIVE_MS = 10_000
/** How long (ms) one connection lasts: whoever wants more connects again, with fresh credentials. */
const LASTS_MS = 60 * 60 * 1000

interface Freshness { place: Place, throughBlock: number, fault: Fault | undefined, isSaid: boolean }

interface Fault { code: string, detail: string }

interface Following {
  request: FastifyRequest
  /** As far as the caller may see now. @throws {GatewayError} NOT_PERMITTED when they may not any more */
  filter: () => NoticesWanted
  after: Place
  /** Aborts when the caller has gone. */
  gone: AbortSignal
  aliveMs?: number | undefined
}

/**
 * Notices as text of server-sent events, from a place on, each once and in the order of the ledger, until the caller goes, the credentials
 * end or the gateway closes. What is told is noted as read before it is told.
 */
export async function * followNotices (
  app: FastifyInstance, { request, filter, after, gone, aliveMs = ALIVE_MS }: Following
): AsyncGenerator<string, void, void> {
  const { events, store: { db }, ports: { clock } } = app
  const over = AbortSignal.any([gone, app.noticesEnd])
  const until = clock() + LASTS_MS
  let [place, isBehind, aliveAt] = [after, false, -Infinity]
  try {
    while (!over.aborted && clock() < until) {
      const throughBlock = Number(events.position)
      const seen = filter()
      const notices = await readNotices(db, seen, { after: place, throughBlock, now: clock() })
      const isAliveDue = performance.now() - aliveAt >= aliveMs
      if (notices.length > 0 || isAliveDue) await requireStillAdmitted(request)
      // These were read with what the caller saw before they were judged anew.
      if (!isDeepStrictEqual(filter(), seen)) continue
      if (notices.length > 0) {
        await noteReading(app, request, notices.flatMap(({ patients }) => patients.map((patientId) => ({ patientId }))))
        yield * notices.map(({ kind, data, place: at }) => encodeEvent(kind, data, formatPlace(at)))
        place = furthest(place, ...notices.map((notice) => notice.place))
        aliveAt = -Infinity
        continue
      }
      // All up to this block was told: whoever connects again need not look at it.
      place = furthest(place, endOf(throughBlock))
      if (isAliveDue) {
        aliveAt = performance.now()
        const fault = freshnessFault(app)
        const said = sayFreshness(app, { place, throughBlock, fault, isSaid: isBehind })
        if (said !== undefined) yield said
        isBehind = fault !== undefined
      }
      await nextBlock(app, BigInt(throughBlock) + 1n, AbortSignal.any([over, AbortSignal.timeout(aliveMs)]))
    }
    if (!gone.aborted) yield encodeEvent('end', goodbye(app))
  } catch (error) {
    yield encodeEvent('end', refusalOf(error))
  }
}

/** That all up to now was told, or once that this gateway may not know the newest. */
function sayFreshness (app: FastifyInstance, { place, throughBlock, fault, isSaid }: Freshness): string | undefined {
  const alive = { blockNumber: throughBlock, time: app.ports.clock(), ...app.silent() }
  if (fault === undefined) return encodeEvent('alive', alive, formatPlace(place))
  return isSaid ? undefined : encodeEvent('behind', fault)
}

/** What ends the notices of a caller. @throws what is no refusal */
function refusalOf (error: unknown): Fault {
  if (!(error instanceof GatewayError || error instanceof LedgerError)) throw error
  return { code: error.code, detail: error.message }
}

const CLOSING = { code: 'NOT_READY', detail: 'this gateway ends: connect again with the last id, here or elsewhere' }
const OVER = { code: 'NOTICES_OVER', detail: 'one connection lasts an hour: connect again with the last id' }

const furthest = (...places: Place[]): Place => places.reduce((one, other) => comparePlaces(one, other) < 0 ? other : one)

const goodbye = ({ noticesEnd }: FastifyInstance): Fault => noticesEnd.aborted ? CLOSING : OVER

/** Why this gateway may not know the newest of the ledger; undefined where it does. */
function freshnessFault (app: FastifyInstance): Fault | undefined {
  if (app.events.failing || !app.events.connected) {
    return { code: 'READ_MODEL_BEHIND', detail: 'this hospital does not read the ledger now: what is new it cannot tell' }
  }
  try {
    app.heads.requireCurrent(1)
    return undefined
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    return { code: error.code, detail: error.message }
  }
}

async function nextBlock ({ events }: FastifyInstance, blockNumber: bigint, signal: AbortSignal): Promise<void> {
  try {
    await events.waitFor(blockNumber, signal)
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
