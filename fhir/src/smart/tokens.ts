import { createHash, randomBytes } from 'node:crypto'
import { createLocalJWKSet, decodeJwt, errors, jwtVerify } from 'jose'
import { allowedBy } from '../callers.ts'
import type { Caller } from '../callers.ts'
import type { Clients, SmartClient } from './clients.ts'

/** How long a token counts, s: SMART Backend Services has five minutes at most. */
export const TOKEN_S = 300
/** Lifetime of what a caller proves itself with, s, and how far clocks may be apart. */
const [ASSERTION_S, SKEW_S] = [300, 5]
/** Tokens and assertions of one caller that are known at once. */
const [TOKENS_MAX, ASSERTIONS_MAX] = [64, 1_000]
/** Longest name of an assertion, characters. */
const JTI_MAX = 256
export const ASSERTION_ALGORITHMS = ['RS384', 'ES384']

/** Why no token is given, in the words of OAuth. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused'
  readonly error: 'invalid_request' | 'invalid_client' | 'invalid_scope' | 'unsupported_grant_type'

  constructor (error: TokenRefused['error'], message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause })
    this.error = error
  }
}

interface Token { readonly clientId: string, readonly scope: string, readonly until: number }

/** Tokens of the hospital's programs: opaque, of this process, five minutes long, and never more than their caller may at this moment. */
export class Tokens {
  readonly #clients: Clients
  /** By SHA-256 of the token. */
  readonly #tokens = new Map<string, Token>()
  /** When assertions that were shown end, by caller: none counts twice. */
  readonly #shown = new Map<string, Map<string, number>>()

  constructor (clients: Clients) {
    this.#clients = clients
  }

  /**
   * The client that an assertion proves (RFC 7523, as SMART Backend Services wants it), once.
   * @throws {TokenRefused} invalid_client
   */
  async prove (assertion: string, audience: string, now = Date.now()): Promise<SmartClient> {
    const client = await this.#find(issuerOf(assertion))
    if (client === undefined) throw new TokenRefused('invalid_client', 'no caller of that name is known here')
    const { exp = 0, jti } = await verify(assertion, client, audience, now)
    // An object is another one each time, and so would never be one that was shown before.
    if (typeof jti !== 'string' || jti === '' || jti.length > JTI_MAX) throw new TokenRefused('invalid_client', `the assertion's jti is a text of 1 to ${String(JTI_MAX)} characters`)
    if (exp * 1_000 > now + (ASSERTION_S + SKEW_S) * 1_000) throw new TokenRefused('invalid_client', 'the assertion counts for longer than five minutes')
    this.#showOnce(client.id, jti, exp * 1_000, now)
    return client
  }

  /** A new token of a client, for a scope that was granted. */
  issue ({ id: clientId }: SmartClient, scope: string, now = Date.now()): string {
    const token = randomBytes(32).toString('base64url')
    for (const [name, { until }] of this.#tokens) if (until <= now) this.#tokens.delete(name)
    const [oldest, ...others] = [...this.#tokens].filter(([, known]) => known.clientId === clientId)
    if (oldest !== undefined && others.length + 1 >= TOKENS_MAX) this.#tokens.delete(oldest[0])
    this.#tokens.set(digest(token), { clientId, scope, until: now + TOKEN_S * 1_000 })
    return token
  }

  /** Whose token it is; what the caller was let since then and is not any more does not count. `undefined` for none that counts. */
  async caller (token: string, now = Date.now()): Promise<Caller | undefined> {
    const known = this.#tokens.get(digest(token))
    if (known === undefined || known.until <= now) return undefined
    const client = await this.#find(known.clientId)
    if (client === undefined) return undefined
    const [granted, most] = [allowedBy(known.scope), allowedBy(client.scope)]
    return { id: `smart/${client.id}`, purposes: client.purposes, allows: (type, letter) => granted(type, letter) && most(type, letter) }
  }

  async #find (id: string): Promise<SmartClient | undefined> {
    return (await this.#clients.all()).find((client) => client.id === id)
  }

  #showOnce (clientId: string, jti: string, until: number, now: number): void {
    const shown = this.#shown.get(clientId) ?? new Map<string, number>()
    this.#shown.set(clientId, shown)
    for (const [name, end] of shown) if (end + SKEW_S * 1_000 <= now) shown.delete(name)
    if (shown.has(jti)) throw new TokenRefused('invalid_client', 'the assertion was shown before: each has a jti of its own')
    if (shown.size >= ASSERTIONS_MAX) throw new TokenRefused('invalid_request', 'too many assertions in five minutes: use the tokens that you have')
    shown.set(jti, until)
  }
}

function issuerOf (assertion: string): string {
  try {
    return decodeJwt(assertion).iss ?? ''
  } catch (cause) {
    throw new TokenRefused('invalid_client', 'client_assertion is no JWT', cause)
  }
}

async function verify (
  assertion: string, { id, jwks }: SmartClient, audience: string, now: number
): Promise<{ exp?: number, jti?: unknown }> {
  try {
    const { payload } = await jwtVerify(assertion, createLocalJWKSet(jwks), {
      issuer: id,
      subject: id,
      audience,
      algorithms: ASSERTION_ALGORITHMS,
      clockTolerance: SKEW_S,
      requiredClaims: ['exp', 'jti'],
      currentDate: new Date(now)
    })
    return payload
  } catch (cause) {
    if (!(cause instanceof errors.JOSEError) && !(cause instanceof TypeError)) throw cause
    throw new TokenRefused('invalid_client', `the assertion is refused: ${cause.message}`, cause)
  }
}

const digest = (token: string): string => createHash('sha256').update(token).digest('base64')
