import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { json } from 'node:stream/consumers'
import { isErrno, messageOf } from '@epione/host'
import { PortalError } from './errors.ts'
import { Entrance } from './entrance.ts'
import { cookieFor, cookieOf, OwnConnections, requireFetch, requireOwnOrigin } from './guard.ts'
import { IssuerFinder } from './issuers.ts'
import type { Issuer } from './issuers.ts'
import { CLOSED_PAGE, ENTER_PAGE, SIGNED_IN_PAGE } from './own-pages.ts'
import type { OwnPage } from './own-pages.ts'
import { Onward, requirePlain } from './pass-on.ts'
import type { PassedGateway } from './pass-on.ts'
import { headersOfData, headersOfFrame, headersOfOwnPage, headersOfPages } from './policies.ts'
import { fileAt } from './site.ts'
import type { Site } from './site.ts'

/** Requests under way at once. */
const AT_ONCE_MAX = 64
const CONNECTIONS_MAX = 128
/** Time in ms for a request's head, and of silence after which a connection is closed. */
const HEAD_TIMEOUT_MS = 10_000
const IDLE_TIMEOUT_MS = 130_000

export interface PortalServiceOptions {
  /** The host name is `LABEL.localhost`: one of its own, since cookies and passkeys do not tell ports apart. */
  label: string
  /** 0 takes a free one. */
  port: number
  site: Site
  /** What `/portal.json` tells the pages. */
  config: object
  /** Whom it passes on to, of the verified network file; the own hospital's first, at whose identity provider people sign in. */
  gateways: readonly PassedGateway[]
  /** Told of failures of its own. */
  onFailure?: (error: unknown) => void
  entrance?: Entrance
  connections?: OwnConnections
}

const GATEWAY = /^\/gateways\/([A-Za-z0-9._-]{1,64})(\/(?:(?:v1|fhir|\.well-known)\/[\x21-\x7e]*|health\/ready))$/
/** What an identity provider sends back (RFC 6749 §4.1.2, RFC 9207). */
const CALLBACK_PARAMETERS = ['code', 'state', 'iss', 'error', 'error_description']
const ISSUER = /^\/issuers\/([A-Za-z0-9._-]{1,64})(\/[\x21-\x7e]*)$/

/** The installed pages for one person: on both loopback addresses, for who was let in, of the same user of the machine. */
export class PortalService {
  readonly origin: string
  readonly #options: PortalServiceOptions
  readonly #servers: readonly Server[]
  readonly #entrance: Entrance
  readonly #connections: OwnConnections
  readonly #onward = new Onward()
  readonly #issuers: IssuerFinder
  readonly #port: number
  #running = 0

