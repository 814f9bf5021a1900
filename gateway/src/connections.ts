import { isIPv6 } from 'node:net'
import type { Server, Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { FastifyBaseLogger } from 'fastify'
import type { Limits } from './limits.ts'

interface Options {
  limits: Pick<Limits, 'connections' | 'connectionsPerAddress' | 'connectionsPerPeer'>
  /** Organisation whose gateway holds a connection, null for everybody else. */
  identify: (socket: TLSSocket) => string | null
  log: FastifyBaseLogger
}

/** Refused connections are told of at most this often (ms): a flood must not become one of log lines. */
const TELL_EVERY_MS = 60_000

/**
 * Bounds how many connections anybody holds: one address before the handshake, which costs a signature, and another
 * gateway by its certificate after it, so that neither takes the place of the others.
 */
export function limitConnections (server: Server, { limits, identify, log }: Options): void {
  const held = new Map<string, number>()
  const holders = new Map<string, string>()
  let [refused, toldAt] = [0, 0]

  const hold = (socket: Socket, holder: string, max: number): void => {
    const count = held.get(holder) ?? 0
    if (count < max) {
      held.set(holder, count + 1)
      holders.set(nameOf(socket), holder)
      return
    }
    socket.destroy()
    refused += 1
    if (Date.now() - toldAt < TELL_EVERY_MS) return
    log.warn({ holder, max, refused }, 'too many connections; new ones are refused')
    ;[refused, toldAt] = [0, Date.now()]
  }
  const release = (name: string): void => {
    const holder = holders.get(name)
    if (holder === undefined) return
    holders.delete(name)
    const count = (held.get(holder) ?? 0) - 1
    if (count > 0) held.set(holder, count)
    else held.delete(holder)
  }

  server.maxConnections = limits.connections
  server.on('connection', (socket: Socket) => {
    const name = nameOf(socket)
    hold(socket, `address:${networkOf(socket.remoteAddress ?? '')}`, limits.connectionsPerAddress)
    socket.once('close', () => { release(name) })
  })
  server.on('secureConnection', (socket: TLSSocket) => {
    const name = nameOf(socket)
    const mspId = identify(socket)
    if (mspId !== null) {
      release(name)
      hold(socket, `peer:${mspId}`, limits.connectionsPerPeer)
    }
    socket.once('close', () => { release(name) })
  })
}

function nameOf ({ remoteAddress = '', remotePort = 0 }: Socket): string {
  return `${remoteAddress} ${String(remotePort)}`
}

/** An IPv4 address, or the /64 of an IPv6 one: whoever has one address there has them all. */
function networkOf (address: string): string {
  const mapped = /^::ffff:([0-9.]+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.split('::')
  const first = head === '' ? [] : head.split(':')
  const last = tail === undefined || tail === '' ? [] : tail.split(':')
  const middle = Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0')
  return [...first, ...middle, ...last].slice(0, 4).join(':')
}
