import { chmodSync, readFileSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as oauth from 'oauth4webapi'
import type { Page } from 'playwright-core'
import t from 'tap'
import { createFetchDocument } from '../../../gateway/src/http/fetch-document.ts'
import { readTokenSettings } from '../../../gateway/src/http/token-settings.ts'
import { reachProvider } from '../../../cli/src/sign-in/identity-provider.ts'
import { waitFor } from '../../../network/host/wait.ts'
import { launchChromium } from '../../helpers/chromium.ts'
import { epione, writeNetworkFile } from '../../helpers/client/cli.ts'
import type { Answer } from '../../helpers/client/cli.ts'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import { keycloakMissing, startKeycloak } from '../../helpers/keycloak.ts'

/* A hospital's own Keycloak: its realm, its tokens, its keys, and the gateway's own code between them and an in-memory ledger. */

const missing = keycloakMissing()
if (missing !== undefined) throw new Error(`Keycloak cannot run here: ${missing}`)

const READ = 'user/DocumentReference.rs'
const consortium = await createConsortium(t)
/** Where the hospital's gateway is: tokens are for it, as its metadata and the realm say. */
const AUDIENCE = consortium.network.organizations[0]?.gatewayUrl ?? ''
const text = readFileSync(join(import.meta.dirname, '..', '..', 'data', 'keycloak', 'hospital-realm.json'), 'utf8')
const realm = JSON.parse(text.replaceAll('https://gateway.hospital.example', AUDIENCE)) as object
const keycloak = await startKeycloak(t, { hospital: realm, other: { ...realm, realm: 'other' } })
const chromium = await launchChromium(t)
/** Time (ms) that the gateway's clock is ahead. */
let ahead = 0
const gateway = await buildGateway(t, {
  listen: true,
  consortium,
  config: { oidc: readTokenSettings({ OIDC_ISSUER: keycloak.issuer('hospital'), OIDC_AUDIENCE: AUDIENCE }) },
  ports: {
    fetchDocument: createFetchDocument(),
    clock: () => Date.now() + ahead,
    claimMapping: {
      format: 1,
      roles: [
        { claim: '/realm_access/roles', value: 'arzt', role: 'physician' },
        { claim: '/realm_access/roles', value: 'pflege', role: 'nurse' }
      ],
      department: { claim: '/department', values: { Kardiologie: 'cardiology' } },
      changes: 'certify'
    }
  }
})

const tokenOf = async (user: string, scope = READ, { realm = 'hospital', client = 'only-in-tests' } = {}): Promise<string> => {
  const { token, error } = await keycloak.signIn(realm, client, user, scope)
  if (token === undefined) throw new Error(`${user} gets ${String(error)}`)
  return token
}
const getSelf = async (token: string): Promise<Record<string, unknown>> => {
  const answer = await gateway.app.inject({ url: '/v1/practitioners/me', headers: { authorization: `Bearer ${token}` } })
  return { ...answer.json<object>(), status: answer.statusCode }
}
const headOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as Record<string, unknown>

t.test('staff of the realm are certified with what it says of them', async (t) => {
  const token = await tokenOf('dr-k', `${READ} user/DocumentReference.c user/Practitioner.c`)
  t.match(headOf(token), { alg: 'ES384', typ: 'at+jwt' })
  t.match(await getSelf(token), { status: 200, role: 'physician', department: 'cardiology' })
  t.match(await getSelf(await tokenOf('nurse-k')), { status: 200, role: 'nurse', department: undefined })
  const enrol = async (authorization: string): Promise<number> => (await gateway.app.inject({
    method: 'POST', url: '/v1/practitioners', headers: { authorization }, payload: { subject: 'x', role: 'nurse' }
  })).statusCode
  t.equal(await enrol(`Bearer ${token}`), 403, 'a scope that the realm keeps for other roles')
  t.equal(await enrol(`Bearer ${await tokenOf('head-k', 'user/Practitioner.c')}`), 201)
})

t.test('who is of another kind, realm or audience is refused', async (t) => {
  t.match(await getSelf(await tokenOf('dr-k', READ, { client: 'only-in-tests-elsewhere' })), { status: 401, code: 'TOKEN_AUDIENCE' })
  t.match(await getSelf(await tokenOf('dr-k', READ, { realm: 'other' })), { status: 401, code: 'TOKEN_INVALID' })
  t.match(await getSelf(await tokenOf('cook-k')), { status: 403, code: 'SCOPE_MISSING' })
  await t.rejects(tokenOf('gone-k'), /invalid_grant/, 'disabled')
})

t.test('roles that change there change the certificate', async (t) => {
  const [user] = await keycloak.admin('GET', 'hospital', '/users?username=nurse-k&exact=true') as Array<{ id: string }>
  const roles = await keycloak.admin('GET', 'hospital', '/roles') as Array<{ name: string }>
  const path = `/users/${user?.id ?? ''}/role-mappings/realm`
  const before = await getSelf(await tokenOf('nurse-k'))
  await keycloak.admin('POST', 'hospital', path, roles.filter(({ name }) => name === 'arzt'))
  const after = await getSelf(await tokenOf('nurse-k'))
  t.match(after, { status: 200, role: 'physician', staffId: before['staffId'] })
  const token = await tokenOf('nurse-k')
  await keycloak.admin('PUT', 'hospital', `/users/${user?.id ?? ''}`, { ...user, enabled: false })
  t.match(await getSelf(token), { status: 200 }, 'until the token ends')
  await t.rejects(tokenOf('nurse-k'), /invalid_grant/)
})

t.test('keys are rotated there while the gateway runs', async (t) => {
  const former = await tokenOf('dr-k')
  t.match(await getSelf(former), { status: 200 })
  const { id } = await keycloak.admin('GET', 'hospital', '') as { id: string }
  const provider = async (name: string, priority: string): Promise<unknown> => await keycloak.admin('POST', 'hospital', '/components', {
    name,
    parentId: id,
    providerId: 'ecdsa-generated',
    providerType: 'org.keycloak.keys.KeyProvider',
    config: { priority: [priority], enabled: ['true'], active: ['true'], ecdsaEllipticCurveKey: ['P-384'] }
  })
  await provider('next', '500')
  const next = await tokenOf('dr-k')
  t.not(headOf(next)['kid'], headOf(former)['kid'])
  ahead += 6_000
  t.match(await getSelf(next), { status: 200 }, 'the new key, without a restart')
  t.match(await getSelf(former), { status: 200 }, 'the former one is shown still')
  const components = await keycloak.admin('GET', 'hospital', '/components?type=org.keycloak.keys.KeyProvider') as Array<{ id: string, name: string, providerId: string }>
  for (const component of components.filter(({ name, providerId }) => name !== 'next' && providerId === 'ecdsa-generated')) {
    await keycloak.admin('DELETE', 'hospital', `/components/${component.id}`)
  }
  ahead += 11_000
  t.match(await getSelf(former), { status: 401, code: 'TOKEN_INVALID' }, 'withdrawn')
  t.match(await getSelf(next), { status: 200 })
})

/** Types name and password at Keycloak's own page. */
async function signInAt (page: Page, user: string, password = `the password of ${user}`): Promise<void> {
  await page.locator('#username').fill(user)
  await page.locator('#password').fill(password)
  await page.locator('#kc-login').click()
}

t.test('a page signs in at Keycloak\'s own page by code and PKCE', async (t) => {
  const BACK = 'http://127.0.0.1:59999/signed-in'
  const client: oauth.Client = { client_id: 'epione-portal' }
  // oxlint-disable-next-line typescript/no-deprecated -- a provider on this machine
  const options = { [oauth.allowInsecureRequests]: true }
  const issuer = new URL(keycloak.issuer('hospital'))
  const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options))
  const verifier = oauth.generateRandomCodeVerifier()
  const link = async (more: Record<string, string> = {}): Promise<string> => {
    const asked = {
      client_id: client.client_id,
      redirect_uri: BACK,
      response_type: 'code',
      scope: `openid ${READ}`,
      state: 'a state',
      nonce: 'a nonce',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...more
    }
    return `${server.authorization_endpoint ?? ''}?${new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== '')).toString()}`
  }
  const open = async (): Promise<Page> => await (await chromium.newContext()).newPage()
  /** Where a page is led back to; nobody is there. */
  const cameBack = async (page: Page): Promise<URL> => {
    const request = await page.waitForRequest((sent) => sent.url().startsWith(BACK))
    return new URL(request.url())
  }
  const page = await open()
  await page.goto(await link())
  await signInAt(page, 'dr-k', 'a wrong one')
  t.match(await page.locator('#input-error, .kc-feedback-text, [id^=input-error]').first().innerText(), /Invalid username or password/)
  const [back] = await Promise.all([cameBack(page), signInAt(page, 'dr-k')])
  const params = oauth.validateAuthResponse(server, client, back, 'a state')
  const exchange = async (proof: string): Promise<oauth.TokenEndpointResponse> => await oauth.processAuthorizationCodeResponse(
    server, client, await oauth.authorizationCodeGrantRequest(server, client, oauth.None(), params, BACK, proof, options), { expectedNonce: 'a nonce' }
  )
  const tokens = await exchange(verifier)
  t.match(oauth.getValidatedIdTokenClaims(tokens), { name: 'Karla Koch' })
  t.match(headOf(tokens.access_token), { alg: 'ES384', typ: 'at+jwt' })
  t.match(await getSelf(tokens.access_token), { status: 200, role: 'physician', department: 'cardiology' })
  await t.rejects(exchange(verifier), { error: 'invalid_grant' } as unknown as Error, 'a code is good once')
  for (const more of [{ code_challenge: '', code_challenge_method: '' }, { code_challenge_method: 'plain' }]) {
    const refused = await open()
    const [to] = await Promise.all([cameBack(refused), refused.goto(await link(more)).catch(() => undefined)])
    t.equal(to.searchParams.get('error'), 'invalid_request', 'without proof of who asked')
  }
  const thief = await open()
  const answer = await thief.goto(await link({ redirect_uri: 'https://thief.example/' }))
  t.equal(answer?.status(), 400, 'nobody is led elsewhere')
})

