import { Agent, request } from 'undici'

/** A JSON document of an identity provider, and how long (ms) its HTTP headers let it be kept; undefined when they do not say. */
export interface FetchedDocument { document: unknown, maxAgeMs: number | undefined }
export type FetchDocument = (url: string) => Promise<FetchedDocument>

/** Keys that are waited for hold up requests. */
const TIMEOUT_MS = 5_000
/** Far above any key set. */
const BYTES_MAX = 256 * 1024

/** Fetches documents over TLS that trusts `caPem` alone, or the system's roots without one; follows no redirect. */
export function createFetchDocument (caPem?: string): FetchDocument {
  const dispatcher = new Agent({
    connect: { ...(caPem === undefined ? {} : { ca: caPem }), timeout: TIMEOUT_MS },
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    // Two documents a few minutes apart need no connection in between.
    pipelining: 0,
    maxResponseSize: BYTES_MAX
  })
  return async (url) => {
    const { statusCode, headers, body } = await request(url, {
      dispatcher, headers: { accept: 'application/json' }, signal: AbortSignal.timeout(2 * TIMEOUT_MS)
    })
    if (statusCode !== 200) {
      await body.dump()
      throw new Error(`${url} answers ${String(statusCode)}`)
    }
    return { document: await body.json(), maxAgeMs: maxAgeOf([headers['cache-control'] ?? ''].flat().join(',')) }
  }
}

/** What `Cache-Control` allows, in ms. */
export function maxAgeOf (cacheControl: string): number | undefined {
  const directives = cacheControl.toLowerCase().split(',').map((directive) => directive.trim())
  if (directives.includes('no-store') || directives.includes('no-cache')) return 0
  const seconds = directives.map((directive) => /^max-age="?([0-9]{1,9})"?$/.exec(directive)?.[1]).find((text) => text !== undefined)
  return seconds === undefined ? undefined : Number(seconds) * 1000
}
