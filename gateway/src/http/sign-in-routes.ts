import { SCOPES, SIGN_IN } from '@epione/protocol/api'
import type { FastifyPluginCallback } from 'fastify'
import { serve } from './serve.ts'

export const signInRoutes: FastifyPluginCallback = (app, _options, done) => {
  app.route(serve(SIGN_IN.describe, () => ({
    resource: app.config.oidc.audience,
    authorization_servers: [app.config.oidc.issuer],
    scopes_supported: Object.values(SCOPES),
    bearer_methods_supported: ['header' as const]
  })))
  done()
}
