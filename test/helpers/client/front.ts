import { once } from 'node:events'
import { createServer } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { Pool } from 'undici'
import type { TlsPair } from '../tls-certificates.ts'

export interface Exchange { method: string, path: string, status: number, body: unknown }
/** What a front does to an answer: `undefined` leaves it, a value replaces the JSON body, a status too when given. */
export type Lie = (exchange: Exchange) => unknown
export interface Replaced { status: number, body: unknown }

/**
 * A public address of a gateway that passes everything on to where the gateway listens, and can lie about any answer or
 * flip bytes in a stream. It keeps every byte it received. The gateway itself does not know of it.
 */
export class Front {
  readonly url: string
  readonly received: Buffer[] = []
  /** Asked for each JSON answer, one after the other. */
  lies: Lie[] = []
  /** Answers in the gateway's place, which then never hears of the request; undefined passes it on. */
  instead: ((method: string, path: string, body: Buffer) => Replaced | undefined) | undefined
  /** Changes the text of server-sent events, piece by piece. */
  rewrite: ((text: string) => string) | undefined
  /** Changes the bytes of content that is downloaded. */
  corrupt: ((piece: Buffer, offset: number) => Buffer) | undefined
  readonly #server: ReturnType<typeof createServer>
  #upstream: Pool | undefined

  private constructor (server: ReturnType<typeof createServer>) {
    this.#server = server
    this.url = `https://localhost:${(server.address() as AddressInfo).port}`
  }

  static async start (tls: TlsPair): Promise<Front> {
    const server = createServer({ cert: tls.certificate, key: tls.privateKey })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const front = new Front(server)
    server.on('request', (request, response) => {
      front.#serve(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
    })
    return front
  }

  passOnTo (url: string, tlsCaPem: string): void {
    this.#upstream = new Pool(url, { connect: { ca: tlsCaPem }, connections: 8, allowH2: false })
  }

  /** Ends all connections and takes no more, as a gateway that is switched off. */
  async stop (): Promise<void> {
    this.#server.close()
    this.#server.closeAllConnections()
    await this.#upstream?.destroy()
  }

  async #serve (request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#upstream === undefined) throw new Error('the front stands before nothing')
    const { method = 'GET', url = '/' } = request
    this.received.push(Buffer.from(`${method} ${url} ${JSON.stringify(request.headers)}\n`))
    const body: Buffer[] = []
    for await (const piece of request as AsyncIterable<Buffer>) body.push(piece)
    this.received.push(...body)
    const own = this.instead?.(method, url, Buffer.concat(body))
    if (own !== undefined) {
      response.writeHead(own.status, { 'content-type': 'application/problem+json' }).end(JSON.stringify(own.body))
      return
    }
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(([name]) =>
        !['host', 'connection', 'transfer-encoding', 'content-length', 'expect'].includes(name))
    )
    const answer = await this.#upstream.request({
      method: method as 'GET' | 'POST',
      path: url,
      headers: headers as Record<string, string>,
      body: body.length === 0 ? null : Buffer.concat(body)
    })
    const type = String(answer.headers['content-type'] ?? '')
    if (type.startsWith('text/event-stream')) {
      response.writeHead(answer.statusCode, { 'content-type': type })
      const rewrite = (text: string): string => this.rewrite?.(text) ?? text
      await pipeline(answer.body, async function * (source: AsyncIterable<Buffer>) {
        for await (const piece of source) yield rewrite(piece.toString())
      }, response)
      return
    }
    const bytes = Buffer.from(await answer.body.arrayBuffer())
    const path = url.split('?')[0] ?? url
    const said = type.includes('json')
      ? this.#lie({ method, path, status: answer.statusCode, body: JSON.parse(bytes.toString()) as unknown })
      : undefined
    const out = said === undefined ? this.#pass(bytes, type) : Buffer.from(JSON.stringify(said.body))
    const retryAfter = answer.headers['retry-after']
    response.writeHead(said?.status ?? answer.statusCode, {
      'content-type': type,
      'content-length': out.length,
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) })
    })
    response.end(out)
  }

  #lie (exchange: Exchange): Replaced {
    let { status, body } = exchange
    for (const lie of this.lies) {
      const said = lie({ ...exchange, status, body })
      if (isReplaced(said)) ({ status, body } = said)
      else if (said !== undefined) body = said
    }
    return { status, body }
  }

  #pass (bytes: Buffer, type: string): Buffer {
    return this.corrupt === undefined || !type.includes('octet-stream') ? bytes : this.corrupt(bytes, 0)
  }
}

function isReplaced (said: unknown): said is Replaced {
  return typeof said === 'object' &&
    said !== null &&
    Object.keys(said).sort().join() === 'body,status' &&
    typeof (said as Replaced).status === 'number'
}

/** A lie about the answers to one route. */
export function about (method: string, path: RegExp, say: (body: never) => unknown): Lie {
  return (exchange) =>
    exchange.method === method && path.test(exchange.path) && exchange.status < 300 ? say(exchange.body as never) : undefined
}
