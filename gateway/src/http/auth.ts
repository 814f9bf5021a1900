import { LedgerError } from '@epione/protocol'
import fp from 'fastify-plugin'
import type { FastifyRequest, RouteOptions } from 'fastify'
import type { RouteAccess, Scope } from '@epione/protocol/api'
import { openSession, requireStillOpen, spendSession } from './sessions.ts'
import type { SessionContext } from './sessions.ts'
import { admitByClaims } from '../staff/admit.ts'
import { mapClaims } from '../staff/claim-mapping.ts'
import type { ClaimedAttributes } from '../staff/claim-mapping.ts'
import { findAuditor } from '../staff/auditors.ts'
import { createTokenVerifier } from './tokens.ts'
import type { TokenVerifier } from './tokens.ts'
import { GatewayError } from '../errors.ts'
import { notEnrolled } from '../staff/not-enrolled.ts'
import { findPractitioner, isSuspended } from '../staff/practitioners.ts'
import type { Enrolled } from '../staff/practitioners.ts'
import { originOf } from './origin.ts'
import { authenticateOwnService, authenticatePeer } from '../peers/peers.ts'

declare module 'fastify' {
  interface FastifyInstance {
    tokens: TokenVerifier
  }
}

/** Lets a request pass by what its route says of who may call it; a gateway with a route that says nothing does not start. */
export const authPlugin = fp((app, _options, done) => {
  const routes: RouteOptions[] = []
  app.decorate('tokens', createTokenVerifier(app.config.oidc, app.ports.fetchDocument, app.ports.clock))
  app.addHook('onRoute', (route) => { routes.push(route) })
  app.addHook('onReady', (ready) => {
    const open = routes.find((route) => route.config?.access === undefined)
    ready(open === undefined ? undefined : new Error(`route ${open.url} does not say who may call it`))
  })
  app.addHook('onRequest', async (request) => {
    const { access } = request.routeOptions.config
    if (access === undefined) return
    try {
      await authenticate(request, access)
    } catch (error) {
      await app.countRefused(request)
      throw error
    }
  })
  done()
}, { name: 'auth', dependencies: ['store', 'ledger', 'identities', 'limits'] })

/**
 * Who calls, by the credentials that the route asks for. @throws {GatewayError} TOKEN_*, SCOPE_MISSING, NOT_ENROLLED, SESSION_*,
 * PEER_UNKNOWN, NOT_PERMITTED @throws {LedgerError} SUSPENDED
 */
async function authenticate (request: FastifyRequest, access: RouteAccess): Promise<void> {
  switch (access.by) {
    case 'anyone': return
    case 'staff':
      await authenticateBearer(request, access)
      return
    case 'patient':
    case 'device':
      await authenticateSession(request, access)
      return
    case 'staff-or-patient':
      if (credentialsOf(request).scheme === 'session') await authenticateSession(request, access)
      else await authenticateBearer(request, access)
      return
    case 'gateway':
      authenticatePeer(request)
      return
    case 'own-service':
      authenticateOwnService(request)
  }
}

async function authenticateBearer (
  request: FastifyRequest,
  { scopes: wanted, enrolled = true }: { scopes: readonly Scope[], enrolled?: boolean }
): Promise<void> {
  const { scheme, value } = credentialsOf(request)
  if (scheme !== 'bearer') throw new GatewayError('TOKEN_MISSING', 'send Authorization: Bearer with a token of this hospital')
  const { subject: named, scopes, claims } = await request.server.tokens.verify(value)
  const { claimMapping } = request.server.ports
  const claimed = claimMapping === undefined ? { subject: named } : requireSubject(mapClaims(claimMapping, claims))
  const { subject } = claimed
  request.caller = { kind: 'practitioner', subject, scopes }
  if (!wanted.some((scope) => scopes.allows(scope))) {
    throw new GatewayError('SCOPE_MISSING', `the token needs the scope ${wanted.join(' or ')}`, { extensions: { scopes: wanted } })
  }
  const { config, ports, store } = request.server
  const [auditor, staff] = [findAuditor(ports.network, config.mspId, subject), await findPractitioner(store.db, subject)]
  if (await isSuspended(store.db, [auditor, staff].flatMap((who) => who?.staffId ?? []))) {
    throw new LedgerError('SUSPENDED', 'this person is suspended at the hospital, for good: whoever comes back is enrolled anew')
  }
  const practitioner = auditor ?? (enrolled ? await requireEnrolled(request, claimed, { staff, issuedAt: claims.iat }) : staff)
  request.caller = { kind: 'practitioner', subject, scopes, ...(practitioner === undefined ? {} : { practitioner }) }
}