t.test('epione login signs in there by the device flow', async (t) => {
  const folder = t.testdir({ passphrase: 'a horse that is correct\n', browser: '#!/bin/sh\nprintf %s "$1" > "$EPIONE_LINK.part" && mv "$EPIONE_LINK.part" "$EPIONE_LINK"\n' })
  chmodSync(join(folder, 'browser'), 0o755)
  const [organization] = gateway.consortium.network.organizations
  if (organization === undefined) throw new Error('no hospital')
  const { id, mspId, name, tlsCaPem, gatewayUrl: url } = organization
  const networkFile = writeNetworkFile(join(folder, 'network'), { all: [{ info: { id, mspId, name, url, tlsCaPem } }], consortium: gateway.consortium })
  const type = async (...args: string[]): Promise<Answer> => await epione([...args, '--json'], {
    PATH: process.env['PATH'], EPIONE_HOME: join(folder, 'home'), EPIONE_PASSPHRASE_FILE: join(folder, 'passphrase'), EPIONE_LINK: join(folder, 'link')
  })
  const login = async (user: string, press: 'accept' | 'cancel'): Promise<Answer> => {
    rmSync(join(folder, 'link'), { force: true })
    const answered = type('login', '--network', networkFile, '--gateway', id, '--scope', `${READ} user/Patient.c`, '--browser', join(folder, 'browser'))
    const ended = answered.then(({ stderr, json }) => { throw new Error(`it ended before it showed a page: ${stderr} ${JSON.stringify(json)}`) })
    const shown = waitFor('the address of the page', 240_000, async () => await readFile(join(folder, 'link'), 'utf8').catch(() => undefined))
    const link = await Promise.race([shown, ended])
    const page = await (await chromium.newContext()).newPage()
    await page.goto(link)
    await signInAt(page, user)
    await page.locator(`[name=${press}]`).click()
    await page.waitForLoadState()
    return await answered
  }
  const { json, exitCode, stderr } = await login('dr-k', 'accept')
  t.equal(exitCode, 0, stderr)
  t.match(json, {
    issuer: keycloak.issuer('hospital'), hospital: name, name: 'Karla Koch', scope: READ, warnings: [/^Not granted: user\/Patient\.c/]
  }, 'a scope of other roles is left out, and told')
  t.ok(Number(json['signedInUntil']) > Number(json['tokenUntil']))
  const { json: { token } } = await type('token')
  t.match(await getSelf(String(token)), { status: 200, role: 'physician' })
  const [user] = await keycloak.admin('GET', 'hospital', '/users?username=dr-k&exact=true') as Array<{ id: string }>
  t.equal(json['subject'], user?.id, 'as the provider calls them')
  t.match(await login('dr-k', 'cancel'), { json: { error: { code: 'REFUSED', reason: 'access_denied' } } }, 'who says no at the page')
  t.match(await type('logout'), { json: { wasSignedIn: true, warnings: undefined } })
  const unknown = await reachProvider({ issuer: keycloak.issuer('hospital'), clientId: 'nobody' })
  await t.rejects(unknown.beginDevice(READ, AUDIENCE), { code: 'REFUSED' })
  await unknown.close()
})

t.test('a token of the realm ends when it says so', async (t) => {
  const token = await tokenOf('dr-k')
  t.match(await getSelf(token), { status: 200 })
  ahead += 306_000
  t.match(await getSelf(token), { status: 401, code: 'TOKEN_EXPIRED' })
})
