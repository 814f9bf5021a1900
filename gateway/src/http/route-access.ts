import type { Scope } from './scopes.ts'

/** Whose credentials a route asks for: a token of the own hospital, a patient's session, the TLS certificate of a member's gateway. */
type Credentials =
  | { by: 'anyone' }
  | { by: 'staff' | 'staff-or-patient', /** One of these is enough. */ scopes: readonly Scope[], /** False for people who need no certificate of their own: the registration desk and whoever enrols staff. */ enrolled?: false }
  | { by: 'patient' | 'gateway' | 'own-service' }

/** An answer, and what it is given to. */
export interface Refusal { status: number, code?: string, when: string }

/** What a call leaves behind. The request log has every call: method, path, status, request id. */
export type Trace = 'request log' | 'ledger' | 'access event'

/**
 * Who may call a route. The authentication hook obeys it and docs/access.md is made of it, so that neither can say
 * something else than the other; a route without it does not start.
 */
export type RouteAccess = Credentials & {
  /** Who of those with credentials is answered. */
  who: string
  /** What somebody else with credentials of the right kind gets; left out where there is nobody else. */
  stranger?: Refusal
  trace: Trace
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: RouteAccess
  }
}

/** What each route answers to a call without its credentials, or with those of another kind. */
export function refusalOf ({ by }: RouteAccess): Omit<Refusal, 'when'> | undefined {
  if (by === 'anyone') return undefined
  return by === 'gateway' || by === 'own-service' ? { status: 401, code: 'PEER_UNKNOWN' } : { status: 401, code: 'TOKEN_MISSING' }
}
