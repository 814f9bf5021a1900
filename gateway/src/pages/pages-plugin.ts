import type { Readable } from 'node:stream'
import { fileAt, headersOfData, headersOfPages, judgeBuild, Onward, PortalError, requirePlain } from '@epione/portal-service'
import type { Site, Target } from '@epione/portal-service'
import { PUBLIC } from '@epione/protocol/api'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { GatewayError } from '../errors.ts'
import '../http/route-access.ts'

/** Addresses of the gateway itself, at which nobody is shown a page. */
const OWN_PLACES = /^\/(?:v1|fhir|docs|health|gateways|\.well-known|openapi\.json|portal\.json)(?:\/|$)/
/** Largest body in bytes that is passed on: statements of who reads, revokes and freezes, as a gateway takes them itself. */
const PASSED_MAX_BYTES = 131_072
const PASSED = /^\/gateways\/[a-z0-9-]+(\/(?:v1\/[\x21-\x7e]*|health\/ready))$/
/** What stands beside data of the gateway in the same place, and is described nowhere else. */
const HIDDEN = { config: { access: PUBLIC }, schema: { hide: true } }

/**
 * Serves the built copy of the portal that the members of the network agreed on, to those who need no phrase and no key of it
 * (decision 0727): auditors, admins, staff who sign in, and patients with a limited key.
 */
export const pagesPlugin = fp<{ site: Site }>((app, { site }, registered) => {
  const { config: { publicUrl, mspId }, ports: { network } } = app
  const others = new Map(network.organizations.filter((one) => one.mspId !== mspId).map(({ id, gatewayUrl, tlsCaPem }): [string, Target] =>
    [id, { url: gatewayUrl, caPem: tlsCaPem }]))
  const headers = headersOfPages(publicUrl, [
    '/portal.json', '/v1/', '/.well-known/', '/health/ready', ...[...others.keys()].map((id) => `/gateways/${id}/`),
    new URL(app.config.oidc.issuer).origin
  ])
  const onward = new Onward({ maxBytes: PASSED_MAX_BYTES })
  app.addHook('onClose', async () => { await onward.close() })
  // The body of what is passed on is read by who takes it.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, payload, done) => { done(null, payload) })

  app.get('/portal.json', HIDDEN, (_request, reply) => reply.headers(headersOfData()).send(describeNetwork(app)))
  for (const method of ['GET', 'POST'] as const) {
    app.route<{ Params: { id: string } }>({
      method,
      url: '/gateways/:id/*',
      exposeHeadRoute: false,
      ...HIDDEN,
      handler: async (request, reply) => {
        const to = others.get(request.params.id)
        if (to === undefined) { reply.callNotFound(); return reply }
        return await passOn(onward, request, reply, to)
      }
    })
  }
  app.get('/*', HIDDEN, (request, reply) => {
    const [path = '/'] = request.url.split('?', 1)
    const file = OWN_PLACES.test(path) ? undefined : fileAt(site, path, request.headers.accept)
    if (file === undefined) { reply.callNotFound(); return reply }
    requireAgreed(app, site)
    return reply.headers({ ...headers, 'content-type': file.mediaType }).send(file.bytes)
  })
  registered()
}, { name: 'pages', encapsulate: true, dependencies: ['ledger', 'limits'] })

/** What /portal.json tells the pages (`PortalConfig` of the SDK). */
function describeNetwork ({ config, ports: { network } }: FastifyInstance): object {
  const { networkId, name: networkName, document, organizations } = network
  const isOwn = ({ mspId }: { mspId: string }): boolean => mspId === config.mspId
  const gateways = organizations
    .toSorted((a, b) => Number(isOwn(b)) - Number(isOwn(a)))
    .map(({ mspId, id, name, gatewayUrl }) => ({ mspId, id, name, url: isOwn({ mspId }) ? config.publicUrl : gatewayUrl }))
  return { edition: 'served', network: { networkId, networkName, document, gateways } }
}

/** @throws {GatewayError} NOT_READY where the members agreed on other pages, from that version of the document on */
function requireAgreed ({ ledger, log }: FastifyInstance, { build }: Site): void {
  const { document: { builds, version } } = ledger.network()
  if (judgeBuild(builds, build) !== 'foreign') return
  log.warn({ build, version }, 'these pages are none that the network document names')
  throw new GatewayError('NOT_READY', 'the pages here are none that the members of the network agreed on: the hospital installs the others')
}

/** @throws {GatewayError} PEER_UNAVAILABLE, REQUEST_TOO_LARGE */
async function passOn (onward: Onward, request: FastifyRequest, reply: FastifyReply, to: Target): Promise<FastifyReply> {
  const [, path] = PASSED.exec(request.url) ?? []
  if (path === undefined) { reply.callNotFound(); return reply }
  const gone = new AbortController()
  reply.raw.once('close', () => { gone.abort() })
  try {
    const { method, headers, raw } = request
    const body = (request.body as Readable | undefined) ?? raw
    const answer = await onward.ask({ method, headers, body }, { to, path: requirePlain(path), signal: gone.signal })
    return await reply.code(answer.status).headers(answer.headers).send(answer.body)
  } catch (error) {
    throw error instanceof PortalError ? refusalOf(error) : error
  }
}

function refusalOf (error: PortalError): GatewayError {
  if (error.code === 'NOT_FOUND' || error.code === 'REQUEST_TOO_LARGE') return new GatewayError(error.code, error.message, { cause: error })
  return new GatewayError('PEER_UNAVAILABLE', error.message, { cause: error })
}
