import { interactionPolicy, Provider } from 'oidc-provider'
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider'
import type { JWK } from 'jose'
import { describeClients } from './clients.ts'
import type { Service } from './clients.ts'
import { ALL_SCOPES, cutScopes, scopesOf } from './duties.ts'
import type { IssuedStore } from './issued-store.ts'
import { codeForm, confirmForm, PAGE_HEADERS, renderPage } from './pages.ts'
import type { People } from './people.ts'
import type { Settings } from './settings.ts'
import { SIGNING_ALGORITHM } from './signing-keys.ts'

export interface ProviderParts {
  settings: Settings
  people: People
  services: readonly Service[]
  signingKeys: readonly JWK[]
  store: IssuedStore
  /** Signs cookies. */
  cookieKey: string
}

/** Of the sign-in itself: no duty is needed for them. */
const OWN_SCOPES = ['openid', 'offline_access']
const MINUTE = 60
/** Time in seconds to type a password or a code. */
const [INTERACTION_SECONDS, DEVICE_CODE_SECONDS, CODE_SECONDS] = [10 * MINUTE, 10 * MINUTE, MINUTE]
/** Browsers of workstations are shared: nobody signs in by a former one's session for longer than it takes to come back to a page. */
const BROWSER_SECONDS = 5 * MINUTE

/** The provider: who may sign in with which client, what tokens say, and how long all of it lasts. */
export function createProvider (parts: ProviderParts): Provider {
  const { settings, services, store, signingKeys, cookieKey } = parts
  const provider = new Provider(settings.issuer, {
    adapter: store.adapter,
    clients: describeClients(services, settings.pagesRedirectUris),
    jwks: { keys: [...signingKeys] as NonNullable<Configuration['jwks']>['keys'] },
    cookies: { keys: [cookieKey], long: { signed: true, sameSite: 'lax', secure: true }, short: { signed: true, sameSite: 'lax', secure: true } },
    scopes: [...OWN_SCOPES, ...ALL_SCOPES],
    claims: { openid: ['sub', 'name'] },
    responseTypes: ['code'],
    clientAuthMethods: ['none', 'private_key_jwt'],
    enabledJWA: {
      clientAuthSigningAlgValues: ['ES384', 'RS384', 'RS256', 'ES256'],
      idTokenSigningAlgValues: [SIGNING_ALGORITHM]
    },
    pkce: { required: () => true },
    expiresWithSession: () => false,
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    ttl: ttlOf(settings),
    interactions: { policy: whenToAsk(), url: (_ctx, interaction) => `/sign-in/${interaction.uid}` },
    findAccount: async (ctx, subject, token) => {
      const person = await parts.people.find(subject)
      // A new password or other duties end what was signed in before, in whole seconds as tokens tell them.
      const signedInAt = token?.iat ?? ctx.oidc.session?.loginTs ?? Infinity
      if (person === undefined || signedInAt < Math.floor(person.changedAt / 1000)) return undefined
      return { accountId: subject, claims: () => ({ sub: subject, ...(person.name === undefined ? {} : { name: person.name }) }) }
    },
    loadExistingGrant: async (ctx) => await grantOf(ctx, parts),
    extraTokenClaims: async (_ctx, token) => {
      if (!('accountId' in token)) return undefined
      const person = await parts.people.find(token.accountId)
      if (person === undefined) return undefined
      const { roles, department } = person
      return { roles, ...(department === undefined ? {} : { department }) }
    },
    renderError: (ctx, out) => {
      show(ctx, settings, { title: 'This did not work', body: '', fault: out.error_description ?? out.error })
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: { enabled: true },
      deviceFlow: devicePages(settings),
      resourceIndicators: {
        enabled: true,
        defaultResource: () => settings.audience,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, resource, client) => {
          if (resource !== settings.audience) throw new UnknownResource()
          return {
            scope: client.grantTypeAllowed('client_credentials') ? client.scope ?? '' : ALL_SCOPES.join(' '),
            audience: settings.audience,
            accessTokenFormat: 'jwt',
            accessTokenTTL: settings.accessTokenSeconds,
            jwt: { sign: { alg: SIGNING_ALGORITHM } }
          }
        }
      }
    }
  })
  // Keycloak tells so, too: else nobody knows when they must sign in again.
  provider.use(async (ctx, next) => {
    await next()
    // Other pages are answered without one.
    const { oidc } = ctx as { oidc?: KoaContextWithOIDC['oidc'] }
    if (oidc?.route === 'token' && isGranted(ctx.body)) ctx.body.refresh_expires_in = oidc.entities.RefreshToken?.remainingTTL
  })
  return provider
}

/** As the standard has it, and where a browser's session is of before somebody was let in again: else nothing can be granted to them. */
function whenToAsk (): ReturnType<typeof interactionPolicy.base> {
  const policy = interactionPolicy.base()
  policy.get('login')?.checks.add(new interactionPolicy.Check('session_ended', 'what this browser was signed in as has changed', ({ oidc }) =>
    oidc.session?.accountId !== undefined && oidc.account === undefined))
  return policy
}

