import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { createLocalJWKSet, createRemoteJWKSet, decodeJwt, errors, jwtVerify } from 'jose'
import type { JSONWebKeySet, JWTVerifyGetKey } from 'jose'
import { GatewayError } from '../errors.ts'

/** Asymmetric algorithms only: a symmetric one would let anyone who knows the public key sign. */
const ALGORITHMS = ['ES256', 'ES384', 'RS256', 'PS256', 'EdDSA']
/** Difference of clocks with the identity provider that is let pass, in seconds. */
const CLOCK_TOLERANCE_SECONDS = 5

/** What a valid token says. */
export interface TokenClaims { subject: string, scopes: ReadonlySet<string> }

export interface TokenVerifier { verify: (token: string) => Promise<TokenClaims> }

/**
 * Verifies bearer tokens of the hospital's own identity provider. `jwksUrl` is https, http on the own machine, or, for the local network's
 * issuer, a file.
 */
export function createTokenVerifier (
  { issuer, audience, jwksUrl }: { issuer: string, audience: string, jwksUrl: string },
  clock: () => number
): TokenVerifier {
  const keys = createKeySource(new URL(jwksUrl))
  return {
    verify: async (token) => {
      refuseOtherAudience(token, audience)
      try {
        const { payload } = await jwtVerify(token, keys, {
          issuer,
          audience,
          algorithms: ALGORITHMS,
          requiredClaims: ['sub', 'exp'],
          clockTolerance: CLOCK_TOLERANCE_SECONDS,
          currentDate: new Date(clock())
        })
        const scope = payload['scope']
        return { subject: payload.sub ?? '', scopes: new Set(typeof scope === 'string' ? scope.split(' ') : []) }
      } catch (error) {
        throw explain(error)
      }
    }
  }
}

/** Read before the signature is checked, so that a token of another hospital is called that and not merely invalid. */
function refuseOtherAudience (token: string, audience: string): void {
  let claimed: string[]
  try {
    claimed = [decodeJwt(token).aud ?? []].flat()
  } catch (cause) {
    throw new GatewayError('TOKEN_INVALID', 'the bearer token is not a JWT', { cause })
  }
  if (!claimed.includes(audience)) throw new GatewayError('TOKEN_AUDIENCE', 'the token was issued for another hospital')
}

function explain (error: unknown): GatewayError {
  if (error instanceof errors.JWTExpired) return new GatewayError('TOKEN_EXPIRED', 'the token has expired: sign in again', { cause: error })
  if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) {
    return new GatewayError('IDENTITY_PROVIDER_UNAVAILABLE', 'the identity provider gave no keys', { cause: error })
  }
  return new GatewayError('TOKEN_INVALID', 'the token was not issued by this hospital or was altered', { cause: error })
}

function createKeySource (url: URL): JWTVerifyGetKey {
  if (url.protocol !== 'file:') return createRemoteJWKSet(url)
  // Read for each token: the local issuer may be made anew while the gateway runs.
  return async (header, token) => {
    const keySet = JSON.parse(await readFile(fileURLToPath(url), 'utf8')) as JSONWebKeySet
    return createLocalJWKSet(keySet)(header, token)
  }
}
