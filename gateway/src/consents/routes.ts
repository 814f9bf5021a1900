import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { checkStatementBody, Hash, MspId, PatientId, SignedStatement } from '@epione/protocol'
import type { Consent, ConsentState as LedgerConsentState } from '@epione/protocol'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { admitStatement } from '../http/admission.ts'
import { patientOf, practitionerOf } from '../http/caller.ts'
import { GatewayError } from '../errors.ts'
import { fromLedgerPage, PageOf, PageQuery, toLedgerPage } from '../http/paging.ts'
import { SealedKfrag } from '../peers/messages.ts'
import { SCOPES } from '../http/scopes.ts'
import { Committed, ConsentState, ConsentStatus } from '../http/answers.ts'
import { PROBLEMS } from '../http/problem.ts'
import { grantConsent, statusOf } from './grant-consent.ts'
import { checkStatement } from '../ledger/statements.ts'

/** 64 compartments with 64 shares each would not fit a statement of 64 KiB anyway. */
const KFRAGS_MAX = 512
/** A statement of 64 KiB, escaped, and so many sealed kfrags in hex. */
const GRANT_BYTES_MAX = 655_360

export const consentRoutes: FastifyPluginCallbackTypebox = (app, _options, done) => {
  app.post('/v1/consents', {
    bodyLimit: GRANT_BYTES_MAX,
    config: {
      access: {
        by: 'anyone',
        who: 'whoever brings the patient\'s signed consent',
        stranger: { status: 400, code: 'SIGNATURE_INVALID', when: 'with a stranger\'s signature' },
        trace: 'ledger'
      }
    },
    schema: {
      operationId: 'grantConsent',
      tags: ['consents'],
      summary: 'Brings a patient\'s signed consent to the ledger and its sealed kfrags to the proxies; the statement authenticates itself',
      body: Type.Object({
        statement: SignedStatement,
        kfrags: Type.Array(Type.Object({ mspId: MspId, ...SealedKfrag.properties }, { additionalProperties: false }), { minItems: 1, maxItems: KFRAGS_MAX })
      }, { additionalProperties: false }),
      response: { 201: Type.Object({ consentId: Hash, status: ConsentStatus, custody: Type.Array(MspId), ...Committed }), ...PROBLEMS }
    }
  }, async (request, reply) => {
    const { statement, kfrags } = request.body
    const consent = checkStatement('Consent', statement, app.networkId)
    await admitStatement(app, request, consent, 'patient')
    return await reply.code(201).send(await grantConsent(app, statement, consent, kfrags))
  })

  app.get('/v1/consents/:consentId', {
    config: {
      access: {
        by: 'staff-or-patient',
        scopes: [SCOPES.readRecords],
        who: 'its patient and its grantee',
        stranger: { status: 403, code: 'NOT_PERMITTED', when: 'for everybody else' },
        trace: 'request log'
      }
    },
    schema: {
      operationId: 'getConsent',
      tags: ['consents'],
      summary: 'A consent with its custody and end, for its patient and its grantee',
      params: Type.Object({ consentId: Hash }),
      response: { 200: ConsentState, ...PROBLEMS }
    }
  }, async (request) => {
    const state = await app.ledger.gateway.getConsent(request.params.consentId)
    const body = consentOf(state)
    requireParty(request, body)
    return { ...state, status: statusOf(app, body, state) }
  })

  app.get('/v1/patients/:patientId/consents', {
    config: {
      access: {
        by: 'patient',
        who: 'the patient',
        stranger: { status: 403, code: 'NOT_PERMITTED', when: 'for another patient' },
        trace: 'request log'
      }
    },
    schema: {
      operationId: 'listConsentsOfPatient',
      tags: ['consents'],
      summary: 'All consents of the patient whose session it is',
      params: Type.Object({ patientId: PatientId }),
      querystring: Type.Object(PageQuery),
      response: { 200: PageOf(ConsentState), ...PROBLEMS }
    }
  }, async (request) => {
    const { patientId } = request.params
    if (patientOf(request) !== patientId) throw new GatewayError('NOT_PERMITTED', 'the session is another patient\'s')
    const { items, bookmark } = await app.ledger.gateway.listConsentsByPatient(patientId, toLedgerPage(request.query))
    return fromLedgerPage({ bookmark, items: items.map((state) => ({ ...state, status: statusOf(app, consentOf(state), state) })) })
  })
  done()
}

function consentOf (state: LedgerConsentState): Consent {
  return checkStatementBody('Consent', JSON.parse(state.consent.statement.body))
}

/** @throws {GatewayError} NOT_PERMITTED unless the caller is the consent's patient or grantee */
function requireParty (request: FastifyRequest, { patientId, grantee }: Consent): void {
  const patient = patientOf(request)
  if (patient === patientId) return
  if (patient !== undefined) throw new GatewayError('NOT_PERMITTED', 'the consent is another patient\'s')
  const { mspId, staffId } = practitionerOf(request)
  if (grantee.mspId !== mspId || grantee.staffId !== staffId) throw new GatewayError('NOT_PERMITTED', 'the consent is granted to another person')
}
