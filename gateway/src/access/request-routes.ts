import type { Place } from '@epione/crypto'
import type { WrappedRecord } from '@epione/protocol'
import { ACCESS } from '@epione/protocol/api'
import type { FastifyPluginCallback } from 'fastify'
import { GatewayError } from '../errors.ts'
import { practitionerOf } from '../http/caller.ts'
import { serve } from '../http/serve.ts'
import { findBlock } from '../ledger/find-block.ts'
import { checkStatement } from '../ledger/statements.ts'
import { findWrap } from '../records/fetch-elsewhere.ts'
import { collectCfrags } from './collect-cfrags.ts'
import { requestAccess } from './request-access.ts'
import { requestAccessOfAll } from './request-access-of-all.ts'

export const accessRequestRoutes: FastifyPluginCallback = (app, _options, done) => {
  app.route(serve(ACCESS.request, async (request) => {
    const person = practitionerOf(request)
    const { statement } = request.body
    const signed = { statement, request: checkStatement('AccessRequest', statement, app.networkId) }
    const ledger = await app.ledger.as(request)
    const isEmergency = signed.request.body.emergency !== undefined
    return await app.accessQuotas.within(person.staffId, 1, () => requestAccess(app, ledger, person, signed), { isEmergency })
  }))

  app.route(serve(ACCESS.requestAll, async (request) => {
    const person = practitionerOf(request)
    const { statements } = request.body
    const ledger = await app.ledger.as(request)
    return await app.accessQuotas.within(person.staffId, statements.length, async () => {
      return { items: await requestAccessOfAll(app, ledger, person, statements) }
    })
  }))

  app.route(serve(ACCESS.collectCfrags, async (request) => {
    const { eventId } = request.params
    const context = {
      proxy: app.proxy,
      peers: app.peers,
      timing: app.ports.patience,
      findWrap: async (record: WrappedRecord, place: Place) => await findWrap(app, { record, place, grounds: { event: eventId } })
    }
    return await collectCfrags(context, eventId, practitionerOf(request))
  }))

  app.route(serve(ACCESS.accuse, async (request) => {
    const { eventId } = request.params
    const { mspId, staffId } = practitionerOf(request)
    const { event } = await app.ledger.gateway.getAccess(eventId)
    if (event.actor.mspId !== mspId || event.actor.staffId !== staffId) {
      throw new GatewayError('NOT_PERMITTED', 'the access event is another person\'s')
    }
    // What would change nothing is not ordered: every peer would keep it for good.
    const known = (await app.ledger.gateway.listAccusations(eventId)).find((accusation) => accusation.mspId === request.body.mspId)
    if (known !== undefined) return { ...known, blockNumber: await findBlock(app, known.txId) }
    const { value, txId, blockNumber } = await app.ledger.gateway.accuse({ eventId, ...request.body })
    return { ...value, txId, blockNumber: Number(blockNumber) }
  }))
  done()
}
