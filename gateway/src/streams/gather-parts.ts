import { PEER_STREAMS } from '@epione/protocol/api'
import type { AnswerOf } from '@epione/protocol/api'
import type { FastifyInstance } from 'fastify'
import type { CheckedWindow } from './check-windows.ts'
import { following, isWholeHere, openPart, PAGE_MS } from './find-windows.ts'
import type { WantedSegment } from './find-windows.ts'
import { keepWindows, listIds } from './windows.ts'

/** How long (ms) one hospital may take for all that it has of a segment. */
const PARTS_MS = 60_000

/**
 * Fills an own segment from several hospitals of which none has all of it, as its windows were copied now to one and now to another. Each
 * window is proven by its device's signature alone, and only where none lies here: what all of them are worth the root says at the end.
 * Returns whether all windows of the segment lie here then.
 */
export async function gatherParts (app: FastifyInstance, wanted: WantedSegment): Promise<boolean> {
  const { stream, version, first, last } = wanted
  const { db } = app.store
  const gathered: number[] = []
  for (const mspId of app.peers.inOrder(wanted.origin)) {
    try {
      for await (const page of fetchParts(app, mspId, wanted)) {
        const here = new Set((await listIds(db, wanted)).map(({ number }) => number))
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
