import { fromHex, toHex, wrapHash } from '@epione/crypto'
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import type { Grounds, PeerContent } from '../peers/peer-client.ts'

/** A record version's bytes: content by CID and the wrap in force by hash, both asked for first at the record's origin. */
export interface WantedBytes { cid: string, record: { wrapHash: string, origin: string }, grounds: Grounds }

/**
 * Content from another gateway as a stream, the record's origin first; nothing of it is stored. @throws {GatewayError} CONTENT_UNAVAILABLE
 */
export async function fetchContent (
  app: FastifyInstance,
  { cid, record, grounds }: WantedBytes,
  range: string | undefined
): Promise<PeerContent> {
  return await askOthers(app, record.origin, async (mspId) => await app.peers.of(mspId).getContent(cid, grounds, range))
}

/**
 * A record version's wrap (hex): from the own store, else from another gateway, its hash checked. @throws {GatewayError}
 * CONTENT_UNAVAILABLE
 */
export async function findWrap (
  app: FastifyInstance,
  { record: { wrapHash: hash, origin }, grounds }: Omit<WantedBytes, 'cid'>
): Promise<string> {
  const own = await app.store.db.selectFrom('wraps').select('wrap').where('wrap_hash', '=', hash).executeTakeFirst()
  if (own !== undefined) return toHex(own.wrap)
  return await askOthers(app, origin, async (mspId) => {
    const wrap = await app.peers.of(mspId).getWrap(hash, grounds)
    if (toHex(wrapHash(fromHex(wrap))) !== hash) throw new GatewayError('WRAP_MISMATCH', `${mspId} gave another wrap`)
    return wrap
  })
}

async function askOthers<T> (app: FastifyInstance, origin: string, ask: (mspId: string) => Promise<T>): Promise<T> {
  const others = app.peers.others()
  const causes: unknown[] = []
  for (const mspId of [...others.filter((m) => m === origin), ...others.filter((m) => m !== origin)]) {
    try {
      return await ask(mspId)
    } catch (error) {
      causes.push(error)
    }
  }
  throw new GatewayError('CONTENT_UNAVAILABLE', 'no gateway that answers now has it', {
    cause: new AggregateError(causes, 'other gateways')
  })
}
