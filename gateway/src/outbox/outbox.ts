import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import { sql } from 'kysely'
import type { Kysely, Selectable } from 'kysely'
import { GatewayError } from '../errors.ts'
import type { OutboxTable, Tables } from '../store/tables.ts'
import { shareOf } from './outbox-room.ts'
import type { OutboxRoom } from './outbox-room.ts'

/** Does one piece of work; settles when it is done for good, rejects when it is to be tried again. */
export type OutboxHandler = (payload: unknown, item: { id: string, createdAt: number }) => Promise<void>

/** `key` makes the work known: adding it again while it waits changes nothing. */
export interface OutboxWork {
  kind: string
  key: string
  payload: unknown
  /** Earliest time in ms; now when left out. */
  dueAt?: number
  /** Time in ms after which it is not tried any more. */
  giveUpAt?: number
  /** Patient on whose word it is done. */
  owner?: string
}

interface Backoff { first: number, longest: number }

interface LaneOptions {
  room?: OutboxRoom
  /** Cleans up after work whose time is over, told how often it was tried and why it failed last. */
  abandon?: (payload: unknown, how: { attempts: number, lastError: string | null }) => Promise<void>
  /** Pause (ms) after the first failure, and the longest: each doubles the one before. */
  backoff?: Backoff
  /** Work whose time is over is tried once more before it is given up: nobody may have tried for long, while this process was down. */
  triesLast?: boolean
}

interface Lane extends LaneOptions {
  handler: OutboxHandler
  wake: PromiseWithResolvers<undefined>
  /** Owners of what is under way, one entry for each piece of work. */
  underWay: string[]
}
type SeenRow = Pick<Selectable<OutboxTable>, 'id' | 'attempts' | 'due_at'>
type Claimed = Selectable<OutboxTable>

interface Options { db: Kysely<Tables>, clock: () => number, log: FastifyBaseLogger, tellGivenUp?: (kind: string) => void }
/** Longest time (ms) between looks for work that another process of the hospital left, or whose time has come. */
const POLL_MS = 1_000
/** Work claimed and not finished within this time (ms) died with its process and is tried again. */
const CLAIM_MS = 30_000
/** Pause after the first failure in ms; doubled with each, up to the second. */
const BACKOFF_MS: Backoff = { first: 250, longest: 30_000 }
/** Pieces of work of one kind at once. */
const BATCH = 8
/** Of these, pieces on the word of one patient: whatever hangs, others' work goes on beside it. */
const BATCH_OF_OWNER = 2
/** Failures of one piece of work are told of at most this often (ms): a flood must not become one of log lines. */
const TELL_EVERY_MS = 3_600_000
const ERROR_LENGTH_MAX = 500
/** What somebody is told to wait for (s) when there is no room. */
const RETRY_AFTER_SECONDS = 30

/**
 * Work that must get done though a peer, the ledger or this process fails. It is a row of the store from before anything
 * is promised until it is done, so it survives kill -9; several gateways of one hospital may share it. Each kind of work
 * has a queue of its own, so that none waits behind another kind's.
 */
export class Outbox {
  readonly #options: Options
  readonly #lanes = new Map<string, Lane>()
  readonly #stop = new AbortController()
  readonly #underWay = new Set<Promise<unknown>>()
  /** When a failure of a piece of work was last told of. */
  readonly #toldAt = new Map<string, number>()
  #running: Promise<unknown> | undefined

  constructor (options: Options) {
    this.#options = options
  }

  /** Says who does work of a kind, how much of it may wait, and what becomes of what is given up; before `start`. */
  handle (kind: string, handler: OutboxHandler, options: LaneOptions = {}): void {
    this.#lanes.set(kind, { ...options, handler, wake: Promise.withResolvers(), underWay: [] })
  }

  /**
   * Adds work, inside the caller's transaction when one is given: call `nudge` after it commits. Returns its id.
   * @throws {GatewayError} OVERLOADED when too much of that kind, or of that owner's, waits already
   */
  async add ({ kind, key, payload, dueAt, giveUpAt, owner }: OutboxWork, db: Kysely<Tables> = this.#options.db): Promise<string> {
    const now = this.#options.clock()
    const id = idOf(kind, key)
    if (await db.selectFrom('outbox').select('id').where('id', '=', id).executeTakeFirst() !== undefined) return id
    await this.requireRoom({ kind, ...(owner !== undefined && { owner }) }, db)
    await db.insertInto('outbox').values({
      id,
      kind,
      payload: JSON.stringify(payload),
      attempts: 0,
      due_at: dueAt ?? now,
      give_up_at: giveUpAt ?? null,
      owner: owner ?? null,
      created_at: now,
      last_error: null
    }).onConflict((conflict) => conflict.column('id').doNothing()).execute()
    return id
  }

