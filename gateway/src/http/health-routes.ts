import { Type } from 'typebox'
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'

const Check = Type.Union([Type.Literal('ok'), Type.Literal('failing')])
const Readiness = Type.Object({
  status: Type.Union([Type.Literal('ready'), Type.Literal('not-ready')]),
  checks: Type.Record(Type.String(), Check)
})

export const healthRoutes: FastifyPluginCallbackTypebox = (app, _options, done) => {
  app.get('/health/live', {
    config: {
      access: {
        by: 'anyone',
        who: 'anyone',
        stranger: { status: 200, when: 'always' },
        trace: 'request log'
      }
    },
    schema: {
      operationId: 'getLiveness',
      tags: ['health'],
      summary: 'The process answers',
      response: { 200: Type.Object({ status: Type.Literal('live') }) }
    }
  }, () => ({ status: 'live' as const }))

  app.get('/health/ready', {
    config: {
      access: {
        by: 'anyone',
        who: 'anyone',
        stranger: { status: 200, when: '503 while it is not ready' },
        trace: 'request log'
      }
    },
    schema: {
      operationId: 'getReadiness',
      tags: ['health'],
      summary: 'The gateway can do its work',
      response: { 200: Readiness, 503: Readiness }
    }
  }, async (_request, reply) => {
    const { ready, checks } = await app.health.run()
    return await reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' as const : 'not-ready' as const, checks })
  })
  done()
}
