import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { checkStatementBody, Hash, PatientId, SignedStatement, Version } from '@epione/protocol'
import { Type } from 'typebox'
import { admitStatement } from '../http/admission.ts'
import { originOf } from '../http/origin.ts'
import { Committed, SCOPES } from '@epione/protocol/api'
import { freezePatient } from './freeze-patient.ts'
import { PROBLEMS } from '../http/problem.ts'
import { checkStatementOf } from '../ledger/statements.ts'
import { submitOnce } from '../ledger/submit-once.ts'

const Params = Type.Object({ patientId: PatientId })
const Body = Type.Object({ statement: SignedStatement }, { additionalProperties: false })
const Written = Type.Object({ statementId: Hash, ...Committed })

export const patientSafetyRoutes: FastifyPluginCallbackTypebox = (app, _options, done) => {
  app.post('/v1/patients/:patientId/freeze', {
    config: {
      access: {
        by: 'anyone',
        who: 'whoever brings the patient\'s or the guardians\' signed statement',
        stranger: { status: 400, code: 'SIGNATURE_INVALID', when: 'with a stranger\'s signature' },
        trace: 'ledger'
      },
      stops: true
    },
    schema: {
      operationId: 'freezePatient',
      tags: ['recovery'],
      summary: 'Freezes a patient by the patient\'s or the guardians\' signed statement; `freezeId` is the freeze in force afterwards',
      params: Params,
      body: Body,
      response: { 201: Type.Object({ freezeId: Hash, ...Written.properties }), ...PROBLEMS }
    }
  }, async (request, reply) => {
    const { params, body: { statement } } = request
    const freeze = checkStatementOf(params.patientId, 'Freeze', statement, app.networkId)
    await admitStatement(app, request, freeze, 'others too')
    return await reply.code(201).send(await freezePatient(app, statement, freeze))
  })

  app.post('/v1/patients/:patientId/unfreeze', {
    config: {
      access: {
        by: 'anyone',
        who: 'whoever brings the guardians\' or the patient\'s signed statement',
        stranger: { status: 409, code: 'FREEZE_CONFLICT', when: 'for a freeze that is not in force; else 400 SIGNATURE_INVALID' },
        trace: 'ledger'
      }
    },
    schema: {
      operationId: 'unfreezePatient',
      tags: ['recovery'],
      summary: 'Ends the freeze in force by the guardians\' signed statement, or the patient\'s who made it',
      params: Params,
      body: Body,
      response: { 201: Written, ...PROBLEMS }
    }
  }, async (request, reply) => {
    const { params, body: { statement } } = request
    const unfreeze = checkStatementOf(params.patientId, 'Unfreeze', statement, app.networkId)
    await admitStatement(app, request, unfreeze, 'others too')
    const { id } = unfreeze
    const { txId, blockNumber } = await submitOnce<unknown>(app, id, () =>
      app.ledger.gateway.unfreezePatient(statement), () => Promise.resolve())
    return await reply.code(201).send({ statementId: id, txId, blockNumber })
  })

  app.post('/v1/patients/:patientId/directory/activation', {
    config: {
      access: {
        by: 'anyone',
        who: 'whoever knows the patient id, once the version has waited',
        stranger: { status: 404, code: 'CHANGE_UNKNOWN', when: 'when nothing waits' },
        trace: 'ledger'
      }
    },
    schema: {
      operationId: 'activateDirectory',
      tags: ['patients'],
      summary: 'Puts a directory version with a new identity key in force, once it has waited unstopped',
      params: Params,
      response: { 201: Type.Object({ patientId: PatientId, version: Version, ...Written.properties }), ...PROBLEMS }
    }
  }, async (request, reply) => {
    const { patientId } = request.params
    const {
      value: { id, statement },
      txId,
      blockNumber
    } = await app.currentReads.read(`activation ${patientId}`, originOf(request), () => app.ledger.gateway.activateDirectory(patientId))
    const { version } = checkStatementBody('KeyDirectory', JSON.parse(statement.body))
    return await reply.code(201).send({ patientId, version, statementId: id, txId, blockNumber: Number(blockNumber) })
  })

  app.post('/v1/patients/:patientId/succession', {
    config: {
      access: {
        by: 'anyone',
        who: 'whoever brings the statement that both ids signed',
        stranger: { status: 400, code: 'SIGNATURE_INVALID', when: 'with a stranger\'s signature' },
        trace: 'ledger'
      }
    },
    schema: {
      operationId: 'succeedPatient',
      tags: ['patients'],
      summary: 'Hands a patient id over to another one by a statement that both signed: its consents end, its records wait for the successor\'s rewraps',
      params: Params,
      body: Body,
      response: { 201: Type.Object({ patientId: PatientId, successor: PatientId, ...Written.properties }), ...PROBLEMS }
    }
  }, async (request, reply) => {
    const { params, body: { statement } } = request
    const succession = checkStatementOf(params.patientId, 'Succession', statement, app.networkId)
    await admitStatement(app, request, succession, 'patient')
    const { id, body: { patientId, successor } } = succession
    const { txId, blockNumber } = await submitOnce<unknown>(app, id, () =>
      app.ledger.gateway.succeedPatient(statement), () => Promise.resolve())
    return await reply.code(201).send({ patientId, successor, statementId: id, txId, blockNumber })
  })

  app.post('/v1/patients/:patientId/representations', {
    config: {
      access: {
        by: 'staff',
        scopes: [SCOPES.registerPatients],
        enrolled: false,
        who: 'the registration desk',
        stranger: { status: 400, code: 'SIGNATURE_INVALID', when: 'with a statement of another key than it names' },
        trace: 'ledger'
      },
      idempotent: true
    },
    schema: {
      operationId: 'confirmRepresentation',
      tags: ['patients'],
      summary: 'Confirms before the registration desk that somebody acts for the patient; the statement is signed with the representative\'s key',
      params: Params,
      body: Body,
      response: { 201: Written, ...PROBLEMS }
    }
  }, async ({ params, body: { statement } }, reply) => {
    const { id } = checkStatementOf(params.patientId, 'Representation', statement, app.networkId)
    const { txId, blockNumber } = await submitOnce<unknown>(app, id, () =>
      app.ledger.registrar.representPatient(statement), () => Promise.resolve())
    return await reply.code(201).send({ statementId: id, txId, blockNumber })
  })
  done()
}
