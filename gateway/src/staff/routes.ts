import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import {
  AttributeValue, BindingHistory, checkStatementBody, consentFacts, consentStatus, Hash, isRole, MspId, OFFICES,
  SignedStatement, StaffId, TimeMs, Version
} from '@epione/protocol'
import type { ConsentState, ConsentStatus } from '@epione/protocol'
import { Type } from 'typebox'
import { practitionerOf } from '../http/caller.ts'
import { GatewayError } from '../errors.ts'
import { findAuditor } from './auditors.ts'
import { enrolPractitioner } from './practitioners.ts'
import { originOf } from '../http/origin.ts'
import { fromLedgerPage, toLedgerPage } from '../http/paging.ts'
import { ANY_STAFF, Committed, CONSENTS, SCOPES } from '@epione/protocol/api'
import { serve } from '../http/serve.ts'
import { PROBLEMS } from '../http/problem.ts'
import { checkStatement } from '../ledger/statements.ts'
import { submitOnce } from '../ledger/submit-once.ts'

const Enrolment = Type.Object({
  subject: Type.String({ minLength: 1, maxLength: 255 }),
  role: AttributeValue,
  department: Type.Optional(AttributeValue)
}, { additionalProperties: false })

export const practitionerRoutes: FastifyPluginCallbackTypebox = (app, _options, done) => {
  app.post('/v1/practitioners', {
    config: {
      access: {
        by: 'staff',
        scopes: [SCOPES.enrolStaff],
        enrolled: false,
        who: 'whoever enrols staff',
        trace: 'request log'
      },
      idempotent: true
    },
    schema: {
      operationId: 'enrolPractitioner',
      tags: ['practitioners'],
      summary: 'Enrols a member of staff with the hospital\'s CA under an opaque id',
      body: Enrolment,
      response: {
        201: Type.Object({
          mspId: MspId,
          staffId: StaffId,
          role: Type.String(),
          department: Type.Optional(Type.String()),
          certificateNotAfter: TimeMs
        }),
        ...PROBLEMS
      }
    }
  }, async ({ body }, reply) => {
    refuseRole(body.role)
    if (findAuditor(app.ports.network, app.config.mspId, body.subject) !== undefined) {
      throw new GatewayError('PRACTITIONER_EXISTS', 'this subject is an auditor of the hospital')
    }
    const enrolled = await enrolPractitioner(app.enrolment, body)
    const { mspId, staffId, role, department, certificateNotAfter } = enrolled
    return await reply.code(201).send({ mspId, staffId, role, ...optional({ department }), certificateNotAfter })
  })

  app.get('/v1/practitioners/me', {
    config: {
      access: {
        by: 'staff',
        scopes: ANY_STAFF,
        who: 'each about themself',
        trace: 'request log'
      }
    },
    schema: {
      operationId: 'getSelf',
      tags: ['practitioners'],
      summary: 'Who the token\'s subject is on the ledger',
      response: {
        200: Type.Object({
          subject: Type.String(),
          mspId: MspId,
          staffId: StaffId,
          role: Type.String(),
          department: Type.Optional(Type.String())
        }),
        ...PROBLEMS
      }
    }
  }, (request) => {
    const { subject, mspId, staffId, role, department } = practitionerOf(request)
    return { subject, mspId, staffId, role, ...optional({ department }) }
  })

  app.post('/v1/practitioners/me/keys', {
    config: {
      access: {
        by: 'staff',
        scopes: ANY_STAFF,
        who: 'each for themself',
        stranger: { status: 403, code: 'NOT_PERMITTED', when: 'with another person\'s binding' },
        trace: 'ledger'
      },
      idempotent: true
    },
    schema: {
      operationId: 'bindKeys',
      tags: ['practitioners'],
      summary: 'Binds the caller\'s request-signing and receiving key, in a transaction under the caller\'s own certificate',
      body: Type.Object({ statement: SignedStatement }, { additionalProperties: false }),
      response: { 201: Type.Object({ mspId: MspId, staffId: StaffId, version: Version, statementId: Hash, ...Committed }), ...PROBLEMS }
    }
  }, async (request, reply) => {
    const self = practitionerOf(request)
    const { statement } = request.body
    const { id, body: { mspId, staffId, version } } = checkStatement('KeyBinding', statement, app.networkId)
    if (mspId !== self.mspId || staffId !== self.staffId) throw new GatewayError('NOT_PERMITTED', 'the binding names another person')
    const ledger = await app.ledger.as(self.subject)
    const { txId, blockNumber } = await submitOnce<unknown>(app, id, () => ledger.bindKeys(statement), () => Promise.resolve())
    return await reply.code(201).send({ mspId, staffId, version, statementId: id, txId, blockNumber })
  })

  app.get('/v1/practitioners/:mspId/:staffId/keys', {
    config: {
      access: {
        by: 'anyone',
        who: 'whoever knows the staff id',
        stranger: { status: 200, when: 'signed keys, which prove themselves' },
        trace: 'request log'
      }
    },
    schema: {
      operationId: 'getBinding',
      tags: ['practitioners'],
      summary: 'All key bindings of a member of staff, each signed with the keys it binds',
      params: Type.Object({ mspId: MspId, staffId: StaffId }),
      response: { 200: BindingHistory, ...PROBLEMS }
    }
  }, async (request) => {
    const { mspId, staffId } = request.params
    return await app.openReads.read(`binding ${mspId} ${staffId}`, originOf(request), () => app.ledger.gateway.getBinding(mspId, staffId))
  })

  app.route(serve(CONSENTS.listForSelf, async (request) => {
    const { mspId, staffId } = practitionerOf(request)
    const { patientId, ...page } = request.query
    const { items, bookmark } = await app.ledger.gateway.listConsentsByGrantee(mspId, staffId, {
      ...toLedgerPage(page),
      ...optional({ patientId })
    })
    const members = app.ledger.members().map((m) => m.mspId)
    const now = app.ports.clock()
    return fromLedgerPage({ bookmark, items: items.map((state) => ({ ...state, status: statusOf(state, members, now) })) })
  }))
  done()
}

/** Status of a consent as of `now` (ms). */
function statusOf (state: ConsentState, members: readonly string[], now: number): ConsentStatus {
  const body = checkStatementBody('Consent', JSON.parse(state.consent.statement.body))
  return consentStatus(consentFacts(body, state, members), now)
}

/** Gateways, registrars and auditors are the admin's to name: in the description of the network, not with a token. */
function refuseRole (role: string): void {
  if (!isRole(role)) throw new GatewayError('REQUEST_INVALID', `${role} is no role of a member of staff`)
  if (OFFICES.some((o) => o === role)) {
    throw new GatewayError(
      'NOT_PERMITTED',
      `${role} is an office: the hospital's admin names its holders in the description of the network`
    )
  }
}

/** Leaves out members that are undefined. */
function optional<T extends Record<string, unknown>> (members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined)
  ) as { [K in keyof T]?: Exclude<T[K], undefined> }
}
