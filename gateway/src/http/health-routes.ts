import { HEALTH } from '@epione/protocol/api'
import type { FastifyPluginCallback } from 'fastify'
import type { Copies } from '../records/copies-plugin.ts'
import { serve } from './serve.ts'

function said ({ copies, pins }: Pick<Copies, 'copies' | 'pins'>): object {
  return { ...(copies !== undefined && { copies: { ...copies, silent: copies.silent.length } }), ...(pins !== undefined && { pins }) }
}

export const healthRoutes: FastifyPluginCallback = (app, _options, done) => {
  app.route(serve(HEALTH.live, () => ({ status: 'live' as const })))

  app.route(serve(HEALTH.ready, async (_request, reply) => {
    const { ready, checks } = await app.health.run()
    if (!ready) reply.code(503)
    return { status: ready ? 'ready' as const : 'not-ready' as const, checks, ...said(app.copies) }
  }))
  done()
}
