import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { EventId, MspId, PatientId, StaffId } from '@epione/protocol'
import { Type } from 'typebox'
import { makeEventAnchor } from '../anchors/event-anchor.ts'
import { EventAnchor } from '../anchors/schemas.ts'
import { requireVisible, visibleTo } from './visible-events.ts'
import type { Visible } from './visible-events.ts'
import { GatewayError } from '../errors.ts'
import { PageOf, PageQuery } from '../http/paging.ts'
import { SCOPES } from '../http/scopes.ts'
import { queryAccessLog } from './query-access-log.ts'
import type { AccessLogFilter } from './query-access-log.ts'
import { AccessCase, LoggedAccessEvent } from '../http/answers.ts'
import { PROBLEMS } from '../http/problem.ts'
import { findBlock } from '../ledger/find-block.ts'

const READERS = [SCOPES.readAccessLog, SCOPES.readRecords] as const
/** Times of a filter, in ms: seconds lie before these years and microseconds after, and would find nothing. */
const FilterTime = Type.Integer({ minimum: Date.UTC(2000, 0, 1), maximum: Date.UTC(2100, 0, 1) - 1, description: 'milliseconds since 1970 UTC, in the years 2000 to 2099; both ends are included' })

export const accessEventRoutes: FastifyPluginCallbackTypebox = (app, _options, done) => {
  app.get('/v1/access-events', {
    config: {
      access: {
        by: 'staff-or-patient',
        scopes: READERS,
        who: 'the patient about themself, staff about their own requests, an auditor within the scope',
        stranger: { status: 403, code: 'NOT_PERMITTED', when: 'when asking for others' },
        trace: 'request log'
      }
    },
    schema: {
      operationId: 'listAccessEvents',
      tags: ['access log'],
      summary: 'The access log, newest first: an auditor\'s scope, a patient\'s own record, or a practitioner\'s own requests',
      querystring: Type.Object({
        patientId: Type.Optional(PatientId),
        mspId: Type.Optional(MspId),
        staffId: Type.Optional(StaffId),
        decision: Type.Optional(Type.Union([Type.Literal('permit'), Type.Literal('deny')])),
        from: Type.Optional(FilterTime),
        to: Type.Optional(FilterTime),
        ...PageQuery
      }),
      response: { 200: PageOf(LoggedAccessEvent), ...PROBLEMS }
    }
  }, async (request) => {
    const { cursor, limit = 50, ...asked } = request.query
    if (asked.from !== undefined && asked.to !== undefined && asked.from > asked.to) throw new GatewayError('REQUEST_INVALID', '"from" comes after "to": no event can be between them')
    const filter = narrow(asked, visibleTo(request))
    await app.events.catchUp()
    return await queryAccessLog(app.store.db, filter, limit, cursor)
  })

  app.get('/v1/access-events/:eventId', {
    config: {
      access: {
        by: 'staff-or-patient',
        scopes: READERS,
        who: 'the patient, the person who asked, an auditor within the scope',
        stranger: { status: 404, code: 'EVENT_UNKNOWN', when: 'for everybody else' },
        trace: 'request log'
      }
    },
    schema: {
      operationId: 'getAccessEvent',
      tags: ['access log'],
      summary: 'An access event from the ledger itself, with the signed request, the receipts of proxies and accusations',
      params: Type.Object({ eventId: EventId }),
      response: { 200: AccessCase, ...PROBLEMS }
    }
  }, async (request) => {
    const { eventId } = request.params
    const { event, request: statement, releases } = await app.ledger.gateway.getAccess(eventId)
    requireVisible(request, event)
    const [accusations, blockNumber] = await Promise.all([app.ledger.gateway.listAccusations(eventId), findBlock(app, event.txId)])
    return { event, request: statement, releases, accusations, blockNumber }
  })

  app.get('/v1/access-events/:eventId/anchor', {
    config: {
      access: {
        by: 'staff-or-patient',
        scopes: READERS,
        who: 'the patient, the person who asked, an auditor within the scope',
        stranger: { status: 404, code: 'EVENT_UNKNOWN', when: 'for everybody else' },
        trace: 'request log'
      }
    },
    schema: {
      operationId: 'getEventAnchor',
      tags: ['access log'],
      summary: 'What a proof bundle of an access event is made of: its envelope, the paths to its block and batch, the witnesses\' signatures, the EVM transaction',
      params: Type.Object({ eventId: EventId }),
      response: { 200: EventAnchor, ...PROBLEMS }
    }
  }, async (request) => {
    const { event } = await app.ledger.gateway.getAccess(request.params.eventId)
    requireVisible(request, event)
    return await makeEventAnchor({ db: app.store.db, connection: app.ledger.connection }, event.txId)
  })
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
