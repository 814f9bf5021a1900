import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { PortalError } from './errors.ts'
import type { Onward, PassedGateway, Target } from './pass-on.ts'

/** What a gateway says of signing in (RFC 9728). */
const SignIn = Type.Object({ authorization_servers: Type.Array(Type.String(), { minItems: 1 }) })
/** How long (ms) what a gateway said of its identity provider counts. */
const KNOWN_MS = 5 * 60_000

/** A hospital's identity provider, by the roots of the system and of the hospital. */
export interface Issuer extends Target { path: string }

/** Every way to name this machine that a parsed address still has. */
function isLoopback ({ hostname }: URL): boolean {
  const name = hostname.replace(/\.$/, '')
  return /^(.+\.)?localhost$/.test(name) || /^127(\.[0-9]+){3}$/.test(name) || /^\[::ffff:7f[0-9a-f]{2}:[0-9a-f]+\]$/.test(name) || ['0.0.0.0', '[::]', '[::1]'].includes(name)
}

/** Finds a hospital's identity provider at its own gateway, as `epione login` does. */
export class IssuerFinder {
  readonly #onward: Pick<Onward, 'read'>
  readonly #known = new Map<string, { issuer: Issuer, until: number }>()

  constructor (onward: Pick<Onward, 'read'>) {
    this.#onward = onward
  }

  /** @throws {PortalError} HOSPITAL_UNREACHABLE */
  async find (gateway: PassedGateway): Promise<Issuer> {
    const known = this.#known.get(gateway.id)
    if (known !== undefined && Date.now() < known.until) return known.issuer
    const said = await this.#onward.read({ url: gateway.url, caPem: gateway.tlsCaPem }, '/.well-known/oauth-protected-resource')
    const issuer = issuerOf(gateway, Value.Check(SignIn, said) ? said.authorization_servers[0] ?? '' : '')
    this.#known.set(gateway.id, { issuer, until: Date.now() + KNOWN_MS })
    return issuer
  }

  /** A path of the provider's own: below its issuer's, or one of the addresses that standards fix. @throws {PortalError} NOT_FOUND */
  requireBelow ({ path: root }: Issuer, path: string): string {
    if (path.startsWith(`${root}/`) || path.startsWith('/.well-known/')) return path
    throw new PortalError('NOT_FOUND', 'the identity provider has nothing there that is passed on')
  }
}

function issuerOf (gateway: PassedGateway, text: string): Issuer {
  const url = URL.canParse(text) ? new URL(text) : undefined
  // A hospital elsewhere must not have this machine ask its own services.
  const isSafe = url !== undefined && (isLoopback(url) ? isLoopback(new URL(gateway.url)) : url.protocol === 'https:')
  if (!isSafe) throw new PortalError('HOSPITAL_UNREACHABLE', `${gateway.name} names no identity provider that can be asked safely`)
  return { url: url.origin, path: url.pathname.replace(/\/$/, ''), caPem: gateway.tlsCaPem, systemRoots: true }
}
