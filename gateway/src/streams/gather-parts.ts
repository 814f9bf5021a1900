import { PEER_STREAMS } from '@epione/protocol/api'
import type { AnswerOf } from '@epione/protocol/api'
import type { FastifyInstance } from 'fastify'
import { drawLot } from '../access/draw-lot.ts'
import type { CheckedWindow } from './check-windows.ts'
import { following, isWholeHere, openPart, PAGE_MS } from './find-windows.ts'
import type { WantedSegment } from './find-windows.ts'
import { keepWindows, listIds, listSealed } from './windows.ts'

/** How long (ms) one hospital may take for all that it has of a segment. */
const PARTS_MS = 60_000

/**
 * Fills an own segment from several hospitals of which none has all of it, as its windows were copied now to one and now to another. Each
 * window is proven by its device's signature alone, and only where none lies here: what all of them are worth the root says at the end.
 * They are asked in an order drawn each time: of a number that its device signed twice another one comes first the next time, and the
 * device is named in the log, with both. Returns whether all windows of the segment lie here then.
 */
export async function gatherParts (app: FastifyInstance, wanted: WantedSegment): Promise<boolean> {
  const { stream, version, first, last } = wanted
  const { db } = app.store
  const { lot = drawLot } = app.ports
  const gathered: number[] = []
  // By the lot alone: that none of them has all of it is no reason to doubt one.
  for (const mspId of lot(app.peers.others())) {
    try {
      for await (const page of fetchParts(app, mspId, wanted)) {
        const here = new Map((await listIds(db, wanted)).map(({ number, statement_id: id }) => [number, id]))
        await tellTwice(app, wanted, page.filter(({ id, body: { number } }) => (here.get(number) ?? id) !== id))
        const missing = page.filter(({ body: { number } }) => !here.has(number))
        await keepWindows(db, missing, { owner: `peer:${mspId}`, isAcknowledged: false }, app.ports.clock())
        gathered.push(...missing.map(({ body: { number } }) => number))
      }
    } catch (error) {
      app.log.warn({ err: error, mspId, stream, version }, 'another hospital gave no part of a segment')
    }
    if (await isWholeHere(app, wanted)) return true
  }
  // All numbers, and another root: some of these its device signed twice. They are asked for anew the next time.
  if ((await listIds(db, wanted)).length === last - first + 1 && gathered.length > 0) {
    await db.deleteFrom('windows').where('stream', '=', stream).where('number', 'in', gathered).execute()
  }
  return false
}

/** Its device signed other windows with the numbers of these, which lie here: both statements together are the evidence. */
async function tellTwice (app: FastifyInstance, { stream, deviceId }: WantedSegment, others: readonly CheckedWindow[]): Promise<void> {
  for (const { body: { number }, statement } of others) {
    const [own] = await listSealed(app.store.db, { stream, first: number, last: number })
    if (own === undefined) continue
    app.log.error({ stream, deviceId, number, statements: [own.statement, statement] }, 'a device signed two windows with one number')
  }
}

/** The windows of a segment that lie at one hospital, in order. @throws {GatewayError} CONTENT_MISMATCH for any of another device */
async function * fetchParts (app: FastifyInstance, mspId: string, wanted: WantedSegment): AsyncGenerator<CheckedWindow[], void, void> {
  const { recordId, version, first } = wanted
  const late = AbortSignal.timeout(PARTS_MS)
  for (let after: number | undefined = first - 1; after !== undefined;) {
    const { items, next }: AnswerOf<typeof PEER_STREAMS.listWindows> = await app.peers.of(mspId).call(
      PEER_STREAMS.listWindows, { params: { recordId, version }, query: { after, only: 'here' } },
      AbortSignal.any([late, AbortSignal.timeout(PAGE_MS)])
    )
    yield openPart(app, mspId, items, wanted)
    after = following(next, after, wanted)
  }
}
