import { ACCESS } from '@epione/protocol/api'
import type { FastifyPluginCallback } from 'fastify'
import { makeEventAnchor } from '../anchors/event-anchor.ts'
import {
  cutsOf, narrow, readerOf, requireOwnerOrAuditor, requireVisible, requireVisibleRequest, seesAllOfPatient, visibleTo
} from './visible-events.ts'
import { GatewayError } from '../errors.ts'
import { practitionerOf } from '../http/caller.ts'
import { attestExport } from './attest-export.ts'
import { explainEvent } from './explain-event.ts'
import { explainRequest } from './explain-request.ts'
import { serve } from '../http/serve.ts'
import { listReadings } from './list-readings.ts'
import { queryAccessLog } from './query-access-log.ts'
import { findBlock } from '../ledger/find-block.ts'
import { currentRecord } from '../records/read-grounds.ts'
import { noteReading } from './note-reading.ts'
import { previewPolicy } from './preview-policy.ts'
import { requireInOrder } from './require-in-order.ts'
import { findReaders } from './record-readers.ts'

export const accessEventRoutes: FastifyPluginCallback = (app, _options, done) => {
  app.route(serve(ACCESS.list, async (request) => {
    const { cursor, limit = 50, ...asked } = request.query
    requireInOrder(asked)
    const filter = narrow(asked, visibleTo(request))
    await app.events.catchUp()
    const page = await queryAccessLog(app.store.db, filter, limit, cursor)
    await noteReading(app, request, page.items)
    return { ...page, ...cutsOf(app, request) }
  }))

  // Reading who read is not noted: it would never end.
  app.route(serve(ACCESS.listReadings, async (request) => {
    const { cursor, limit = 50, ...asked } = request.query
    requireInOrder(asked)
    const filter = narrow(asked, visibleTo(request))
    await app.events.catchUp()
    const reader = request.caller?.kind === 'patient' ? 'patient' : 'staff'
    return { ...await listReadings(app.store.db, filter, { limit, cursor, reader }), ...cutsOf(app, request) }
  }))

  app.route(serve(ACCESS.attestExport, async (request) => {
    const { query, ...made } = request.body
    requireInOrder(query)
    const narrowed = narrow(query, visibleTo(request))
    await app.events.catchUp()
    return await attestExport(app, { ...made, ...readerOf(request), query: narrowed })
  }))

  app.route(serve(ACCESS.get, async (request) => {
    const { eventId } = request.params
    const { event, request: statement } = await app.ledger.gateway.getAccess(eventId)
    requireVisible(request, event)
    const { gateway } = app.ledger
    const [releases, accusations, blockNumber] = await Promise.all([
      gateway.listReleases(eventId), gateway.listAccusations(eventId), findBlock(app, event.txId)
    ])
    await noteReading(app, request, [event])
    return { event, request: statement, releases, accusations, blockNumber }
  }))

  app.route(serve(ACCESS.explain, async (request) => {
    const found = await app.ledger.gateway.getAccess(request.params.eventId)
    requireVisible(request, found.event)
    await noteReading(app, request, [found.event])
    return await explainEvent(app, found)
  }))

  // A question that is only read: it is noted as a reading and leaves no event.
  app.route(serve(ACCESS.explainRequest, async (request) => {
    requireVisibleRequest(request, request.body)
    await app.events.catchUp()
    const explained = await explainRequest(app, request.body, { caller: request.caller?.kind === 'practitioner' ? practitionerOf(request) : undefined, seesAll: seesAllOfPatient(request) })
    await noteReading(app, request, [request.body])
    return explained
  }))

  app.route(serve(ACCESS.listReaders, async (request) => {
    const { version, ...asked } = request.query
    const state = await app.ledger.gateway.getRecord(request.params.recordId, version)
    const current = currentRecord(state)
    requireOwnerOrAuditor(request, current)
    await app.events.catchUp()
    await noteReading(app, request, [{ patientId: current.owner }])
    return await findReaders(app, state, asked)
  }))

  app.route(serve(ACCESS.previewPolicy, async (request) => {
    if (!seesAllOfPatient(request)) throw new GatewayError('NOT_PERMITTED', 'consents of all patients are for auditors of the consortium')
    await app.events.catchUp()
    const { preview, patients } = await previewPolicy(app, request.body.policy, request.query)
    await noteReading(app, request, patients.map((patientId) => ({ patientId })))
    return preview
  }))

  app.route(serve(ACCESS.getAnchor, async (request) => {
    const { event } = await app.ledger.gateway.getAccess(request.params.eventId)
    requireVisible(request, event)
    await noteReading(app, request, [event])
    return await makeEventAnchor({ db: app.store.db, connection: app.ledger.connection }, event)
  }))
  done()
}
