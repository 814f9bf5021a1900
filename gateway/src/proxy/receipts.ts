import type { FastifyBaseLogger } from 'fastify'
import type { Kysely } from 'kysely'
import type { Outbox } from '../outbox/outbox.ts'
import type { Tables } from '../store/tables.ts'
import { requireRoomForReceipts, sendOwn } from './own-statements.ts'
import type { ProxyContext } from './proxy-context.ts'

/** How long (ms) releases are gathered before a receipt goes to the ledger. */
const GATHER_MS = 1_000
/** The same of releases that come one after another, as those of a day of windows: until none came for that long, at most this. */
const GATHER_MAX_MS = 10_000
/** Pause (ms) before what could not be written is tried again: most often too many receipts wait for the orderers already. */
const RETRY_MS = 10_000
/** Most wraps in one receipt, so that its statement stays below 64 KiB. */
const WRAPS_PER_RECEIPT = 500
/** Most events in one receipt (model: ReleaseReceipt). */
const EVENTS_PER_RECEIPT = 100

/** How long (ms) a release that was noted is not noted again: a permit to read lives as long. */
const SAID_ONCE_MS = 60_000

type Release = { event_id: string, wrap_hash: string }
type Options = Pick<ProxyContext, 'mspId' | 'keys' | 'networkId' | 'clock'> & { db: Kysely<Tables>, outbox: Outbox, log: FastifyBaseLogger }

/**
 * Says on the ledger what this proxy released. A release is durable before its answer leaves; receipts are batched,
 * so that they cost the ledger little (PROTOCOL §5).
 */
export class Receipts {
  readonly #options: Options
  readonly #noted = new Map<string, number>()
  #timer: NodeJS.Timeout | undefined
  /** When the first of what has gathered was noted. */
  #since = 0
  #flushing: Promise<void> = Promise.resolve()
  #isStopped = false

  constructor (options: Options) {
    this.#options = options
  }

  /** Notes a release durably; call before the answer leaves. @throws {GatewayError} OVERLOADED */
  async record (eventId: string, wrapHashes: readonly string[]): Promise<void> {
    const { db, clock, outbox } = this.#options
    await requireRoomForReceipts(outbox)
    const now = clock()
    const rows = [...new Set(wrapHashes)].map((wrapHash) => ({ event_id: eventId, wrap_hash: wrapHash, released_at: now }))
    await db.insertInto('releases').values(rows).onConflict((conflict) => conflict.columns(['event_id', 'wrap_hash']).doNothing()).execute()
    this.#gather()
  }

  #gather (): void {
    if (this.#timer !== undefined) return
    this.#since = performance.now()
    this.#timer = setTimeout(() => { this.#flushSoon() }, GATHER_MS)
  }

  /** What has gathered waits for what comes soon after it. */
  #gatherMore (): void {
    if (this.#timer === undefined || performance.now() - this.#since > GATHER_MAX_MS - GATHER_MS) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => { this.#flushSoon() }, GATHER_MS)
  }

  /**
   * The same of what is released by many answers within a moment, windows of a segment by its root: it is noted, and said, once a minute of
   * this process. @throws {GatewayError} OVERLOADED
   */
  async recordOnce (eventId: string, hashes: readonly string[]): Promise<void> {
    const now = this.#options.clock()
    for (const [name, notedAt] of this.#noted) {
      if (now - notedAt <= SAID_ONCE_MS) break
      this.#noted.delete(name)
    }
    const fresh = [...new Set(hashes)].filter((hash) => !this.#noted.has(`${eventId} ${hash}`))
    if (fresh.length === 0) return
    await this.record(eventId, fresh)
    this.#gatherMore()
    for (const hash of fresh) this.#noted.set(`${eventId} ${hash}`, now)
  }

  /** Begins to say what an earlier process released; it goes on until all is said, however long that takes. */
  start (): void {
    this.#flushSoon()
  }

  /** Signs what has gathered and hands it to the outbox. */
  async flush (): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    while (await this.#flushOne()) this.#options.outbox.nudge()
  }

  async stop (): Promise<void> {
    this.#isStopped = true
    clearTimeout(this.#timer)
    await this.#flushing
  }

  #flushSoon (): void {
    this.#flushing = this.flush().catch((error: unknown) => {
      this.#options.log.error({ err: error }, 'receipts could not be written yet; the releases are kept and tried again')
      if (!this.#isStopped) this.#timer ??= setTimeout(() => { this.#flushSoon() }, RETRY_MS)
    })
  }

  /** Moves up to one receipt's worth from releases to the outbox, in one transaction; true when it moved any. */
  async #flushOne (): Promise<boolean> {
    const { db, mspId } = this.#options
    return await db.transaction().execute(async (trx) => {
      const chosen = limitEvents(
        await trx.selectFrom('releases').select([
          'event_id', 'wrap_hash'
        ]).orderBy('released_at').orderBy('event_id').limit(WRAPS_PER_RECEIPT).execute()
      )
      if (chosen.length === 0) return false
      // What another gateway of this hospital took meanwhile is not returned, and so not said twice.
      const taken: Release[] = []
      for (const row of chosen) {
        taken.push(
          ...await trx.deleteFrom('releases').where('event_id', '=', row.event_id).where('wrap_hash', '=', row.wrap_hash).returning([
            'event_id', 'wrap_hash'
          ]).execute()
        )
      }
      if (taken.length === 0) return false
      const releases = [...Map.groupBy(taken, (row) => row.event_id)].map(([eventId, rows]) =>
        ({ eventId, wrapHashes: rows.map((row) => row.wrap_hash) }))
      await sendOwn(this.#options, `${releases[0]?.eventId ?? ''}:${crypto.randomUUID()}`, { type: 'ReleaseReceipt', mspId, releases }, trx)
      return true
    })
  }
}

/* Whole events: what one answer releases is said by one receipt. A full page may have cut the last one. */
function limitEvents (rows: Release[]): Release[] {
  const ids = [...new Set(rows.map((row) => row.event_id))]
  const whole = rows.length < WRAPS_PER_RECEIPT || ids.length === 1 ? ids : ids.slice(0, -1)
  const events = new Set(whole.slice(0, EVENTS_PER_RECEIPT))
  return rows.filter((row) => events.has(row.event_id))
}
