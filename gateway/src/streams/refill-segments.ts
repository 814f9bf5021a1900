import type { FastifyInstance } from 'fastify'
import type { Kysely } from 'kysely'
import { GatewayError } from '../errors.ts'
import { currentRecord } from '../records/read-grounds.ts'
import type { Tables } from '../store/tables.ts'
import { fetchPages, isWholeHere, rootedOf, roundFor } from './find-windows.ts'
import type { WantedSegment } from './find-windows.ts'
import { nameWindows } from './follow-segments.ts'
import { gatherParts } from './gather-parts.ts'
import { deleteWindows, keepWindows } from './windows.ts'
import type { SegmentRow } from './windows.ts'

/** Segments looked at in one go. */
const PAGE = 100

/** Fetches windows of own segments that are not here, or are others, from other hospitals; returns of how many segments all came. */
export async function refillSegments (app: FastifyInstance): Promise<number> {
  let [filled, last] = [0, { stream: '', version: 0 }]
  for (;;) {
    const rows = await findTorn(app.store.db, app.config.mspId, last)
    for (const row of rows) if (await refill(app, row)) filled += 1
    last = rows.at(-1) ?? last
    if (rows.length < PAGE) break
  }
  if (filled > 0) app.log.warn({ segments: filled }, 'fetched windows of own segments from other hospitals')
  return filled
}

async function findTorn (db: Kysely<Tables>, mspId: string, after: Pick<SegmentRow, 'stream' | 'version'>): Promise<SegmentRow[]> {
  return await db.selectFrom('segments').selectAll().where('origin', '=', mspId).where('whole', '=', 0).where('ended', '=', 0)
    .where((eb) => eb.or([eb('stream', '>', after.stream), eb.and([eb('stream', '=', after.stream), eb('version', '>', after.version)])]))
    .orderBy('stream').orderBy('version').limit(PAGE).execute()
}

async function refill (app: FastifyInstance, row: SegmentRow): Promise<boolean> {
  const { stream, version } = row
  const { db } = app.store
  if (await isWholeHere(app, rootedOf(row))) return await markWhole(db, row)
  try {
    const wanted = wantedOf(row, currentRecord(await app.ledger.gateway.getRecord(stream, version)).authorKey)
    try {
      return await roundFor(app, wanted).next(async (mspId) => await fillFrom(app, mspId, row, wanted))
    } catch (error) {
      if (await gatherParts(app, wanted)) return await markWhole(db, row)
      throw error
    }
  } catch (error) {
    app.log.error({ err: error, stream, version }, 'windows of an own segment lie neither here nor at any hospital that answers')
    return false
  }
}

/**
 * Each window that comes is proven and stays; what lies here already is not given up for a hospital that leaves some out.
 * @throws {GatewayError} CONTENT_MISMATCH for windows that are not under the root, and when some are still lacking
 */
async function fillFrom (app: FastifyInstance, mspId: string, row: SegmentRow, wanted: WantedSegment): Promise<boolean> {
  const { db } = app.store
  const { recordId, version, stream } = wanted
  for await (const page of fetchPages(app, mspId, wanted, { recordId, version })) {
    await db.transaction().execute(async (trx) => {
      // What the ledger names stands above what lies here under the same number.
      for (const { body: { number } } of page) await deleteWindows(trx, { stream, first: number, last: number })
      await keepWindows(trx, page, { owner: `peer:${mspId}`, isAcknowledged: false }, app.ports.clock())
    })
  }
  if (await isWholeHere(app, rootedOf(row))) return await markWhole(db, row)
  throw new GatewayError('CONTENT_MISMATCH', `${mspId} did not give all windows of the segment`)
}

/** False when the segment ended meanwhile: then nothing of it stays. */
async function markWhole (db: Kysely<Tables>, row: SegmentRow): Promise<boolean> {
  const { stream, version } = row
  return await db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx.updateTable('segments').set({ whole: 1 }).where('stream', '=', stream).where('version', '=', version)
      .where('ended', '=', 0).executeTakeFirstOrThrow()
    if (numUpdatedRows === 1n) await nameWindows(trx, rootedOf(row), version)
    else await deleteWindows(trx, rootedOf(row))
    return numUpdatedRows === 1n
  })
}

function wantedOf (row: SegmentRow, authorKey: string): WantedSegment {
  return { ...rootedOf(row), recordId: row.stream, authorKey, origin: row.origin }
}
