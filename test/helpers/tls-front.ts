import { createServer, request } from 'node:https'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { once } from 'node:events'
import type { IncomingHttpHeaders, IncomingMessage, RequestOptions, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { TLSSocket } from 'node:tls'

/**
 * A TLS-terminating front that stands in a gateway's place with that gateway's own certificate and passes all on
 * to where the gateway really listens. Tests use it to record what a gateway receives, and to lie in its name.
 * It forwards a calling gateway's identity, which it can only because a test holds every hospital's keys.
 */
export interface TlsFrontOptions {
  /** State folder of the network (holds organizations/<id>/…). */
  stateDir: string
  organizationId: string
  listenPort: number
  upstreamPort: number
  /** Sees every byte of every request: start line and headers first, then the body in pieces. */
  onReceived?: (bytes: Uint8Array) => void
  /** May change a request's headers on their way. */
  head?: (headers: IncomingHttpHeaders) => void
  /** May replace the body of an answer; called with the whole body. Only asked for paths that `alters` names. */
  alter?: (path: string, body: Buffer) => Buffer | Promise<Buffer>
  alters?: (path: string) => boolean
}

interface Pair { cert: Buffer, key: Buffer }

export class TlsFront {
  readonly port: number
  readonly #close: () => Promise<void>

  private constructor (port: number, close: () => Promise<void>) {
    this.port = port
    this.#close = close
  }

  static async start (options: TlsFrontOptions): Promise<TlsFront> {
    const { stateDir, organizationId } = options
    const ids = readdirSync(join(stateDir, 'organizations'))
    const pairs = new Map(ids.map((id) => [id, readPair(stateDir, id)]))
    const roots = ids.map((id) => readFileSync(join(stateDir, 'organizations', id, 'tls-ca.pem')))
    const own = pairs.get(organizationId)
    if (own === undefined) throw new Error(`no organisation ${organizationId} in ${stateDir}`)
    const server = createServer({ ...own, ca: roots, requestCert: true, rejectUnauthorized: false }, (req, res) => {
      forward(req, res, options, pairs, roots).catch((error: unknown) => { res.destroy(error as Error) })
    })
    server.listen(options.listenPort, '127.0.0.1')
    await once(server, 'listening')
    return new TlsFront((server.address() as AddressInfo).port, async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    })
  }

  async stop (): Promise<void> {
    await this.#close()
  }
}

function readPair (stateDir: string, id: string): Pair {
  const folder = join(stateDir, 'organizations', id, 'gateway', 'tls')
  return { cert: readFileSync(join(folder, 'cert.pem')), key: readFileSync(join(folder, 'key.pem')) }
}

/** The pair of the gateway that called, when it showed a valid certificate, so that upstream sees the same caller. */
function callerPair (req: IncomingMessage, pairs: Map<string, Pair>): Partial<Pair> {
  const { socket } = req
  if (!(socket instanceof TLSSocket) || !socket.authorized) return {}
  const { subject } = socket.getPeerCertificate()
  const name = Array.isArray(subject.CN) ? subject.CN[0] : subject.CN
  return pairs.get((name ?? '').replace(/^gateway\./, '')) ?? {}
}

async function forward (
  req: IncomingMessage,
  res: ServerResponse,
  options: TlsFrontOptions,
  pairs: Map<string, Pair>,
  roots: Buffer[]
): Promise<void> {
  const path = req.url ?? '/'
  const received = options.onReceived ?? (() => {})
  options.head?.(req.headers)
  received(Buffer.from(`${req.method ?? ''} ${path}\n${req.rawHeaders.join('\n')}\n`))
  const target: RequestOptions & { ca: Buffer[] } = {
    host: 'localhost',
    port: options.upstreamPort,
    method: req.method,
    path,
    headers: req.headers,
    ca: roots,
    agent: false,
    ...callerPair(
      req,
      pairs
    )
  }
  const upstream = request(target)
  upstream.on('error', (error) => { res.destroy(error) })
  req.on('data', (chunk: Buffer) => {
    received(chunk)
    if (!upstream.write(chunk)) { req.pause(); upstream.once('drain', () => req.resume()) }
  })
  req.on('end', () => upstream.end())
  // A client that goes away must not leave a request open at the gateway.
  res.on('close', () => { if (!res.writableFinished) upstream.destroy() })
  const [answer] = await once(upstream, 'response') as [IncomingMessage]
  const status = answer.statusCode ?? 502
  if (options.alter === undefined || options.alters?.(path) !== true) {
    res.writeHead(status, answer.headers)
    answer.pipe(res)
    return
  }
  const pieces: Buffer[] = []
  for await (const piece of answer as AsyncIterable<Buffer>) pieces.push(piece)
  const body = await options.alter(path, Buffer.concat(pieces))
  const { 'transfer-encoding': _, ...headers } = answer.headers
  res.writeHead(status, { ...headers, 'content-length': String(body.length) })
  res.end(body)
}
