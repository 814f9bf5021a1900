import Fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import type { Config } from './config.ts'
import type { Ports } from './ports.ts'
import { createLoggerOptions } from './logging.ts'
import { followConnections, LINGER_MS } from './closing.ts'
import { anchorsPlugin } from './plugins/anchors.ts'
import { authPlugin } from './plugins/auth.ts'
import { contentsPlugin } from './plugins/contents.ts'
import { eventsPlugin } from './plugins/events.ts'
import { headsPlugin } from './plugins/heads.ts'
import { healthPlugin } from './plugins/health.ts'
import { housekeepingPlugin } from './plugins/housekeeping.ts'
import { idempotencyPlugin } from './plugins/idempotency.ts'
import { identitiesPlugin } from './plugins/identities.ts'
import { limitsPlugin } from './plugins/limits.ts'
import { ledgerPlugin } from './plugins/ledger.ts'
import { openapiPlugin } from './plugins/openapi.ts'
import { openReadsPlugin } from './plugins/open-reads.ts'
import { outboxPlugin } from './plugins/outbox.ts'
import { peersPlugin } from './plugins/peers.ts'
import { problemDetailsPlugin } from './plugins/problem-details.ts'
import { proxyPlugin } from './plugins/proxy.ts'
import { storePlugin } from './plugins/store.ts'
import { repeatedDenialsPlugin } from './plugins/repeated-denials.ts'
import { strictQueryPlugin } from './plugins/strict-query.ts'
import { sweepPlugin } from './plugins/sweep.ts'
import { registerRoutes } from './routes/index.ts'

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
    bodyLimit: JSON_BODY_LIMIT_BYTES,
    trustProxy: config.trustedProxies.length > 0 && config.trustedProxies,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxRequestsPerSocket: REQUESTS_PER_SOCKET_MAX,
    pluginTimeout: PLUGIN_TIMEOUT_MS,
    forceCloseConnections: 'idle',
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
  app.decorateRequest('caller', undefined)
  await app.register(problemDetailsPlugin)
  await app.register(limitsPlugin)
  await app.register(strictQueryPlugin)
  await app.register(storePlugin)
  await app.register(identitiesPlugin)
  await app.register(ledgerPlugin)
  await app.register(authPlugin)
  await app.register(idempotencyPlugin)
  await app.register(housekeepingPlugin)
  await app.register(eventsPlugin)
  await app.register(openReadsPlugin)
  await app.register(repeatedDenialsPlugin)
  await app.register(contentsPlugin)
  await app.register(healthPlugin)
  await app.register(outboxPlugin)
  await app.register(peersPlugin)
  await app.register(headsPlugin)
  await app.register(sweepPlugin)
  await app.register(proxyPlugin)
  await app.register(anchorsPlugin)
  await app.register(openapiPlugin)
  await app.register(registerRoutes)
  return app
}
