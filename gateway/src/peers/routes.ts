import { PEERS } from '@epione/protocol/api'
import type { FastifyPluginCallback } from 'fastify'
import { toHex } from '@epione/crypto'
import { GatewayError } from '../errors.ts'
import { serve } from '../http/serve.ts'
import { acceptWrap, requireAnnounced } from './accept-wrap.ts'
import { receiveUpload } from '../records/receive-upload.ts'
import { peerOf } from './peers.ts'
import { requireGrounds } from './require-grounds.ts'
import { findContentOf } from '../records/content-of.ts'
import { sendStored } from '../records/send-content.ts'

/** The route that takes a stream judges its path itself, because its validator lets everything pass. */
const CID = /^b[a-z2-7]{58}$/

export const peerRoutes: FastifyPluginCallback = (app, _options, done) => {
  app.route(serve(PEERS.takeCustody, async (request) => {
    const { consentId, kfrags } = request.body
    return await app.proxy.acceptCustody(consentId, kfrags)
  }))

  app.route(serve(PEERS.reencrypt, async (request) => {
    const { eventId, wraps } = request.body
    return await app.proxy.answerEvent(eventId, peerOf(request), wraps)
  }))

  app.route(serve(PEERS.ledgerHead, () => {
    const { newest } = app.heads
    if (newest === undefined) throw new GatewayError('NOT_READY', 'this gateway has read no block since it started')
    return newest
  }))

  app.route(serve(PEERS.putContent, async (request) => {
    const { cid } = request.params
    if (!CID.test(cid)) throw new GatewayError('REQUEST_INVALID', 'the path names no CID')
    const mspId = peerOf(request)
    const maxBytes = Math.min(app.config.maxContentBytes, await requireAnnounced(app, mspId, cid))
    return await receiveUpload(app, request, `peer:${mspId}`, { maxBytes, expectedCid: cid })
  }))

  app.route(serve(PEERS.getContent, async (request, reply) => {
    const { cid } = request.params
    const named = await requireGrounds(app, peerOf(request), request.query, (bytes) => bytes.cid === cid)
    const own = await findContentOf(app.contents, named)
    if (own === undefined) throw new GatewayError('CONTENT_UNKNOWN', 'this gateway has no such content')
    return await sendStored(reply, own, request.headers.range)
  }))

  app.route(serve(PEERS.putWrap, async (request, reply) => {
    const { wrapHash } = request.params
    const kept = await acceptWrap(app, peerOf(request), wrapHash, request.body)
    reply.code(kept ? 201 : 200)
    return { wrapHash, kept }
  }))

  app.route(serve(PEERS.getWrap, async (request) => {
    const { wrapHash: hash } = request.params
    await requireGrounds(app, peerOf(request), request.query, (bytes) => bytes.wrapHash === hash)
    const row = await app.store.db.selectFrom('wraps').select('wrap').where('wrap_hash', '=', hash).executeTakeFirst()
    if (row === undefined) throw new GatewayError('CONTENT_UNKNOWN', 'this gateway has no such wrap')
    return { wrap: toHex(row.wrap) }
  }))
  done()
}
