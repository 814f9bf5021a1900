import { isRole, OFFICES } from '@epione/protocol'
import type { PolicyDocument } from '@epione/protocol'
import { PRACTITIONERS } from '@epione/protocol/api'
import type { FastifyPluginCallback } from 'fastify'
import { GatewayError } from '../errors.ts'
import { practitionerOf } from '../http/caller.ts'
import { originOf } from '../http/origin.ts'
import { serve } from '../http/serve.ts'
import { checkStatement } from '../ledger/statements.ts'
import { submitForPlace } from '../ledger/submit-once.ts'
import { findAuditor } from './auditors.ts'
import { certifyDevice, requirePractitioner } from './certify-device.ts'
import { enrolPractitioner } from './practitioners.ts'
import { suspendSelf, suspendStaff } from './suspend-staff.ts'

export const practitionerRoutes: FastifyPluginCallback = (app, _options, done) => {
  app.route(serve(PRACTITIONERS.enrol, async ({ body }) => {
    refuseRole(await app.ledger.policies.at(app.ports.clock()), body.role)
    if (findAuditor(app.ports.network, app.config.mspId, body.subject) !== undefined) {
      throw new GatewayError('PRACTITIONER_EXISTS', 'this subject is an auditor of the hospital')
    }
    const { mspId, staffId, role, department, keys, certificateNotAfter } = await enrolPractitioner(app.enrolment, body)
    return { mspId, staffId, role, ...(department !== undefined && { department }), keys, certificateNotAfter }
  }))

  app.route(serve(PRACTITIONERS.getSelf, (request) => {
    const { subject, mspId, staffId, role, department } = practitionerOf(request)
    return { subject, mspId, staffId, role, ...(department !== undefined && { department }) }
  }))

  app.route(serve(PRACTITIONERS.getCertificate, async (request) => {
    const { keys, certificate, certificateNotAfter } = await requirePractitioner(app.store.db, practitionerOf(request))
    return { keys, ...(certificate !== undefined && { certificate }), certificateNotAfter }
  }))

  app.route(serve(PRACTITIONERS.certify, async (request) => {
    const staff = await certifyDevice(app, practitionerOf(request), request.body.request)
    const { mspId, staffId, role, department, certificate, certificateNotAfter } = staff
    return { mspId, staffId, role, ...(department !== undefined && { department }), certificate, certificateNotAfter }
  }))

  app.route(serve(PRACTITIONERS.bindKeys, async (request) => {
    const self = practitionerOf(request)
    const { statement } = request.body
    const { id, body: { mspId, staffId, version } } = checkStatement('KeyBinding', statement, app.networkId)
    if (mspId !== self.mspId || staffId !== self.staffId) throw new GatewayError('NOT_PERMITTED', 'the binding names another person')
    const ledger = await app.ledger.as(request)
    const { txId, blockNumber } = await submitForPlace(app, id, () => ledger.bindKeys(statement))
    return { mspId, staffId, version, statementId: id, txId, blockNumber }
  }))

  app.route(serve(PRACTITIONERS.suspend, async (request) => await suspendSelf(app, request)))

  app.route(serve(PRACTITIONERS.suspendStaff, async ({ params, body }) => await suspendStaff(app, params, body)))

  app.route(serve(PRACTITIONERS.getBinding, async (request) => {
    const { mspId, staffId } = request.params
    return await app.openReads.read(`binding ${mspId} ${staffId}`, originOf(request), () => app.ledger.gateway.getBinding(mspId, staffId))
  }))
  done()
}

/** Gateways, registrars and auditors are the admin's to name: in the description of the network, not with a token. */
function refuseRole (policy: PolicyDocument, role: string): void {
  if (OFFICES.some((o) => o === role)) {
    throw new GatewayError(
      'NOT_PERMITTED',
      `${role} is an office: the hospital's admin names its holders in the description of the network`
    )
  }
  if (!isRole(policy, role)) throw new GatewayError('REQUEST_INVALID', `${role} is no role of a member of staff`)
}