/** @throws {GatewayError} NOT_ENROLLED, ATTRIBUTES_CHANGED, CA_UNAVAILABLE */
async function requireEnrolled (
  { server }: FastifyRequest,
  claimed: ClaimedAttributes,
  { staff, issuedAt = 0 }: { staff: Enrolled | undefined, issuedAt: number | undefined }
): Promise<Enrolled> {
  if (server.ports.claimMapping !== undefined) return await admitByClaims(server, claimed, { staff, issuedAt })
  if (staff === undefined) throw notEnrolled()
  return staff
}

function requireSubject (claimed: ClaimedAttributes | undefined): ClaimedAttributes {
  if (claimed !== undefined) return claimed
  throw new GatewayError('TOKEN_INVALID', 'the token names nobody where the hospital\'s mapping looks for the subject')
}

async function authenticateSession (
  request: FastifyRequest, access: Pick<RouteAccess, 'by' | 'representatives' | 'delegates' | 'devices'>
): Promise<void> {
  const { by, devices } = access
  const { scheme, value } = credentialsOf(request)
  if (scheme !== 'session') {
    throw new GatewayError('TOKEN_MISSING', 'send Authorization: Session with a session statement signed by the patient')
  }
  const session = await openSession(sessionContext(request), value)
  await spendSession(request.server.store, session)
  const { patientId, inStead, deviceId } = session
  if (deviceId !== undefined) {
    if (by !== 'device' && devices !== true) throw new GatewayError('NOT_PERMITTED', 'a device writes its own streams and does nothing else')
    request.caller = { kind: 'device', patientId, deviceId }
    return
  }
  if (by === 'device') throw new GatewayError('NOT_PERMITTED', 'this needs a session that the device itself signed')
  requireMayStandIn(session, access)
  request.caller = { kind: 'patient', patientId, session: value, ...(inStead === undefined ? {} : { inStead }) }
}

/** That whoever signed in the patient's stead may do this. @throws {GatewayError} NOT_PERMITTED */
function requireMayStandIn (
  { inStead, powers }: Awaited<ReturnType<typeof openSession>>, { representatives, delegates }: Pick<RouteAccess, 'representatives' | 'delegates'>
): void {
  if (inStead?.as === 'representative' && representatives !== true) {
    throw new GatewayError('NOT_PERMITTED', 'this is for the patient themself: no representative does it')
  }
  if (inStead?.as === 'delegate' && (delegates === undefined || powers?.includes(delegates) !== true)) {
    throw new GatewayError('NOT_PERMITTED', `a limited key does this ${delegates === undefined ? 'never' : `with the power ${delegates} only`}`)
  }
}

function sessionContext (request: FastifyRequest): SessionContext {
  const { config, ledger, networkId, ports, proxy, currentReads, windows } = request.server
  return {
    ledger: ledger.gateway,
    reads: currentReads,
    origin: originOf(request),
    proxy,
    networkId,
    audience: config.publicUrl,
    clock: ports.clock,
    devices: windows.devices
  }
}

/**
 * Whether the caller of a request that goes on for long would still be let in: by a token that has not expired, of a person who is neither
 * suspended nor struck from the list, or by a key that is the patient's. The caller is who they are now. @throws what `authenticate` throws
 */
export async function requireStillAdmitted (request: FastifyRequest): Promise<void> {
  const { access } = request.routeOptions.config
  if (access === undefined) return
  const { scheme, value } = credentialsOf(request)
  if (scheme === 'session') await requireStillOpen(sessionContext(request), value)
  else await authenticate(request, access)
}

function credentialsOf (request: FastifyRequest): { scheme: string, value: string } {
  const match = /^([A-Za-z]+) +(\S+)$/.exec(request.headers.authorization ?? '')
  return { scheme: match?.[1]?.toLowerCase() ?? '', value: match?.[2] ?? '' }
}
