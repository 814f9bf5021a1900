import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { SignedStatement } from '@epione/protocol'
import { Type } from 'typebox'
import { practitionerOf } from '../http/caller.ts'
import { SCOPES } from '../http/scopes.ts'
import { AccessEvent, Committed } from '../http/answers.ts'
import { PROBLEMS } from '../http/problem.ts'
import { requestAccess } from './request-access.ts'
import { checkStatement } from '../ledger/statements.ts'

export const accessRequestRoutes: FastifyPluginCallbackTypebox = (app, _options, done) => {
  app.post('/v1/access-requests', {
    config: {
      access: {
        by: 'staff',
        scopes: [SCOPES.readRecords],
        who: 'the person who signed the request',
        stranger: { status: 403, code: 'NOT_PERMITTED', when: 'with another person\'s request' },
        trace: 'access event'
      },
      idempotent: true
    },
    schema: {
      operationId: 'requestAccess',
      tags: ['access'],
      summary: 'Submits a practitioner\'s signed request under that person\'s certificate; permitted or denied, it is logged',
      body: Type.Object({ statement: SignedStatement }, { additionalProperties: false }),
      response: { 201: Type.Object({ event: AccessEvent, ...Committed }), ...PROBLEMS }
    }
  }, async (request, reply) => {
    const person = practitionerOf(request)
    const { statement } = request.body
    const checked = checkStatement('AccessRequest', statement, app.networkId)
    return await reply.code(201).send(await requestAccess(app, await app.ledger.as(person.subject), person, statement, checked))
  })
  done()
}
