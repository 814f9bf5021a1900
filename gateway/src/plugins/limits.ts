import { PassThrough } from 'node:stream'
import { TLSSocket } from 'node:tls'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest, RequestPayload } from 'fastify'
import fp from 'fastify-plugin'
import { within } from '../addresses.ts'
import type { Caller } from '../caller.ts'
import { limitConnections } from '../connections.ts'
import { GatewayError } from '../errors.ts'
import { findPeer, peerBehind } from '../peers/peers.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Counts a write of a patient whose signature was seen. @throws {GatewayError} TOO_MANY_REQUESTS */
    countPatient: (request: FastifyRequest, patientId: string) => Promise<void>
  }
  interface FastifyRequest {
    limitKey: string
  }
}

type Count = (request: FastifyRequest, key?: string) => Promise<void>

const WINDOW_MS = 60_000
/** Callers whose counts are remembered; the one not seen for longest makes room. */
const CALLERS_REMEMBERED = 50_000
/** How long (ms) a body that was refused may go on coming, so that the refusal reaches its sender. */
const LINGER_MS = 5_000
const READING = ['GET', 'HEAD', 'OPTIONS']

/**
 * Bounds what anybody can take: connections, requests by address, person, patient and other gateway, the time in which a
 * body comes and an answer is read.
 */
export const limitsPlugin = fp(async (app) => {
  const { limits } = app.config
  await app.register(rateLimit, { global: false })
  app.decorateRequest('limitKey', '')
  const ofAddress = createCount(app, limits.requestsPerAddress, 'requests from this address')
  const statements = createCount(app, limits.statementsPerAddress, 'statements from this address')
  const ofCaller = createCount(app, limits.requestsPerCaller, 'requests of this person')
  const writes = createCount(app, limits.writesPerCaller, 'writes of this person')
  const ofPeer = createCount(app, limits.requestsPerPeer, 'requests of this gateway')
  app.decorate('countPatient', async (request, patientId) => { await writes(request, `patient:${patientId}`) })
  limitConnections(app.server, { limits, log: app.log, identify: (socket) => peerBehind(app, socket), isProxy: within(app.config.trustedProxies) })

  app.addHook('onRequest', async (request) => {
    const peer = findPeer(request)
    await (peer === null ? ofAddress(request) : ofPeer(request, peer))
  })
  // Between authentication and the first byte of the body.
  app.addHook('preParsing', async (request, _reply, payload) => {
    const key = keyOf(request.caller)
    const isWrite = !READING.includes(request.method)
    if (key !== undefined) {
      await ofCaller(request, key)
      if (isWrite) await writes(request, key)
    } else if (isWrite && request.caller === undefined) await statements(request)
    return boundBody(request, payload, limits.bodySeconds)
  })
  app.addHook('onSend', (request, _reply, _payload, done) => {
    // Who does not read an answer is let go; while it is made, the connection may well be silent.
    if (request.raw.socket instanceof TLSSocket) request.raw.socket.setTimeout(limits.idleStreamSeconds * 1000)
    done()
  })
  app.addHook('onResponse', (request, _reply, done) => {
    endUnreadBody(request)
    done()
  })
}, { name: 'limits', dependencies: ['problem-details'] })

function keyOf (caller: Caller | undefined): string | undefined {
  if (caller?.kind === 'practitioner') return `subject:${caller.subject}`
  return caller?.kind === 'patient' ? `patient:${caller.patientId}` : undefined
}

/** Counts what callers do in a minute; without a key, by address. */
function createCount (app: FastifyInstance, max: number, what: string): Count {
  const options = { max, timeWindow: WINDOW_MS, cache: CALLERS_REMEMBERED }
  const [byAddress, byKey] = [app.createRateLimit(options), app.createRateLimit({ ...options, keyGenerator: (request: FastifyRequest) => request.limitKey })]
  return async (request, key) => {
    if (key !== undefined) request.limitKey = key
    const counted = await (key === undefined ? byAddress : byKey)(request)
    if (counted.isAllowed || !counted.isExceeded) return
    throw new GatewayError('TOO_MANY_REQUESTS', `more than ${String(max)} ${what} within a minute`, { retryAfterSeconds: Math.max(1, counted.ttlInSeconds) })
  }
}

/** A JSON body that must be here in time; a stream is judged piece by piece where it is read. */
function boundBody (request: FastifyRequest, payload: RequestPayload, seconds: number): RequestPayload {
  const { headers, routeOptions } = request
  const isEmpty = headers['content-length'] === undefined && headers['transfer-encoding'] === undefined
  if (isEmpty || routeOptions.config.stream === true) return payload
  const bounded = new PassThrough()
  // Who refuses a body listens no longer.
  bounded.on('error', () => undefined)
  const end = (error: Error): void => {
    payload.unpipe(bounded)
    bounded.destroy(error)
  }
  const timer = setTimeout(() => { end(new GatewayError('REQUEST_TIMEOUT', `the body did not come within ${String(seconds)} s`)) }, seconds * 1000)
  payload.once('error', end)
  payload.once('end', () => { clearTimeout(timer) })
  payload.once('close', () => {
    clearTimeout(timer)
    if (!payload.readableEnded) end(new GatewayError('REQUEST_INVALID', 'the body broke off'))
  })
  return payload.pipe(bounded)
}

/** After an answer Node reads on what is left of a body and throws it away, for as long as it comes. */
function endUnreadBody ({ raw }: FastifyRequest): void {
  const { socket } = raw
  // In a test without sockets there is nothing to end.
  if ((raw.complete as boolean | undefined) !== false || !(socket instanceof TLSSocket)) return
  const timer = setTimeout(() => { socket.destroy() }, LINGER_MS)
  raw.once('end', () => { clearTimeout(timer) })
  socket.once('close', () => { clearTimeout(timer) })
}
