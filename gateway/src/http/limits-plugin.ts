import { TLSSocket } from 'node:tls'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { within } from './addresses.ts'
import { boundBody, endUnreadBody } from './bound-bodies.ts'
import { nameOfPatient } from './caller.ts'
import type { Caller, InStead } from './caller.ts'
import { limitConnections } from './connections.ts'
import { GatewayError } from '../errors.ts'
import { findPeer, peerBehind } from '../peers/peers.ts'
import { createCounts } from './window-counts.ts'
import type { WindowCounts } from './window-counts.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** What is counted here, by name, for other gateways of the hospital; over so many ms. */
    requestCounts: { named: ReadonlyMap<string, WindowCounts>, windowMs: number }
    /** Counts a statement of a patient whose signature was seen, once within a minute. @throws {GatewayError} TOO_MANY_REQUESTS */
    countPatient: (
      request: FastifyRequest, patient: { patientId: string, inStead?: InStead }, statementId: string
    ) => Promise<void>
    /**
     * Counts a request whose credentials were refused: as the caller's if it is known whose they are, else as the address's. @throws
     * {GatewayError} TOO_MANY_REQUESTS
     */
    countRefused: (request: FastifyRequest) => Promise<void>
    /** Counts one more for each 16 windows that another gateway's request asks for. @throws {GatewayError} TOO_MANY_REQUESTS */
    countWindows: (request: FastifyRequest, windows: number) => Promise<void>
  }
  interface FastifyRequest {
    limitKey: string
    /** Whether a patient's own count has the request. */
    isOfPatient: boolean
  }
  interface FastifyContextConfig {
    /** What stops something: no flood of others may delay it, and a reserve of the disk is kept for it. */
    stops?: true
  }
}

interface Count {
  /** Counts, and refuses what is too much. @throws {GatewayError} TOO_MANY_REQUESTS */
  add: (request: FastifyRequest, key?: string) => Promise<void>
  /** Refuses where nothing is left, and counts nothing. @throws {GatewayError} TOO_MANY_REQUESTS */
  check: (request: FastifyRequest) => Promise<void>
  /** Counts, and refuses nothing. */
  note: (request: FastifyRequest) => Promise<void>
  /** Counts, and says whether nothing is over. */
  isFirst: (request: FastifyRequest, key: string) => Promise<boolean>
}

const WINDOW_MS = 60_000
/** As many callers as all devices of a patient together count for: a patient adds as many devices as they like. */
const DEVICES_SHARE = 4
/** Windows that take as much work of a proxy as a request to it: some 4 ms. */
const WINDOWS_PER_REQUEST = 16
const READING = ['GET', 'HEAD', 'OPTIONS']

/**
 * Bounds what anybody can take: connections, requests by person, patient and other gateway, and by address those of nobody
 * that is known, the time in which a body comes and an answer is read. Who is known is counted alone, so that callers behind
 * one address do not keep each other out.
 */
