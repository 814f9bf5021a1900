import { X509Certificate } from 'node:crypto'
import { request as requestOver, Agent } from 'node:https'
import type { IncomingMessage } from 'node:http'
import { TLSSocket } from 'node:tls'
import { ANSWER_TIMEOUT_MS, ClientError, headersOf, readAnswer, unreachable } from '@epione/sdk'
import type { GatewayInfo, HttpAnswer, HttpRequest, Transport } from '@epione/sdk'

/** No clock that was ever set shows less: the day this program was written, 2026-11-29. */
const NEVER_BEFORE_MS = 1_795_910_400_000

/**
 * Requests to one gateway over TLS that trust one root only, without more than the platform has. While the machine's clock has not been
 * set, and every certificate seems to begin in the future, the same is proven but for the dates: that the root signed it, for that host.
 */
export class HttpsTransport implements Transport {
  readonly #url: string
  readonly #root: string
  readonly #now: () => number
  readonly #agent: Agent

  constructor ({ url, tlsCaPem }: Pick<GatewayInfo, 'url' | 'tlsCaPem'>, now: () => number = Date.now) {
    if (tlsCaPem === undefined) throw new ClientError('CONFIG_INVALID', `The configuration names no TLS root for ${url}.`)
    this.#url = url
    this.#root = tlsCaPem
    this.#now = now
    this.#agent = new Agent({ keepAlive: true, maxSockets: 2 })
  }

  async request (request: HttpRequest): Promise<HttpAnswer> {
    const answer = await this.#send(request)
    const status = answer.statusCode ?? 0
    const headers = Object.fromEntries(Object.entries(answer.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]]))
    return { status, headers, body: await readAnswer(this.#url, status, this.#pieces(answer)) }
  }

  /** A device downloads nothing. */
  async download (): Promise<never> {
    return Promise.reject(new ClientError('USAGE', 'A device reads no content.'))
  }

  async close (): Promise<void> {
    this.#agent.destroy()
    await Promise.resolve()
  }

  async #send (request: HttpRequest): Promise<IncomingMessage> {
    const { method, path, json, timeoutMs = ANSWER_TIMEOUT_MS } = request
    const body = json === undefined ? undefined : Buffer.from(JSON.stringify(json))
    const isUnset = this.#now() < NEVER_BEFORE_MS
    return new Promise((resolve, reject) => {
      const sent = requestOver(new URL(path, this.#url), {
        method,
        headers: { ...headersOf(request), ...(body === undefined ? {} : { 'content-length': body.length }) },
        timeout: timeoutMs,
        ca: this.#root,
        ...(isUnset ? { rejectUnauthorized: false, agent: false } : { agent: this.#agent })
      }, resolve)
      sent.on('timeout', () => sent.destroy(new Error(`no answer within ${timeoutMs} ms`)))
      sent.on('error', (error) => { reject(unreachable(this.#url, error)) })
      if (isUnset) {
        sent.on('socket', (socket) => {
          socket.on('secureConnect', () => {
            const fault = socket instanceof TLSSocket ? faultOf(socket, this.#root, new URL(this.#url).hostname) : 'the connection is no TLS'
            if (fault !== undefined) sent.destroy(new Error(fault))
            else sent.end(body)
          })
        })
      } else sent.end(body)
    })
  }

  async * #pieces (answer: IncomingMessage): AsyncGenerator<Uint8Array, void, void> {
    try {
      yield * answer as AsyncIterable<Uint8Array>
    } catch (error) {
      throw unreachable(this.#url, error)
    }
  }
}

/** Why a certificate is not one of the root's for this host, whatever its dates. Nothing was sent before. */
function faultOf (socket: TLSSocket, rootPem: string, host: string): string | undefined {
  const certificate = socket.getPeerX509Certificate()
  const root = new X509Certificate(rootPem)
  if (certificate === undefined) return 'the gateway shows no certificate'
  if (!certificate.checkIssued(root) || !certificate.verify(root.publicKey)) return 'the gateway\'s certificate is not of its hospital\'s root'
  return certificate.checkHost(host) === undefined ? `the gateway's certificate is not for ${host}` : undefined
}
