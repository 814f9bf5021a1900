import type { webcrypto } from 'node:crypto'
import { getCACertificates } from 'node:tls'
import * as oauth from 'oauth4webapi'
import { Agent, fetch } from 'undici'
import { Type } from 'typebox'
import { ClientError, messageOf } from '@epione/sdk'
import { parseJson } from '../parse-json.ts'

/** What the provider gave; times in ms since the epoch, `scope` where it says: else that is what was asked for. */
export interface Tokens { accessToken: string, expiresAt: number, refreshToken?: string, scope?: string }

/** Who signed in as the provider calls them, and until when (ms) the sign-in lasts, where it says so: told to people, judged by nobody. */
export interface SignedIn { subject?: string, name?: string, until?: number }

/** What a person must do in a browser. */
export interface DeviceRequest {
  deviceCode: string
  userCode: string
  link: string
  completeLink: string
  intervalMs: number
  expiresAt: number
}

/** A client at an issuer; `caPem` is a root beside those of the system. */
export interface Issuer { issuer: string, clientId: string, caPem?: string | undefined }

/** Of a program of the hospital: the private key that the provider knows the public one of. */
export interface ServiceKey { key: webcrypto.CryptoKey, keyId: string }

/** Life in ms of a token whose provider does not say. */
const LIFE_MS = 60_000
const TIMEOUT_MS = 10_000
const MAX_INTERVAL_MS = 60_000
const OPENID = 'openid'

/** A client's side of a hospital's identity provider: OAuth 2 as `oauth4webapi` speaks it, over roots of the system and of the hospital. */
export class IdentityProvider {
  readonly #server: oauth.AuthorizationServer
  readonly #client: oauth.Client
  readonly #agent: Agent
  readonly #options: Options

  private constructor (server: oauth.AuthorizationServer, clientId: string, agent: Agent, options: Options) {
    this.#server = server
    this.#client = { client_id: clientId }
    this.#agent = agent
    this.#options = options
  }

  /** @throws {ClientError} UNAVAILABLE, CONFIG_INVALID when the document there is not the issuer's */
  static async discover ({ issuer, clientId, caPem }: Issuer): Promise<IdentityProvider> {
    const agent = new Agent({ connect: { ca: [...getCACertificates('default'), ...caPem === undefined ? [] : [caPem]] }, keepAliveTimeout: 1_000 })
    const url = new URL(issuer)
    const isHere = url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
    const options: Options = {
      [oauth.customFetch]: async (address, init) => await fetch(address, {
        ...init as object, dispatcher: agent, signal: AbortSignal.timeout(TIMEOUT_MS)
      }),
      // oxlint-disable-next-line typescript/no-deprecated -- marked so that it stands out: to a provider on the own machine
      ...(isHere ? { [oauth.allowInsecureRequests]: true } : {})
    }
    try {
      const server = await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, options))
      return new IdentityProvider(server, clientId, agent, options)
    } catch (error) {
      await agent.destroy()
      throw explain(issuer, error)
    }
  }

  async beginDevice (asked: string, resource: string): Promise<DeviceRequest> {
    // Who signed in is told beside the token for the gateway, not in it.
    const scope = this.#server.scopes_supported?.includes(OPENID) === true ? `${OPENID} ${asked}` : asked
    const begun = await this.#ask(async () => await oauth.processDeviceAuthorizationResponse(this.#server, this.#client,
      await oauth.deviceAuthorizationRequest(this.#server, this.#client, oauth.None(), { scope, resource }, this.#options)))
    const { device_code: deviceCode, user_code: userCode, interval = 5, expires_in: seconds } = begun
    const link = this.#requireLink(begun.verification_uri)
    return {
      deviceCode,
      userCode,
      link,
      completeLink: begun.verification_uri_complete === undefined ? link : this.#requireLink(begun.verification_uri_complete),
      intervalMs: interval * 1000,
      expiresAt: Date.now() + seconds * 1000
    }
  }

  /** Asks until the person has answered at the page. @throws {ClientError} REFUSED when they did not, or not in time */
  async awaitDevice ({ deviceCode, intervalMs, expiresAt }: DeviceRequest, hurry = false): Promise<Tokens & SignedIn> {
    let waitMs = hurry ? 250 : intervalMs
    while (Date.now() < expiresAt) {
      await new Promise((resolve) => { setTimeout(resolve, waitMs) })
      try {
        const answer = await oauth.processDeviceCodeResponse(this.#server, this.#client,
          await oauth.deviceCodeGrantRequest(this.#server, this.#client, oauth.None(), deviceCode, this.#options))
        return { ...toTokens(answer), ...whoSignedIn(answer) }
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
    return { ...toTokens(answer), ...whoSignedIn(answer) }
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
    await this.#agent.destroy()
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
  [oauth.customFetch]: (address: string, init: oauth.CustomFetchOptions<string, unknown>) => Promise<Response>
  // oxlint-disable-next-line typescript/no-deprecated -- as above
  [oauth.allowInsecureRequests]?: boolean
}

function isAnswer (error: unknown, code: string): boolean {
  return error instanceof oauth.ResponseBodyError && error.error === code
}

const NOT_AS_AGREED = [oauth.OperationProcessingError, oauth.WWWAuthenticateChallengeError, oauth.UnsupportedOperationError]

function explain (issuer: string, cause: unknown): ClientError {
  if (cause instanceof oauth.ResponseBodyError) {
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

/** `sub` of a token that is a JWT; others say nothing to whoever holds them. */
function subjectOf (token: string): string | undefined {
  return parseJson(Type.Object({ sub: Type.String() }), Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))?.sub
}
