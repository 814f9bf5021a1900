import { inclusionProof, toHex } from '@epione/crypto'
import { blockLeafHash, findValidTransaction, proveItem, proveTransaction, readEnvelope } from '@epione/ledger/blocks'
import type { Kysely } from 'kysely'
import { GatewayError } from '../errors.ts'
import type { LedgerConnection } from '@epione/ledger/fabric'
import type { Tables } from '../store/tables.ts'
import { findBatchOf, toLeaves } from './batches.ts'
import { LEDGER_EVENTS } from '@epione/protocol'
import type { AccessEvent, RecordOrder } from '@epione/protocol'
import type { EventAnchor, PublishedBatch } from '@epione/protocol/api'

interface Sources { db: Kysely<Tables>, connection: Pick<LedgerConnection, 'blockHolding'> }
type Shown = Pick<EventAnchor, 'envelope' | 'item'>

/**
 * What proves an access event, and shows of other events in its transaction nothing but hashes. @throws {GatewayError} as `makeAnchor` does
 */
export async function makeEventAnchor (sources: Sources, { eventId, txId }: AccessEvent): Promise<EventAnchor> {
  return await makeAnchor(sources, txId, (envelope) => showEvent(envelope, eventId))
}

/**
 * What proves that an order ended records, and then each hospital's word of their destruction, in the order's sequence: the envelopes are
 * of these statements alone. @throws {GatewayError} as `makeAnchor` does
 */
export async function makeOrderAnchors (sources: Sources, { order, destructions }: RecordOrder): Promise<EventAnchor[]> {
  const anchors: EventAnchor[] = []
  for (const { txId } of [order, ...destructions]) anchors.push(await makeAnchor(sources, txId, showEnvelope))
  return anchors
}

/**
 * What shows that a transaction is in a block of the own peer, and that block in an anchored batch. Without a batch the state is pending.
 * Holds nothing of other transactions but hashes. @throws {GatewayError} LEDGER_UNAVAILABLE while the own peer lags, ANCHOR_MISMATCH
 */
async function makeAnchor ({ db, connection }: Sources, txId: string, show: (envelope: Uint8Array) => Shown): Promise<EventAnchor> {
  const block = await connection.blockHolding(txId)
  const index = block === undefined ? undefined : findValidTransaction(block, txId)
  if (block === undefined || index === undefined) throw new GatewayError('LEDGER_UNAVAILABLE', 'the block of what is to be proven is not here yet')
  const number = Number(block.number)
  const { code, envelope, txRoot, txPath } = proveTransaction(block, index)
  const batch = await findBatchOf(db, number)
  const hashes = {
    previousHash: toHex(block.previousHash),
    dataHash: toHex(block.dataHash),
    commitHash: toHex(block.commitHash),
    txRoot: toHex(txRoot)
  }
  return {
    ...show(envelope),
    transaction: { blockNumber: number, index, code, txPath: txPath.map(toHex) },
    block: {
      number,
      ...hashes,
      txCount: block.envelopes.length,
      batchPath: batch === undefined ? [] : proveBlock(batch, number, blockLeafHash(block))
    },
    ...(batch === undefined ? { state: 'pending' } : describe(batch))
  }
}

/** The event alone where its transaction carries several, else the envelope that holds it. */
function showEvent (envelope: Uint8Array, eventId: string): Shown {
  const item = proveItem(envelope, (event) => isObject(event) && event['eventId'] === eventId)
  if (item === undefined) {
    if (readEnvelope(envelope)?.event?.name === LEDGER_EVENTS.accessDecided) return showEnvelope(envelope)
    throw new GatewayError('ANCHOR_MISMATCH', 'the event\'s transaction cannot be shown without other patients\': ask another hospital\'s gateway')
  }
  const { envelopeHash, channel, chaincode, event, index, count, salt, path, root } = item
  return {
    item: {
      event: event as Record<string, unknown>,
      envelopeHash: toHex(envelopeHash),
      channel,
      chaincode,
      index,
      count,
      salt: toHex(salt),
      path: path.map(toHex),
      root: toHex(root)
    }
  }
}

const showEnvelope = (envelope: Uint8Array): Shown => ({ envelope: Buffer.from(envelope).toString('base64') })

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

function proveBlock (batch: PublishedBatch, blockNumber: number, leaf: Uint8Array): string[] {
  const index = blockNumber - batch.firstBlock
  if (batch.blockLeaves[index] !== toHex(leaf)) {
    throw new GatewayError(
      'ANCHOR_MISMATCH',
      `block ${blockNumber} of this hospital's peer is not the one in batch ${batch.number}: ask another hospital's gateway`
    )
  }
  return inclusionProof(toLeaves(batch), index).map(toHex)
}

function describe (
  { number, firstBlock, lastBlock, root, witnesses, signatures, chain, state }: PublishedBatch
): Omit<EventAnchor, 'envelope' | 'item' | 'transaction' | 'block'> {
  return { batch: { number, firstBlock, lastBlock, root }, witnesses, signatures, chain, state }
}
