import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { AccusationCase, EventId, MspId, RecordId, SignedAnswer, Version } from '@epione/protocol'
import { Type } from 'typebox'
import { practitionerOf } from '../http/caller.ts'
import { GatewayError } from '../errors.ts'
import { AskedWrap } from '../peers/messages.ts'
import { SCOPES } from '../http/scopes.ts'
import type { PermittedRecord } from '../proxy/verify-permit.ts'
import { findWrap } from '../records/fetch-elsewhere.ts'
import { Accusation, Committed } from '../http/answers.ts'
import { PROBLEMS } from '../http/problem.ts'
import { collectCfrags } from './collect-cfrags.ts'

const Params = Type.Object({ eventId: EventId })
const CollectedAnswers = Type.Object({
  answers: Type.Array(Type.Object({ mspId: MspId, recordId: RecordId, version: Version, answer: SignedAnswer })),
  wraps: Type.Array(AskedWrap),
  failures: Type.Array(Type.Object({ mspId: MspId, code: Type.String(), detail: Type.String() }))
})
const { eventId: _eventId, ...Evidence } = AccusationCase.properties

export const answerRoutes: FastifyPluginCallbackTypebox = (app, _options, done) => {
  app.post('/v1/access-events/:eventId/cfrags', {
    config: {
      access: {
        by: 'staff',
        scopes: [SCOPES.readRecords],
        who: 'the person whose live permit it is; receipts of proxies follow on the ledger',
        stranger: { status: 403, code: 'EVENT_OF_ANOTHER', when: 'with another person\'s event' },
        trace: 'ledger'
      }
    },
    schema: {
      operationId: 'collectCfrags',
      tags: ['access'],
      summary: 'Asks every proxy of a permitted event\'s consent and passes their signed answers on, false ones too: the client is the judge',
      params: Params,
      response: { 200: CollectedAnswers, ...PROBLEMS }
    }
  }, async (request) => {
    const { eventId } = request.params
    const context = {
      proxy: app.proxy,
      peers: app.peers,
      timing: app.ports.patience,
      findWrap: async ({ event: record }: PermittedRecord) => await findWrap(app, { record, grounds: { event: eventId } })
    }
    return await collectCfrags(context, eventId, practitionerOf(request))
  })

  app.post('/v1/access-events/:eventId/accusations', {
    config: {
      access: {
        by: 'staff',
        scopes: [SCOPES.readRecords],
        who: 'the person who asked',
        stranger: { status: 403, code: 'NOT_PERMITTED', when: 'with another person\'s event' },
        trace: 'ledger'
      },
      idempotent: true
    },
    schema: {
      operationId: 'accuseProxy',
      tags: ['access'],
      summary: 'Puts a proxy\'s signed false answer on the ledger, which checks it and refuses an accusation of a good one',
      params: Params,
      body: Type.Object(Evidence, { additionalProperties: false }),
      response: { 201: Type.Object({ ...Accusation.properties, ...Committed }), ...PROBLEMS }
    }
  }, async (request, reply) => {
    const { eventId } = request.params
    const { mspId, staffId } = practitionerOf(request)
    const { event } = await app.ledger.gateway.getAccess(eventId)
    if (event.actor.mspId !== mspId || event.actor.staffId !== staffId) throw new GatewayError('NOT_PERMITTED', 'the access event is another person\'s')
    const { value, txId, blockNumber } = await app.ledger.gateway.accuse({ eventId, ...request.body })
    return await reply.code(201).send({ ...value, txId, blockNumber: Number(blockNumber) })
  })
  done()
}
