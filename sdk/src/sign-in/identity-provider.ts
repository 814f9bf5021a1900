import { base64urlnopad } from '@scure/base'
import * as oauth from 'oauth4webapi'
import { ClientError, isClientError, messageOf } from '../errors.ts'

/** What the provider gave; times in ms since the epoch, `scope` where it says: else that is what was asked for. */
export interface Tokens { accessToken: string, expiresAt: number, refreshToken?: string, scope?: string }

/** Who signed in as the provider calls them, and until when (ms) the sign-in lasts, where it says so: told to people, judged by nobody. */
export interface SignedIn { subject?: string, name?: string, until?: number }

/** What a person must do in a browser. */
export interface DeviceRequest {
  /** For whom the token is to be. */
  resource: string
  deviceCode: string
  userCode: string
  link: string
  completeLink: string
  intervalMs: number
  expiresAt: number
}

/** A client at an issuer, and how that one is asked: by the platform's `fetch` when absent. */
export interface Issuer {
  issuer: string
  clientId: string
  fetch?: (url: string, init: object) => Promise<Response>
  /** Ends the connections of `fetch`. */
  close?: () => Promise<void>
}

/** Of a program of the hospital: the private key that the provider knows the public one of. */
export interface ServiceKey { key: CryptoKey, keyId: string }

/** A sign-in at the provider's page by code with PKCE, begun here: `address` is for the person's browser, the rest stays. */
export interface CodeBegun { address: string, state: string, nonce: string, verifier: string, redirectUri: string, resource: string }

/** Life in ms of a token whose provider does not say. */
const LIFE_MS = 60_000
const TIMEOUT_MS = 10_000
const MAX_INTERVAL_MS = 60_000
const OPENID = 'openid'

/** A client's side of a hospital's identity provider: OAuth 2 and OpenID Connect as `oauth4webapi` speaks them. */
export class IdentityProvider {
  readonly #server: oauth.AuthorizationServer
  readonly #client: oauth.Client
  readonly #options: Options
  readonly #close: () => Promise<void>

  private constructor (server: oauth.AuthorizationServer, clientId: string, options: Options, close: () => Promise<void>) {
    this.#server = server
    this.#client = { client_id: clientId }
    this.#options = options
    this.#close = close
  }

