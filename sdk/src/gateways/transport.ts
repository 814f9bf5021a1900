import type { Operation } from '@epione/protocol/api'
import type { GatewayInfo } from './gateway-info.ts'

export interface HttpAnswer { status: number, headers: Record<string, string>, body: unknown }
export interface HttpDownload { status: number, headers: Record<string, string>, stream: AsyncIterable<Uint8Array> }
export interface HttpRequest {
  method: Operation['method']
  path: string
  headers?: Record<string, string>
  json?: unknown
  upload?: AsyncIterable<Uint8Array>
  timeoutMs?: number
  /** Ends a download, also while nothing comes. */
  signal?: AbortSignal
}

/** Requests to one gateway. What it answers is judged by whoever asked; a transport only says whether an answer came. */
export interface Transport {
  /**
   * Sends a request and reads a JSON answer; what is no JSON and no success is `undefined`. @throws {ClientError} UNAVAILABLE,
   * ANSWER_MALFORMED
   */
  request: (request: HttpRequest) => Promise<HttpAnswer>
  /**
   * Hands the body over as a stream when the status is 200 or 206, else its problem document. @throws {ClientError} UNAVAILABLE,
   * ANSWER_MALFORMED
   */
  download: (request: HttpRequest) => Promise<HttpDownload | HttpAnswer>
  close: () => Promise<void>
}

/** Opens the way to one gateway; what it connects to must prove to be `gateway.url`. */
export type Connect = (gateway: GatewayInfo) => Transport

/** Time in ms a gateway may take for an ordinary answer; writes wait for the ledger, which may elect a leader meanwhile. */
export const ANSWER_TIMEOUT_MS = 30_000
/** Largest JSON answer in bytes that is read into memory. */
export const MAX_ANSWER_BYTES = 16 * 1024 * 1024

/** The headers that go with a request's body. */
export function headersOf ({ headers = {}, json, upload }: HttpRequest): Record<string, string> {
  const contentType = upload !== undefined ? 'application/octet-stream' : json !== undefined ? 'application/json' : undefined
  return { accept: 'application/json', ...(contentType === undefined ? {} : { 'content-type': contentType }), ...headers }
}