  /** @throws {GatewayError} OVERLOADED when so many more pieces would be too much of a kind, or of that owner's */
  async requireRoom (
    { kind, owner, pieces = 1 }: { kind: string, owner?: string, pieces?: number },
    db: Kysely<Tables> = this.#options.db
  ): Promise<void> {
    const room = this.#lanes.get(kind)?.room
    if (room === undefined || pieces === 0) return
    const waiting = db.selectFrom('outbox').select((eb) => eb.fn.countAll<number>().as('count')).where('kind', '=', kind)
    const { count } = await waiting.executeTakeFirstOrThrow()
    const own = owner === undefined ? 0 : (await waiting.where('owner', '=', owner).executeTakeFirstOrThrow()).count
    if (count + pieces <= room.all && own + pieces <= shareOf(room, count - own)) return
    throw new GatewayError('OVERLOADED', `too much work waits to be done (${kind}): nothing was taken, send it again later`, {
      retryAfterSeconds: RETRY_AFTER_SECONDS
    })
  }

  /** Kinds of work that somebody does here. */
  kinds (): string[] {
    return [...this.#lanes.keys()]
  }

  /** Keys of an owner's work of a kind that waits. */
  async listKeys (kind: string, owner: string): Promise<string[]> {
    const rows = await this.#options.db.selectFrom('outbox').select('id').where('kind', '=', kind).where('owner', '=', owner).execute()
    return rows.map(({ id }) => id.slice(idOf(kind, '').length))
  }

  async remove (kind: string, key: string, db: Kysely<Tables> = this.#options.db): Promise<void> {
    await db.deleteFrom('outbox').where('id', '=', idOf(kind, key)).execute()
    this.#toldAt.delete(idOf(kind, key))
  }

  /**
   * Does one piece of work that nobody has begun, though it may not be due; true when it is done, false when it is left
   * for later or somebody else is at it.
   */
  async deliver (id: string): Promise<boolean> {
    const row = await this.#options.db.selectFrom('outbox').select(['id', 'due_at', 'attempts']).where('id', '=', id).executeTakeFirst()
    if (row === undefined) return true
    return (row.attempts === 0 || row.due_at <= this.#options.clock()) && await this.#attempt(row)
  }

  /** Looks for work at once. */
  nudge (): void {
    for (const { wake } of this.#lanes.values()) wake.resolve(undefined)
  }

  start (): void {
    this.#running ??= Promise.all([...this.#lanes].map(async ([kind, lane]) => { await this.#run(kind, lane) }))
  }

  /** Stops looking and waits for what is under way. */
  async stop (): Promise<void> {
    this.#stop.abort()
    this.nudge()
    await this.#running
    await Promise.allSettled([...this.#underWay])
  }

  async #run (kind: string, lane: Lane): Promise<void> {
    while (!this.#stop.signal.aborted) {
      lane.wake = Promise.withResolvers()
      const busy = await this.#beginDue(kind, lane).catch((error: unknown) => {
        this.#options.log.error({ err: error, kind }, 'the outbox cannot read its work')
        return false
      })
      if (busy) continue
      const rest = new AbortController()
      await Promise.race([lane.wake.promise, delay(POLL_MS, undefined, { signal: rest.signal })])
      rest.abort()
    }
  }

  /** Begins what is due, as far as there is place beside what is under way; true when there may be more. */
  async #beginDue (kind: string, lane: Lane): Promise<boolean> {
    const [{ db, clock }, { underWay }] = [this.#options, lane]
    const placesOf = (owner: string): number => BATCH_OF_OWNER - underWay.filter((one) => one === owner).length
    const full = underWay.filter((owner) => placesOf(owner) <= 0)
    if (underWay.length >= BATCH) return false
    const ownerOf = sql<string>`coalesce(owner, id)`
    const turn = sql<number>`row_number() over (partition by coalesce(owner, id) order by due_at)`
    const due = db.selectFrom('outbox').select(['id', 'due_at', 'attempts', ownerOf.as('holder'), turn.as('turn')])
      .where('kind', '=', kind).where('due_at', '<=', clock()).$if(full.length > 0, (rows) => rows.where(ownerOf, 'not in', full))
    // Of an owner with one piece under way two may stand here: one of them waits.
    const rows = await db.selectFrom(due.as('due')).select(['id', 'due_at', 'attempts', 'holder']).where('turn', '<=', BATCH_OF_OWNER)
      .orderBy('due_at').limit(BATCH * BATCH_OF_OWNER).execute()
    let begun = 0
    for (const { holder, ...row } of rows) {
      if (underWay.length >= BATCH || placesOf(holder) <= 0) continue
      underWay.push(holder)
      begun += 1
      await this.#begin(row, () => {
        underWay.splice(underWay.indexOf(holder), 1)
        lane.wake.resolve(undefined)
      })
    }
    return begun > 0
  }

