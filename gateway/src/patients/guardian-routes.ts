import { GUARDIANS } from '@epione/protocol/api'
import type { FastifyPluginCallback } from 'fastify'
import { GatewayError } from '../errors.ts'
import { admitStatementOf } from '../http/admission.ts'
import { patientOf } from '../http/caller.ts'
import { originOf } from '../http/origin.ts'
import { serve } from '../http/serve.ts'
import { handOutShare, showEscrow } from './hand-out-share.ts'
import { depositEscrow, publishGuardians } from './publish-guardians.ts'

export const guardianRoutes: FastifyPluginCallback = (app, _options, done) => {
  app.route(serve(GUARDIANS.getSafety, async (request) => {
    const { patientId } = request.params
    return await app.openReads.read(`safety ${patientId}`, originOf(request), () => app.ledger.gateway.getSafety(patientId))
  }))

  app.route(serve(GUARDIANS.publish, async (request) => {
    const { statement, escrow } = request.body
    const guardians = await admitStatementOf(app, request, 'Guardians', 'others too')
    return await publishGuardians(app, statement, guardians, escrow)
  }))

  app.route(serve(GUARDIANS.depositEscrow, async (request) => {
    const { escrow } = request.body
    const guardians = await admitStatementOf(app, request, 'Guardians', 'patient')
    return await depositEscrow(app, guardians, escrow)
  }))

  app.route(serve(GUARDIANS.getEscrow, async (request) => {
    const { patientId } = request.params
    if (patientOf(request) !== patientId) {
      throw new GatewayError('NOT_PERMITTED', 'a patient asks for what is kept for their own recovery only')
    }
    return await showEscrow(app, patientId)
  }))

  app.route(serve(GUARDIANS.getShare, async (request) => {
    const { params: { patientId, index }, query: { issue } } = request
    return await app.currentReads.read(`share ${patientId} ${String(index)} ${String(issue)}`, originOf(request), () =>
      handOutShare(app, patientId, index, issue))
  }))
  done()
}
