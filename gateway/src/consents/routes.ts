import { CONSENTS } from '@epione/protocol/api'
import type { FastifyPluginCallback, FastifyRequest } from 'fastify'
import { admitStatement, admitStatementOf } from '../http/admission.ts'
import { patientOf, practitionerOf } from '../http/caller.ts'
import { GatewayError } from '../errors.ts'
import { toLedgerPage } from '../http/paging.ts'
import { serve } from '../http/serve.ts'
import { grantConsent } from './grant-consent.ts'
import { requireParty } from './require-party.ts'
import { revokeConsent } from './revoke-consent.ts'
import { consentOf, showConsent, showConsents } from './show-consent.ts'
import { checkStatement } from '../ledger/statements.ts'
import { submitForPlace } from '../ledger/submit-once.ts'

export const consentRoutes: FastifyPluginCallback = (app, _options, done) => {
  app.route(serve(CONSENTS.grant, async (request) => {
    const { statement, kfrags } = request.body
    const consent = checkStatement('Consent', statement, app.networkId)
    await admitStatement(app, request, consent, 'patient or representative')
    return await grantConsent(app, statement, consent, kfrags)
  }))

  app.route(serve(CONSENTS.get, async (request) => {
    const state = await app.ledger.gateway.getConsent(request.params.consentId)
    const body = consentOf(state)
    await requireParty(app, request, body)
    return await showConsent(app, state, body)
  }))

  app.route(serve(CONSENTS.listOfPatient, async (request) => {
    const { patientId } = request.params
    requirePatient(request, patientId)
    return await showConsents(app, await app.ledger.gateway.listConsentsByPatient(patientId, toLedgerPage(request.query)))
  }))

  app.route(serve(CONSENTS.listForSelf, async (request) => {
    const { mspId, staffId } = practitionerOf(request)
    const { patientId, ...page } = request.query
    return await showConsents(app, await app.ledger.gateway.listConsentsByGrantee(mspId, staffId, {
      ...toLedgerPage(page),
      ...(patientId !== undefined && { patientId })
    }))
  }))

  app.route(serve(CONSENTS.revoke, async (request) => {
    const { statement } = request.body
    const revocation = checkStatement('Revocation', statement, app.networkId)
    await admitStatement(app, request, revocation, 'patient or whoever acts')
    return await revokeConsent(app, statement, revocation)
  }))

  app.route(serve(CONSENTS.forbid, async (request) => {
    const { id } = await admitStatementOf(app, request, 'Prohibition', 'patient or representative')
    const { txId, blockNumber } = await submitForPlace(app, id, () => app.ledger.gateway.forbidAccess(request.body.statement))
    return { prohibitionId: id, txId, blockNumber }
  }))

  app.route(serve(CONSENTS.listProhibitions, async (request) => {
    const { patientId } = request.params
    requirePatient(request, patientId)
    const { prohibitions } = await app.ledger.gateway.getStanding(patientId)
    return { items: prohibitions }
  }))
  done()
}

/** @throws {GatewayError} NOT_PERMITTED for another patient */
function requirePatient (request: FastifyRequest, patientId: string): void {
  if (patientOf(request) !== patientId) throw new GatewayError('NOT_PERMITTED', 'the session is another patient\'s')
}
