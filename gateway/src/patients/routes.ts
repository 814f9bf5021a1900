import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { LedgerClient } from '@epione/ledger/client'
import { Hash, PatientDirectory, PatientId, SignedStatement, Version } from '@epione/protocol'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import { admitStatement } from '../http/admission.ts'
import { originOf } from '../http/origin.ts'
import { Committed, SCOPES } from '@epione/protocol/api'
import { PROBLEMS } from '../http/problem.ts'
import { checkStatement, checkStatementOf } from '../ledger/statements.ts'
import type { CheckedStatement } from '../ledger/statements.ts'
import { submitOnce } from '../ledger/submit-once.ts'

const DirectoryWritten = Type.Object({ patientId: PatientId, version: Version, statementId: Hash, ...Committed })
const Body = Type.Object({ statement: SignedStatement }, { additionalProperties: false })
const Params = Type.Object({ patientId: PatientId })

export const patientRoutes: FastifyPluginCallbackTypebox = (app, _options, done) => {
  app.post('/v1/patients', {
    config: {
      access: {
        by: 'staff',
        scopes: [SCOPES.registerPatients],
        enrolled: false,
        who: 'the registration desk',
        stranger: { status: 400, code: 'PATIENT_ID_MISMATCH', when: 'with a directory of another key than the patient id' },
        trace: 'ledger'
      },
      idempotent: true
    },
    schema: {
      operationId: 'registerPatient',
      tags: ['patients'],
      summary: 'Publishes a new patient\'s first key directory, submitted by the registration desk',
      body: Body,
      response: { 201: DirectoryWritten, ...PROBLEMS }
    }
  }, async ({ body: { statement } }, reply) => {
    const checked = checkStatement('KeyDirectory', statement, app.networkId)
    return await reply.code(201).send(await publish(app, app.ledger.registrar, statement, checked))
  })

  app.put('/v1/patients/:patientId/directory', {
    config: {
      access: {
        by: 'anyone',
        who: 'whoever brings the patient\'s signed statement',
        stranger: { status: 400, code: 'SIGNATURE_INVALID', when: 'with a stranger\'s signature' },
        trace: 'ledger'
      }
    },
    schema: {
      operationId: 'updateDirectory',
      tags: ['patients'],
      summary: 'Publishes a later version of a patient\'s key directory, which waits when it brings a new identity key; the statement authenticates itself',
      params: Params,
      body: Body,
      response: { 200: DirectoryWritten, ...PROBLEMS }
    }
  }, async (request) => {
    const { params, body: { statement } } = request
    const directory = checkStatementOf(params.patientId, 'KeyDirectory', statement, app.networkId)
    await admitStatement(app, request, directory, 'patient')
    return await publish(app, app.ledger.gateway, statement, directory)
  })

  app.get('/v1/patients/:patientId/directory', {
    config: {
      access: {
        by: 'anyone',
        who: 'whoever knows the patient id',
        stranger: { status: 200, when: 'signed keys, which prove themselves' },
        trace: 'request log'
      }
    },
    schema: {
      operationId: 'getDirectory',
      tags: ['patients'],
      summary: 'All versions of a patient\'s key directory, each signed: check them up to the patient id',
      params: Params,
      response: { 200: PatientDirectory, ...PROBLEMS }
    }
  }, async (request) => {
    const { patientId } = request.params
    return await app.openReads.read(`directory ${patientId}`, originOf(request), () => app.ledger.gateway.getDirectory(patientId))
  })
  done()
}

async function publish (
  app: FastifyInstance,
  ledger: LedgerClient,
  statement: SignedStatement,
  { id, body: { patientId, version } }: CheckedStatement<'KeyDirectory'>
): Promise<Static<typeof DirectoryWritten>> {
  const { txId, blockNumber } = await submitOnce<unknown>(app, id, () => ledger.publishDirectory(statement), () => Promise.resolve())
  return { patientId, version, statementId: id, txId, blockNumber }
}
