import { setTimeout as delay } from 'node:timers/promises'
import { ReadConflict } from '@epione/ledger/client'
import { LedgerError, SEGMENTS_BYTES_MAX, SEGMENTS_PER_BATCH } from '@epione/protocol'
import type { SegmentBatch, SignedStatement } from '@epione/protocol'

type Item = SegmentBatch['items'][number]
/** A segment as the ledger took it. */
export type RegisteredSegment = Extract<Item, { record: unknown }>['record'] & { txId: string, blockNumber: number }

export interface SegmentBatchesOptions {
  /** One transaction. @throws {ReadConflict} @throws {LedgerError} BATCH_REFUSED, or the code of the only one */
  submit: (statements: readonly SignedStatement[]) => Promise<{ items: readonly Item[], txId: string, blockNumber: number }>
  /** How long (ms) a segment waits for others to share its transaction. */
  lingerMs?: number
}

interface Waiting {
  stream: string
  statement: SignedStatement
  bytes: number
  resolve: (segment: RegisteredSegment) => void
  reject: (error: unknown) => void
}

/** A batch waits so long (ms) for more; devices close a segment once an hour. */
const LINGER_MS = 200
/** Transactions under way at once: of what more there is the next batch gathers. */
const UNDER_WAY_MAX = 4
/** Attempts at one segment by itself, and the pause (ms) before the second; it doubles. */
const [ATTEMPTS_MAX, FIRST_PAUSE_MS] = [6, 50]

/**
 * Registers segments of many devices in few transactions. The ledger decides each alone, and each caller gets the outcome of the own. A
 * batch of which something lost against another transaction is made anew in halves, so that one race costs the others little. Segments
 * of one stream keep their order: a transaction has all of them that wait, and no two transactions under way have the same stream.
 */
export class SegmentBatches {
  readonly #submit: SegmentBatchesOptions['submit']
  readonly #lingerMs: number
  #waiting: Waiting[] = []
  readonly #busy = new Set<string>()
  #underWay = 0
  #timer: NodeJS.Timeout | undefined

  constructor ({ submit, lingerMs = LINGER_MS }: SegmentBatchesOptions) {
    this.#submit = submit
    this.#lingerMs = lingerMs
  }

  /** Resolves once the segment is on the ledger. @throws {LedgerError} why it is refused */
  async register (stream: string, statement: SignedStatement): Promise<RegisteredSegment> {
    return await new Promise((resolve, reject) => {
      this.#waiting.push({ stream, statement, bytes: Buffer.byteLength(JSON.stringify(statement)) + 1, resolve, reject })
      if (this.#waiting.length >= SEGMENTS_PER_BATCH) this.#begin()
      else this.#timer ??= setTimeout(() => { this.#begin() }, this.#lingerMs)
    })
  }

  #begin (): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    while (this.#underWay < UNDER_WAY_MAX) {
      const batch = this.#take()
      if (batch.length === 0) return
      // It settles each by itself, and never fails.
      this.#run(batch).catch(() => undefined)
    }
  }

  /** The longest waiting, in their order, of streams that no transaction under way has. */
  #take (): Waiting[] {
    const batch: Waiting[] = []
    const left: Waiting[] = []
    const passed = new Set(this.#busy)
    let bytes = 2
    for (const one of this.#waiting) {
      const fits = batch.length < SEGMENTS_PER_BATCH && bytes + one.bytes <= SEGMENTS_BYTES_MAX
      if (fits && !passed.has(one.stream)) {
        batch.push(one)
        bytes += one.bytes
      } else {
        // What follows in this stream must not overtake it.
        passed.add(one.stream)
        left.push(one)
      }
    }
    this.#waiting = left
    return batch
  }

  async #run (batch: readonly Waiting[]): Promise<void> {
    const streams = new Set(batch.map(({ stream }) => stream))
    for (const stream of streams) this.#busy.add(stream)
    this.#underWay += 1
    await this.#decide(batch)
    this.#underWay -= 1
    for (const stream of streams) this.#busy.delete(stream)
    this.#begin()
  }

  /** Settles each of them; never rejects. */
  async #decide (batch: readonly Waiting[]): Promise<void> {
    try {
      const { items, txId, blockNumber } = await this.#submit(batch.map(({ statement }) => statement))
      for (const [index, { resolve, reject }] of batch.entries()) {
        const item = items[index]
        if (item === undefined) reject(new Error('the ledger says nothing of a segment'))
        else if ('record' in item) resolve({ ...item.record, txId, blockNumber })
        else reject(new LedgerError(item.code, 'the ledger refuses the segment'))
      }
    } catch (error) {
      if (!isOfSome(error)) for (const { reject } of batch) reject(error)
      else if (batch.length === 1) await this.#decideAlone(batch, error)
      else {
        const middle = batch.length >> 1
        // One after the other: the second half may follow in streams of the first.
        await this.#decide(batch.slice(0, middle))
        await this.#decide(batch.slice(middle))
      }
    }
  }

  async #decideAlone ([one]: readonly Waiting[], first: unknown): Promise<void> {
    if (one === undefined) return
    let last = first
    for (let attempt = 1; attempt < ATTEMPTS_MAX && last instanceof ReadConflict; attempt++) {
      await delay(FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random()))
      try {
        const { items: [item], txId, blockNumber } = await this.#submit([one.statement])
        if (item !== undefined && 'record' in item) {
          one.resolve({ ...item.record, txId, blockNumber })
          return
        }
        last = new LedgerError(item?.code ?? 'INTERNAL', 'the ledger refuses the segment')
      } catch (error) {
        last = error
      }
    }
    one.reject(last)
  }
}

/** Whether it may be the fault of some of a batch, and of others not. */
function isOfSome (error: unknown): boolean {
  return error instanceof ReadConflict || (error instanceof LedgerError && error.code === 'BATCH_REFUSED')
}
