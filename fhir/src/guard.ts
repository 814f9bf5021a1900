import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { HOME, requireScope } from './callers.ts'
import type { Caller, Interaction } from './callers.ts'
import { FhirError } from './errors.ts'
import type { Tokens } from './smart/tokens.ts'

/** Names under which a service on the loopback interface is called; a page of another site cannot make a browser say one of these. */
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

export interface Guarded {
  /** What callers show as `Authorization: Bearer`. */
  token: string
  /** Further names (host, without port) under which it may be called. */
  hosts?: readonly string[]
}

/**
 * Lets nobody in but programs that hold the token and name this service by a name of its own: a web page that resolved its own name to
 * this machine (DNS rebinding) sends its own `Host`, and one of another origin says so.
 */
export function guard (app: FastifyInstance, { token, hosts = [] }: Guarded, tokens: Tokens | undefined): void {
  const known = digest(token)
  const names = new Set([...LOOPBACK, ...hosts.map((host) => host.toLowerCase())])
  app.decorateRequest('caller', null as unknown as Caller)
  app.addHook('onRequest', async (request, reply) => {
    request.caller = HOME
    requireOwnName(request, names)
    const { access } = request.routeOptions.config
    if (access === 'open') return
    const shown = tokenOf(request)
    const caller = timingSafeEqual(digest(shown), known) ? HOME : await tokens?.caller(shown)
    if (caller === undefined) {
      reply.header('www-authenticate', 'Bearer realm="epione fhir"')
      throw new FhirError('TOKEN_MISSING', 'show the token of this service as "Authorization: Bearer …": "epione fhir" says which file has it')
    }
    request.caller = caller
    requireAccess(request, access)
  })
}

/** What is not said to be for others is for the home's own programs. @throws {FhirError} SCOPE_MISSING */
function requireAccess (request: FastifyRequest, access: 'any' | readonly [string, Interaction] | undefined): void {
  if (request.caller === HOME || access === 'any' || request.is404) return
  if (access === undefined) throw new FhirError('SCOPE_MISSING', 'no scope opens this address: it is for programs that hold the token of the home')
  requireScope(request, ...access)
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
