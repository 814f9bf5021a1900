import Fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import type { Config } from './config.ts'
import type { Ports } from './dependencies.ts'
import { compilers } from './http/compilers.ts'
import { createLoggerOptions } from './http/logging.ts'
import { followConnections, LINGER_MS } from './http/closing.ts'
import { anchorsPlugin } from './anchors/anchors-plugin.ts'
import { auditPlugin } from './audit/audit-plugin.ts'
import { webhooksPlugin } from './audit/webhooks-plugin.ts'
import { authPlugin } from './http/auth.ts'
import { copiesPlugin } from './records/copies-plugin.ts'
import { contentsPlugin } from './records/contents-plugin.ts'
import { eventsPlugin } from './ledger/events-plugin.ts'
import { activateKeysPlugin } from './patients/activate-keys-plugin.ts'
import { headsPlugin } from './peers/heads-plugin.ts'
import { healthPlugin } from './http/health.ts'
import { housekeepingPlugin } from './store/housekeeping.ts'
import { idempotencyPlugin } from './http/idempotency.ts'
import { identitiesPlugin } from './staff/identities-plugin.ts'
import { limitsPlugin } from './http/limits-plugin.ts'
import { ledgerPlugin } from './ledger/ledger-plugin.ts'
import { openapiPlugin } from './http/openapi.ts'
import { openReadsPlugin } from './http/open-reads.ts'
import { pressurePlugin } from './http/pressure-plugin.ts'
import { outboxPlugin } from './outbox/outbox-plugin.ts'
import { peersPlugin } from './peers/peers-plugin.ts'
import { answerUnreadable, answerUnroutable, problemDetailsPlugin } from './http/problem-details.ts'
import { proxyPlugin } from './proxy/proxy-plugin.ts'
import { followsPlugin } from './streams/follows-plugin.ts'
import { storePlugin } from './store/store-plugin.ts'
import { repeatedDenialsPlugin } from './access/repeated-denials-plugin.ts'
import { accessQuotasPlugin } from './access/access-quotas-plugin.ts'
import { logNotesPlugin } from './access/log-notes-plugin.ts'
import { createMetrics } from './metrics/metrics.ts'
import { metricsPlugin, requestMetricsPlugin } from './metrics/metrics-plugin.ts'
import { tracingPlugin } from './tracing/tracing-plugin.ts'
import { sharedCountsPlugin } from './http/shared-counts.ts'
import { strictQueryPlugin } from './http/strict-query.ts'
import { recordEndsPlugin } from './records/record-ends-plugin.ts'
import { refillPlugin } from './search/refill.ts'
import { sweepPlugin } from './records/sweep-plugin.ts'
import { windowsPlugin } from './streams/windows-plugin.ts'
import { roomPlugin } from './store/room-plugin.ts'
import { registerRoutes } from './routes.ts'
import { pagesPlugin } from './pages/pages-plugin.ts'

declare module 'fastify' {
  interface FastifyInstance {
    config: Config
    ports: Ports
  }
}

/** Largest JSON body in bytes, where a route says nothing else: a statement of 64 KiB, escaped. */
const JSON_BODY_LIMIT_BYTES = 131_072
/** How long (ms) a handshake, a request's head, and a connection between two requests may take; how often the first two are looked at. */
const [HANDSHAKE_MS, HEADERS_MS, KEEP_ALIVE_MS, LOOK_EVERY_MS] = [10_000, 15_000, 20_000, 5_000]
/** Requests after which a connection is closed, so that a long-lived one does not stay with one process for ever. */
const REQUESTS_PER_SOCKET_MAX = 10_000

/** A plugin that has not started within this time (ms) fails the start: the default of 10 s is short for a busy machine. */
const PLUGIN_TIMEOUT_MS = 60_000

/** Assembles the gateway; the caller lets it listen, or injects requests. */
export async function buildApp (config: Config, ports: Ports): Promise<FastifyInstance> {
  const { certificate, privateKey } = ports.tls
  const app = Fastify({
    // Members that no schema knows are refused, not dropped; a value of another type is refused, not guessed from.
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false } },
    schemaController: { compilersFactory: compilers },
    bodyLimit: JSON_BODY_LIMIT_BYTES,
    trustProxy: config.trustedProxies.length > 0 && config.trustedProxies,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxRequestsPerSocket: REQUESTS_PER_SOCKET_MAX,
    pluginTimeout: PLUGIN_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    frameworkErrors: answerUnroutable,
    clientErrorHandler: answerUnreadable,
    genReqId: () => crypto.randomUUID(),
    // An access event's id has 111 characters.
    routerOptions: { maxParamLength: 128 },
    logger: createLoggerOptions(config.logLevel, ports.log),
    // Only /v1/peer demands a client certificate; there the certificate's own issuer decides (peers/).
    https: {
      cert: certificate,
      key: privateKey,
      ca: ports.network.organizations.map((o) => o.tlsCaPem),
      requestCert: true,
      rejectUnauthorized: false,
      minVersion: 'TLSv1.3',
      handshakeTimeout: HANDSHAKE_MS,
      headersTimeout: HEADERS_MS,
      connectionsCheckingInterval: LOOK_EVERY_MS
    }
  }) as unknown as FastifyInstance
  app.removeContentTypeParser('text/plain')
  const endQuiet = followConnections(app.server)
  app.addHook('preClose', (done) => {
    endQuiet()
    setTimeout(() => { app.server.closeAllConnections() }, LINGER_MS).unref()
    done()
  })
  app.decorate('config', config)
  app.decorate('ports', ports)
  app.decorate('metrics', createMetrics())
  app.decorateRequest('caller', undefined)
  await app.register(tracingPlugin)
  await app.register(requestMetricsPlugin)
  await app.register(problemDetailsPlugin)
  await app.register(pressurePlugin)
  await app.register(limitsPlugin)
  await app.register(strictQueryPlugin)
  await app.register(storePlugin)
  await app.register(sharedCountsPlugin)
  await app.register(identitiesPlugin)
  await app.register(ledgerPlugin)
  await app.register(authPlugin)
  await app.register(roomPlugin)
  await app.register(idempotencyPlugin)
  await app.register(housekeepingPlugin)
  await app.register(eventsPlugin)
  await app.register(openReadsPlugin)
  await app.register(repeatedDenialsPlugin)
  await app.register(accessQuotasPlugin)
  await app.register(contentsPlugin)
  await app.register(healthPlugin)
  await app.register(outboxPlugin)
  await app.register(logNotesPlugin)
  await app.register(peersPlugin)
  await app.register(headsPlugin)
  await app.register(metricsPlugin)
  await app.register(sweepPlugin)
  await app.register(copiesPlugin)
  await app.register(proxyPlugin)
  await app.register(auditPlugin)
  await app.register(webhooksPlugin)
  await app.register(windowsPlugin)
  await app.register(followsPlugin)
  await app.register(recordEndsPlugin)
  await app.register(activateKeysPlugin)
  await app.register(refillPlugin)
  await app.register(anchorsPlugin)
  await app.register(openapiPlugin)
  await app.register(registerRoutes)
  if (ports.pages !== undefined) await app.register(pagesPlugin, { site: ports.pages })
  return app
}
