import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { collectDefaultMetrics } from 'prom-client'
import { operationOf } from '../http/route-access.ts'
import { whenOver } from '../http/when-over.ts'
import { collectState } from './collect-state.ts'
import type { Metrics } from './metrics.ts'

declare module 'fastify' {
  interface FastifyInstance {
    metrics: Metrics
  }
}

/** Nobody but processes of this machine reaches it: no setting opens it further. */
const LOOPBACK = '127.0.0.1'
/** Names under which it answers: a page that has a name of its own point here reads nothing. */
const HOSTS = ['127.0.0.1', 'localhost']
/** How long (ms) a head may take, and how many connections there are at once: one scraper needs one. */
const [HEADERS_MS, CONNECTIONS_MAX] = [5_000, 16]
/** In place of the status of a request that whoever asked broke off before it was answered. */
const BROKEN_OFF = 'broken-off'

/** Counts requests; before all plugins that may refuse one. */
export const requestMetricsPlugin = fp((app, _options, done) => {
  const { metrics } = app
  app.addHook('onRequest', (request, reply, next) => {
    metrics.requestsUnderWay.inc()
    whenOver(reply, (isAnswered) => {
      const operation = operationOf(request)
      metrics.requestsUnderWay.dec()
      metrics.requests.inc({ operation, status: isAnswered ? String(reply.statusCode) : BROKEN_OFF })
      if (isAnswered) metrics.requestSeconds.observe({ operation }, reply.elapsedTime / 1000)
    })
    next()
  })
  done()
}, { name: 'request-metrics' })

/** Shows all metrics at an address of their own, where METRICS_PORT says one. */
export const metricsPlugin = fp((app, _options, done) => {
  const { metricsPort } = app.config
  if (metricsPort === undefined) {
    done()
    return
  }
  collectDefaultMetrics({ register: app.metrics.registry })
  const server = createListener(app)
  app.addHook('onReady', async () => {
    server.listen(metricsPort, LOOPBACK)
    await once(server, 'listening')
  })
  app.addHook('onClose', (_app, closed) => {
    server.close()
    server.closeAllConnections()
    closed()
  })
  done()
}, { name: 'metrics', dependencies: ['health', 'outbox', 'heads', 'room'] })

function createListener (app: FastifyInstance): Server {
  let reading: Promise<string> | undefined
  // Whoever asks meanwhile gets the same answer: asking often costs the store and the peer nothing more.
  const read = (): Promise<string> => {
    reading ??= collectState(app).then(async () => await app.metrics.registry.metrics()).finally(() => { reading = undefined })
    return reading
  }
  const answer = async ({ method, url = '', headers }: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!HOSTS.includes((headers.host ?? '').replace(/:\d+$/, ''))) end(response, 421, 'ask for 127.0.0.1 or localhost')
    else if (method !== 'GET') end(response, 405, 'GET /metrics is all that is answered')
    else if (url.split('?', 1)[0] !== '/metrics') end(response, 404, 'GET /metrics is all that is answered')
    else response.writeHead(200, { 'content-type': app.metrics.registry.contentType }).end(await read())
  }
  const server = createServer({ headersTimeout: HEADERS_MS, requestTimeout: HEADERS_MS }, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      app.log.error({ err: error }, 'the metrics cannot be shown')
      end(response, 500, 'the log says why')
    })
  })
  server.maxConnections = CONNECTIONS_MAX
  return server
}

function end (response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain' }).end(`${text}\n`)
}
