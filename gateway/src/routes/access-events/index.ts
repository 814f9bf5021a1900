import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { EventId, MspId, PatientId, StaffId, TimeMs } from '@epione/chaincode/model'
import type { AccessEvent } from '@epione/chaincode/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { practitionerOf } from '../../caller.ts'
import { GatewayError } from '../../errors.ts'
import { PageOf, PageQuery } from '../../paging.ts'
import { requireBearerOrSession, SCOPES } from '../../plugins/auth.ts'
import { queryAccessLog } from '../../projection/query-access-log.ts'
import type { AccessLogFilter } from '../../projection/query-access-log.ts'
import { AccessCase, LoggedAccessEvent } from '../../schemas/ledger.ts'
import { PROBLEMS } from '../../schemas/problem.ts'

/** Whose events the caller may see: every member given must fit. */
type Visible = Pick<AccessLogFilter, 'patientId' | 'mspId' | 'staffId'>

const readers = requireBearerOrSession({ scopes: [SCOPES.readAccessLog, SCOPES.readRecords] })
const security = [{ bearer: [] }, { session: [] }]

export const accessEventRoutes: FastifyPluginCallbackTypebox = (app, _options, done) => {
  app.get('/v1/access-events', {
    onRequest: readers,
    schema: {
      operationId: 'listAccessEvents',
      tags: ['access log'],
      summary: 'The access log, newest first: an auditor\'s scope, a patient\'s own record, or a practitioner\'s own requests',
      security,
      querystring: Type.Object({
        patientId: Type.Optional(PatientId),
        mspId: Type.Optional(MspId),
        staffId: Type.Optional(StaffId),
        decision: Type.Optional(Type.Union([Type.Literal('permit'), Type.Literal('deny')])),
        from: Type.Optional(TimeMs),
        to: Type.Optional(TimeMs),
        ...PageQuery
      }),
      response: { 200: PageOf(LoggedAccessEvent), ...PROBLEMS }
    }
  }, async (request) => {
    const { cursor, limit = 50, ...asked } = request.query
    const filter = narrow(asked, visibleTo(request))
    await app.events.catchUp()
    return await queryAccessLog(app.store.db, filter, limit, cursor)
  })

  app.get('/v1/access-events/:eventId', {
    onRequest: readers,
    schema: {
      operationId: 'getAccessEvent',
      tags: ['access log'],
      summary: 'An access event from the ledger itself, with the signed request, the receipts of proxies and accusations',
      security,
      params: Type.Object({ eventId: EventId }),
      response: { 200: AccessCase, ...PROBLEMS }
    }
  }, async (request) => {
    const { eventId } = request.params
    const { event, request: statement, releases } = await app.ledger.gateway.getAccess(eventId)
    // To whom it may not be shown, it is as unknown as one that does not exist.
    if (!isVisible(event, visibleTo(request))) throw new GatewayError('EVENT_UNKNOWN', 'there is no such access event')
    const [accusations, blockNumber] = await Promise.all([app.ledger.gateway.listAccusations(eventId), blockOf(app, event.txId)])
    return { event, request: statement, releases, accusations, blockNumber }
  })
  done()
}

function visibleTo (request: FastifyRequest): Visible {
  const { caller } = request
  if (caller?.kind === 'patient') return { patientId: caller.patientId }
  const { mspId, staffId, role, scope } = practitionerOf(request)
  const isAuditor = role === 'auditor' && caller?.kind === 'practitioner' && caller.scopes.has(SCOPES.readAccessLog)
  if (!isAuditor) return { mspId, staffId }
  return scope === 'consortium' ? {} : { mspId }
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

function isVisible ({ patientId, actor }: AccessEvent, visible: Visible): boolean {
  const { patientId: patient = patientId, mspId = actor.mspId, staffId = actor.staffId } = visible
  return patient === patientId && mspId === actor.mspId && staffId === actor.staffId
}

async function blockOf (app: FastifyInstance, txId: string): Promise<number> {
  const transaction = await app.ledger.connection.findTransaction(txId)
  if (transaction === undefined) throw new GatewayError('LEDGER_UNAVAILABLE', 'the event\'s block is not here yet')
  return transaction.blockNumber
}