function isGranted (body: unknown): body is { refresh_token: string, refresh_expires_in?: number | undefined } {
  return typeof body === 'object' && body !== null && 'refresh_token' in body
}

/** Read by the provider as an error of the protocol. */
class UnknownResource extends Error {
  override readonly name = 'InvalidTarget'
  readonly error = 'invalid_target'
  readonly status = 400
  readonly statusCode = 400
  readonly expose = true
  readonly error_description = 'this provider issues tokens for the gateway of its own hospital alone'

  constructor () {
    super('invalid_target')
  }
}

function ttlOf ({ accessTokenSeconds, sessionSeconds }: Settings): NonNullable<Configuration['ttl']> {
  return {
    AccessToken: accessTokenSeconds,
    ClientCredentials: accessTokenSeconds,
    IdToken: accessTokenSeconds,
    AuthorizationCode: CODE_SECONDS,
    DeviceCode: DEVICE_CODE_SECONDS,
    Interaction: INTERACTION_SECONDS,
    Session: BROWSER_SECONDS,
    Grant: sessionSeconds,
    // However often it is exchanged, the last one ends with the first.
    RefreshToken: (ctx) => Math.max(ctx.oidc.entities.RotatedRefreshToken?.remainingTTL ?? sessionSeconds, 1)
  }
}

/** What a person grants to a client is what their duties allow of it: nobody is asked, and each sign-in is cut anew. */
async function grantOf (ctx: KoaContextWithOIDC, { people, settings }: ProviderParts): Promise<InstanceType<Provider['Grant']> | undefined> {
  const { client, session, provider, requestParamScopes } = ctx.oidc
  const accountId = session?.accountId
  const person = accountId === undefined ? undefined : await people.find(accountId)
  if (client === undefined || person === undefined) return undefined
  const grant = new provider.Grant({ clientId: client.clientId, accountId: person.subject })
  const asked = [...requestParamScopes].filter((scope) => !OWN_SCOPES.includes(scope))
  const granted = cutScopes(asked, scopesOf(person.duties))
  // Whose duties allow nothing of what was asked for is told so, and not signed in to nothing.
  const own = asked.length > 0 && granted.length === 0 ? [] : OWN_SCOPES.filter((scope) => requestParamScopes.has(scope))
  grant.addOIDCScope(own.join(' '))
  grant.addResourceScope(settings.audience, granted.join(' '))
  const refused = asked.filter((scope) => !granted.includes(scope))
  grant.rejectOIDCScope([...requestParamScopes].filter((scope) => !own.includes(scope)).join(' '))
  grant.rejectResourceScope(settings.audience, refused.join(' '))
  await grant.save()
  return grant
}

function devicePages (settings: Settings): NonNullable<NonNullable<Configuration['features']>['deviceFlow']> {
  const fieldOf = (form: string, name: string): string =>
    new RegExp(`name="${name}" value="([^"]*)"`).exec(form)?.[1] ?? ''
  return {
    enabled: true,
    charset: 'base-20',
    mask: '****-****',
    userCodeInputSource: (ctx, form, _out, error) => {
      const page = { title: 'Sign a workstation in', body: codeForm(ctx.oidc.urlFor('code_verification'), fieldOf(form, 'xsrf')) }
      show(ctx, settings, error === undefined ? page : { ...page, fault: faultOf(error) })
    },
    userCodeConfirmSource: (ctx, form, client, device, code) => {
      const askedFrom = device['ip'] === ctx.ip ? undefined : String(device['ip'])
      const body = confirmForm(ctx.oidc.urlFor('code_verification'), fieldOf(form, 'xsrf'), { code, client: client.clientName ?? client.clientId, askedFrom })
      show(ctx, settings, { title: 'Sign a workstation in', body })
    },
    successSource: (ctx) => {
      show(ctx, settings, { title: 'Signed in', body: '<p>The workstation goes on. Close this page.</p>' })
    }
  }
}

/** The provider tells these apart by name alone. */
function faultOf ({ name }: Error): string {
  switch (name) {
    case 'NoCodeError': return 'Type the code that the workstation shows.'
    case 'NotFoundError':
    case 'ExpiredError':
    case 'AlreadyUsedError': return 'This code is not known, or was used, or has ended: start again at the workstation.'
    case 'AbortedError': return 'This was stopped, or your duties allow nothing of what the workstation asked for.'
    default: return 'This did not work: start again at the workstation.'
  }
}

interface Shown { title: string, body: string, fault?: string | undefined }

function show (ctx: KoaContextWithOIDC, { organizationName }: Settings, page: Shown): void {
  ctx.set(PAGE_HEADERS)
  ctx.body = renderPage({ organization: organizationName, ...page })
}
