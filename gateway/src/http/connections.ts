import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { FastifyBaseLogger } from 'fastify'
import { networkOf } from '@epione/host'
import type { Limits } from './limits.ts'
import { Places } from './places.ts'
import { endSlowTransfers } from './slow-transfers.ts'

interface Options {
  limits: Pick<Limits, 'connections' | 'connectionsPerAddress' | 'connectionsPerPeer' | 'bytesPerSecond' | 'idleStreamSeconds'>
  /** Organisation whose gateway holds a connection, null for everybody else. */
  identify: (socket: TLSSocket) => string | null
  /** Whether a reverse proxy of the hospital has this address. */
  isProxy: (address: string) => boolean
  log: FastifyBaseLogger
}

/** Ended connections are told of at most this often (ms): a flood must not become one of log lines. */
const TELL_EVERY_MS = 60_000
/** Connections at once of which nobody knows yet whose they are. */
const HANDSHAKES_MAX = 512

/**
 * Bounds how many connections anybody holds. Until the handshake is done a connection has one of the places for that; then
 * one of those of another gateway by its certificate, of the own reverse proxy, or of all others. So nobody's connections
 * take a place of a gateway, and a flood ends its own (places.ts).
 */
export function limitConnections (server: Server, options: Options): void {
  const { limits, identify, isProxy } = options
  const [
    shaking,
    known,
    others
  ] = [new Places<Socket>(HANDSHAKES_MAX), new Places<Socket>(Infinity), new Places<Socket>(limits.connections)]
  const plain = new Map<string, Socket>()
  const tell = createTeller(options)
  const seat = (places: Places<Socket>, socket: Socket, holder: string, max: number): void => {
    const ended = places.take(socket, holder, max)
    if (ended !== undefined) {
      ended.destroy()
      tell(holder)
    }
    socket.once('close', () => { places.leave(socket) })
  }

  server.on('connection', (socket: Socket) => {
    const [name, address] = [nameOf(socket), socket.remoteAddress ?? '']
    plain.set(name, socket)
    socket.once('close', () => { plain.delete(name) })
    seat(shaking, socket, networkOf(address), isProxy(address) ? HANDSHAKES_MAX : limits.connectionsPerAddress)
  })
  server.on('secureConnection', (socket: TLSSocket) => {
    const [below, address, mspId] = [plain.get(nameOf(socket)), socket.remoteAddress ?? '', identify(socket)]
    if (below !== undefined) shaking.leave(below)
    if (mspId !== null) seat(known, socket, `peer ${mspId}`, limits.connectionsPerPeer)
    else if (isProxy(address)) seat(known, socket, `proxy ${networkOf(address)}`, limits.connections)
    else seat(others, socket, networkOf(address), limits.connectionsPerAddress)
  })
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    const count = (change: 1 | -1): void => { for (const places of [known, others]) places.work(socket, change) }
    count(1)
    response.once('close', () => { count(-1) })
  })
  endSlowTransfers(server, { limits, onProgress: (socket) => { for (const places of [known, others]) places.progress(socket) } })
}

function createTeller ({ log }: Options): (holder: string) => void {
  let [ended, toldAt] = [0, -Infinity]
  return (holder) => {
    ended += 1
    if (performance.now() - toldAt < TELL_EVERY_MS) return
    log.warn({ holder, ended }, 'too many connections; of whoever holds the most, those that have waited for longest are ended')
    ;[ended, toldAt] = [0, performance.now()]
  }
}

function nameOf ({ remoteAddress = '', remotePort = 0 }: Socket): string {
  return `${remoteAddress} ${String(remotePort)}`
}