  private constructor (options: PortalServiceOptions, servers: readonly Server[], port: number) {
    this.#options = options
    this.#servers = servers
    this.#port = port
    this.origin = `http://${options.label}.localhost:${String(port)}`
    this.#entrance = options.entrance ?? new Entrance()
    this.#connections = options.connections ?? new OwnConnections()
    this.#issuers = new IssuerFinder(this.#onward)
    for (const server of servers) {
      server.on('connection', (socket) => { this.#turnAway(socket) })
      server.on('request', (request, response) => {
        this.#answer(request, response).catch((error: unknown) => { options.onFailure?.(error) })
      })
    }
  }

  /** @throws {PortalError} PORT_TAKEN when another program has the port on either address: a browser would ask it, too */
  static async listen (options: PortalServiceOptions): Promise<PortalService> {
    const servers: Server[] = []
    try {
      const port = await listenOn(servers, '127.0.0.1', options.port)
      await listenOn(servers, '::1', port).catch((error: unknown) => {
        // A machine without IPv6 has nobody there who could answer in its place.
        if (!isErrno(error, 'EADDRNOTAVAIL', 'EAFNOSUPPORT')) throw error
      })
      return new PortalService(options, servers, port)
    } catch (error) {
      await Promise.all(servers.map(async (server) => { await stop(server) }))
      if (!isErrno(error, 'EADDRINUSE', 'EACCES')) throw error
      throw new PortalError('PORT_TAKEN', `nothing can listen on port ${String(options.port)} of this machine: ${messageOf(error)}`, { cause: error })
    }
  }

  /** A new address for one browser, good once and for ten minutes. */
  printAddress (): string {
    return `${this.origin}/enter#${this.#entrance.printTicket()}`
  }

  async close (): Promise<void> {
    await Promise.all([...this.#servers.map(async (server) => { await stop(server) }), this.#onward.close()])
  }

  /** At once, and not when a request comes: silent connections of another user would leave no room for the own. */
  #turnAway (socket: Socket): void {
    // Where the kernel cannot be asked, the answer to a request says so.
    this.#connections.isOwn(socket).then((isOwn) => { if (!isOwn) socket.destroy() }, () => undefined)
  }

  async #answer (request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      if (!await this.#connections.isOwn(request.socket)) { request.socket.destroy(); return }
      await this.#counted(async () => { await this.#route(request, response) })
    } catch (error) {
      this.#refuse(response, error)
    }
  }

  async #counted (work: () => Promise<void>): Promise<void> {
    if (this.#running >= AT_ONCE_MAX) throw new PortalError('TOO_MANY_REQUESTS', `${String(AT_ONCE_MAX)} requests are under way: ask again in a second`)
    this.#running += 1
    try {
      await work()
    } finally {
      this.#running -= 1
    }
  }

  async #route (request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = '/', query] = (request.url ?? '/').split('?', 2)
    if (this.#isCallback(request, path)) { this.#goOn(response, query); return }
    this.#requireOwnName(request)
    requireOwnOrigin(request, this.origin)
    if (path === '/session') { await this.#letIn(request, response); return }
    if (path.startsWith('/gateways/') || path.startsWith('/issuers/') || path === '/portal.json') {
      await this.#giveData(request, response, path)
      return
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new PortalError('METHOD_NOT_SUPPORTED', 'pages are read by GET')
    if (path === '/enter') { this.#sendOwn(response, 200, ENTER_PAGE); return }
    if (path.startsWith('/frame/')) { this.#sendFrame(request, response, path); return }
    this.#sendPage(request, response, path)
  }

  /** Where a hospital's identity provider sends a browser back to: RFC 8252 §7.3 has providers take 127.0.0.1 with any port. */
  #isCallback ({ method, headers: { host } }: IncomingMessage, path: string): boolean {
    return method === 'GET' && path === '/signed-in' && host === `127.0.0.1:${String(this.#port)}`
  }

  #goOn (response: ServerResponse, query = ''): void {
    const [said, kept] = [new URLSearchParams(query), new URLSearchParams()]
    for (const name of CALLBACK_PARAMETERS) if (said.has(name)) kept.set(name, said.get(name) ?? '')
    response.writeHead(303, { ...headersOfData(), location: `${this.origin}/signed-in?${kept.toString()}` }).end()
  }

  #requireOwnName ({ headers: { host } }: IncomingMessage): void {
    // A page that resolved its own name to this machine (DNS rebinding) names its own here.
    if (`http://${String(host)}` !== this.origin) throw new PortalError('ADDRESS_FOREIGN', 'this service is not called by that name')
  }

  async #letIn (request: IncomingMessage, response: ServerResponse): Promise<void> {
    requireFetch(request.headers)
    if (request.method !== 'POST') throw new PortalError('METHOD_NOT_SUPPORTED', 'an address is exchanged by POST')
    if (Number(request.headers['content-length'] ?? Infinity) > 256) throw new PortalError('REQUEST_TOO_LARGE', 'this is no ticket')
    const said = await json(request).catch((cause: unknown) => { throw new PortalError('REQUEST_INVALID', 'this is no JSON', { cause }) })
    const ticket = typeof said === 'object' && said !== null && 'ticket' in said && typeof said.ticket === 'string' ? said.ticket : ''
    const secret = this.#entrance.exchange(ticket)
    if (secret === undefined) throw new PortalError('SESSION_ENDED', 'this address was used already, or is too old')
    response.writeHead(204, { ...headersOfData(), 'set-cookie': cookieFor(secret) }).end()
  }

  #isLetIn (request: IncomingMessage): boolean {
    return this.#entrance.isLetIn(cookieOf(request.headers))
  }

