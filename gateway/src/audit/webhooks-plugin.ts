import { createHash } from 'node:crypto'
import { isOutside } from '@epione/protocol'
import { DEAD_WEBHOOKS_MAX } from '@epione/protocol/api'
import type { ConsentChange, GroupChange, LoggedAccessEvent, ShownWebhook } from '@epione/protocol/api'
import fp from 'fastify-plugin'
import type { FastifyInstance } from 'fastify'
import { formatPlace } from '../access/log-pages.ts'
import { GatewayError } from '../errors.ts'
import { repeat } from '../repeat.ts'
import { postWebhook } from './post-webhook.ts'
import { comparePlaces, endOf, readNotices } from './read-notices.ts'
import type { Notice } from './read-notices.ts'
import { hostOf } from './webhook-settings.ts'
import type { Webhook } from './webhook-settings.ts'

declare module 'fastify' {
  interface FastifyInstance {
    webhooks: WebhookSender
  }
}

const WEBHOOK = 'webhook'
/** Messages to one receiver that wait at once: the next come once these are delivered or given up. */
const WAITING_MAX = 100
/** How long (ms) a message is tried; the pauses between (ms). */
export const GIVE_UP_MS = 24 * 60 * 60 * 1000
const BACKOFF_MS = { first: 5_000, longest: 15 * 60 * 1000 }
/** How often (ms) new notices are looked for. */
const LOOK_EVERY_MS = 1_000

interface Work { hook: string, id: string, place: string, body: string }

/** Sends notices to the receivers that the hospital's admin lists: at least once each, in about their order, from their first sight on. */
export class WebhookSender {
  readonly #app: FastifyInstance

  constructor (app: FastifyInstance) {
    this.#app = app
  }

