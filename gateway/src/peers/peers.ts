import type { X509Certificate } from 'node:crypto'
import { TLSSocket } from 'node:tls'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { GatewayError } from '../errors.ts'
import type { Organization } from '../network-file.ts'
import { identifyPeer } from './identify-peer.ts'
import { PeerClient } from './peer-client.ts'
import type { BeginCall } from './peer-client.ts'

/** How long (ms) a hospital that stalled, or gave something false, is asked after all others. */
const DOUBT_MS = 10 * 60 * 1000

/** The gateways of the other organisations, one client each. */
export class Peers {
  readonly #clients: ReadonlyMap<string, PeerClient>
  readonly #doubtedUntil = new Map<string, number>()
  readonly #clock: () => number

  constructor (
    organizations: readonly Organization[],
    ownMspId: string,
    tls: { certificate: string, privateKey: string },
    clock: () => number,
    begin?: BeginCall
  ) {
    this.#clock = clock
    const others = organizations.filter((organization) => organization.mspId !== ownMspId)
    this.#clients = new Map(others.map((organization) => [organization.mspId, new PeerClient(organization, tls, begin)]))
  }

  /** MSP ids of all other organisations. */
  others (): string[] {
    return [...this.#clients.keys()]
  }

  /**
   * All others in the order in which to ask them: `first` before the rest, and whom there is reason to doubt at the end, the latest reason
   * last, so that none of them stays before another.
   */
  inOrder (first?: string): string[] {
    return this.doubtedLast(this.others().sort((a, b) => Number(b === first) - Number(a === first)))
  }

  /** Names in their order, but whom there is reason to doubt at the end, the latest reason last. */
  doubtedLast (mspIds: readonly string[]): string[] {
    const now = this.#clock()
    const doubtOf = (mspId: string): number => Math.max(0, (this.#doubtedUntil.get(mspId) ?? 0) - now)
    return mspIds.toSorted((a, b) => doubtOf(a) - doubtOf(b))
  }

  /** Remembers for a while that a hospital stalled, or gave something false. */
  doubt (mspId: string): void {
    this.#doubtedUntil.set(mspId, this.#clock() + DOUBT_MS)
  }

  /** @throws {GatewayError} PEER_UNAVAILABLE for an organisation that network.json does not list */
  of (mspId: string): PeerClient {
    const client = this.#clients.get(mspId)
    if (client === undefined) throw new GatewayError('PEER_UNAVAILABLE', `no other gateway of ${mspId} is known`)
    return client
  }

  async close (): Promise<void> {
    await Promise.all([...this.#clients.values()].map(async (client) => { await client.close() }))
  }
}

/** Names the organisation whose gateway holds the connection. @throws {GatewayError} PEER_UNKNOWN */
export function authenticatePeer (request: FastifyRequest): void {
  const mspId = findPeer(request)
  if (mspId === null) {
    throw new GatewayError('PEER_UNKNOWN', 'this route is for gateways of the consortium: connect with the gateway\'s own TLS certificate')
  }
  request.caller = { kind: 'peer', mspId }
}

/**
 * Lets the own organisation's services pass, which connect with its gateway's certificate. @throws {GatewayError} PEER_UNKNOWN,
 * NOT_PERMITTED
 */
export function authenticateOwnService (request: FastifyRequest): void {
  authenticatePeer(request)
  const { mspId } = request.server.config
  if (peerOf(request) !== mspId) {
    throw new GatewayError('NOT_PERMITTED', `this route is for services of ${mspId} itself: ask the own organisation's gateway`)
  }
}

/** MSP id of the gateway that makes the request. @throws {GatewayError} PEER_UNKNOWN */
export function peerOf ({ caller }: FastifyRequest): string {
  if (caller?.kind !== 'peer') throw new GatewayError('PEER_UNKNOWN', 'the caller is not a gateway')
  return caller.mspId
}

/** MSP id of the gateway that holds the request's connection, null for anybody else. */
export function findPeer ({ raw, server }: FastifyRequest): string | null {
  return raw.socket instanceof TLSSocket ? peerBehind(server, raw.socket) : null
}

/** MSP id of the gateway at the other end of a connection, null for anybody else. */
export function peerBehind ({ ports }: Pick<FastifyInstance, 'ports'>, socket: TLSSocket): string | null {
  if (!socket.authorized) return null
  const certificate = shown.get(socket) ?? socket.getPeerX509Certificate()
  if (certificate === undefined) return null
  shown.set(socket, certificate)
  return identifyPeer(certificate, ports.network.organizations, ports.clock())
}

/** What each connection showed in its handshake; TLS 1.3 has no second one. */
const shown = new WeakMap<TLSSocket, X509Certificate>()
