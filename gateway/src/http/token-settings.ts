import { Type } from 'typebox'

/** Signatures that a gateway can be told to take: asymmetric ones alone, since whoever knows a public key could make any other. */
export const TOKEN_ALGORITHMS = ['ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512', 'RS256', 'RS384', 'RS512', 'EdDSA'] as const
export type TokenAlgorithm = (typeof TOKEN_ALGORITHMS)[number]
const DEFAULT_ALGORITHMS: readonly TokenAlgorithm[] = ['ES256', 'ES384', 'PS256', 'PS384', 'RS256', 'RS384', 'EdDSA']

/** Keys fetched in the clear are whoever's who sits in between: http only to the own machine. */
const FETCHED = '^(https://[^/@?#]+|http://(localhost|127(\\.[0-9]{1,3}){3}|\\[::1\\])(:[0-9]{1,5})?)'
const FETCHED_URL = new RegExp(`${FETCHED}/[^#]*$`)
const NAMES = '^[\\x21-\\x2b\\x2d-\\x7e]+(,[\\x21-\\x2b\\x2d-\\x7e]+)*$'

/** Settings that say whose tokens open a gateway. */
export const TOKEN_SETTINGS = {
  OIDC_ISSUER: Type.String({ pattern: `${FETCHED}(/[^?#]*)?$`, description: 'an https URL (http only for this machine)' }),
  OIDC_AUDIENCE: Type.String({ minLength: 1 }),
  OIDC_JWKS_URL: Type.Optional(Type.String({ pattern: FETCHED_URL.source, description: 'an https URL (http only for this machine)' })),
  OIDC_CA_FILE: Type.Optional(Type.String({ minLength: 1, description: 'path of a file' })),
  OIDC_ALGORITHMS: Type.Optional(Type.String({
    pattern: `^(${TOKEN_ALGORITHMS.join('|')})(,(${TOKEN_ALGORITHMS.join('|')}))*$`,
    description: `some of ${TOKEN_ALGORITHMS.join(', ')}, with commas between`
  })),
  OIDC_CLIENTS: Type.Optional(Type.String({ pattern: NAMES, description: 'client ids, with commas between' })),
  OIDC_TOKEN_TYPE: Type.Optional(Type.String({ pattern: '^(at\\+jwt|JWT)$', description: 'at+jwt or JWT' }))
}

/** Whose tokens open the gateway. */
export interface TokenSettings {
  issuer: string
  /** Of the gateway. */
  audience: string
  /** Where the issuer's keys are; its own discovery document says so when undefined. */
  jwksUrl: string | undefined
  /** Root of the provider's TLS certificate, a PEM file; the system's roots when undefined. */
  caFile: string | undefined
  algorithms: readonly TokenAlgorithm[]
  /** Clients that people may sign in with; every one of the issuer's when undefined. */
  clients: readonly string[] | undefined
  /** `typ` of a token's header: at+jwt (RFC 9068), or JWT of providers that have no other. */
  tokenType: 'at+jwt' | 'JWT'
}

type Given = { readonly [Name in keyof typeof TOKEN_SETTINGS]?: string | undefined }

/** Settings that were checked, with every default applied. */
export function readTokenSettings (env: Given): TokenSettings {
  return {
    issuer: env.OIDC_ISSUER ?? '',
    audience: env.OIDC_AUDIENCE ?? '',
    jwksUrl: env.OIDC_JWKS_URL,
    caFile: env.OIDC_CA_FILE,
    algorithms: env.OIDC_ALGORITHMS?.split(',') as TokenAlgorithm[] | undefined ?? DEFAULT_ALGORITHMS,
    clients: env.OIDC_CLIENTS?.split(','),
    tokenType: env.OIDC_TOKEN_TYPE === 'JWT' ? 'JWT' : 'at+jwt'
  }
}

/** True for an address that keys may be fetched from. */
export function isFetchable (url: unknown): url is string {
  return typeof url === 'string' && FETCHED_URL.test(url)
}
