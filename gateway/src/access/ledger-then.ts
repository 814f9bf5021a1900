import { BlockError, parseEventPayload } from '@epione/ledger/blocks'
import type { LedgerBlock, LedgerEvent } from '@epione/ledger/fabric'
import { TimeMs } from '@epione/protocol'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { GatewayError } from '../errors.ts'
import { findBlock } from '../ledger/find-block.ts'

/** The ledger with all blocks up to one, and the time (ms) by which periods were judged then. */
export interface LedgerThen {
  blockNumber: number
  time: number
  /** Whether a transaction is in one of those blocks. */
  isBefore: (transaction: { txId: string }) => Promise<boolean>
}

const Dated = Type.Object({ time: TimeMs })

/** How many blocks without a dated event are passed over: those that change the channel hold none. */
const UNDATED_MAX = 32

/** As it is now, or as it was with that block as its last. @throws {GatewayError} REQUEST_INVALID for a block that is not there */
export async function ledgerThen (app: FastifyInstance, blockNumber?: number): Promise<LedgerThen> {
  const newest = Number(await app.ledger.connection.height()) - 1
  if (blockNumber === undefined) return { blockNumber: newest, time: app.ports.clock(), isBefore: () => Promise.resolve(true) }
  if (blockNumber > newest) throw new GatewayError('REQUEST_INVALID', `the newest block here is ${String(newest)}`)
  const found = new Map<string, Promise<number>>()
  const blockOf = (txId: string): Promise<number> => {
    const block = found.get(txId) ?? findBlock(app, txId)
    found.set(txId, block)
    return block
  }
  return { blockNumber, time: await timeOf(app, blockNumber), isBefore: async ({ txId }) => await blockOf(txId) <= blockNumber }
}

/** When the newest dated event of the block, or of the last one before it that has any, was made. */
async function timeOf (app: FastifyInstance, blockNumber: number): Promise<number> {
  for (let block = blockNumber; block >= 0 && block > blockNumber - UNDATED_MAX; block--) {
    const times = await timesOfBlock(app, block)
    if (times.length > 0) return Math.max(...times)
  }
  throw new GatewayError('REQUEST_INVALID', `neither block ${String(blockNumber)} nor those just before it say when they were made: name another`)
}

async function timesOfBlock (app: FastifyInstance, blockNumber: number): Promise<number[]> {
  const reading = new AbortController()
  const blocks = app.ledger.connection.blocks(BigInt(blockNumber), reading.signal)[Symbol.asyncIterator]()
  try {
    const next: IteratorResult<LedgerBlock, void> = await blocks.next()
    return next.done !== true && Number(next.value.blockNumber) === blockNumber ? next.value.events.flatMap(timesOf) : []
  } finally {
    reading.abort()
    await blocks.return?.()
  }
}

/** What contracts emit has the time of its transaction, or holds what they stored, which has. */
function timesOf ({ payload }: LedgerEvent): number[] {
  try {
    return timesIn(parseEventPayload(payload))
  } catch (error) {
    if (error instanceof BlockError) return []
    throw error
  }
}

/** Parsed events are bounded in bytes and depth. */
function timesIn (emitted: unknown): number[] {
  if (typeof emitted !== 'object' || emitted === null) return []
  return Value.Check(Dated, emitted) ? [emitted.time] : Object.values(emitted).flatMap(timesIn)
}
