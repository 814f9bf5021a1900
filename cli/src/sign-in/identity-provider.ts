import { getCACertificates } from 'node:tls'
import { Agent, fetch } from 'undici'
import { IdentityProvider } from '@epione/sdk/sign-in'

/**
 * A hospital's identity provider, by the roots of the system and `caPem`; to be closed.
 * @throws {ClientError} UNAVAILABLE, CONFIG_INVALID when the document there is not the issuer's
 */
export async function reachProvider (
  { caPem, ...issuer }: { issuer: string, clientId: string, caPem?: string | undefined }
): Promise<IdentityProvider> {
  const agent = new Agent({ connect: { ca: [...getCACertificates('default'), ...caPem === undefined ? [] : [caPem]] }, keepAliveTimeout: 1_000 })
  return await IdentityProvider.discover({
    ...issuer,
    fetch: async (url, init) => await fetch(url, { ...init, dispatcher: agent }),
    close: async () => { await agent.destroy() }
  })
}