  /**
   * Makes work of what is new for each receiver. Place and work move in one transaction, so that neither a crash nor a second process
   * loses or doubles it.
   */
  async look (): Promise<void> {
    for (const hook of this.#app.ports.webhooks?.hooks ?? []) await this.#lookFor(hook)
  }

  async #lookFor (hook: Webhook): Promise<void> {
    const { store: { db }, events, outbox, logNotes, ports: { clock } } = this.#app
    const throughBlock = Number(events.position)
    const newest = endOf(throughBlock)
    const after = await db.selectFrom('webhook_places').select(['block_number', 'event_index']).where('hook', '=', hook.id).executeTakeFirst()
    if (after === undefined) {
      // What was before its first sight it is not told.
      await db.insertInto('webhook_places').values({ hook: hook.id, ...newest, delivered: 0, delivered_at: null })
        .onConflict((c) => c.doNothing()).execute()
      return
    }
    if (comparePlaces(after, newest) >= 0) return
    const { waiting } = await db.selectFrom('outbox').select((e) => e.fn.countAll<number>().as('waiting'))
      .where('kind', '=', WEBHOOK).where('owner', '=', hook.id).executeTakeFirstOrThrow()
    if (waiting >= WAITING_MAX) return
    const notices = await readNotices(db, { ...hook.filter, groups: true }, { after, throughBlock, now: clock() })
    const taken = notices.slice(0, WAITING_MAX - waiting)
    const place = taken.at(-1)?.place ?? newest
    await db.transaction().execute(async (trx) => {
      const moved = await trx.updateTable('webhook_places').set(place).where('hook', '=', hook.id)
        .where('block_number', '=', after.block_number).where('event_index', '=', after.event_index).executeTakeFirst()
      // Another process of the hospital was quicker.
      if (moved.numUpdatedRows !== 1n) return
      // It leaves the hospital's log: that is noted before it does.
      if (taken.length > 0) await logNotes.noteReading({ as: 'program', reader: `webhook.${hook.id}` }, taken.flatMap(({ patients }) => patients), trx)
      for (const notice of taken) {
        const work = workOf(hook, notice, this.#app.ports.network.networkId)
        await outbox.add({ kind: WEBHOOK, key: `${hook.id}.${work.place}`, payload: work, owner: hook.id, giveUpAt: clock() + GIVE_UP_MS }, trx)
      }
    })
    if (taken.length > 0) outbox.nudge()
  }

  async deliver (payload: unknown): Promise<void> {
    const { hook: id, ...message } = payload as Work
    const { store: { db }, ports: { clock, webhooks }, log } = this.#app
    const hook = webhooks?.hooks.find((one) => one.id === id)
    if (hook === undefined || webhooks === undefined) {
      log.warn({ hook: id }, 'a message to a receiver that the settings list no more is dropped')
      return
    }
    await postWebhook(hook, message, webhooks)
    await db.updateTable('webhook_places').set((e) => ({ delivered: e('delivered', '+', 1), delivered_at: clock() }))
      .where('hook', '=', id).execute()
  }

  /** Keeps what was given up where an auditor sees it. */
  async bury (payload: unknown, { attempts, lastError }: { attempts: number, lastError: string | null }): Promise<void> {
    const { hook, id, place, body } = payload as Work
    const { store: { db }, ports: { clock } } = this.#app
    await db.insertInto('webhook_dead').values({ id, hook, place, body, attempts, last_error: lastError ?? '', died_at: clock() })
      .onConflict((c) => c.doNothing()).execute()
    const kept = db.selectFrom('webhook_dead').select('id').where('hook', '=', hook).orderBy('died_at', 'desc').limit(DEAD_WEBHOOKS_MAX)
    await db.deleteFrom('webhook_dead').where('hook', '=', hook).where('id', 'not in', kept).execute()
  }

  /**
   * Makes work again of what was given up for a receiver, of all of it or of the messages named, oldest first, each with its id and body as
   * before. Returns how many these are; what waits already, or was never given up, is none of them.
   * @throws {GatewayError} WEBHOOK_UNKNOWN
   */
  async resend (hook: string, webhookIds?: readonly string[]): Promise<number> {
    const { store: { db }, outbox, ports: { clock, webhooks } } = this.#app
    if (webhooks?.hooks.some(({ id }) => id === hook) !== true) {
      throw new GatewayError('WEBHOOK_UNKNOWN', `the settings of this hospital list no receiver ${hook}`)
    }
    const resent = await db.transaction().execute(async (trx) => {
      const all = trx.deleteFrom('webhook_dead').where('hook', '=', hook)
      const dead = await (webhookIds === undefined ? all : all.where('id', 'in', webhookIds)).returningAll().execute()
      for (const { id, place, body } of dead.toSorted((a, b) => a.died_at - b.died_at || (a.id < b.id ? -1 : 1))) {
        const payload: Work = { hook, id, place, body }
        await outbox.add({ kind: WEBHOOK, key: `${hook}.${place}`, payload, owner: hook, giveUpAt: clock() + GIVE_UP_MS }, trx)
      }
      return dead.length
    })
    if (resent > 0) outbox.nudge()
    return resent
  }

  async list (): Promise<ShownWebhook[]> {
    const { store: { db }, ports: { webhooks } } = this.#app
    return await Promise.all((webhooks?.hooks ?? []).map(async ({ id, url, filter }): Promise<ShownWebhook> => {
      const place = await db.selectFrom('webhook_places').selectAll().where('hook', '=', id).executeTakeFirst()
      const waiting = await db.selectFrom('outbox').select(['created_at', 'attempts', 'last_error'])
        .where('kind', '=', WEBHOOK).where('owner', '=', id).orderBy('created_at').execute()
      // Without their bodies, which nobody is shown here.
      const dead = await db.selectFrom('webhook_dead').select(['id', 'place', 'attempts', 'last_error', 'died_at'])
        .where('hook', '=', id).orderBy('died_at', 'desc').limit(DEAD_WEBHOOKS_MAX).execute()
      const [oldest] = waiting
      return {
        id,
        host: hostOf(url),
        filter,
        delivered: place?.delivered ?? 0,
        ...(place !== undefined && place.delivered_at !== null && { deliveredAt: place.delivered_at }),
        ...(place !== undefined && { through: formatPlace(place) }),
        waiting: waiting.length,
        ...(oldest !== undefined && { oldestAt: oldest.created_at, attempts: oldest.attempts }),
        ...(oldest !== undefined && oldest.last_error !== null && { lastError: oldest.last_error }),
        dead: dead.map((one) => ({
          webhookId: one.id, place: one.place, attempts: one.attempts, lastError: one.last_error, diedAt: one.died_at
        }))
      }
    }))
  }
}

function workOf (hook: Webhook, notice: Notice, networkId: string): Work {
  const place = formatPlace(notice.place)
  const { time } = notice.data as { time: number }
  const body = JSON.stringify({ type: `epione.${notice.kind}`, timestamp: new Date(time).toISOString(), data: { place, ...dataOf(notice) } })
  return { hook: hook.id, id: `msg_${createHash('sha256').update(`${networkId} ${hook.id} ${place}`).digest('hex').slice(0, 32)}`, place, body }
}

/** Who and when, and under which id the log says the rest: neither records nor labels, reasons or terms. */
function dataOf ({ kind, data }: Notice): object {
  if (kind === 'access') {
    const event = data as LoggedAccessEvent
    const { eventId, time, patientId, actor, action, purpose, decision, blockNumber } = event
    const isEmergency = event.emergency !== undefined
    return {
      eventId,
      time,
      patientId,
      actor,
      action,
      purpose,
      decision,
      outside: isOutside(event),
      ...(isEmergency && { emergency: true }),
      blockNumber
    }
  }
  if (kind === 'consent') {
    const { change, statementId, about, patientId, time, terms, blockNumber } = data as ConsentChange
    return { change, statementId, about, patientId, time, ...(terms !== undefined && { grantee: terms.grantee }), blockNumber }
  }
  const { statementId, mspId, department, time, joined, left, consents, blockNumber } = data as GroupChange
  return { statementId, mspId, department, time, joined, left, consents, blockNumber }
}

/** Signed webhooks of the receivers that the settings list. */
export const webhooksPlugin = fp((app, _options, done) => {
  const sender = new WebhookSender(app)
  app.decorate('webhooks', sender)
  app.outbox.handle(WEBHOOK, async (payload) => { await sender.deliver(payload) }, {
    backoff: BACKOFF_MS, triesLast: true, abandon: async (payload, how) => { await sender.bury(payload, how) }
  })
  const stop = new AbortController()
  let work: Promise<void> = Promise.resolve()
  app.addHook('onReady', (ready) => {
    if (app.ports.webhooks !== undefined) work = repeat(LOOK_EVERY_MS, stop.signal, async () => { await sender.look() }, app.log)
    ready()
  })
  app.addHook('onClose', async () => {
    stop.abort()
    await work
  })
  done()
}, { name: 'webhooks', dependencies: ['store', 'events', 'outbox', 'log-notes', 'audit'] })
