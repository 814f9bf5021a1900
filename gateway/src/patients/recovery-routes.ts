import { RECOVERIES } from '@epione/protocol/api'
import type { FastifyPluginCallback } from 'fastify'
import { admitStatementOf } from '../http/admission.ts'
import { originOf } from '../http/origin.ts'
import { serve } from '../http/serve.ts'
import { submitForPlace } from '../ledger/submit-once.ts'
import { freezePatient } from './freeze-patient.ts'
import { handOutBackup } from './hand-out-backup.ts'
import { requestRecovery } from './request-recovery.ts'
import { stopRecovery } from './stop-recovery.ts'

export const recoveryRoutes: FastifyPluginCallback = (app, _options, done) => {
  app.route(serve(RECOVERIES.freeze, async (request) => {
    const { statement } = request.body
    const freeze = await admitStatementOf(app, request, 'Freeze', 'others too')
    return await freezePatient(app, statement, freeze)
  }))

  app.route(serve(RECOVERIES.unfreeze, async (request) => {
    const { statement } = request.body
    const unfreeze = await admitStatementOf(app, request, 'Unfreeze', 'others too')
    const { id } = unfreeze
    const { txId, blockNumber } = await submitForPlace(app, id, () => app.ledger.gateway.unfreezePatient(statement))
    return { statementId: id, txId, blockNumber }
  }))

  app.route(serve(RECOVERIES.request, async (request) => {
    const { statement } = request.body
    const recovery = await admitStatementOf(app, request, 'RecoveryRequest', 'others too')
    return await requestRecovery(app, statement, recovery)
  }))

  app.route(serve(RECOVERIES.stop, async (request) => {
    const { statement } = request.body
    const stop = await admitStatementOf(app, request, 'RecoveryStop', 'others too')
    return await stopRecovery(app, statement, stop)
  }))

  app.route(serve(RECOVERIES.stopInPerson, async ({ params: { patientId, requestId } }) => {
    const { value: { target }, txId, blockNumber } = await app.ledger.registrar.stopRecoveryInPerson({ patientId, target: requestId })
    return { target, txId, blockNumber: Number(blockNumber) }
  }))

  app.route(serve(RECOVERIES.getBackup, async (request) => {
    const { patientId, requestId } = request.params
    return await app.currentReads.read(`backup ${patientId} ${requestId}`, originOf(request), () =>
      handOutBackup(app, patientId, requestId))
  }))
  done()
}
