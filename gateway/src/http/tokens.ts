import { decodeJwt, errors, jwtVerify } from 'jose'
import type { JWTPayload } from 'jose'
import { parseScopes } from '@epione/protocol/api'
import type { GrantedScopes } from '@epione/protocol/api'
import { GatewayError } from '../errors.ts'
import type { FetchDocument } from './fetch-document.ts'
import { createIssuerKeys } from './issuer-keys.ts'
import type { TokenSettings } from './token-settings.ts'

/** Difference of clocks with the identity provider that is let pass, in seconds. */
const CLOCK_TOLERANCE_SECONDS = 5

/** What a valid token says. */
export interface TokenClaims { subject: string, scopes: GrantedScopes, claims: JWTPayload }

export interface TokenVerifier { verify: (token: string) => Promise<TokenClaims> }

/**
 * Verifies access tokens (RFC 9068) of the hospital's own identity provider. `verify` throws {GatewayError} TOKEN_INVALID,
 * TOKEN_EXPIRED, TOKEN_AUDIENCE, IDENTITY_PROVIDER_UNAVAILABLE.
 */
export function createTokenVerifier (settings: TokenSettings, fetchDocument: FetchDocument, clock: () => number): TokenVerifier {
  const { issuer, audience, algorithms, clients, tokenType } = settings
  const keys = createIssuerKeys(settings, fetchDocument, clock)
  return {
    verify: async (token) => {
      refuseOtherAudience(token, audience)
      try {
        const { payload } = await jwtVerify(token, keys, {
          issuer,
          audience,
          algorithms: [...algorithms],
          typ: tokenType,
          requiredClaims: ['sub', 'exp', 'iat'],
          clockTolerance: CLOCK_TOLERANCE_SECONDS,
          currentDate: new Date(clock())
        })
        refuseFuture(payload, clock())
        refuseOtherClient(payload, clients)
        const { sub = '', scope } = payload
        if (sub === '') throw new GatewayError('TOKEN_INVALID', 'the token names no subject')
        return { subject: sub, scopes: parseScopes(typeof scope === 'string' ? scope : ''), claims: payload }
      } catch (error) {
        throw error instanceof GatewayError ? error : explain(error)
      }
    }
  }
}

/** Read before the signature is checked, so that a token of another hospital is called that and not merely invalid. */
function refuseOtherAudience (token: string, audience: string): void {
  let claimed: unknown[]
  try {
    claimed = [decodeJwt(token).aud ?? []].flat()
  } catch (cause) {
    throw new GatewayError('TOKEN_INVALID', 'the bearer token is not a JWT', { cause })
  }
  if (!claimed.includes(audience)) throw new GatewayError('TOKEN_AUDIENCE', 'the token was issued for another hospital')
}

function refuseFuture ({ iat = 0 }: JWTPayload, now: number): void {
  if (iat * 1000 > now + CLOCK_TOLERANCE_SECONDS * 1000) {
    throw new GatewayError('TOKEN_INVALID', 'the token was issued in the future: set the clocks of identity provider and gateway')
  }
}

/** OpenID Connect names the client `azp`, RFC 9068 `client_id`; where both stand they must be one. */
function refuseOtherClient (payload: JWTPayload, clients: readonly string[] | undefined): void {
  const named = [payload['azp'], payload['client_id']].filter((client) => client !== undefined)
  if (named.length === 2 && named[0] !== named[1]) throw new GatewayError('TOKEN_INVALID', 'the token names two clients')
  if (clients !== undefined && !clients.some((client) => client === named[0])) {
    throw new GatewayError('TOKEN_INVALID', 'the token was issued to a client that this hospital does not list: its admin does, in OIDC_CLIENTS')
  }
}

function explain (cause: unknown): GatewayError {
  if (cause instanceof errors.JWTExpired) return new GatewayError('TOKEN_EXPIRED', 'the token has expired: sign in again', { cause })
  if (!(cause instanceof errors.JOSEError)) {
    return new GatewayError('IDENTITY_PROVIDER_UNAVAILABLE', 'the hospital\'s identity provider gave keys that cannot be read', { cause })
  }
  return new GatewayError('TOKEN_INVALID', reasonOf(cause), { cause })
}

function reasonOf (error: errors.JOSEError): string {
  if (error instanceof errors.JOSEAlgNotAllowed) return 'the token is signed by an algorithm that this hospital does not take'
  if (error instanceof errors.JWKSNoMatchingKey) return 'the token is signed with a key that the identity provider does not show'
  if (error instanceof errors.JWTClaimValidationFailed) {
    return error.claim === 'typ' ? 'this is no access token' : `the claim ${error.claim} of the token is missing or does not fit`
  }
  return 'the token was not issued by this hospital or was altered'
}
