import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Hash, StatementReceipt } from '@epione/protocol'
import { Type } from 'typebox'
import { GatewayError } from '../errors.ts'
import { originOf } from '../http/origin.ts'
import { PROBLEMS } from '../http/problem.ts'

export const statementRoutes: FastifyPluginCallbackTypebox = (app, _options, done) => {
  app.get('/v1/statements/:statementId', {
    config: {
      access: {
        by: 'anyone',
        who: 'whoever knows the id of a statement',
        stranger: { status: 404, code: 'STATEMENT_UNKNOWN', when: 'for an id that is on no ledger' },
        trace: 'request log'
      }
    },
    schema: {
      operationId: 'getStatementReceipt',
      tags: ['statements'],
      summary: 'Where a statement was accepted: shows through this hospital that another one committed it',
      params: Type.Object({ statementId: Hash }),
      response: { 200: StatementReceipt, ...PROBLEMS }
    }
  }, async (request) => {
    const { statementId } = request.params
    return await app.openReads.read(`statement ${statementId}`, originOf(request), async () => {
      const receipt = await app.ledger.gateway.findStatement(statementId)
      if (receipt === undefined) throw new GatewayError('STATEMENT_UNKNOWN', 'the ledger has no such statement')
      return receipt
    })
  })
  done()
}
