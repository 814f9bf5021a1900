import { SpanStatusCode } from '@opentelemetry/api'
import type { Span } from '@opentelemetry/api'
import fp from 'fastify-plugin'
import { NO_OPERATION, operationOf } from '../http/route-access.ts'
import { whenOver } from '../http/when-over.ts'
import { NO_TRACING } from './tracing.ts'
import type { Tracing } from './tracing.ts'

declare module 'fastify' {
  interface FastifyInstance {
    tracing: Tracing
  }
  interface FastifyRequest {
    span: Span | undefined
  }
}

/** Traces requests where TRACES_URL names a collector; before all plugins that may refuse one. */
export const tracingPlugin = fp(async (app) => {
  const { tracesUrl, mspId } = app.config
  const tracing = tracesUrl === undefined ? NO_TRACING : (await import('./export-traces.ts')).exportTraces(tracesUrl, mspId)
  app.decorate('tracing', tracing)
  app.decorateRequest('span', undefined)
  if (tracesUrl === undefined) return
  app.addHook('onRequest', (request, reply, next) => {
    const facts = { 'http.request.method': request.method, 'http.route': request.routeOptions.url ?? NO_OPERATION }
    const span = tracing.begin(operationOf(request), request.headers, facts)
    request.span = span
    whenOver(reply, (isAnswered) => {
      if (isAnswered) span?.setAttribute('http.response.status_code', reply.statusCode)
      if (isAnswered && reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR })
      span?.end()
    })
    tracing.run(span, next)
  })
  // A body is read under its connection's context: from here on it is the request's again.
  app.addHook('preValidation', (request, _reply, next) => { tracing.run(request.span, next) })
  app.addHook('onClose', async () => {
    await tracing.close().catch((error: unknown) => { app.log.warn({ err: error }, 'the last spans could not be sent') })
  })
}, { name: 'tracing' })
