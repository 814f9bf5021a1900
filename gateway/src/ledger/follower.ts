import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import { GatewayError } from '../errors.ts'
import type { LedgerBlock, LedgerConnection, LedgerEvent } from '@epione/ledger/fabric'
import type { Store } from '../store/store.ts'
import { projectAccess } from '../access/access-log.ts'
import { writesOf } from './projection.ts'
import type { Projection, Write } from './projection.ts'

/** Pause in ms before the block stream is opened again: doubled with each failure, up to the second. */
const RECONNECT_MS = { first: 100, longest: 5_000 }

/** How long (ms) a reader of the read model waits for it. */
const CATCH_UP_MS = 2_000

/** Seconds after which a reader may ask again. */
const RETRY_AFTER_SECONDS = 2

type Listener = (event: LedgerEvent) => void
type BlockListener = (block: Pick<LedgerBlock, 'blockNumber' | 'headerHash' | 'newestMs'>) => void

interface Options { store: Store, connection: LedgerConnection, networkId: string, log: FastifyBaseLogger }

/**
 * Follows the own peer's blocks from the checkpoint on and projects their events. A block's rows and the checkpoint are
 * one database transaction, so a crash at any moment neither loses nor doubles a row. What an event holds never stops it:
 * whatever cannot be read is logged and changes nothing. A failing store, or a peer that sends no proper block, stops it until
 * that is over.
 */
export class Follower {
  readonly #options: Options
  readonly #projections: Projection[] = [projectAccess]
  readonly #listeners: Listener[] = []
  readonly #blockListeners: BlockListener[] = []
  readonly #applied = new Set<() => void>()
  readonly #stop = new AbortController()
  #position = -1n
  /** Last block whose unreadable events were logged: a block may be tried more than once. */
  #read = -1n
  #connected = false
  #failing = false
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

  /** Adds a listener called after a block is stored, and at the start for the last one that is. */
  onBlock (listener: BlockListener): void {
    this.#blockListeners.push(listener)
  }

  /** Last block applied; -1 before the first. */
  get position (): bigint {
    return this.#position
  }

  /** True while the peer's block stream is open, of a peer that has answered. */
  get connected (): boolean {
    return this.#connected
  }

  /** True from a failure on until the next block is applied: with blocks to come it stands still. */
  get failing (): boolean {
    return this.#failing
  }

  /** Begins to follow. @throws {Error} when the store holds another network's read model, or one without its place in the blocks. */
  async start (): Promise<void> {
    const { store, networkId } = this.#options
    const rows = await store.db.selectFrom('checkpoints').selectAll().execute()
    if (rows.some((row) => row.name !== networkId)) {
      throw new Error('the store belongs to another network: give this gateway a data directory of its own')
    }
    const [last] = rows
    if (last === undefined) await requireEmpty(store)
    this.#position = BigInt(last?.block_number ?? -1)
    if (last !== undefined && last.header_hash !== null) this.#tellOfBlock({ blockNumber: this.#position, headerHash: last.header_hash })
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
   * writes and never a list from which something is missing. @throws {GatewayError} READ_MODEL_BEHIND
   */
  async catchUp (): Promise<void> {
    const height = await this.#options.connection.height().catch((error: unknown) => { throw this.#behind(error) })
    await this.requireRead(height - 1n)
  }

  /** Waits, two seconds at most, until the block with this number is applied. @throws {GatewayError} READ_MODEL_BEHIND */
  async requireRead (blockNumber: bigint): Promise<void> {
    if (this.#position >= blockNumber) return
    try {
      await this.waitFor(blockNumber, AbortSignal.any([AbortSignal.timeout(CATCH_UP_MS), this.#stop.signal]))
    } catch (error) {
      throw this.#behind(error)
    }
  }

  #behind (cause: unknown): GatewayError {
    const position = this.#position.toString()
    this.#options.log.warn({ err: cause, position }, 'the read model lags behind the ledger')
    return new GatewayError(
      'READ_MODEL_BEHIND',
      `this hospital has read the ledger up to block ${position} only: ask again, or another hospital`,
      { cause, retryAfterSeconds: RETRY_AFTER_SECONDS }
    )
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
        // A peer that has less than was read already is none to go by, until it sends the next block.
        const height = await connection.height()
        this.#connected = height > this.#position
        if (!this.#connected) {
          log.error(
            { height: height.toString(), position: this.#position.toString() },
            'the own peer has fewer blocks than were read here: it was set back, or is another; nothing is read until it has caught up'
          )
        }
        for await (const block of connection.blocks(this.#position + 1n, this.#stop.signal)) {
          this.#connected = true
          await this.#apply(block)
          pauseMs = RECONNECT_MS.first
        }
      } catch (error) {
        this.#failing = true
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
    const writes = this.#readWrites(block)
    await store.db.transaction().execute(async (trx) => {
      const moved = await trx.insertInto('checkpoints').values({ name: networkId, block_number: number, header_hash: block.headerHash })
        .onConflict(
          (c) =>
            c.column('name').doUpdateSet({ block_number: number, header_hash: block.headerHash }).where(
              'checkpoints.block_number',
              '<',
              number
            )
        )
        .executeTakeFirst()
      // Another gateway of this hospital on the same database was faster; its rows are ours.
      if (moved.numInsertedOrUpdatedRows !== 1n) return
      for (const write of writes) await write(trx)
    })
    this.#position = block.blockNumber
    this.#failing = false
    this.#tellOfBlock(block)
    for (const event of block.events) this.#tell(event)
    for (const wake of [...this.#applied]) wake()
  }

  /** What the block's events change. What cannot be read is logged, once. */
  #readWrites ({ blockNumber, events, unreadable }: LedgerBlock): Write[] {
    const { log } = this.#options
    const isNew = blockNumber > this.#read
    this.#read = blockNumber
    if (isNew) {
      for (const { index, code, detail } of unreadable) {
        log.error(
          { block: Number(blockNumber), index, code, detail },
          'a valid transaction cannot be read: it is no event'
        )
      }
    }
    return writesOf(events, this.#projections, (error, event, eventIndex) => {
      if (!isNew) return
      log.error(
        { err: error, block: Number(blockNumber), eventIndex, event: event.name, txId: event.txId },
        'an event of the ledger cannot be read: it changes nothing'
      )
    })
  }

  #tellOfBlock (block: Parameters<BlockListener>[0]): void {
    for (const listener of this.#blockListeners) {
      try {
        listener(block)
      } catch (error) {
        this.#options.log.error({ err: error, block: Number(block.blockNumber) }, 'a listener of blocks failed')
      }
    }
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

/** What blocks alone write, and twice would make wrong. */
const OF_BLOCKS = ['access_events', 'consent_changes', 'record_versions', 'index_links'] as const

/** A store that never read a block has nothing of one. @throws {Error} */
async function requireEmpty ({ db }: Store): Promise<void> {
  for (const table of OF_BLOCKS) {
    if (await db.selectFrom(table).select((eb) => eb.lit(1).as('there')).limit(1).executeTakeFirst() === undefined) continue
    throw new Error(
      `the store has lost up to which block it has read, and holds rows of blocks (${table}): it is damaged; restore it from a backup, ` +
        'of whatever age: the ledger tells what came after'
    )
  }
}
