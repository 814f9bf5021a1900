import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Hash, SignedStatement } from '@epione/protocol'
import { Type } from 'typebox'
import { admitStatement } from '../http/admission.ts'
import { Committed } from '../http/answers.ts'
import { PROBLEMS } from '../http/problem.ts'
import { revokeConsent } from './revoke-consent.ts'
import { checkStatement } from '../ledger/statements.ts'

export const revocationRoutes: FastifyPluginCallbackTypebox = (app, _options, done) => {
  app.post('/v1/revocations', {
    config: {
      access: {
        by: 'anyone',
        who: 'whoever brings the patient\'s signed revocation',
        stranger: { status: 400, code: 'SIGNATURE_INVALID', when: 'with a stranger\'s signature' },
        trace: 'ledger'
      },
      stops: true
    },
    schema: {
      operationId: 'revokeConsent',
      tags: ['consents'],
      summary: 'Ends a consent by its patient\'s signed revocation, which authenticates itself; this hospital\'s proxy stops at once',
      body: Type.Object({ statement: SignedStatement }, { additionalProperties: false }),
      response: { 201: Type.Object({ consentId: Hash, statementId: Hash, ...Committed }), ...PROBLEMS }
    }
  }, async (request, reply) => {
    const { statement } = request.body
    const revocation = checkStatement('Revocation', statement, app.networkId)
    await admitStatement(app, request, revocation, 'patient')
    return await reply.code(201).send(await revokeConsent(app, statement, revocation))
  })
  done()
}
