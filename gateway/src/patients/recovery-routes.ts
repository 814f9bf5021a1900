import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Hash, PatientId, SignedStatement, TimeMs, Version } from '@epione/protocol'
import { Type } from 'typebox'
import { admitStatement } from '../http/admission.ts'
import { originOf } from '../http/origin.ts'
import { Committed, SCOPES } from '@epione/protocol/api'
import { handOutBackup } from './hand-out-backup.ts'
import { requestRecovery } from './request-recovery.ts'
import { stopRecovery } from './stop-recovery.ts'
import { PROBLEMS } from '../http/problem.ts'
import { checkStatementOf } from '../ledger/statements.ts'

const tags = ['recovery']
const Params = Type.Object({ patientId: PatientId })
const RequestParams = Type.Object({ patientId: PatientId, requestId: Hash })
const Body = Type.Object({ statement: SignedStatement }, { additionalProperties: false })

export const recoveryRoutes: FastifyPluginCallbackTypebox = (app, _options, done) => {
  app.post('/v1/patients/:patientId/recoveries', {
    config: {
      access: {
        by: 'anyone',
        who: 'whoever brings the guardians\' signed request',
        stranger: { status: 404, code: 'GUARDIANS_UNKNOWN', when: 'when the patient has no guardians' },
        trace: 'ledger'
      }
    },
    schema: {
      operationId: 'requestRecovery',
      tags,
      summary: 'Brings the guardians\' signed request for the backup to the ledger, where it waits in public; the statement authenticates itself',
      params: Params,
      body: Body,
      response: { 201: Type.Object({ requestId: Hash, availableFrom: TimeMs, ...Committed }), ...PROBLEMS }
    }
  }, async (request, reply) => {
    const { params, body: { statement } } = request
    const recovery = checkStatementOf(params.patientId, 'RecoveryRequest', statement, app.networkId)
    await admitStatement(app, request, recovery, 'others too')
    return await reply.code(201).send(await requestRecovery(app, statement, recovery))
  })

  app.post('/v1/patients/:patientId/recoveries/stops', {
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
      operationId: 'stopRecovery',
      tags,
      summary: 'Stops a recovery or a change of the identity key, also one not yet seen; the statement authenticates itself',
      params: Params,
      body: Body,
      response: { 201: Type.Object({ target: Hash, statementId: Hash, ...Committed }), ...PROBLEMS }
    }
  }, async (request, reply) => {
    const { params, body: { statement } } = request
    const stop = checkStatementOf(params.patientId, 'RecoveryStop', statement, app.networkId)
    await admitStatement(app, request, stop, 'others too')
    return await reply.code(201).send(await stopRecovery(app, statement, stop))
  })

  app.post('/v1/patients/:patientId/recoveries/:requestId/stop-in-person', {
    config: {
      access: {
        by: 'staff',
        scopes: [SCOPES.registerPatients],
        enrolled: false,
        who: 'the registration desk',
        trace: 'ledger'
      },
      stops: true
    },
    schema: {
      operationId: 'stopRecoveryInPerson',
      tags,
      summary: 'Stops a recovery for a patient who appeared in person, submitted by the registration desk',
      params: RequestParams,
      response: { 201: Type.Object({ target: Hash, ...Committed }), ...PROBLEMS }
    }
  }, async ({ params: { patientId, requestId } }, reply) => {
    const { value: { target }, txId, blockNumber } = await app.ledger.registrar.stopRecoveryInPerson({ patientId, target: requestId })
    return await reply.code(201).send({ target, txId, blockNumber: Number(blockNumber) })
  })

  app.get('/v1/patients/:patientId/recoveries/:requestId/backup', {
    config: {
      access: {
        by: 'anyone',
        who: 'whoever knows the request, after the wait: the backup is sealed to the key that the guardians signed',
        stranger: { status: 404, code: 'RECOVERY_UNKNOWN', when: 'for a request that is on no ledger' },
        trace: 'request log'
      }
    },
    schema: {
      operationId: 'getBackup',
      tags,
      summary: 'The backup of a recovery that has waited unstopped, sealed to the key in the guardians\' request; before, 409 with `availableFrom`',
      params: RequestParams,
      response: { 200: Type.Object({ issue: Version, backup: Type.String() }), ...PROBLEMS }
    }
  }, async (request) => {
    const { patientId, requestId } = request.params
    return await app.currentReads.read(`backup ${patientId} ${requestId}`, originOf(request), () =>
      handOutBackup(app, patientId, requestId))
  })
  done()
}
