import { subscribe } from 'node:diagnostics_channel'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Operation } from '@epione/protocol/api'
import { createOperationList } from '../../gateway/src/admin/openapi.ts'
import { keepBetter } from '../docs/api-examples.ts'
import type { ApiExample } from '../../gateway/src/http/api-examples.ts'

/* Keeps real requests to gateways of a test with their answers, one of each operation: what the API document shows as examples. */

const folder = process.env['EPIONE_RECORD_EXAMPLES']
const best = new Map<string, ApiExample>()
const served: Array<{ operation: Operation, pattern: RegExp }> = []

/** Where the environment asks for it, notes what the gateway is asked and answers. */
export async function recordExamples (app: FastifyInstance): Promise<void> {
  if (folder === undefined) return
  if (served.length === 0) await begin(folder)
  const inject = app.inject.bind(app)
  app.inject = (async (options: { method?: string, url?: string, payload?: unknown }) => {
    const answer = await inject(options as never) as unknown as { statusCode: number, body: string }
    note(options.method ?? 'GET', options.url ?? '', options.payload, answer.statusCode, answer.body)
    return answer
  }) as never
}

interface Sent { method: string, path: string, body: unknown }

async function begin (to: string): Promise<void> {
  for (const operation of await createOperationList()) {
    served.push({ operation, pattern: new RegExp(`^${operation.path.replaceAll(/:[A-Za-z]+/g, '([^/?]+)')}(?:\\?(.*))?$`) })
  }
  const answers = new WeakMap<object, { status: number, pieces: Buffer[] }>()
  subscribe('undici:request:headers', (message) => {
    const { request, response } = message as { request: Sent, response: { statusCode: number } }
    answers.set(request, { status: response.statusCode, pieces: [] })
  })
  subscribe('undici:request:bodyChunkReceived', (message) => {
    const { request, chunk } = message as { request: Sent, chunk: Buffer }
    answers.get(request)?.pieces.push(Buffer.from(chunk))
  })
  subscribe('undici:request:trailers', (message) => {
    const { request } = message as { request: Sent }
    const answer = answers.get(request)
    if (answer !== undefined) note(request.method, request.path, request.body, answer.status, Buffer.concat(answer.pieces).toString('utf8'))
  })
  process.once('exit', () => {
    mkdirSync(to, { recursive: true })
    writeFileSync(join(to, `${String(process.pid)}.json`), JSON.stringify([...best.values()]))
  })
}

function note (method: string, url: string, payload: unknown, status: number, text: string): void {
  if (status < 200 || status > 299) return
  for (const { operation, pattern } of served) {
    const match = operation.method === method ? pattern.exec(url) : null
    if (match === null) continue
    const names = Object.keys(operation.params?.properties ?? {})
    const inPath = [...operation.path.matchAll(/:([A-Za-z]+)/g)].map(([, name = '']) => name)
    const params = Object.fromEntries(names.map((name) => [name, decodeURIComponent(match[inPath.indexOf(name) + 1] ?? '')]))
    const query = Object.fromEntries(new URLSearchParams(match[inPath.length + 1] ?? ''))
    const example: ApiExample = { operation: operation.id, status, params, query, body: parse(payload), answer: parse(text) }
    keepBetter(best, example)
    return
  }
}

/** JSON, or nothing: bytes are no example. */
function parse (body: unknown): unknown {
  if (body === undefined || body === null || body === '') return undefined
  try {
    if (typeof body === 'string' || body instanceof Uint8Array) return JSON.parse(Buffer.from(body as string).toString('utf8'))
    return typeof body === 'object' && Object.getPrototypeOf(body) === Object.prototype ? body : undefined
  } catch {
    return undefined
  }
}
