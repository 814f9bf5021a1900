import { fromHex } from '@epione/crypto'
import type { SignedStatement } from '@epione/protocol'
import { PEER_STREAMS } from '@epione/protocol/api'
import type { AnswerOf, STREAMS } from '@epione/protocol/api'
import type { FastifyInstance } from 'fastify'
import type { Kysely } from 'kysely'
import { GatewayError } from '../errors.ts'
import type { CheckedStatement } from '../ledger/statements.ts'
import { submitOnce } from '../ledger/submit-once.ts'
import { currentRecord, requireOwnerOrHeir } from '../records/read-grounds.ts'
import type { CurrentRecord } from '../records/read-grounds.ts'
import { COPY_TIMEOUT_MS } from '../peers/copy-elsewhere.ts'
import { requireLive, requireNotDestroyed } from '../records/require-live.ts'
import { requireOwnerSigned } from '../records/require-signed.ts'
import type { Tables } from '../store/tables.ts'
import { rootOf, windowWrapHash } from './follow-segments.ts'
import { findSegment, listIds } from './windows.ts'
import type { SegmentRow } from './windows.ts'

type Rewrap = CheckedStatement<'Rewrap'>

/** Rewraps of one segment whose wraps are kept while the ledger has none of them. */
export const PENDING_MAX = 4

/**
 * Puts new wraps in the place of those of all windows of a segment, as `rewrapRecord` does with one wrap: they are kept here and where the
 * windows lie before the ledger hears of it, and the former ones are replaced as each gateway reads the block.
 * @throws {GatewayError} NOT_PERMITTED, RECORD_ENDED, WRAP_MISMATCH, SIGNATURE_INVALID, COPY_UNAVAILABLE @throws {LedgerError}
 * REWRAP_CONFLICT and what else the ledger refuses
 */
export async function rewrapSegment (
  app: FastifyInstance, statement: SignedStatement, rewrap: Rewrap, wraps: readonly string[]
): Promise<AnswerOf<typeof STREAMS.rewrapSegment>> {
  const { ledger: { gateway: ledger }, events } = app
  const { id, body: { recordId, version, patientId } } = rewrap
  const state = await ledger.getRecord(recordId, version)
  const current = currentRecord(state)
  await requireOwnerOrHeir(app, patientId, current.owner)
  const root = requireRoot(rewrap, hashesOf(app.networkId, current, wraps))
  requireLive(state)
  await events.catchUp()
  // A rewrap that the ledger has already may have been followed by another: its wraps are brought back only where they are those in force.
  const isInForce = (await findSegment(app.store.db, recordId, version))?.wraps_root === root
  if (isInForce || await ledger.findStatement(id) === undefined) {
    await keepSegmentWraps(app, rewrap, wraps)
    await copyWraps(app, statement, wraps)
  }
  const { txId, blockNumber } = await submitOnce(app, id, () => ledger.rewrapRecord(statement), () => ledger.getRecord(recordId, version))
  await events.catchUp()
  return { recordId, version, rewrapId: id, root, txId, blockNumber }
}

/**
 * Keeps the wraps that a rewrap names until the ledger has it; false where the windows do not lie here. @throws {GatewayError}
 * WRAP_MISMATCH, SIGNATURE_INVALID, RECORD_ENDED
 */
export async function keepSegmentWraps (app: FastifyInstance, rewrap: Rewrap, wraps: readonly string[]): Promise<boolean> {
  const { store: { db, commits }, ports: { clock }, room } = app
  const hashes = hashesOf(app.networkId, await requireOwnerSigned(app, rewrap), wraps)
  const root = requireRoot(rewrap, hashes)
  await requireNotDestroyed(db, rewrap.body)
  const { recordId, version } = rewrap.body
  const segment = await findSegment(db, recordId, version)
  if (segment === undefined) return false
  if (segment.wraps_root === root) return segment.whole === 1 || await placeWraps(app, segment, wraps, hashes)
  if (segment.whole !== 1) return false
  if (wraps.length !== segment.last_number - segment.first_number + 1) {
    throw new GatewayError('WRAP_MISMATCH', 'send the wrap of each window of the segment, in the order of their numbers')
  }
  await room.take(wraps.reduce((sum, wrap) => sum + wrap.length / 2, 0))
  const now = clock()
  const common = { root, stream: recordId, version, created_at: now }
  const rows = wraps.map((wrap, index) =>
    ({ ...common, number: segment.first_number + index, wrap_hash: hashes[index] ?? '', wrap: fromHex(wrap) }))
  await commits.run(async (trx) => {
    await makeRoom(trx, common)
    for (const row of rows) {
      await trx.insertInto('window_wraps').values(row)
        .onConflict((c) => c.columns(['stream', 'version', 'root', 'number']).doUpdateSet({ created_at: now })).execute()
    }
  })
  return true
}

