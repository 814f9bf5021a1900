import type { Place } from '@epione/crypto'
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import type { Grounds } from '../peers/peer-client.ts'
import { ArrivingContent, SWARM } from './arriving-content.ts'
import type { ProvenContent, WantedContent } from './arriving-content.ts'
import { Round } from './round.ts'
import { findOwnWrap, isWrapOf } from './wraps.ts'
import type { WrapSubject } from './wraps.ts'

/** The wrap in force of a record version or search key, asked for first at its origin. */
export interface WantedWrap { record: WrapSubject & { wrapHash: string, origin: string }, place: Place, grounds: Grounds }

/** How long (ms) another hospital may take for a wrap. */
const WRAP_MS = 8_000

/**
 * Content from the IPFS swarm, where the hospital has a node, or the first other hospital whose bytes have its CID, the record's origin
 * asked first; nothing of it is stored. @throws
 * {GatewayError} CONTENT_UNAVAILABLE
 */
export async function fetchContent (
  app: FastifyInstance,
  wanted: WantedContent & { record: { origin: string } }
): Promise<ProvenContent> {
  const round = new Round(app, wanted.record.origin, { cid: wanted.cid })
  if (app.ipfs?.isUp === true) {
    try {
      return await ArrivingContent.begin(app, round, wanted, SWARM)
    } catch (error) {
      app.log.debug({ err: error, cid: wanted.cid }, 'the IPFS swarm does not give a content: hospitals are asked')
    }
  }
  return await round.next(async (mspId) => await ArrivingContent.begin(app, round, wanted, mspId))
}

/**
 * A wrap (hex) for what it is to open: from the own store, else from another hospital, its hash checked. @throws {GatewayError}
 * CONTENT_UNAVAILABLE
 */
export async function findWrap (app: FastifyInstance, { record, place, grounds }: WantedWrap): Promise<string> {
  const { wrapHash: hash, origin } = record
  const own = await findOwnWrap(app.store.db, hash, [record])
  if (own !== undefined) {
    if (isWrapOf(own, hash, place)) return own
    app.log.error({ wrapHash: hash }, 'a wrap in the own store is not what it was: it is asked for elsewhere')
  }
  return await new Round(app, origin, { wrapHash: hash }).next(async (mspId) => {
    const wrap = await app.peers.of(mspId).getWrap(hash, grounds, AbortSignal.timeout(WRAP_MS))
    if (!isWrapOf(wrap, hash, place)) throw new GatewayError('WRAP_MISMATCH', `${mspId} gave another wrap`)
    return wrap
  })
}
