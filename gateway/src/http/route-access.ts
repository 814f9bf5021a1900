import type { Operation, Refusal, RouteAccess } from '@epione/protocol/api'

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: RouteAccess
    /** What the route serves, for its description. */
    operation?: Operation
  }
}

/** What each route answers to a call without its credentials, or with those of another kind. */
export function refusalOf ({ by }: RouteAccess): Omit<Refusal, 'when'> | undefined {
  if (by === 'anyone') return undefined
  return by === 'gateway' || by === 'own-service' ? { status: 401, code: 'PEER_UNKNOWN' } : { status: 401, code: 'TOKEN_MISSING' }
}
