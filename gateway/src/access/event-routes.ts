import { ACCESS } from '@epione/protocol/api'
import type { FastifyPluginCallback } from 'fastify'
import { makeEventAnchor } from '../anchors/event-anchor.ts'
import { requireVisible, visibleTo } from './visible-events.ts'
import type { Visible } from './visible-events.ts'
import { GatewayError } from '../errors.ts'
import { explainEvent } from './explain-event.ts'
import { serve } from '../http/serve.ts'
import { queryAccessLog } from './query-access-log.ts'
import type { AccessLogFilter } from './query-access-log.ts'
import { findBlock } from '../ledger/find-block.ts'

export const accessEventRoutes: FastifyPluginCallback = (app, _options, done) => {
  app.route(serve(ACCESS.list, async (request) => {
    const { cursor, limit = 50, ...asked } = request.query
    if (asked.from !== undefined && asked.to !== undefined && asked.from > asked.to) {
      throw new GatewayError('REQUEST_INVALID', '"from" comes after "to": no event can be between them')
    }
    const filter = narrow(asked, visibleTo(request))
    await app.events.catchUp()
    return await queryAccessLog(app.store.db, filter, limit, cursor)
  }))

  app.route(serve(ACCESS.get, async (request) => {
    const { eventId } = request.params
    const { event, request: statement } = await app.ledger.gateway.getAccess(eventId)
    requireVisible(request, event)
    const { gateway } = app.ledger
    const [releases, accusations, blockNumber] = await Promise.all([
      gateway.listReleases(eventId), gateway.listAccusations(eventId), findBlock(app, event.txId)
    ])
    return { event, request: statement, releases, accusations, blockNumber }
  }))

  app.route(serve(ACCESS.explain, async (request) => {
    const found = await app.ledger.gateway.getAccess(request.params.eventId)
    requireVisible(request, found.event)
    return await explainEvent(app, found)
  }))

  app.route(serve(ACCESS.getAnchor, async (request) => {
    const { event } = await app.ledger.gateway.getAccess(request.params.eventId)
    requireVisible(request, event)
    return await makeEventAnchor({ db: app.store.db, connection: app.ledger.connection }, event.txId)
  }))
  done()
}

/** What was asked within what is visible. @throws {GatewayError} NOT_PERMITTED when it lies outside */
function narrow (asked: AccessLogFilter, visible: Visible): AccessLogFilter {
  for (const [name, value] of Object.entries(visible)) {
    if (asked[name as keyof Visible] !== undefined && asked[name as keyof Visible] !== value) {
      throw new GatewayError('NOT_PERMITTED', `the caller may see events of ${name} ${value} only`)
    }
  }
  return { ...asked, ...visible }
}