/** Gives windows that lie here without their wraps those in force; false where not all windows of the segment lie here. */
async function placeWraps (
  { store: { commits } }: FastifyInstance, segment: SegmentRow, wraps: readonly string[], hashes: readonly string[]
): Promise<boolean> {
  const { stream, version, first_number: first, last_number: last, root } = segment
  return await commits.run(async (trx) => {
    const ids = (await listIds(trx, { stream, first, last })).map((row) => row.statement_id)
    if (ids.length !== wraps.length || ids.length !== last - first + 1 || rootOf(ids) !== root) return false
    for (const [index, wrap] of wraps.entries()) {
      await trx.updateTable('windows').set({ wrap_hash: hashes[index] ?? '', wrap: fromHex(wrap) }).where('stream', '=', stream)
        .where('number', '=', first + index).execute()
    }
    await trx.updateTable('segments').set({ whole: 1 }).where('stream', '=', stream).where('version', '=', version).where('ended', '=', 0).execute()
    return true
  })
}

/** Of rewraps that the ledger did not take, few lie here: a patient signs as many as they like. The oldest go. */
async function makeRoom (trx: Kysely<Tables>, { root, stream, version }: { root: string, stream: string, version: number }): Promise<void> {
  const pending = await trx.selectFrom('window_wraps').select('root').where('stream', '=', stream).where('version', '=', version)
    .where('root', '!=', root).groupBy('root').orderBy((eb) => eb.fn.max('created_at'), 'desc').execute()
  for (const { root: old } of pending.slice(PENDING_MAX - 1)) {
    await trx.deleteFrom('window_wraps').where('stream', '=', stream).where('version', '=', version).where('root', '=', old).execute()
  }
}

/** The root that the rewrap signs, which is that of these wraps. @throws {GatewayError} REQUEST_INVALID, WRAP_MISMATCH */
function requireRoot ({ body: { segment } }: Rewrap, hashes: readonly string[]): string {
  if (segment === undefined) throw new GatewayError('REQUEST_INVALID', 'the rewrap is of no segment')
  if (rootOf(hashes) === segment.root) return segment.root
  throw new GatewayError('WRAP_MISMATCH', 'the wraps are not those whose root the rewrap signs')
}

/** Hashes of wraps of the segment's windows, in the order of their numbers. @throws {GatewayError} REQUEST_INVALID */
function hashesOf (networkId: Uint8Array, { record: { segment }, author }: CurrentRecord, wraps: readonly string[]): string[] {
  if (segment === undefined || author.kind !== 'device') throw new GatewayError('REQUEST_INVALID', 'the record version is no segment')
  const { deviceId } = author
  return wraps.map((wrap, index) => windowWrapHash(networkId, { ...segment, deviceId, number: segment.first + index }, wrap))
}

/** Every hospital that has the windows gets their new wraps; one at least must take them. @throws {GatewayError} COPY_UNAVAILABLE */
async function copyWraps (app: FastifyInstance, statement: SignedStatement, wraps: readonly string[]): Promise<void> {
  const signal = AbortSignal.timeout(COPY_TIMEOUT_MS)
  const kept = await Promise.all(app.peers.others().map(async (mspId) => {
    try {
      return (await app.peers.of(mspId).call(PEER_STREAMS.putWraps, { body: { statement, wraps: [...wraps] } }, signal)).kept
    } catch (error) {
      app.log.warn({ err: error, mspId }, 'new wraps of a segment were not taken')
      return false
    }
  }))
  if (kept.includes(true)) return
  throw new GatewayError('COPY_UNAVAILABLE', 'no other hospital that has the windows took their new wraps, so nothing was changed; send it again')
}
