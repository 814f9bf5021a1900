import { ClientError } from '@epione/sdk'
import { describeSignIn, IdentityProvider } from '@epione/sdk/sign-in'
import type { Desk } from '../desk.ts'

/** The pages, at identity providers: the installed ones, and those that a hospital serves. */
const CLIENTS = { installed: 'epione-portal', served: 'epione-pages' } as const

/** The own hospital's identity provider, as its gateway names it (RFC 9728). */
export interface SignInPlace {
  issuer: string
  clientId: string
  audience: string
  scopes: string
  redirectUri: string
  hospital: { mspId: string, name: string }
  reach: () => Promise<IdentityProvider>
}

/** @throws {ClientError} UNAVAILABLE, NETWORK_MISMATCH, CONFIG_INVALID */
export async function findPlace (desk: Desk): Promise<SignInPlace> {
  const { context: { gateways: { own } }, config: { edition }, prove } = await desk.network()
  await prove()
  const { issuer, audience, scopes } = await describeSignIn(own)
  const clientId = CLIENTS[edition]
  const { mspId, id, name } = own.info
  return {
    issuer,
    clientId,
    audience,
    scopes: scopes.filter((scope) => scope.startsWith('user/')).join(' '),
    // Providers take any port of loopback for an installed program, and no name of it (RFC 8252, 7.3); the service leads on to the page.
    redirectUri: edition === 'installed' ? `http://127.0.0.1:${self.location.port}/signed-in` : `${self.location.origin}/signed-in`,
    hospital: { mspId, name },
    reach: async () => await IdentityProvider.discover({ issuer, clientId, ...(edition === 'installed' ? { fetch: passedOn(issuer, id) } : {}) })
  }
}

/** By way of the service of these pages, which knows the hospital's root. */
function passedOn (issuer: string, id: string): (url: string, init: object) => Promise<Response> {
  return async (url, init) => {
    const { origin, pathname, search } = new URL(url)
    if (origin !== new URL(issuer).origin) {
      throw new ClientError('CONFIG_INVALID', `The identity provider ${issuer} names addresses elsewhere (${origin}), where nothing is passed on to.`)
    }
    const answer = await fetch(`${self.location.origin}/issuers/${id}${pathname}${search}`, { ...init, credentials: 'same-origin' })
    // Said by the service, and not by the provider.
    if (answer.headers.get('content-type') !== 'application/problem+json') return answer
    const said = await answer.json().catch(() => ({})) as { code?: string, detail?: string }
    throw new ClientError(said.code === 'SESSION_ENDED' ? 'TOKEN_REQUIRED' : 'UNAVAILABLE', said.detail ?? `The identity provider ${issuer} cannot be reached.`)
  }
}
