import { HEALTH } from '@epione/protocol/api'
import type { FastifyPluginCallback } from 'fastify'
import { serve } from './serve.ts'

export const healthRoutes: FastifyPluginCallback = (app, _options, done) => {
  app.route(serve(HEALTH.live, () => ({ status: 'live' as const })))

  app.route(serve(HEALTH.ready, async (_request, reply) => {
    const { ready, checks } = await app.health.run()
    if (!ready) reply.code(503)
    return { status: ready ? 'ready' as const : 'not-ready' as const, checks }
  }))
  done()
}
