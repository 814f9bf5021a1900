import { Cid } from '@epione/protocol'
import { PEERS } from '@epione/protocol/api'
import type { FastifyPluginCallback } from 'fastify'
import { Value } from 'typebox/value'
import { GatewayError } from '../errors.ts'
import { serve } from '../http/serve.ts'
import { acceptWrap, requireAnnounced } from './accept-wrap.ts'
import { receiveUpload } from '../records/receive-upload.ts'
import { findOwnWrap } from '../records/wraps.ts'
import { peerOf } from './peers.ts'
import { requireGrounds, requireWrapGrounds } from './require-grounds.ts'
import { heldOf, keepCopy } from '../records/copies.ts'
import { findContentOf } from '../records/content-of.ts'
import { sendStored } from '../records/send-content.ts'
import { checkStatement } from '../ledger/statements.ts'
import { giveEntries } from '../search/give-entries.ts'
import { pageOfHeads } from '../search/heads.ts'
import { requireNamed } from '../search/search-grounds.ts'
import { keepSearchWraps } from '../search/search-keys.ts'

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
    return { ...newest, time: app.ports.clock() }
  }))

  app.route(serve(PEERS.putContent, async (request) => {
    const { cid } = request.params
    // The validator of a route that takes a stream lets every path pass.
    if (!Value.Check(Cid, cid)) throw new GatewayError('REQUEST_INVALID', 'the path names no CID')
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

  app.route(serve(PEERS.countCopies, async (request) => ({ held: await heldOf(app, request.body.cids) })))

  app.route(serve(PEERS.keepCopy, async (request) => ({ held: await keepCopy(app, peerOf(request), request.body) })))

  app.route(serve(PEERS.putWrap, async (request, reply) => {
    const { wrapHash } = request.params
    const kept = await acceptWrap(app, peerOf(request), wrapHash, request.body)
    reply.code(kept ? 201 : 200)
    return { wrapHash, kept }
  }))

  app.route(serve(PEERS.getWrap, async (request) => {
    const { wrapHash: hash } = request.params
    const subjects = await requireWrapGrounds(app, peerOf(request), request.query, hash)
    const wrap = await findOwnWrap(app.store.db, hash, subjects)
    if (wrap === undefined) throw new GatewayError('CONTENT_UNKNOWN', 'this gateway has no such wrap')
    return { wrap }
  }))

  app.route(serve(PEERS.putSearchWraps, async (request) => {
    const { statement, wraps } = request.body
    await keepSearchWraps(app, checkStatement('SearchKeys', statement, app.networkId), wraps, `peer:${peerOf(request)}`)
    return { kept: wraps.length }
  }))

  app.route(serve(PEERS.getEntries, async (request) => {
    const { event, entries } = request.body
    return { entries: await giveEntries(app, peerOf(request), entries, event) }
  }))

  app.route(serve(PEERS.answerSearch, async (request) => {
    const { eventId, wraps } = request.body
    return await app.proxy.answerSearch(eventId, peerOf(request), wraps)
  }))

  app.route(serve(PEERS.listHeads, async (request) => {
    const { params: { eventId }, query: { label, cursor } } = request
    const permit = await app.proxy.provePermit(eventId, peerOf(request))
    requireNamed(permit, label)
    return await pageOfHeads(app.store.db, { patientId: permit.event.patientId, label, blockNumber: permit.blockNumber }, cursor)
  }))
  done()
}
