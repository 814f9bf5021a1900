import type { Operation, Refusal, RouteAccess } from '@epione/protocol/api'
import type { FastifyRequest } from 'fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: RouteAccess
    /** What the route serves, for its description. */
    operation?: Operation
  }
}

/** In place of a name, of requests to addresses that no route has. */
export const NO_OPERATION = 'none'

/** Under which name a request is counted and traced: an operation's, never what a caller wrote. */
export function operationOf ({ routeOptions }: FastifyRequest): string {
  return routeOptions.config.operation?.id ?? NO_OPERATION
}

/** What each route answers to a call without its credentials, or with those of another kind. */
export function refusalOf ({ by }: RouteAccess): Omit<Refusal, 'when'> | undefined {
  if (by === 'anyone') return undefined
  return by === 'gateway' || by === 'own-service' ? { status: 401, code: 'PEER_UNKNOWN' } : { status: 401, code: 'TOKEN_MISSING' }
}
