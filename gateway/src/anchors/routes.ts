import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { RouteAccess } from '../http/route-access.ts'
import { storeBatch } from './batches.ts'
import { keepProposal, listConflicts, listProposals } from './proposals.ts'
import { AnchorProposal, BatchNumber, KeptProposal, PublishedBatch } from './schemas.ts'
import { GatewayError } from '../errors.ts'
import { PageOf, PageQuery } from '../http/paging.ts'
import { peerOf } from '../peers/peers.ts'
import { PROBLEMS } from '../http/problem.ts'

const Published = Type.Object({ number: BatchNumber, state: PublishedBatch.properties.state })
const tags = ['anchors']
const ownService: RouteAccess = {
  by: 'own-service',
  who: 'the own anchor service',
  stranger: { status: 403, code: 'NOT_PERMITTED', when: 'for another hospital\'s gateway' },
  trace: 'request log'
}

export const anchorRoutes: FastifyPluginCallbackTypebox = (app, _options, done) => {
  app.post('/v1/anchors/proposals', {
    config: { access: ownService },
    schema: { operationId: 'proposeBatch', tags, summary: 'Takes a batch that the own anchor service signed and passes it on to every other gateway, now or later', body: AnchorProposal, response: { 202: KeptProposal, ...PROBLEMS } }
  }, async (request, reply) => await reply.code(202).send(await app.anchorRelay.propose(request.body)))

  app.get('/v1/anchors/proposals', {
    config: { access: ownService },
    schema: {
      operationId: 'listProposals',
      tags,
      summary: 'What organisations signed for one batch, oldest first; signatures are for the reader to check',
      querystring: Type.Object({ number: BatchNumber }),
      response: { 200: Type.Object({ items: Type.Array(KeptProposal) }), ...PROBLEMS }
    }
  }, async (request) => ({ items: await listProposals(app.store.db, request.query.number) }))

  app.get('/v1/anchors/conflicts', {
    config: { access: ownService },
    schema: {
      operationId: 'listAnchorConflicts',
      tags,
      summary: 'Proposals in the name of one witness that contradict each other: evidence against it where its signatures are good',
      querystring: Type.Object(PageQuery),
      response: { 200: PageOf(KeptProposal), ...PROBLEMS }
    }
  }, async (request) => {
    const { cursor, limit = 50 } = request.query
    return await listConflicts(app.store.db, limit, cursor)
  })

  app.put('/v1/anchors/batches/:number', {
    config: { access: ownService },
    schema: { operationId: 'publishBatch', tags, summary: 'Takes a batch as the own anchor service sees it now: what proofs of access events are made of', params: Type.Object({ number: BatchNumber }), body: PublishedBatch, response: { 200: Published, ...PROBLEMS } }
  }, async (request) => {
    const { number, state } = request.body
    if (request.params.number !== number) throw new GatewayError('REQUEST_INVALID', 'the batch in the body has another number than the path')
    await storeBatch(app.store.db, request.body)
    return { number, state }
  })

  app.post('/v1/peer/anchors/proposals', {
    config: {
      access: {
        by: 'gateway',
        who: 'each member\'s gateway',
        trace: 'request log'
      }
    },
    schema: { operationId: 'receiveProposal', tags: ['between gateways'], summary: 'Keeps a batch that another organisation\'s anchor service signed', body: AnchorProposal, response: { 202: KeptProposal, ...PROBLEMS } }
  }, async (request, reply) => await reply.code(202).send(await keepProposal(app.store.db, request.body, peerOf(request), app.ports.clock())))
  done()
}
