import type { LedgerClient } from '@epione/ledger/client'
import { checkStatementBody } from '@epione/protocol'
import type { SignedStatement } from '@epione/protocol'
import { PATIENTS } from '@epione/protocol/api'
import type { AnswerOf } from '@epione/protocol/api'
import type { FastifyInstance, FastifyPluginCallback } from 'fastify'
import { admitStatementOf } from '../http/admission.ts'
import { originOf } from '../http/origin.ts'
import { serve } from '../http/serve.ts'
import { checkStatement, checkStatementOf } from '../ledger/statements.ts'
import type { CheckedStatement } from '../ledger/statements.ts'
import { submitForPlace } from '../ledger/submit-once.ts'

export const patientRoutes: FastifyPluginCallback = (app, _options, done) => {
  app.route(serve(PATIENTS.register, async ({ body: { statement } }) => {
    const checked = checkStatement('KeyDirectory', statement, app.networkId)
    return await publish(app, app.ledger.registrar, statement, checked)
  }))

  app.route(serve(PATIENTS.updateDirectory, async (request) => {
    const { statement } = request.body
    const directory = await admitStatementOf(app, request, 'KeyDirectory', 'patient')
    return await publish(app, app.ledger.gateway, statement, directory)
  }))

  app.route(serve(PATIENTS.getDirectory, async (request) => {
    const { patientId } = request.params
    return await app.openReads.read(`directory ${patientId}`, originOf(request), () => app.ledger.gateway.getDirectory(patientId))
  }))

  app.route(serve(PATIENTS.activateDirectory, async (request) => {
    const { patientId } = request.params
    const {
      value: { id, statement },
      txId,
      blockNumber
    } = await app.currentReads.read(`activation ${patientId}`, originOf(request), () => app.ledger.gateway.activateDirectory(patientId))
    const { version } = checkStatementBody('KeyDirectory', JSON.parse(statement.body))
    return { patientId, version, statementId: id, txId, blockNumber: Number(blockNumber) }
  }))

  app.route(serve(PATIENTS.succeed, async (request) => {
    const { statement } = request.body
    const succession = await admitStatementOf(app, request, 'Succession', 'patient')
    const { id, body: { patientId, successor } } = succession
    const { txId, blockNumber } = await submitForPlace(app, id, () => app.ledger.gateway.succeedPatient(statement))
    return { patientId, successor, statementId: id, txId, blockNumber }
  }))

  app.route(serve(PATIENTS.represent, async ({ params, body: { statement } }) => {
    const { id } = checkStatementOf(params.patientId, 'Representation', statement, app.networkId)
    const { txId, blockNumber } = await submitForPlace(app, id, () => app.ledger.registrar.representPatient(statement))
    return { statementId: id, txId, blockNumber }
  }))

  app.route(serve(PATIENTS.endRepresentation, async (request) => {
    const { id } = await admitStatementOf(app, request, 'RepresentationEnd', 'patient or representative')
    const { txId, blockNumber } = await submitForPlace(app, id, () => app.ledger.gateway.endRepresentation(request.body.statement))
    return { statementId: id, txId, blockNumber }
  }))

  app.route(serve(PATIENTS.changeDelegates, async (request) => {
    const { id } = await admitStatementOf(app, request, 'Delegate', 'patient or limited key')
    const { txId, blockNumber } = await submitForPlace(app, id, () => app.ledger.gateway.changeDelegates(request.body.statement))
    return { statementId: id, txId, blockNumber }
  }))

  app.route(serve(PATIENTS.endRepresentationInPerson, async ({ params }) => {
    const { txId, blockNumber } = await app.ledger.registrar.endRepresentationInPerson(params)
    return { representationId: params.representationId, txId, blockNumber: Number(blockNumber) }
  }))
  done()
}

async function publish (
  app: FastifyInstance,
  ledger: LedgerClient,
  statement: SignedStatement,
  { id, body: { patientId, version } }: CheckedStatement<'KeyDirectory'>
): Promise<AnswerOf<typeof PATIENTS.register>> {
  const { txId, blockNumber } = await submitForPlace(app, id, () => ledger.publishDirectory(statement))
  return { patientId, version, statementId: id, txId, blockNumber }
}
