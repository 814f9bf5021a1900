import { fromHex, toHex, wrapHash } from '@epione/crypto'
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import type { PeerContent } from '../peers/peer-client.ts'
import type { ReadableRecord } from './read-grounds.ts'

/** Content from another gateway as a stream, the record's origin first; nothing of it is stored. @throws {GatewayError} CONTENT_UNAVAILABLE */
export async function fetchContent (app: FastifyInstance, { manifest, origin, grounds }: ReadableRecord, range: string | undefined): Promise<PeerContent> {
  return await askOthers(app, origin, async (mspId) => await app.peers.of(mspId).getContent(manifest.cid, grounds, range))
}

/** A record version's wrap (hex): from the own store, else from another gateway, its hash checked. @throws {GatewayError} CONTENT_UNAVAILABLE */
export async function findWrap (app: FastifyInstance, readable: ReadableRecord): Promise<string> {
  const { manifest, origin, grounds } = readable
  const own = await app.store.db.selectFrom('wraps').select('wrap').where('wrap_hash', '=', manifest.wrapHash).executeTakeFirst()
  if (own !== undefined) return toHex(own.wrap)
  return await askOthers(app, origin, async (mspId) => {
    const wrap = await app.peers.of(mspId).getWrap(manifest.wrapHash, grounds)
    if (toHex(wrapHash(fromHex(wrap))) !== manifest.wrapHash) throw new GatewayError('WRAP_MISMATCH', `${mspId} gave another wrap`)
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
  throw new GatewayError('CONTENT_UNAVAILABLE', 'no gateway that answers now has it', { cause: new AggregateError(causes, 'other gateways') })
}
