import { request as httpsRequest } from 'node:https'
import type { KeyPairPaths } from '../description/paths.ts'
import { readFile } from 'node:fs/promises'

/** One request over TLS to a process of ours. */
export interface HttpsRequest {
  url: string
  /** File of the root that must have issued the server's certificate, or files of roots of which one must have. */
  caFile: string | readonly string[]
  /** Client pair, where the server wants one. */
  pair?: KeyPairPaths
  method?: string
  headers?: Record<string, string>
  body?: Uint8Array
  timeoutMs?: number
}

const DEFAULT_TIMEOUT_MS = 3000

/** Sends the request and returns status, text and the server's Date header; rejects on a failed or late connection. */
export async function requestHttps (options: HttpsRequest): Promise<{ status: number, text: string, date: string | undefined }> {
  const ca = await Promise.all([options.caFile].flat().map(async (file) => await readFile(file)))
  const client = options.pair === undefined ? {} : { cert: await readFile(options.pair.cert), key: await readFile(options.pair.key) }
  return await new Promise((resolve, reject) => {
    const request = httpsRequest(options.url, {
      method: options.method ?? 'GET',
      headers: options.headers ?? {},
      agent: false,
      ca,
      ...client,
      signal: AbortSignal.timeout(options.timeoutMs ?? DEFAULT_TIMEOUT_MS)
    }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString(), date: response.headers.date }))
    })
    request.on('error', reject)
    request.end(options.body)
  })
}
