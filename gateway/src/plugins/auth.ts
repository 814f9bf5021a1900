import fp from 'fastify-plugin'
import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify'
import { openSession, spendSession } from '../auth/sessions.ts'
import { createTokenVerifier } from '../auth/tokens.ts'
import type { TokenVerifier } from '../auth/tokens.ts'
import { GatewayError } from '../errors.ts'
import { findPractitioner } from '../identities/practitioners.ts'

/** Scopes that tokens may carry, in the SMART style. */
export const SCOPES = {
  registerRecords: 'user/DocumentReference.c',
  readRecords: 'user/DocumentReference.rs',
  registerPatients: 'user/Patient.c',
  readAccessLog: 'user/AuditEvent.rs',
  enrolStaff: 'system/Practitioner.c'
} as const

export type Scope = (typeof SCOPES)[keyof typeof SCOPES]

export interface BearerOptions {
  /** One of these is enough. */
  scopes: readonly Scope[]
  /** False for people who need no certificate of their own: the registration desk and whoever enrols staff. */
  enrolled?: boolean
}

declare module 'fastify' {
  interface FastifyInstance {
    tokens: TokenVerifier
  }
}

/** Verifies bearer tokens and sessions for the hooks below. */
export const authPlugin = fp((app, _options, done) => {
  app.decorate('tokens', createTokenVerifier(app.config.oidc, app.ports.clock))
  done()
}, { name: 'auth', dependencies: ['store', 'ledger', 'identities'] })

/** Hook of a route for staff. @throws {GatewayError} TOKEN_*, SCOPE_MISSING, NOT_ENROLLED */
export function requireBearer (options: BearerOptions): onRequestAsyncHookHandler {
  return async (request) => { await authenticateBearer(request, options) }
}

/** Hook of a route for patients. @throws {GatewayError} SESSION_* */
export function requireSession (): onRequestAsyncHookHandler {
  return authenticateSession
}

/** Hook of a route for both; the scheme of the header decides. */
export function requireBearerOrSession (options: BearerOptions): onRequestAsyncHookHandler {
  return async (request) => {
    if (credentialsOf(request).scheme === 'session') await authenticateSession(request)
    else await authenticateBearer(request, options)
  }
}

async function authenticateBearer (request: FastifyRequest, { scopes: wanted, enrolled = true }: BearerOptions): Promise<void> {
  const { scheme, value } = credentialsOf(request)
  if (scheme !== 'bearer') throw new GatewayError('TOKEN_MISSING', 'send Authorization: Bearer with a token of this hospital')
  const { subject, scopes } = await request.server.tokens.verify(value)
  if (!wanted.some((scope) => scopes.has(scope))) throw new GatewayError('SCOPE_MISSING', `the token needs the scope ${wanted.join(' or ')}`)
  const practitioner = await findPractitioner(request.server.store.db, subject)
  if (enrolled && practitioner === undefined) throw new GatewayError('NOT_ENROLLED', 'this person has no certificate of the hospital yet: enrol them by POST /v1/practitioners')
  request.caller = { kind: 'practitioner', subject, scopes, ...(practitioner === undefined ? {} : { practitioner }) }
}

async function authenticateSession (request: FastifyRequest): Promise<void> {
  const { scheme, value } = credentialsOf(request)
  if (scheme !== 'session') throw new GatewayError('TOKEN_MISSING', 'send Authorization: Session with a session statement signed by the patient')
  const { config, ledger, networkId, ports, proxy, store } = request.server
  const session = await openSession({ ledger: ledger.gateway, reader: proxy.context.reader, networkId, audience: config.publicUrl, clock: ports.clock }, value)
  await spendSession(store.db, session)
  request.caller = { kind: 'patient', patientId: session.patientId, session: value }
}

function credentialsOf (request: FastifyRequest): { scheme: string, value: string } {
  const match = /^([A-Za-z]+) +(\S+)$/.exec(request.headers.authorization ?? '')
  return { scheme: match?.[1]?.toLowerCase() ?? '', value: match?.[2] ?? '' }
}
