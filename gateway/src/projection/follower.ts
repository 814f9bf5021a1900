import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import type { Transaction } from 'kysely'
import type { LedgerBlock, LedgerConnection, LedgerEvent } from '../fabric/ledger-connection.ts'
import type { Store } from '../store/store.ts'
import type { Tables } from '../store/tables.ts'
import { projectEvent } from './access-log.ts'

/** Pause in ms before the block stream is opened again: doubled with each failure, up to the second. */
const RECONNECT_MS = { first: 100, longest: 5_000 }

/** How long (ms) a reader of the read model waits for it. */
const CATCH_UP_MS = 2_000

type Projection = (event: LedgerEvent, trx: Transaction<Tables>) => Promise<void>
type Listener = (event: LedgerEvent) => void

interface Options { store: Store, connection: LedgerConnection, networkId: string, log: FastifyBaseLogger }

/**
 * Follows the own peer's blocks from the checkpoint on and projects their events. A block's rows and the checkpoint are
 * one database transaction, so a crash at any moment neither loses nor doubles a row.
 */
export class Follower {
  readonly #options: Options
  readonly #projections: Projection[] = []
  readonly #listeners: Listener[] = []
  readonly #applied = new Set<() => void>()
  readonly #stop = new AbortController()
  #position = -1n
  #connected = false
  #running: Promise<void> = Promise.resolve()

  constructor (options: Options) {
    this.#options = options
  }

  /** Adds work done inside the transaction that moves the checkpoint; before `start`. It runs once for each event. */
  project (projection: Projection): void {
    this.#projections.push(projection)
  }

  /** Adds a listener called after the event's block is stored; it may be called again for an event after a restart. */
  onEvent (listener: Listener): void {
    this.#listeners.push(listener)
  }

  /** Last block applied; -1 before the first. */
  get position (): bigint {
    return this.#position
  }

  /** True while the peer's block stream is open. */
  get connected (): boolean {
    return this.#connected
  }

  /** Begins to follow. @throws {Error} when the store holds another network's read model. */
  async start (): Promise<void> {
    const { store, networkId } = this.#options
    const rows = await store.db.selectFrom('checkpoints').selectAll().execute()
    if (rows.some((row) => row.name !== networkId)) throw new Error('the store belongs to another network: give this gateway a data directory of its own')
    this.#position = BigInt(rows[0]?.block_number ?? -1)
    this.#running = this.#follow()
  }

  async stop (): Promise<void> {
    this.#stop.abort()
    await this.#running
  }

  /** Resolves when the block with this number is applied. @throws when `signal` aborts first */
  async waitFor (blockNumber: bigint, signal: AbortSignal): Promise<void> {
    while (this.#position < blockNumber) {
      signal.throwIfAborted()
      await this.#nextBlock(signal)
    }
  }

  /**
   * Waits, two seconds at most, until all that the peer has committed by now is projected, so that readers see their own
   * writes. What is there is shown all the same when the peer does not answer.
   */
  async catchUp (): Promise<void> {
    const { connection, log } = this.#options
    const signal = AbortSignal.any([AbortSignal.timeout(CATCH_UP_MS), this.#stop.signal])
    try {
      await this.waitFor(await connection.height() - 1n, signal)
    } catch (error) {
      log.warn({ err: error, position: this.#position.toString() }, 'the read model may lag behind the ledger')
    }
  }

  #stopped (): boolean {
    return this.#stop.signal.aborted
  }

  #nextBlock (signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#applied.delete(done)
        signal.removeEventListener('abort', done)
        resolve()
      }
      this.#applied.add(done)
      signal.addEventListener('abort', done)
    })
  }

  async #follow (): Promise<void> {
    const { connection, log } = this.#options
    let pauseMs = RECONNECT_MS.first
    while (!this.#stopped()) {
      try {
        this.#connected = true
        for await (const block of connection.blocks(this.#position + 1n, this.#stop.signal)) {
          await this.#apply(block)
          pauseMs = RECONNECT_MS.first
        }
      } catch (error) {
        if (!this.#stopped()) log.warn({ err: error, position: this.#position.toString() }, 'lost the block stream; opening it again')
      }
      this.#connected = false
      await delay(pauseMs, undefined, { signal: this.#stop.signal }).catch(() => undefined)
      pauseMs = Math.min(pauseMs * 2, RECONNECT_MS.longest)
    }
  }

  async #apply (block: LedgerBlock): Promise<void> {
    const { store, networkId } = this.#options
    const number = Number(block.blockNumber)
    await store.db.transaction().execute(async (trx) => {
      const moved = await trx.insertInto('checkpoints').values({ name: networkId, block_number: number })
        .onConflict((c) => c.column('name').doUpdateSet({ block_number: number }).where('checkpoints.block_number', '<', number))
        .executeTakeFirst()
      // Another gateway of this hospital on the same database was faster; its rows are ours.
      if (moved.numInsertedOrUpdatedRows !== 1n) return
      for (const [index, event] of block.events.entries()) {
        await projectEvent(trx, event, index)
        for (const projection of this.#projections) await projection(event, trx)
      }
    })
    this.#position = block.blockNumber
    for (const event of block.events) this.#tell(event)
    for (const wake of [...this.#applied]) wake()
  }

  #tell (event: LedgerEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event)
      } catch (error) {
        this.#options.log.error({ err: error, event: event.name, txId: event.txId }, 'a listener of ledger events failed')
      }
    }
  }
}
