import { networkOf } from '@epione/host'
import type { FastifyRequest } from 'fastify'
import { findPeer } from '../peers/peers.ts'

/** Where a request comes from, for whoever shares something between callers that nobody knows yet: a gateway, or an address. */
export function originOf (request: FastifyRequest): string {
  const peer = findPeer(request)
  return peer === null ? networkOf(request.ip) : `peer ${peer}`
}
