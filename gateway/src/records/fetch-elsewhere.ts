import { toHex } from '@epione/crypto'
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import type { Grounds } from '../peers/peer-client.ts'
import { ArrivingContent } from './arriving-content.ts'
import type { ProvenContent, WantedContent } from './arriving-content.ts'
import { Round } from './round.ts'
import { isWrapOf } from './wraps.ts'

/** A record version's wrap in force, asked for first at the record's origin. */
export interface WantedWrap { record: { wrapHash: string, origin: string }, grounds: Grounds }

/** How long (ms) another hospital may take for a wrap. */
const WRAP_MS = 8_000

/**
 * Content from the first other hospital whose bytes have its CID, the record's origin asked first; nothing of it is stored. @throws
 * {GatewayError} CONTENT_UNAVAILABLE
 */
export async function fetchContent (
  app: FastifyInstance,
  wanted: WantedContent & { record: { origin: string } }
): Promise<ProvenContent> {
  const round = new Round(app, wanted.record.origin, { cid: wanted.cid })
  return await round.next(async (mspId) => await ArrivingContent.begin(app, round, wanted, mspId))
}

/**
 * A record version's wrap (hex): from the own store, else from another hospital, its hash checked. @throws {GatewayError}
 * CONTENT_UNAVAILABLE
 */
export async function findWrap (app: FastifyInstance, { record: { wrapHash: hash, origin }, grounds }: WantedWrap): Promise<string> {
  const own = await app.store.db.selectFrom('wraps').select('wrap').where('wrap_hash', '=', hash).executeTakeFirst()
  if (own !== undefined) {
    const wrap = toHex(own.wrap)
    if (isWrapOf(wrap, hash)) return wrap
    app.log.error({ wrapHash: hash }, 'a wrap in the own store is not what it was: it is asked for elsewhere')
  }
  return await new Round(app, origin, { wrapHash: hash }).next(async (mspId) => {
    const wrap = await app.peers.of(mspId).getWrap(hash, grounds, AbortSignal.timeout(WRAP_MS))
    if (!isWrapOf(wrap, hash)) throw new GatewayError('WRAP_MISMATCH', `${mspId} gave another wrap`)
    return wrap
  })
}
