import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Hash, RecordId, SignedStatement, Version } from '@epione/protocol'
import { Type } from 'typebox'
import { patientOf } from '../http/caller.ts'
import { GatewayError } from '../errors.ts'
import { Wrap } from '../peers/messages.ts'
import { rewrapRecord } from './rewrap-record.ts'
import { Committed } from '../http/answers.ts'
import { PROBLEMS } from '../http/problem.ts'
import { checkStatement } from '../ledger/statements.ts'

export const rewrapRoutes: FastifyPluginCallbackTypebox = (app, _options, done) => {
  app.post('/v1/records/:recordId/versions/:version/rewraps', {
    config: {
      access: {
        by: 'patient',
        who: 'the record\'s patient or heir',
        stranger: { status: 403, code: 'NOT_PERMITTED', when: 'with another patient\'s rewrap' },
        trace: 'ledger'
      },
      idempotent: true
    },
    schema: {
      operationId: 'rewrapRecord',
      tags: ['records'],
      summary: 'Replaces the wrap of a record version by its patient\'s signed rewrap, or their successor\'s; the content stays, the former wrap is deleted',
      params: Type.Object({ recordId: RecordId, version: Type.Integer({ minimum: 1 }) }),
      body: Type.Object({ statement: SignedStatement, wrap: Wrap }, { additionalProperties: false }),
      response: { 201: Type.Object({ recordId: RecordId, version: Version, rewrapId: Hash, wrapHash: Hash, ...Committed }), ...PROBLEMS }
    }
  }, async (request, reply) => {
    const { params, body: { statement, wrap } } = request
    const rewrap = checkStatement('Rewrap', statement, app.networkId)
    const { recordId, version, patientId } = rewrap.body
    if (recordId !== params.recordId || version !== params.version) throw new GatewayError('REQUEST_INVALID', 'the statement is about another record version')
    if (patientOf(request) !== patientId) throw new GatewayError('NOT_PERMITTED', 'the session is another patient\'s')
    return await reply.code(201).send(await rewrapRecord(app, statement, rewrap, wrap))
  })
  done()
}
