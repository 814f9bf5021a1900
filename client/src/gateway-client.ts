import createClient from 'openapi-fetch'
import type { Client } from 'openapi-fetch'
import type { paths } from './schema.ts'
import { withRetries } from './retries.ts'
import type { Fetch, RetryOptions } from './retries.ts'

/** Every operation of a gateway that is not between its members: `GET`, `POST` and `PUT` by path. */
export type GatewayClient = Client<paths>

/** The value of the `Authorization` header, or what gives it for each request: tokens end after minutes, sessions are good once. */
export type Authorization = string | (() => string | Promise<string>)

export interface GatewayClientOptions {
  /** Origin of the gateway, such as `https://gateway.hospital.example`. */
  baseUrl: string
  /** `Bearer TOKEN` of the hospital's identity provider, or `Session STATEMENT` as the SDK signs it. Without one, public operations. */
  authorization?: Authorization
  /** False for no retries. */
  retries?: RetryOptions | false
  /** What sends requests; the platform's own by default. */
  fetch?: Fetch
}

/** A client of one gateway. Nothing is sent until it is called. @throws {TypeError} for an address that is no origin */
export function createGatewayClient ({ baseUrl, authorization, retries = {}, fetch = platformFetch }: GatewayClientOptions): GatewayClient {
  const { origin } = new URL(baseUrl)
  if (origin === 'null' || `${origin}/` !== new URL(baseUrl).href) throw new TypeError(`baseUrl must be an origin, and ${baseUrl} is none`)
  // Each try is authorized anew: a session is good once.
  const send = authorization === undefined ? fetch : withAuthorization(fetch, authorization)
  return createClient<paths>({ baseUrl: origin, fetch: retries === false ? send : withRetries(send, retries) })
}

function withAuthorization (fetch: Fetch, authorization: Authorization): Fetch {
  return async (request) => {
    if (!request.headers.has('authorization')) {
      request.headers.set('authorization', typeof authorization === 'string' ? authorization : await authorization())
    }
    return await fetch(request)
  }
}

const platformFetch: Fetch = async (request) => await fetch(request)
