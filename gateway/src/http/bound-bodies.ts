import { PassThrough } from 'node:stream'
import { TLSSocket } from 'node:tls'
import type { FastifyRequest, RequestPayload } from 'fastify'
import { GatewayError } from '../errors.ts'

/** How long (ms) a body that was refused may go on coming, so that the refusal reaches its sender. */
const LINGER_MS = 5_000

/** A small body, as those of revocations and freezes are, is here at once (s), so that no crowd holds its places with it. */
const SMALL = { bytes: 65_536, seconds: 5 }

/** A JSON body that must be here in time; a stream is judged piece by piece where it is read. */
export function boundBody (request: FastifyRequest, payload: RequestPayload, longestSeconds: number): RequestPayload {
  const { headers, routeOptions } = request
  const isEmpty = headers['content-length'] === undefined && headers['transfer-encoding'] === undefined
  if (isEmpty || routeOptions.config.stream === true) return payload
  const isSmall = Number(headers['content-length'] ?? Infinity) <= SMALL.bytes
  const seconds = isSmall ? Math.min(SMALL.seconds, longestSeconds) : longestSeconds
  const bounded = new PassThrough()
  // Who refuses a body listens no longer.
  bounded.on('error', () => undefined)
  const end = (error: Error): void => {
    payload.unpipe(bounded)
    bounded.destroy(error)
  }
  const timer = setTimeout(
    () => { end(new GatewayError('REQUEST_TIMEOUT', `the body did not come within ${String(seconds)} s`)) },
    seconds * 1000
  )
  // What is refused in the middle neither ends nor closes where there is no socket.
  timer.unref()
  payload.once('error', end)
  payload.once('end', () => { clearTimeout(timer) })
  payload.once('close', () => {
    clearTimeout(timer)
    if (!payload.readableEnded) end(new GatewayError('REQUEST_INVALID', 'the body broke off'))
  })
  return payload.pipe(bounded)
}

/** After an answer Node reads on what is left of a body and throws it away, for as long as it comes. */
export function endUnreadBody ({ raw }: FastifyRequest): void {
  const { socket } = raw
  // In a test without sockets there is nothing to end.
  if ((raw.complete as boolean | undefined) !== false || !(socket instanceof TLSSocket)) return
  const timer = setTimeout(() => { socket.destroy() }, LINGER_MS)
  raw.once('end', () => { clearTimeout(timer) })
  socket.once('close', () => { clearTimeout(timer) })
}
