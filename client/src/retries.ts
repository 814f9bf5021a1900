import { secondsOf } from './problems.ts'

/** What the platform's `fetch` is: the client sends each request through one. */
export type Fetch = (request: Request) => Promise<Response>

export interface RetryOptions {
  /** Requests that are sent for one call, the first one counted. */
  attempts?: number
  /** Longest wait (ms) before the next; a gateway that asks for a longer one is given up. */
  maxWaitMs?: number
  /** For tests: how waiting is done. */
  wait?: (ms: number, signal: AbortSignal) => Promise<void>
}

const [ATTEMPTS, MAX_WAIT_MS, FIRST_WAIT_MS] = [4, 30_000, 500]
const TOO_MANY = 429
/** Nobody knows whether anything was done: of the gateway itself, or of what stands between. */
const AWAY = [502, 503, 504]

/**
 * Sends a request again where that does no harm: after 429 in any case, at the time that the gateway names, since nothing was done; after
 * 502 to 504 or no answer at all, where something may have been done, only a request that counts once however often it comes (GET, PUT,
 * DELETE, or with an `Idempotency-Key`).
 */
export function withRetries (fetch: Fetch, { attempts = ATTEMPTS, maxWaitMs = MAX_WAIT_MS, wait = pause }: RetryOptions = {}): Fetch {
  return async (request) => {
    for (let attempt = 1; ; attempt++) {
      const isLast = attempt >= attempts
      // A body is read once: what may be sent again is sent as a copy.
      const sent = isLast ? request : request.clone()
      const backoffMs = Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), maxWaitMs) * (0.5 + Math.random() / 2)
      try {
        const response = await fetch(sent)
        const waitMs = (secondsOf(response.headers.get('retry-after')) ?? 0) * 1000
        if (isLast || waitMs > maxWaitMs || !isWorthRepeating(request, response.status)) return response
        await response.body?.cancel()
        await wait(Math.max(waitMs, backoffMs), request.signal)
      } catch (error) {
        if (isLast || request.signal.aborted || !isRepeatable(request)) throw error
        await wait(backoffMs, request.signal)
      }
    }
  }
}

function isWorthRepeating (request: Request, status: number): boolean {
  return status === TOO_MANY || (AWAY.includes(status) && isRepeatable(request))
}

function isRepeatable ({ method, headers }: Request): boolean {
  return ['GET', 'HEAD', 'PUT', 'DELETE'].includes(method) || headers.has('idempotency-key')
}

function pause (ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer)
      // eslint-disable-next-line prefer-promise-reject-errors -- what whoever stops the call gives as the reason, as fetch does
      reject(signal.reason as Error)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end)
      resolve()
    }, ms)
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })
}
