import { join } from 'node:path'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { ClientMetadata } from 'oidc-provider'
import { readTextIfExists } from '@epione/host'
import { ALL_SCOPES } from './duties.ts'

/** The command on workstations: it keeps no secret, and signs in by the device flow. */
export const CLI_CLIENT = 'epione-cli'
/** The installed pages, on loopback of whoever holds keys: authorization code with PKCE, back to any port there (RFC 8252, 7.3). */
export const PORTAL_CLIENT = 'epione-portal'
const PORTAL_REDIRECT = 'http://127.0.0.1/signed-in'
/** Pages that a hospital serves to those who only read: the same, back to addresses that are fixed. */
export const PAGES_CLIENT = 'epione-pages'

/** A program of the hospital that signs in by itself, as SMART Backend Services say: `private_key_jwt` by one of its keys. */
const Service = Type.Object({
  clientId: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$' }),
  /** The most that its tokens open. */
  scopes: Type.Array(Type.Enum([...ALL_SCOPES]), { minItems: 1 }),
  algorithm: Type.Enum(['ES384', 'RS384', 'RS256', 'ES256']),
  jwks: Type.Object({ keys: Type.Array(Type.Object({ kty: Type.Enum(['EC', 'RSA']), kid: Type.String({ minLength: 1 }) }), { minItems: 1, maxItems: 8 }) })
}, { additionalProperties: false })
const ClientsFile = Type.Object({ services: Type.Array(Service) }, { additionalProperties: false })
export type Service = Type.Static<typeof Service>

/** The hospital's own programs, of `clients.json`; none when it is not there. */
export async function readServices (dataDir: string): Promise<Service[]> {
  const file = join(dataDir, 'clients.json')
  const text = await readTextIfExists(file)
  if (text === undefined) return []
  const parsed: unknown = JSON.parse(text)
  if (!Value.Check(ClientsFile, parsed)) throw new Error(`${file} is no list of services`)
  if (JSON.stringify(parsed).includes('"d":')) throw new Error(`${file} holds a private key: it takes the public ones alone`)
  return parsed.services
}

/** Every client as the provider knows it. */
export function describeClients (services: readonly Service[], pagesRedirectUris: readonly string[]): ClientMetadata[] {
  const common = { id_token_signed_response_alg: 'ES384' as const }
  const pages = {
    ...common,
    token_endpoint_auth_method: 'none' as const,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code' as const]
  }
  return [
    {
      ...common,
      client_id: CLI_CLIENT,
      client_name: 'epione on this workstation',
      token_endpoint_auth_method: 'none',
      grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
      response_types: [],
      redirect_uris: []
    },
    { ...pages, client_id: PORTAL_CLIENT, client_name: 'Epione on this workstation', application_type: 'native', redirect_uris: [PORTAL_REDIRECT] },
    { ...pages, client_id: PAGES_CLIENT, client_name: 'Epione pages of the hospital', redirect_uris: [...pagesRedirectUris] },
    ...services.map(({ clientId, scopes, algorithm, jwks }): ClientMetadata => ({
      ...common,
      client_id: clientId,
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: algorithm,
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
      scope: scopes.join(' '),
      jwks: jwks as NonNullable<ClientMetadata['jwks']>
    }))
  ]
}