  async #giveData (request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    requireFetch(request.headers)
    if (!this.#isLetIn(request)) throw new PortalError('SESSION_ENDED', 'press Enter in the terminal where "epione portal" runs, and open the address that it shows')
    if (path === '/portal.json') {
      response.writeHead(200, { ...headersOfData(), 'content-type': 'application/json' }).end(JSON.stringify(this.#options.config))
      return
    }
    const [, gatewayId, gatewayPath = '/'] = GATEWAY.exec(request.url ?? '') ?? []
    const gateway = this.#options.gateways.find(({ id }) => id === gatewayId)
    if (gateway === undefined) { await this.#passToIssuer(request, response); return }
    await this.#onward.pass(request, response, { url: gateway.url, caPem: gateway.tlsCaPem }, requirePlain(gatewayPath))
  }

  async #passToIssuer (request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, id, path = '/'] = ISSUER.exec(request.url ?? '') ?? []
    const [gateway] = this.#options.gateways
    if (gateway === undefined || gateway.id !== id) throw new PortalError('NOT_FOUND', 'the network file names no such hospital, or it has nothing there that is passed on')
    const issuer: Issuer = await this.#issuers.find(gateway)
    await this.#onward.pass(request, response, issuer, this.#issuers.requireBelow(issuer, requirePlain(path)))
  }

  #sendPage (request: IncomingMessage, response: ServerResponse, path: string): void {
    if (!this.#isLetIn(request)) {
      const isReturning = path === '/signed-in' && request.headers['sec-fetch-site'] === 'cross-site'
      this.#sendOwn(response, isReturning ? 200 : 401, isReturning ? SIGNED_IN_PAGE : CLOSED_PAGE)
      return
    }
    const file = fileAt(this.#options.site, path, request.headers.accept)
    if (file === undefined) throw new PortalError('NOT_FOUND', 'there is no such file')
    response.writeHead(200, { ...headersOfPages(this.origin, this.#connectTo()), 'content-type': file.mediaType, 'content-length': file.bytes.length })
    response.end(request.method === 'HEAD' ? undefined : file.bytes)
  }

  #connectTo (): string[] {
    const { gateways } = this.#options
    return ['/portal.json', ...gateways.map(({ id }) => `/gateways/${id}/`), ...gateways.slice(0, 1).map(({ id }) => `/issuers/${id}/`)]
  }

  #sendFrame (request: IncomingMessage, response: ServerResponse, path: string): void {
    const file = this.#options.site.files.get(path)
    if (file === undefined || request.headers['sec-fetch-dest'] !== 'iframe') throw new PortalError('NOT_FOUND', 'there is no such frame')
    const headers = { ...headersOfFrame(this.origin, file), 'content-type': file.mediaType, 'content-length': file.bytes.length }
    response.writeHead(200, headers).end(file.bytes)
  }

  #sendOwn (response: ServerResponse, status: number, page: OwnPage): void {
    response.writeHead(status, { ...headersOfOwnPage(this.origin, page), 'content-type': 'text/html; charset=utf-8' }).end(page.html)
  }

  #refuse (response: ServerResponse, error: unknown): void {
    const known = error instanceof PortalError ? error : undefined
    if (known === undefined || known.status >= 500) this.#options.onFailure?.(error)
    if (response.headersSent) { response.destroy(); return }
    const { status, code, message } = known ?? { status: 500, code: 'INTERNAL', message: 'the portal failed: its terminal says how' }
    const type = 'application/problem+json'
    response.writeHead(status, { ...headersOfData(), 'content-type': type, ...(status === 503 ? { 'retry-after': '1' } : {}), connection: 'close' })
    response.end(JSON.stringify({ type: 'about:blank', title: code, status, code, detail: message }))
  }
}

async function listenOn (servers: Server[], host: string, port: number): Promise<number> {
  const server = createServer({ headersTimeout: HEAD_TIMEOUT_MS, requestTimeout: 0, maxHeaderSize: 32 * 1024 })
  server.maxConnections = CONNECTIONS_MAX
  server.setTimeout(IDLE_TIMEOUT_MS)
  server.listen({ host, port, exclusive: true })
  await once(server, 'listening')
  servers.push(server)
  return (server.address() as AddressInfo).port
}

async function stop (server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}