export const limitsPlugin = fp(async (app) => {
  const { limits } = app.config
  const { store, named } = createCounts()
  await app.register(rateLimit, { global: false, store })
  app.decorate('requestCounts', { named, windowMs: WINDOW_MS })
  app.decorateRequest('limitKey', '')
  app.decorateRequest('isOfPatient', false)
  const ofAddress = createCount(app, limits.requestsPerAddress, 'requests from this address')
  const refusals = createCount(app, limits.requestsPerAddress, 'refused credentials from this address')
  const statements = createCount(app, limits.statementsPerAddress, 'statements from this address')
  const stops = createCount(app, limits.stopsPerAddress, 'revocations, freezes and stops from this address')
  const ofCaller = createCount(app, limits.requestsPerCaller, 'requests of this person')
  const writes = createCount(app, limits.writesPerCaller, 'writes of this person')
  const ofDevices = createCount(app, DEVICES_SHARE * limits.requestsPerCaller, 'requests of this patient\'s devices')
  const writesOfDevices = createCount(app, DEVICES_SHARE * limits.writesPerCaller, 'writes of this patient\'s devices')
  const stopsOfPatient = createCount(app, limits.writesPerCaller, 'revocations, freezes and stops of this patient')
  const firsts = createCount(app, 1, 'copies of this statement', { isShared: false })
  const ofPeer = createCount(app, limits.requestsPerPeer, 'requests of this gateway')
  const anonymousCount = (request: FastifyRequest): Count | undefined => {
    const isStatement = !READING.includes(request.method) && request.caller === undefined && findPeer(request) === null
    if (!isStatement) return undefined
    return request.routeOptions.config.stops === true ? stops : statements
  }
  app.decorate('countPatient', async (request, patient, statementId) => {
    // Whoever has seen a statement can send it again: that is counted as the address's, and takes nothing from the patient.
    if (!await firsts.isFirst(request, `statement:${statementId}`)) return
    request.isOfPatient = true
    const isStop = request.routeOptions.config.stops === true
    await (isStop ? stopsOfPatient : writes).add(request, nameOfPatient(patient))
  })
  app.decorate('countRefused', async (request) => {
    const key = keyOf(request.caller)
    if (key !== undefined) await ofCaller.add(request, key)
    else if (findPeer(request) === null) await refusals.add(request)
  })
  app.decorate('countWindows', async (request, windows) => {
    const peer = findPeer(request)
    if (peer === null) return
    for (let counted = WINDOWS_PER_REQUEST; counted <= windows; counted += WINDOWS_PER_REQUEST) await ofPeer.add(request, peer)
  })
  limitConnections(app.server, {
    limits,
    log: app.log,
    identify: (socket) => peerBehind(app, socket),
    isProxy: within(app.config.trustedProxies)
  })

  app.addHook('onRequest', async (request) => {
    const peer = findPeer(request)
    const { access, stops: isStop } = request.routeOptions.config
    if (peer !== null) await ofPeer.add(request, peer)
    else if (access === undefined || access.by === 'anyone') {
      if (isStop !== true) await ofAddress.add(request)
    // A made-up token is soon seen through; a made-up session costs a read of the ledger.
    } else if (!isBearer(request)) await refusals.check(request)
  })
  // Between authentication and the first byte of the body.
  app.addHook('preParsing', async (request, _reply, payload) => {
    const key = keyOf(request.caller)
    if (key !== undefined) {
      await ofCaller.add(request, key)
      if (!READING.includes(request.method)) await writes.add(request, key)
    }
    if (request.caller?.kind === 'device') {
      const all = `devices:${request.caller.patientId}`
      await ofDevices.add(request, all)
      if (!READING.includes(request.method)) await writesOfDevices.add(request, all)
    }
    await anonymousCount(request)?.check(request)
    return boundBody(request, payload, limits.bodySeconds)
  })
  app.addHook('onSend', async (request) => {
    // What a patient signed counts as that patient's alone, which is known only now.
    if (!request.isOfPatient) await anonymousCount(request)?.note(request)
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
  if (caller?.kind === 'device') return `device:${caller.deviceId}`
  return caller?.kind === 'patient' ? nameOfPatient(caller) : undefined
}

function isBearer ({ headers }: FastifyRequest): boolean {
  return /^bearer /i.test(headers.authorization ?? '')
}

interface Counted { isOver: boolean, retryAfterSeconds: number }

/** Counts what callers do in a minute, with the hospital's other gateways unless it is not shared; without a key, by address. */
function createCount (app: FastifyInstance, max: number, what: string, { isShared = true } = {}): Count {
  const options = (by: string): { max: number, timeWindow: number, shareAs?: string } =>
    ({ max, timeWindow: WINDOW_MS, ...(isShared && { shareAs: `${what}, by ${by}` }) })
  const [byAddress, byKey] = [
    app.createRateLimit(options('address')),
    app.createRateLimit({ ...options('key'), keyGenerator: (request: FastifyRequest) => request.limitKey })
  ]
  const count = async (request: FastifyRequest, key?: string, increment = true): Promise<Counted> => {
    if (key !== undefined) request.limitKey = key
    const counted = await (key === undefined ? byAddress : byKey)(request, { increment })
    const retryAfterSeconds = counted.isAllowed ? 1 : Math.max(1, counted.ttlInSeconds)
    return {
      isOver: !counted.isAllowed && (increment ? counted.isExceeded : counted.remaining === 0),
      retryAfterSeconds
    }
  }
  const refuse = ({ isOver, retryAfterSeconds }: Counted): void => {
    if (isOver) throw new GatewayError('TOO_MANY_REQUESTS', `more than ${String(max)} ${what} within a minute`, { retryAfterSeconds })
  }
  return {
    add: async (request, key) => { refuse(await count(request, key)) },
    check: async (request) => { refuse(await count(request, undefined, false)) },
    note: async (request) => { await count(request) },
    isFirst: async (request, key) => !(await count(request, key)).isOver
  }
}
