import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { FhirError } from './errors.ts'

/** Names under which a service on the loopback interface is called; a page of another site cannot make a browser say one of these. */
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

export interface Guarded {
  /** What callers show as `Authorization: Bearer`. */
  token: string
  /** Further names (host, without port) under which it may be called. */
  hosts?: readonly string[]
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answered without a token: it says nothing of anybody. */
    open?: true
  }
}

/**
 * Lets nobody in but programs that hold the token and name this service by a name of its own: a web page that resolved its own name to
 * this machine (DNS rebinding) sends its own `Host`, and one of another origin says so.
 */
export function guard (app: FastifyInstance, { token, hosts = [] }: Guarded): void {
  const known = digest(token)
  const names = new Set([...LOOPBACK, ...hosts.map((host) => host.toLowerCase())])
  app.addHook('onRequest', (request, reply, done) => {
    requireOwnName(request, names)
    if (request.routeOptions.config.open === true) { done(); return }
    if (!timingSafeEqual(digest(tokenOf(request)), known)) {
      reply.header('www-authenticate', 'Bearer realm="epione fhir"')
      throw new FhirError('TOKEN_MISSING', 'show the token of this service as "Authorization: Bearer …": "epione fhir" says which file has it')
    }
    done()
  })
}

function requireOwnName ({ headers: { host = '', origin } }: FastifyRequest, names: ReadonlySet<string>): void {
  if (!names.has(nameOf(host))) {
    throw new FhirError('HOST_FOREIGN', 'this service is not called by that name: use 127.0.0.1, or start it with --host NAME')
  }
  if (origin !== undefined && !isOwn(origin, host)) {
    throw new FhirError('ORIGIN_FOREIGN', 'no page of another origin may use this service: call it from a program')
  }
}

const nameOf = (host: string): string => host.toLowerCase().replace(/:[0-9]{1,5}$/, '')

function isOwn (origin: string, host: string): boolean {
  return origin === `http://${host}` || origin === `https://${host}`
}

function tokenOf ({ headers: { authorization = '' } }: FastifyRequest): string {
  return /^Bearer ([\x21-\x7e]{1,4096})$/i.exec(authorization)?.[1] ?? ''
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
