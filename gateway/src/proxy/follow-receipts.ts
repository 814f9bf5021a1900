import type { FastifyBaseLogger } from 'fastify'
import type { ReleaseReceipt } from '@epione/protocol'
import type { Kysely } from 'kysely'
import { repeat } from '../repeat.ts'
import type { Tables } from '../store/tables.ts'
import { requireRoomForReceipts, sendOwn } from './own-statements.ts'
import type { ProxyContext } from './proxy-context.ts'

/** How often (ms) it is said which windows were released. */
const SAY_EVERY_MS = 60_000
/** Streams in one receipt (model: ReleaseReceipt). */
const EVENTS_PER_RECEIPT = 100

type FollowEnd = NonNullable<ReleaseReceipt['releases'][number]['end']>
type Options = Pick<ProxyContext, 'mspId' | 'keys' | 'networkId' | 'clock' | 'outbox' | 'db' | 'log'>

/**
 * Says on the ledger which windows of followed streams this proxy released, once a minute by their numbers, and how following ended. A
 * release is durable before its answer leaves.
 */
export class FollowReceipts {
  readonly #options: Options

  constructor (options: Options) {
    this.#options = options
  }

  /** Notes numbers durably; call before the answer leaves. @throws {GatewayError} OVERLOADED */
  async record (
    { eventId, expiresAt }: { eventId: string, expiresAt: number }, { first, last }: { first: number, last: number }
  ): Promise<void> {
    const { db, outbox } = this.#options
    await requireRoomForReceipts(outbox)
    await db.insertInto('follows').values({ event_id: eventId, expires_at: expiresAt, first_number: first, last_number: last, ended: null })
      .onConflict((conflict) => conflict.column('event_id').doUpdateSet((row) => ({
        first_number: row.case().when('follows.first_number', '<', first).then(row.ref('follows.first_number')).else(first).end(),
        last_number: row.case().when('follows.last_number', '>', last).then(row.ref('follows.last_number')).else(last).end(),
        // Who follows again has not ended.
        ended: null
      }))).execute()
  }

  /** Notes how following ended, where anything was released of it; true when it was. The first end stays. */
  async end (eventId: string, ended: FollowEnd): Promise<boolean> {
    const { numUpdatedRows } = await this.#options.db.updateTable('follows').set({ ended })
      .where('event_id', '=', eventId).where('ended', 'is', null).executeTakeFirst()
    return numUpdatedRows > 0n
  }

  /** Says what has gathered, every minute until aborted. */
  async keep (signal: AbortSignal, log: FastifyBaseLogger): Promise<void> {
    await repeat(SAY_EVERY_MS, signal, async () => { await this.flush() }, log)
  }

  /** Says what has gathered, and of each permit that is over that it is. */
  async flush (): Promise<void> {
    const { db, clock, outbox } = this.#options
    await db.updateTable('follows').set({ ended: 'expired' }).where('expires_at', '<', clock()).where('ended', 'is', null).execute()
    while (await this.#flushOne()) outbox.nudge()
  }

  /** Moves up to one receipt's worth to the outbox, in one transaction; true when it moved any. */
  async #flushOne (): Promise<boolean> {
    const { db, mspId } = this.#options
    return await db.transaction().execute(async (trx) => {
      const rows = await trx.selectFrom('follows').selectAll()
        .where((either) => either.or([either('first_number', 'is not', null), either('ended', 'is not', null)]))
        .orderBy('event_id').limit(EVENTS_PER_RECEIPT).execute()
      if (rows.length === 0) return false
      for (const { event_id: eventId, ended } of rows) await clear(trx, eventId, ended !== null)
      const releases = rows.map(({ event_id: eventId, first_number: first, last_number: last, ended }) => ({
        eventId,
        ...(first !== null && last !== null && { windows: { first, last } }),
        ...(ended !== null && { end: ended as FollowEnd })
      }))
      await sendOwn(this.#options, `${releases[0]?.eventId ?? ''}:${crypto.randomUUID()}`, { type: 'ReleaseReceipt', mspId, releases }, trx)
      return true
    })
  }
}

async function clear (trx: Kysely<Tables>, eventId: string, isOver: boolean): Promise<void> {
  if (isOver) await trx.deleteFrom('follows').where('event_id', '=', eventId).execute()
  else await trx.updateTable('follows').set({ first_number: null, last_number: null }).where('event_id', '=', eventId).execute()
}
