import { ClientError } from '../errors.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'

/** Where a hospital's staff sign in, for tokens to whom, and the scopes that its gateway knows. */
export interface SignInDescribed { issuer: string, audience: string, scopes: string[] }

/**
 * As the hospital's own gateway says (RFC 9728): it asks for tokens to itself. One that names another hospital's gateway, and its identity
 * provider, would be handed what opens that one. @throws {ClientError} UNAVAILABLE, CONFIG_INVALID
 */
export async function describeSignIn (own: Pick<GatewayApi, 'info' | 'describeSignIn'>): Promise<SignInDescribed> {
  const { info: { mspId, url } } = own
  const { resource: audience, authorization_servers: [issuer = ''], scopes_supported: scopes } = await own.describeSignIn()
  if (URL.canParse(audience) && new URL(audience).href === new URL(url).href) return { issuer, audience, scopes }
  throw new ClientError('CONFIG_INVALID', `The gateway of ${mspId} asks for tokens to ${audience}, and not to itself (${url}): its admin sets OIDC_AUDIENCE.`, {
    party: { kind: 'gateway', mspId }
  })
}
