import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Limits } from './limits.ts'

interface Transfer {
  request: IncomingMessage
  response: ServerResponse
  bytes: number
  /** Looks in a row at which too few bytes had moved. */ slowLooks: number
}

interface Options {
  limits: Pick<Limits, 'bytesPerSecond' | 'idleStreamSeconds'>
  /** Told of each connection whose bytes move fast enough. */
  onProgress: (socket: Socket) => void
}

/** Looks in a row that find a transfer too slow before it is ended: buffers empty in lumps. */
const SLOW_LOOKS_MAX = 2

/**
 * Ends connections whose request comes or whose answer is read more slowly than the least rate: one byte now and then is no
 * work. Where the gateway itself is at work or waits for another, nothing is asked of the caller.
 */
export function endSlowTransfers (server: Server, { limits, onProgress }: Options): void {
  const transfers = new Map<Socket, Transfer>()
  const least = limits.bytesPerSecond * limits.idleStreamSeconds
  const look = (): void => {
    for (const [socket, transfer] of transfers) {
      const bytes = bytesOf(socket)
      const isSlow = bytes - transfer.bytes < least
      transfer.bytes = bytes
      if (!isSlow) onProgress(socket)
      transfer.slowLooks = isSlow && waitsForCaller(socket, transfer) ? transfer.slowLooks + 1 : 0
      if (transfer.slowLooks >= SLOW_LOOKS_MAX) socket.destroy()
    }
  }
  const timer = setInterval(look, limits.idleStreamSeconds * 1000)
  timer.unref()
  server.once('close', () => { clearInterval(timer) })
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request
    const transfer: Transfer = { request, response, bytes: bytesOf(socket), slowLooks: 0 }
    transfers.set(socket, transfer)
    response.once('close', () => { if (transfers.get(socket) === transfer) transfers.delete(socket) })
  })
}

/** Bytes that came, and those that went out. */
function bytesOf (socket: Socket): number {
  return socket.bytesRead + socket.bytesWritten - socket.writableLength
}

function waitsForCaller (socket: Socket, { request, response }: Transfer): boolean {
  return (!request.complete && !request.isPaused()) || (response.headersSent && socket.writableLength > 0)
}
