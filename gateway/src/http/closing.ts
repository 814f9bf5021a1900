import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * How long (ms) connections with a request under way may stay once the gateway closes: longer than an answer of another
 * gateway is waited for (peers/peer-client.ts).
 */
export const LINGER_MS = 20_000
/**
 * How long (ms) the process takes at most to end: longer than connections may stay. Whoever ends it waits longer still
 * (network/host/processes.ts).
 */
export const CLOSE_GRACE_MS = 30_000

/**
 * Follows the connections of a server. The function that it returns ends every connection on which no request is under
 * way, and each other one with its last answer: Node's own closing leaves those that never carried a request, and those
 * that become idle later, and would wait for them.
 */
export function followConnections (server: Server): () => void {
  const open = new Set<Socket>()
  const busy = new Map<Socket, number>()
  let closing = false
  const follow = (socket: Socket): void => {
    open.add(socket)
    socket.once('close', () => {
      open.delete(socket)
      busy.delete(socket)
    })
  }
  // The plain connection below a TLS one ends with it; alone it is one whose handshake is not done.
  server.on('connection', follow)
  server.on('secureConnection', (socket: Socket) => {
    for (const plain of open) if (isBelow(plain, socket)) open.delete(plain)
    follow(socket)
  })
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    busy.set(socket, (busy.get(socket) ?? 0) + 1)
    response.once('close', () => {
      const left = (busy.get(socket) ?? 1) - 1
      if (left > 0) busy.set(socket, left)
      else {
        busy.delete(socket)
        if (closing) socket.destroySoon()
      }
    })
  })
  return () => {
    closing = true
    for (const socket of open) if (!busy.has(socket)) socket.destroy()
  }
}

function isBelow (plain: Socket, secure: Socket): boolean {
  return plain !== secure && plain.remotePort === secure.remotePort && plain.remoteAddress === secure.remoteAddress
}