  /** Claims a piece of work and does it beside what else is under way: whatever hangs, no other waits for it. */
  async #begin (row: SeenRow, ended: () => void): Promise<void> {
    let claimed: Claimed | undefined
    try {
      claimed = await this.#claim(row)
    } finally {
      if (claimed === undefined) ended()
    }
    if (claimed === undefined) return
    this.#keep(this.#work(claimed)).catch((error: unknown) => {
      this.#options.log.error({ err: error, work: row.id }, 'the outbox cannot write what became of its work')
    }).finally(ended)
  }

  async #attempt (row: SeenRow): Promise<boolean> {
    return await this.#keep(this.#claim(row).then(async (claimed) => claimed !== undefined && await this.#work(claimed)))
  }

  /** Waited for by `stop`. */
  async #keep (work: Promise<boolean>): Promise<boolean> {
    this.#underWay.add(work)
    try {
      return await work
    } finally {
      this.#underWay.delete(work)
    }
  }

  /** Only one of those who saw the row as it was changes it: that one has the work. */
  async #claim ({ id, attempts, due_at: dueAt }: SeenRow): Promise<Claimed | undefined> {
    const { db, clock } = this.#options
    return await db.updateTable('outbox').set({ due_at: clock() + CLAIM_MS, attempts: attempts + 1 })
      .where('id', '=', id).where('due_at', '=', dueAt).where('attempts', '=', attempts).returningAll().executeTakeFirst()
  }

  /** True when it is done, or given up. */
  async #work (claimed: Claimed): Promise<boolean> {
    const { db, clock } = this.#options
    const { id, kind, payload, created_at: createdAt } = claimed
    const lane = this.#lanes.get(kind)
    const isOver = claimed.give_up_at !== null && clock() > claimed.give_up_at
    try {
      if (isOver && lane?.triesLast !== true) return await this.#giveUp(claimed, lane)
      if (lane === undefined) throw new Error(`nobody does work of kind ${kind}`)
      await lane.handler(JSON.parse(payload), { id, createdAt })
      await db.deleteFrom('outbox').where('id', '=', id).execute()
      this.#toldAt.delete(id)
      return true
    } catch (error) {
      const last = { ...claimed, attempts: claimed.attempts + 1, last_error: reasonOf(error) }
      if (isOver && lane?.triesLast === true) return await this.#giveUp(last, lane)
      await this.#postpone(claimed, error, lane?.backoff ?? BACKOFF_MS)
      return false
    }
  }

  async #giveUp ({ id, kind, payload, attempts, last_error: lastError }: Claimed, lane: Lane | undefined): Promise<true> {
    const { db, log, tellGivenUp } = this.#options
    await lane?.abandon?.(JSON.parse(payload), { attempts: attempts - 1, lastError })
    await db.deleteFrom('outbox').where('id', '=', id).execute()
    this.#toldAt.delete(id)
    log.error({ work: id, attempts, lastError }, 'work of the outbox is given up: its time is over')
    tellGivenUp?.(kind)
    return true
  }

  async #postpone ({ id, attempts }: Claimed, error: unknown, { first, longest }: Backoff): Promise<void> {
    const { db, clock, log } = this.#options
    const pauseMs = Math.min(first * 2 ** (attempts - 1), longest) * (0.75 + Math.random() / 2)
    if (performance.now() - (this.#toldAt.get(id) ?? -Infinity) >= TELL_EVERY_MS) {
      this.#toldAt.set(id, performance.now())
      log.warn({ err: error, work: id, attempts }, 'work of the outbox failed and is tried again; of this piece this is said once an hour')
    }
    await db.updateTable('outbox')
      .set({ due_at: Math.round(clock() + pauseMs), last_error: reasonOf(error) })
      .where('id', '=', id).execute()
  }
}

function reasonOf (error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : 'not an Error').slice(0, ERROR_LENGTH_MAX)
}

function idOf (kind: string, key: string): string {
  return `${kind}:${key}`
}
