import { request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'

export interface RawAnswer { status: number, headers: IncomingMessage['headers'], body: string, json: Record<string, unknown> }

export interface RawOptions { method?: string, headers?: Record<string, string>, body?: string, host?: string }

/** A request with exactly these headers, which no browser's rules touch, to a port of this machine. */
export async function rawRequest (
  port: number, path: string, { method = 'GET', headers = {}, body, host = '127.0.0.1' }: RawOptions = {}
): Promise<RawAnswer> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request({ host, port, path, method, headers, agent: false }, resolve)
    sent.on('error', reject)
    sent.end(body)
  })
  const text = (await buffer(answer)).toString('utf8')
  const isJson = (answer.headers['content-type'] ?? '').endsWith('json')
  const json = isJson ? JSON.parse(text) as Record<string, unknown> : {}
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: text, json }
}
