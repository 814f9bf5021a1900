import { adminOf, REVIEW_ROLE, roleIs, ORGANIZATION_GRANTEE } from '@epione/protocol'
import type { Person, SignedStatement } from '@epione/protocol'
import { EMERGENCIES } from '@epione/protocol/api'
import { judgeAs, openAdminStatement } from '@epione/protocol/verify'
import type { FastifyInstance, FastifyPluginCallback, FastifyRequest } from 'fastify'
import { noteReading } from '../access/note-reading.ts'
import { requireInOrder } from '../access/require-in-order.ts'
import { cutsOf, narrow, requireVisible, visibleTo } from '../access/visible-events.ts'
import { showConsents } from '../consents/show-consent.ts'
import { GatewayError } from '../errors.ts'
import { patientOf, practitionerOf } from '../http/caller.ts'
import { originOf } from '../http/origin.ts'
import { toLedgerPage } from '../http/paging.ts'
import { serve } from '../http/serve.ts'
import { checkStatement } from '../ledger/statements.ts'
import { submitForPlace } from '../ledger/submit-once.ts'
import { listEmergencies } from './list-emergencies.ts'

export const emergencyRoutes: FastifyPluginCallback = (app, _options, done) => {
  app.route(serve(EMERGENCIES.publishKeys, async ({ params: { mspId }, body: { statement } }) => {
    const { id, version } = checkKeys(app, mspId, statement)
    const { txId, blockNumber } = await submitForPlace(app, id, () => app.ledger.gateway.publishEmergencyKeys(statement))
    return { mspId, version, statementId: id, txId, blockNumber }
  }))

  app.route(serve(EMERGENCIES.getKeys, async (request) => {
    const { mspId } = request.params
    return await app.openReads.read(`emergency key ${mspId}`, originOf(request), () => app.ledger.gateway.getEmergencyKeys(mspId))
  }))

  app.route(serve(EMERGENCIES.listDeposits, async (request) => {
    const { mspId } = practitionerOf(request)
    const { patientId, ...page } = request.query
    const asked = { patientId, ...toLedgerPage(page) }
    return await showConsents(app, await app.ledger.gateway.listConsentsByGrantee(mspId, ORGANIZATION_GRANTEE, asked))
  }))

  app.route(serve(EMERGENCIES.list, async (request) => {
    const { cursor, limit = 50, ...asked } = request.query
    requireInOrder(asked)
    const filter = narrow(asked, await isOfficer(app, request) ? {} : visibleTo(request))
    await app.events.catchUp()
    const page = await listEmergencies(app.store.db, filter, { now: app.ports.clock(), limit, cursor })
    await noteReading(app, request, page.items)
    return { ...page, ...cutsOf(app, request) }
  }))

  app.route(serve(EMERGENCIES.get, async (request) => {
    const found = await app.ledger.gateway.getEmergency(request.params.eventId)
    if (!await isOfficer(app, request)) requireVisible(request, found.opening)
    await noteReading(app, request, [found.opening])
    return found
  }))

  app.route(serve(EMERGENCIES.close, async (request) => {
    const { statement } = request.body
    const { id, body } = checkStatement('EmergencyClose', statement, app.networkId)
    requireSelf(request, body.requester)
    const ledger = await app.ledger.as(request)
    const { txId, blockNumber } = await submitForPlace(app, id, () => ledger.closeEmergency(statement))
    return { eventId: body.opening, statementId: id, txId, blockNumber }
  }))

  app.route(serve(EMERGENCIES.review, async (request) => {
    const { statement } = request.body
    const { id, body } = checkStatement('Review', statement, app.networkId)
    requireSelf(request, body.reviewer)
    const ledger = await app.ledger.as(request)
    const { txId, blockNumber } = await submitForPlace(app, id, () => ledger.reviewEmergency(statement))
    return { eventId: body.opening, statementId: id, txId, blockNumber }
  }))
  done()
}

/** At the door an admin key of the organisation must have signed, so that nobody else costs the peers work. */
function checkKeys (app: FastifyInstance, mspId: string, statement: SignedStatement): { id: string, version: number } {
  const { document } = app.ledger.network()
  const { id, body, signers } = judgeAs(
    (refusal) =>
      new GatewayError(refusal.code === 'SIGNATURE_INVALID' ? refusal.code : 'STATEMENT_INVALID', refusal.why, { cause: refusal }),
    () => openAdminStatement('OrganizationKeys', statement, document.networkId)
  )
  if (body.mspId !== mspId) throw new GatewayError('REQUEST_INVALID', 'the statement is about another organisation')
  if (adminOf(document, signers) !== mspId) {
    throw new GatewayError('SIGNATURE_INVALID', `the statement is not signed with one admin key of ${mspId}`)
  }
  return { id, version: body.version }
}

/** Reviews are for officers of other hospitals, so an officer of any sees every box. */
async function isOfficer (app: FastifyInstance, request: FastifyRequest): Promise<boolean> {
  if (patientOf(request) !== undefined) return false
  return roleIs(await app.ledger.policies.at(app.ports.clock()), practitionerOf(request).role, REVIEW_ROLE)
}

/** The statement must name the caller. @throws {GatewayError} NOT_PERMITTED */
function requireSelf (request: FastifyRequest, { mspId, staffId }: Person): void {
  const self = practitionerOf(request)
  if (self.mspId === mspId && self.staffId === staffId) return
  throw new GatewayError('NOT_PERMITTED', 'the statement is another person\'s')
}
