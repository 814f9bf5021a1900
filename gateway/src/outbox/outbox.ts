import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import type { Kysely, Selectable } from 'kysely'
import type { OutboxTable, Tables } from '../store/tables.ts'

/** Does one piece of work; settles when it is done for good, rejects when it is to be tried again. */
export type OutboxHandler = (payload: unknown, item: { id: string, createdAt: number }) => Promise<void>

/** `key` makes the work known: adding it again while it waits changes nothing. */
export interface OutboxWork { kind: string, key: string, payload: unknown, /** Earliest time in ms; now when left out. */ dueAt?: number }

type SeenRow = Pick<Selectable<OutboxTable>, 'id' | 'attempts' | 'due_at'>

interface Options { db: Kysely<Tables>, clock: () => number, log: FastifyBaseLogger }

/** Longest time (ms) between looks for work that another process of the hospital left, or whose time has come. */
const POLL_MS = 1_000
/** Work claimed and not finished within this time (ms) died with its process and is tried again. */
const CLAIM_MS = 30_000
/** Pause after the first failure in ms; doubled with each, up to the second. */
const BACKOFF_MS = { first: 250, longest: 30_000 }
/** Pieces of work at once. */
const BATCH = 16
const ERROR_LENGTH_MAX = 500

/**
 * Work that must get done though a peer, the ledger or this process fails. It is a row of the store from before anything
 * is promised until it is done, so it survives kill -9; several gateways of one hospital may share it.
 */
export class Outbox {
  readonly #options: Options
  readonly #handlers = new Map<string, OutboxHandler>()
  readonly #stop = new AbortController()
  readonly #underWay = new Set<Promise<boolean>>()
  #wake = Promise.withResolvers<undefined>()
  #running: Promise<void> | undefined

  constructor (options: Options) {
    this.#options = options
  }

  /** Says who does work of a kind; before `start`. */
  handle (kind: string, handler: OutboxHandler): void {
    this.#handlers.set(kind, handler)
  }

  /** Adds work, inside the caller's transaction when one is given: call `nudge` after it commits. Returns its id. */
  async add ({ kind, key, payload, dueAt }: OutboxWork, db: Kysely<Tables> = this.#options.db): Promise<string> {
    const now = this.#options.clock()
    const id = idOf(kind, key)
    await db.insertInto('outbox')
      .values({ id, kind, payload: JSON.stringify(payload), attempts: 0, due_at: dueAt ?? now, created_at: now, last_error: null })
      .onConflict((conflict) => conflict.column('id').doNothing()).execute()
    return id
  }

  async remove (kind: string, key: string, db: Kysely<Tables> = this.#options.db): Promise<void> {
    await db.deleteFrom('outbox').where('id', '=', idOf(kind, key)).execute()
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
    this.#wake.resolve(undefined)
  }

  start (): void {
    this.#running ??= this.#run()
  }

  /** Stops looking and waits for what is under way. */
  async stop (): Promise<void> {
    this.#stop.abort()
    this.nudge()
    await this.#running
    await Promise.allSettled([...this.#underWay])
  }

  async #run (): Promise<void> {
    while (!this.#stop.signal.aborted) {
      this.#wake = Promise.withResolvers<undefined>()
      const busy = await this.#runDue().catch((error: unknown) => {
        this.#options.log.error({ err: error }, 'the outbox cannot read its work')
        return false
      })
      if (busy) continue
      const rest = new AbortController()
      await Promise.race([this.#wake.promise, delay(POLL_MS, undefined, { signal: rest.signal })])
      rest.abort()
    }
  }

  /** True when there may be more. */
  async #runDue (): Promise<boolean> {
    const rows = await this.#options.db.selectFrom('outbox').select(['id', 'due_at', 'attempts'])
      .where('due_at', '<=', this.#options.clock()).orderBy('due_at').limit(BATCH).execute()
    await Promise.all(rows.map(async (row) => await this.#attempt(row)))
    return rows.length === BATCH
  }

  async #attempt (row: SeenRow): Promise<boolean> {
    const attempt = this.#claimAndRun(row)
    this.#underWay.add(attempt)
    try {
      return await attempt
    } finally {
      this.#underWay.delete(attempt)
    }
  }

  async #claimAndRun ({ id, attempts, due_at: dueAt }: SeenRow): Promise<boolean> {
    const { db, clock } = this.#options
    // Only one of those who saw the row as it was changes it: that one has the work.
    const claimed = await db.updateTable('outbox').set({ due_at: clock() + CLAIM_MS, attempts: attempts + 1 })
      .where('id', '=', id).where('due_at', '=', dueAt).where('attempts', '=', attempts).returningAll().executeTakeFirst()
    if (claimed === undefined) return false
    try {
      const handler = this.#handlers.get(claimed.kind)
      if (handler === undefined) throw new Error(`nobody does work of kind ${claimed.kind}`)
      await handler(JSON.parse(claimed.payload), { id, createdAt: claimed.created_at })
      await db.deleteFrom('outbox').where('id', '=', id).execute()
      return true
    } catch (error) {
      await this.#postpone(id, claimed.attempts, error)
      return false
    }
  }

  async #postpone (id: string, attempts: number, error: unknown): Promise<void> {
    const { db, clock, log } = this.#options
    const pauseMs = Math.min(BACKOFF_MS.first * 2 ** (attempts - 1), BACKOFF_MS.longest) * (0.75 + Math.random() / 2)
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : 'not an Error'
    log.warn({ err: error, work: id, attempts }, 'work of the outbox failed and is tried again')
    await db.updateTable('outbox')
      .set({ due_at: Math.round(clock() + pauseMs), last_error: reason.slice(0, ERROR_LENGTH_MAX) })
      .where('id', '=', id).execute()
  }
}

function idOf (kind: string, key: string): string {
  return `${kind}:${key}`
}
