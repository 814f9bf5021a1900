import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Hash, PatientId, PatientSafety, SignedStatement, Version } from '@epione/protocol'
import { Type } from 'typebox'
import { admitStatement } from '../http/admission.ts'
import { patientOf } from '../http/caller.ts'
import { GatewayError } from '../errors.ts'
import { originOf } from '../http/origin.ts'
import { handOutShare, showEscrow } from './hand-out-share.ts'
import { depositEscrow, publishGuardians } from './publish-guardians.ts'
import { Committed } from '@epione/protocol/api'
import { PROBLEMS } from '../http/problem.ts'
import { checkStatementOf } from '../ledger/statements.ts'

/** Hex of bytes of bounded length. */
const Ciphertext = (bytesMax: number): Type.TString => Type.String({ pattern: '^([0-9a-f]{2})+$', maxLength: 2 * bytesMax })
/** The entropy of 24 words with its tag, with room for a longer secret; a share and what sealing adds. */
const [BACKUP_BYTES_MAX, SHARE_BYTES_MAX] = [256, 256]
const GUARDIANS_MAX = 16
const Kept = Type.Union([Type.String(), Type.Null()])
const tags = ['recovery']
const GuardiansBody = Type.Object({
  statement: SignedStatement,
  escrow: Type.Object({
    backup: Ciphertext(BACKUP_BYTES_MAX),
    shares: Type.Array(Ciphertext(SHARE_BYTES_MAX), { minItems: 1, maxItems: GUARDIANS_MAX })
  }, { additionalProperties: false })
}, { additionalProperties: false })
const Params = Type.Object({ patientId: PatientId })

export const guardianRoutes: FastifyPluginCallbackTypebox = (app, _options, done) => {
  app.get('/v1/patients/:patientId/recovery', {
    config: {
      access: {
        by: 'anyone',
        who: 'whoever knows the patient id',
        stranger: { status: 200, when: 'signed statements, which prove themselves' },
        trace: 'request log'
      }
    },
    schema: {
      operationId: 'getRecovery',
      tags,
      summary: 'A patient\'s guardians, freeze, recoveries and representatives, each signed: check them up to the patient id',
      params: Params,
      response: { 200: PatientSafety, ...PROBLEMS }
    }
  }, async (request) => {
    const { patientId } = request.params
    return await app.openReads.read(`safety ${patientId}`, originOf(request), () => app.ledger.gateway.getSafety(patientId))
  })

  app.put('/v1/patients/:patientId/guardians', {
    // No stored answer stands for it: each repeat keeps the escrow anew, also where the store lost it.
    config: {
      access: {
        by: 'anyone',
        who: 'whoever brings the patient\'s signed statement',
        stranger: { status: 400, code: 'STATEMENT_INVALID', when: 'with a stranger\'s signature' },
        trace: 'ledger'
      }
    },
    schema: {
      operationId: 'publishGuardians',
      tags,
      summary: 'Keeps a patient\'s encrypted backup and the guardians\' sealed shares, and brings the signed statement to the ledger; send it to every hospital',
      params: Params,
      body: GuardiansBody,
      response: { 200: Type.Object({ patientId: PatientId, issue: Version, statementId: Hash, ...Committed }), ...PROBLEMS }
    }
  }, async (request) => {
    const { params, body: { statement, escrow } } = request
    const guardians = checkStatementOf(params.patientId, 'Guardians', statement, app.networkId)
    await admitStatement(app, request, guardians, 'others too')
    return await publishGuardians(app, statement, guardians, escrow)
  })

  app.put('/v1/patients/:patientId/guardians/escrow', {
    config: {
      access: {
        by: 'anyone',
        who: 'whoever brings the patient\'s signed statement',
        stranger: { status: 400, code: 'SIGNATURE_INVALID', when: 'with a stranger\'s signature' },
        trace: 'request log'
      }
    },
    schema: {
      operationId: 'depositEscrow',
      tags,
      summary: 'Keeps backup and sealed shares of the next issue before the ledger has its statement, so that a majority keeps them when it counts; the issue in force stays as it is',
      params: Params,
      body: GuardiansBody,
      response: { 200: Type.Object({ patientId: PatientId, issue: Version, statementId: Hash }), ...PROBLEMS }
    }
  }, async (request) => {
    const { params, body: { statement, escrow } } = request
    const guardians = checkStatementOf(params.patientId, 'Guardians', statement, app.networkId)
    await admitStatement(app, request, guardians, 'patient')
    return await depositEscrow(app, guardians, escrow)
  })

  app.get('/v1/patients/:patientId/recovery/escrow', {
    config: {
      access: {
        by: 'patient',
        who: 'the patient',
        stranger: { status: 403, code: 'NOT_PERMITTED', when: 'for another patient' },
        trace: 'request log'
      }
    },
    schema: {
      operationId: 'getEscrow',
      tags,
      summary: 'All that this hospital keeps for a recovery, exactly as it lies there, for the patient alone to compare with the statement; null where nothing lies',
      params: Params,
      response: {
        200: Type.Object({ statementId: Hash, issue: Version, backup: Kept, shares: Type.Array(Kept, { maxItems: GUARDIANS_MAX }) }),
        ...PROBLEMS
      }
    }
  }, async (request) => {
    const { params: { patientId } } = request
    if (patientOf(request) !== patientId) {
      throw new GatewayError('NOT_PERMITTED', 'a patient asks for what is kept for their own recovery only')
    }
    return await showEscrow(app, patientId)
  })

  app.get('/v1/patients/:patientId/recovery/shares/:index', {
    config: {
      access: {
        by: 'anyone',
        who: 'whoever knows the patient id: a share is sealed to its guardian',
        stranger: { status: 404, code: 'BACKUP_UNKNOWN', when: 'when the patient has no guardians' },
        trace: 'request log'
      }
    },
    schema: {
      operationId: 'getGuardianShare',
      tags,
      summary: 'One guardian\'s share, sealed to that guardian\'s own key; `issue` refuses an issue that was replaced',
      params: Type.Object({ patientId: PatientId, index: Type.Integer({ minimum: 0, maximum: GUARDIANS_MAX - 1 }) }),
      querystring: Type.Object({ issue: Type.Optional(Version) }),
      response: { 200: Type.Object({ issue: Version, sealed: Type.String() }), ...PROBLEMS }
    }
  }, async (request) => {
    const { params: { patientId, index }, query: { issue } } = request
    return await app.currentReads.read(`share ${patientId} ${String(index)} ${String(issue)}`, originOf(request), () =>
      handOutShare(app, patientId, index, issue))
  })
  done()
}
