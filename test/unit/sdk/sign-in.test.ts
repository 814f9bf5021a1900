import { base64urlnopad } from '@scure/base'
import t from 'tap'
import { describeSignIn } from '../../../sdk/src/sign-in/describe-sign-in.ts'
import { IdentityProvider } from '../../../sdk/src/sign-in/identity-provider.ts'

/* What a client refuses of an identity provider, and of a gateway that names one, that lie. */

const ISSUER = 'https://idp.hospital.example'
const GATEWAY = 'https://gateway.hospital.example'
const ELSEWHERE = 'https://gateway.elsewhere.example'
const CLIENT = 'epione-portal'
const BEGIN = { scope: 'user/DocumentReference.rs', resource: GATEWAY, redirectUri: 'http://127.0.0.1:4000/signed-in' }

const textOf = (value: object): string => base64urlnopad.encode(new TextEncoder().encode(JSON.stringify(value)))
const jwt = (claims: object): string => `${textOf({ alg: 'ES384', typ: 'at+jwt' })}.${textOf(claims)}.AAAA`

interface Lies { discovery?: object, idToken?: object, access?: object, accessToken?: string }

/** A provider that answers as it should, but for these lies. */
async function reach ({ discovery = {}, idToken = {}, access = {}, accessToken }: Lies = {}): Promise<{
  provider: IdentityProvider, asked: URLSearchParams[], nonce: { value: string }
}> {
  const [asked, nonce]: [URLSearchParams[], { value: string }] = [[], { value: '' }]
  const seconds = Math.floor(Date.now() / 1000)
  const answer = (value: object): Promise<Response> => Promise.resolve(Response.json(value))
  const provider = await IdentityProvider.discover({
    issuer: ISSUER,
    clientId: CLIENT,
    fetch: (url, init) => {
      const { pathname } = new URL(url)
      if (pathname.startsWith('/.well-known/')) {
        return answer({
          issuer: ISSUER,
          authorization_endpoint: `${ISSUER}/auth`,
          token_endpoint: `${ISSUER}/token`,
          device_authorization_endpoint: `${ISSUER}/device`,
          id_token_signing_alg_values_supported: ['ES384'],
          ...discovery
        })
      }
      if (pathname === '/device') return answer({ device_code: 'd', user_code: 'u', verification_uri: `${ISSUER}/u`, expires_in: 60 })
      asked.push(new URLSearchParams(String((init as { body: URLSearchParams }).body)))
      return answer({
        access_token: accessToken ?? jwt({ aud: GATEWAY, sub: 'dr-a', ...access }),
        token_type: 'Bearer',
        expires_in: 300,
        id_token: jwt({ iss: ISSUER, aud: CLIENT, sub: 'dr-a', nonce: nonce.value, iat: seconds, exp: seconds + 300, ...idToken })
      })
    }
  })
  return { provider, asked, nonce }
}

/** Signs in at it; `said` is what the browser comes back with, without what is empty. */
async function signIn (lies: Lies = {}, said: Record<string, string> = {}): Promise<Awaited<ReturnType<IdentityProvider['finishCode']>>> {
  const { provider, nonce } = await reach(lies)
  const begun = await provider.beginCode(BEGIN)
  nonce.value = begun.nonce
  const answer = new URLSearchParams()
  for (const [name, value] of Object.entries({ code: 'c', state: begun.state, iss: ISSUER, ...said })) if (value !== '') answer.set(name, value)
  return await provider.finishCode(begun, answer)
}

t.test('a code is exchanged with the verifier of its challenge, by S256', async (t) => {
  const { provider, asked, nonce } = await reach()
  const begun = await provider.beginCode(BEGIN)
  nonce.value = begun.nonce
  const { searchParams } = new URL(begun.address)
  t.match(Object.fromEntries(searchParams), { response_type: 'code', code_challenge_method: 'S256', resource: GATEWAY, state: begun.state })
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(begun.verifier)))
  t.equal(searchParams.get('code_challenge'), base64urlnopad.encode(digest))
  t.notOk(begun.address.includes(begun.verifier))
  t.match(await provider.finishCode(begun, new URLSearchParams({ code: 'c', state: begun.state, iss: ISSUER })), { subject: 'dr-a' })
  t.match(Object.fromEntries(asked[0] ?? []), { code: 'c', code_verifier: begun.verifier, redirect_uri: BEGIN.redirectUri })
})

t.test('an answer of another sign-in, of another issuer or of none is exchanged nowhere', async (t) => {
  for (const said of [{ state: 'another' }, { state: '' }, { iss: 'https://idp.elsewhere.example' }, { iss: '' }]) {
    await t.rejects(signIn({}, said), { code: 'CONFIG_INVALID' }, JSON.stringify(said))
    await t.rejects(signIn({ discovery: { authorization_response_iss_parameter_supported: false } }, said), { code: 'CONFIG_INVALID' })
  }
  t.match(await signIn(), { subject: 'dr-a' })
})

t.test('an ID token that is not of this sign-in, this issuer or this client signs nobody in', async (t) => {
  for (const idToken of [{ nonce: 'another' }, { nonce: undefined }, { iss: 'https://idp.elsewhere.example' }, { aud: 'epione-pages' }, { exp: 1 }]) {
    await t.rejects(signIn({ idToken }), { code: 'CONFIG_INVALID' }, JSON.stringify(idToken))
  }
})

t.test('a provider that calls itself otherwise, or names a page that is no safe one, is not gone to', async (t) => {
  await t.rejects(reach({ discovery: { issuer: 'https://idp.elsewhere.example' } }), { code: 'CONFIG_INVALID' })
  for (const page of ['javascript:alert(1)', 'http://idp.hospital.example/auth', '/auth', '']) {
    const { provider } = await reach({ discovery: { authorization_endpoint: page } })
    await t.rejects(provider.beginCode(BEGIN), { code: 'CONFIG_INVALID' }, page)
  }
})

t.test('a token to another hospital is taken of nobody', async (t) => {
  for (const aud of [ELSEWHERE, [ELSEWHERE, 'account']]) {
    await t.rejects(signIn({ access: { aud } }), { code: 'CONFIG_INVALID' }, 'by code')
    const { provider } = await reach({ access: { aud } })
    await t.rejects(provider.awaitDevice(await provider.beginDevice(BEGIN.scope, GATEWAY), true), { code: 'CONFIG_INVALID' }, 'by device')
  }
  t.match(await signIn({ access: { aud: ['account', GATEWAY] } }), { subject: 'dr-a' })
  t.match(await signIn({ accessToken: 'opaque' }), { subject: 'dr-a' }, 'the gateway judges what says nothing')
})

t.test('a gateway that asks for tokens to another gateway is given none', async (t) => {
  const own = (resource: string): Parameters<typeof describeSignIn>[0] => ({
    info: { id: 'core', mspId: 'CoreMSP', name: 'Core', url: GATEWAY },
    describeSignIn: () => Promise.resolve({
      resource, authorization_servers: [ISSUER], scopes_supported: [BEGIN.scope], bearer_methods_supported: ['header'] as Array<'header'>
    })
  })
  for (const resource of [ELSEWHERE, `${GATEWAY}.elsewhere.example`, 'https://gateway.hospital.example:444', 'no address']) {
    await t.rejects(describeSignIn(own(resource)), { code: 'CONFIG_INVALID', details: { party: { mspId: 'CoreMSP' } } }, resource)
  }
  t.match(await describeSignIn(own(`${GATEWAY}/`)), { issuer: ISSUER, scopes: [BEGIN.scope] })
})
