import { ANCHORS, LIMIT_DEFAULT, PEERS } from '@epione/protocol/api'
import type { FastifyPluginCallback } from 'fastify'
import { storeBatch } from './batches.ts'
import { keepAnchorStatus } from './status.ts'
import { keepProposal, listConflicts, listProposals } from './proposals.ts'
import { GatewayError } from '../errors.ts'
import { serve } from '../http/serve.ts'
import { peerOf } from '../peers/peers.ts'

export const anchorRoutes: FastifyPluginCallback = (app, _options, done) => {
  app.route(serve(ANCHORS.propose, async (request) => await app.anchorRelay.propose(request.body)))

  app.route(serve(ANCHORS.listProposals, async (request) => ({ items: await listProposals(app.store.db, request.query.number) })))

  app.route(serve(ANCHORS.listConflicts, async (request) => {
    const { cursor, limit = LIMIT_DEFAULT } = request.query
    return await listConflicts(app.store.db, limit, cursor)
  }))

  app.route(serve(ANCHORS.publish, async (request) => {
    const { number, state } = request.body
    if (request.params.number !== number) {
      throw new GatewayError('REQUEST_INVALID', 'the batch in the body has another number than the path')
    }
    await storeBatch(app.store.db, request.body)
    return { number, state }
  }))

  app.route(serve(ANCHORS.tellStatus, async (request) => {
    const toldAt = app.ports.clock()
    await keepAnchorStatus(app.store.db, request.body, toldAt)
    return { toldAt }
  }))

  app.route(
    serve(PEERS.proposeBatch, async (request) => await keepProposal(app.store.db, request.body, peerOf(request), app.ports.clock()))
  )
  done()
}