  /** @throws {ClientError} UNAVAILABLE, CONFIG_INVALID when the document there is not the issuer's */
  static async discover (
    { issuer, clientId, fetch: ask = fetch, close = async () => { await Promise.resolve() } }: Issuer
  ): Promise<IdentityProvider> {
    try {
      const url = new URL(issuer)
      const isHere = url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
      const options: Options = {
        [oauth.customFetch]: async (address, init) => await ask(address, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) }),
        // oxlint-disable-next-line typescript/no-deprecated -- marked so that it stands out: to a provider on the own machine
        ...(isHere ? { [oauth.allowInsecureRequests]: true } : {})
      }
      const server = await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, options))
      return new IdentityProvider(server, clientId, options, close)
    } catch (error) {
      await close()
      throw explain(issuer, error)
    }
  }

  /** Begins a sign-in at the provider's own page, which leads a browser back to `redirectUri`. @throws {ClientError} CONFIG_INVALID */
  async beginCode ({ scope, resource, redirectUri }: { scope: string, resource: string, redirectUri: string }): Promise<CodeBegun> {
    const [verifier, state, nonce] = [oauth.generateRandomCodeVerifier(), oauth.generateRandomState(), oauth.generateRandomNonce()]
    const address = new URL(this.#requireLink(this.#server.authorization_endpoint ?? ''))
    const asked = {
      client_id: this.#client.client_id,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: `${OPENID} ${this.#known(scope)}`,
      resource,
      state,
      nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256'
    }
    for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value)
    return { address: address.href, state, nonce, verifier, redirectUri, resource }
  }

  /**
   * Ends it with what the provider led the browser back with. The answer must name the state of this sign-in and its issuer (RFC 9207),
   * and the ID token its nonce; the token must be for whom it was asked for. @throws {ClientError} REFUSED for what the provider says no
   * to, CONFIG_INVALID for an answer of another, or a token to another
   */
  async finishCode ({ state, nonce, verifier, redirectUri, resource }: CodeBegun, answer: URLSearchParams): Promise<Tokens & SignedIn> {
    return await this.#ask(async () => {
      // Without it nobody could tell whose answer this is, whatever the provider says of itself.
      const server = { ...this.#server, authorization_response_iss_parameter_supported: true }
      const params = oauth.validateAuthResponse(server, this.#client, answer, state)
      const got = await oauth.processAuthorizationCodeResponse(this.#server, this.#client,
        await oauth.authorizationCodeGrantRequest(this.#server, this.#client, oauth.None(), params, redirectUri, verifier, this.#options),
        { expectedNonce: nonce, requireIdToken: true })
      return { ...this.#tokensTo(resource, got), ...whoSignedIn(got) }
    })
  }

  async beginDevice (asked: string, resource: string): Promise<DeviceRequest> {
    // Who signed in is told beside the token for the gateway, not in it.
    const scope = this.#server.scopes_supported?.includes(OPENID) === true ? `${OPENID} ${asked}` : asked
    const begun = await this.#ask(async () => await oauth.processDeviceAuthorizationResponse(this.#server, this.#client,
      await oauth.deviceAuthorizationRequest(this.#server, this.#client, oauth.None(), { scope, resource }, this.#options)))
    const { device_code: deviceCode, user_code: userCode, interval = 5, expires_in: seconds } = begun
    const link = this.#requireLink(begun.verification_uri)
    return {
      resource,
      deviceCode,
      userCode,
      link,
      completeLink: begun.verification_uri_complete === undefined ? link : this.#requireLink(begun.verification_uri_complete),
      intervalMs: interval * 1000,
      expiresAt: Date.now() + seconds * 1000
    }
  }

  /** Asks until the person has answered at the page. @throws {ClientError} REFUSED when they did not, or not in time, CONFIG_INVALID */
  async awaitDevice ({ resource, deviceCode, intervalMs, expiresAt }: DeviceRequest, hurry = false): Promise<Tokens & SignedIn> {
    let waitMs = hurry ? 250 : intervalMs
    while (Date.now() < expiresAt) {
      await new Promise((resolve) => { setTimeout(resolve, waitMs) })
      try {
        const answer = await oauth.processDeviceCodeResponse(this.#server, this.#client,
          await oauth.deviceCodeGrantRequest(this.#server, this.#client, oauth.None(), deviceCode, this.#options))
        return { ...this.#tokensTo(resource, answer), ...whoSignedIn(answer) }
      } catch (error) {
        if (isAnswer(error, 'slow_down')) waitMs = Math.min(waitMs + 5_000, MAX_INTERVAL_MS)
        else if (!isAnswer(error, 'authorization_pending')) throw this.#explain(error)
        else waitMs = Math.min(waitMs * (hurry ? 1.2 : 1), intervalMs)
      }
    }
    throw new ClientError('REFUSED', 'Nobody signed in at the page in time: run "epione login" again.')
  }

  /** The next tokens; undefined when the sign-in has ended. */
  async refresh (refreshToken: string): Promise<Tokens | undefined> {
    try {
      return toTokens(await oauth.processRefreshTokenResponse(this.#server, this.#client,
        await oauth.refreshTokenGrantRequest(this.#server, this.#client, oauth.None(), refreshToken, this.#options)))
    } catch (error) {
      if (isAnswer(error, 'invalid_grant')) return undefined
      throw this.#explain(error)
    }
  }

  /** Tokens of a program, by `private_key_jwt`. */
  async signInByKey ({ key, keyId }: ServiceKey, scope: string, resource: string): Promise<Tokens & SignedIn> {
    const answer = await this.#ask(async () => await oauth.processClientCredentialsResponse(this.#server, this.#client,
      await oauth.clientCredentialsGrantRequest(
        this.#server, this.#client, oauth.PrivateKeyJwt({ key, kid: keyId }), { scope, resource }, this.#options
      )))
    return { ...this.#tokensTo(resource, answer), ...whoSignedIn(answer) }
  }

  /** Ends what a refresh token stands for; false where the provider has no such endpoint. */
  async revoke (refreshToken: string): Promise<boolean> {
    if (this.#server.revocation_endpoint === undefined) return false
    await this.#ask(async () => {
      const answer = await oauth.revocationRequest(this.#server, this.#client, oauth.None(), refreshToken, this.#options)
      await oauth.processRevocationResponse(answer)
    })
    return true
  }

  async close (): Promise<void> {
    await this.#close()
  }

  /** A token to another hospital must not reach whoever named this provider. @throws {ClientError} CONFIG_INVALID */
  #tokensTo (resource: string, answer: oauth.TokenEndpointResponse): Tokens {
    const audiences = [claimsOf(answer.access_token)?.aud ?? []].flat().map(String)
    if (audiences.length === 0 || audiences.includes(resource)) return toTokens(answer)
    throw new ClientError('CONFIG_INVALID', `${this.#server.issuer} gives tokens to ${audiences.join(', ')}, and not to ${resource}, for which one was asked.`)
  }

  /** What of scopes the provider says it knows, where it names any: some refuse the whole for one that they do not. */
  #known (scope: string): string {
    const asked = scope.split(' ')
    const known = asked.filter((word) => this.#server.scopes_supported?.includes(word) === true)
    return (known.length === 0 ? asked : known).join(' ')
  }

  /** A page for people: it is shown, and handed to a program. @throws {ClientError} CONFIG_INVALID for what is no address of one */
  #requireLink (text: string): string {
    const url = URL.canParse(text) ? new URL(text) : undefined
    // oxlint-disable-next-line typescript/no-deprecated -- only what asks this machine without TLS may be shown its pages so
    const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && this.#options[oauth.allowInsecureRequests] === true)
    if (url !== undefined && isSafe) return url.href
    throw new ClientError('CONFIG_INVALID', `${this.#server.issuer} names no page that people can sign in at safely.`)
  }

  async #ask<T> (work: () => Promise<T>): Promise<T> {
    return await work().catch((error: unknown) => { throw this.#explain(error) })
  }

  #explain (error: unknown): ClientError {
    return explain(this.#server.issuer, error)
  }
}

interface Options {
  [oauth.customFetch]: (address: string, init: object) => Promise<Response>
  // oxlint-disable-next-line typescript/no-deprecated -- as above
  [oauth.allowInsecureRequests]?: boolean
}

function isAnswer (error: unknown, code: string): boolean {
  return error instanceof oauth.ResponseBodyError && error.error === code
}

const NOT_AS_AGREED = [oauth.OperationProcessingError, oauth.WWWAuthenticateChallengeError, oauth.UnsupportedOperationError]

function explain (issuer: string, cause: unknown): ClientError {
  if (isClientError(cause)) return cause
  if (cause instanceof oauth.ResponseBodyError || cause instanceof oauth.AuthorizationResponseError) {
    const said = cause.error_description ?? cause.error
    const advice = cause.error === 'access_denied' ? 'it was declined at the page, or nothing of what was asked for is allowed' : said
    return new ClientError('REFUSED', `The identity provider ${issuer} refused: ${advice}.`, { reason: cause.error }, { cause })
  }
  if (NOT_AS_AGREED.some((kind) => cause instanceof kind)) {
    return new ClientError('CONFIG_INVALID', `${issuer} does not answer as an identity provider does: ${messageOf(cause)}`, {}, { cause })
  }
  return new ClientError('UNAVAILABLE', `The identity provider ${issuer} cannot be reached: ${messageOf(cause)}`, {}, { cause })
}

function toTokens (answer: oauth.TokenEndpointResponse): Tokens {
  const { access_token: accessToken, expires_in: seconds, refresh_token: refreshToken, scope } = answer
  return {
    accessToken,
    expiresAt: Date.now() + (seconds === undefined ? LIFE_MS : seconds * 1000),
    ...(scope === undefined ? {} : { scope }),
    ...(refreshToken === undefined ? {} : { refreshToken })
  }
}

function whoSignedIn (answer: oauth.TokenEndpointResponse): SignedIn {
  const claims = oauth.getValidatedIdTokenClaims(answer)
  const subject = claims?.sub ?? subjectOf(answer.access_token)
  const name = [claims?.['name'], claims?.['preferred_username']].find((text) => typeof text === 'string' && text !== '') as string | undefined
  // Not of OAuth's standard, but said by Keycloak and by the provider of `make up`; 0 stands for no end.
  const seconds = answer['refresh_expires_in']
  return {
    ...(subject === undefined ? {} : { subject }),
    ...(name === undefined ? {} : { name }),
    ...(typeof seconds === 'number' && seconds > 0 ? { until: Date.now() + seconds * 1000 } : {})
  }
}

/** What a token that is a JWT says; others say nothing to whoever holds them. */
function claimsOf (token: string): { sub?: unknown, aud?: unknown } | undefined {
  try {
    const claims = JSON.parse(new TextDecoder().decode(base64urlnopad.decode(token.split('.')[1] ?? ''))) as { sub?: unknown, aud?: unknown } | null
    return claims ?? undefined
  } catch {
    return undefined
  }
}

function subjectOf (token: string): string | undefined {
  const sub = claimsOf(token)?.sub
  return typeof sub === 'string' ? sub : undefined
}
