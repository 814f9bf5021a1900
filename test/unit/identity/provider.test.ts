import { randomBytes } from 'node:crypto'
import type { webcrypto } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair } from 'jose'
import type { JSONWebKeySet, JWK } from 'jose'
import * as oauth from 'oauth4webapi'
import t from 'tap'
import { createTokenVerifier } from '../../../gateway/src/http/tokens.ts'
import { createFetchDocument } from '../../../gateway/src/http/fetch-document.ts'
import { readTokenSettings } from '../../../gateway/src/http/token-settings.ts'
import { Floods } from '../../../identity/src/floods.ts'
import { Guesses } from '../../../identity/src/guesses.ts'
import { IssuedStore } from '../../../identity/src/issued-store.ts'
import { confirmForm } from '../../../identity/src/pages.ts'
import { KEYS_CACHED_MS, KeyFile } from '../../../identity/src/signing-keys.ts'
import { CLI, startTestProvider } from '../../helpers/identity.ts'
import type { TestProvider } from '../../helpers/identity.ts'

const ALICE = { subject: 'dr-alice', password: 'correct <horse> "battery"', duties: ['clinician' as const], roles: ['physician'], department: 'cardiology' }
const BOB = { subject: 'bob', password: 'another one', duties: ['desk' as const] }
const REDIRECT = 'https://portal.invalid/back'

const folder = t.testdir()
const { publicKey, privateKey } = await generateKeyPair('ES384', { extractable: true })
const services = [{
  clientId: 'integration',
  scopes: ['system/DocumentReference.rs', 'system/Practitioner.c'],
  algorithm: 'ES384' as const,
  jwks: { keys: [{ ...await exportJWK(publicKey), kid: 'one' } as JWK & { kty: 'EC', kid: string }] }
}]
const provider = await startTestProvider(t, folder, { people: [ALICE, BOB], services, env: { PORTAL_REDIRECT_URIS: REDIRECT } })
const { server, options, audience, issuer } = provider

const refresh = async (token: string): Promise<oauth.TokenEndpointResponse> => await oauth.processRefreshTokenResponse(
  server, CLI, await oauth.refreshTokenGrantRequest(server, CLI, oauth.None(), token, options)
)
const begin = async (scope: string): Promise<oauth.DeviceAuthorizationResponse> => await oauth.processDeviceAuthorizationResponse(
  server, CLI, await oauth.deviceAuthorizationRequest(server, CLI, oauth.None(), { scope }, options)
)
const poll = async (code: string): Promise<oauth.TokenEndpointResponse> => await oauth.processDeviceCodeResponse(
  server, CLI, await oauth.deviceCodeGrantRequest(server, CLI, oauth.None(), code, options)
)
const get = async ({ options }: Pick<TestProvider, 'options'>, url: string): Promise<Response> => await options[oauth.customFetch](url)

/** An answer of OAuth's with this code. */
const said = (error: string): Error => ({ error }) as unknown as Error

t.test('a person signs a workstation in, and gets a token for the gateway that a gateway takes', async (t) => {
  const tokens = await provider.signIn(ALICE, 'user/DocumentReference.rs user/DocumentReference.write user/Patient.c system/Practitioner.c')
  const claims = decodeJwt(tokens.access_token)
  t.match(claims, { iss: issuer, sub: 'dr-alice', aud: audience, client_id: 'epione-cli', roles: ['physician'], department: 'cardiology' })
  t.same(claims['scope'], 'user/DocumentReference.rs user/DocumentReference.write', 'cut to what her duties allow')
  t.equal((claims.exp ?? 0) - (claims.iat ?? 0), 300)
  const settings = readTokenSettings({ OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience })
  const verifier = createTokenVerifier(settings, createFetchDocument(provider.caPem), Date.now)
  const { subject, scopes } = await verifier.verify(tokens.access_token)
  t.same([subject, scopes.allows('user/DocumentReference.c'), scopes.allows('user/Patient.c')], ['dr-alice', true, false])
  const elsewhere = createTokenVerifier(
    readTokenSettings({ OIDC_ISSUER: issuer, OIDC_AUDIENCE: 'https://elsewhere.invalid' }), createFetchDocument(provider.caPem), Date.now
  )
  await t.rejects(elsewhere.verify(tokens.access_token), { code: 'TOKEN_AUDIENCE' })
  const untrusting = createTokenVerifier(settings, createFetchDocument(), Date.now)
  await t.rejects(untrusting.verify(tokens.access_token), { code: 'IDENTITY_PROVIDER_UNAVAILABLE' }, 'its root is not the system\'s')
})

t.test('who may not sign in does not', async (t) => {
  const attempt = async (person: { subject: string, password: string }): Promise<unknown> =>
    await provider.signIn(person, 'user/Patient.c user/DocumentReference.rs').then(() => 'in', (error: unknown) => (error as Error).message)
  t.equal(await attempt({ ...BOB, password: 'wrong' }), 'Name or password is wrong.')
  t.equal(await attempt({ ...BOB, subject: 'nobody' }), 'Name or password is wrong.')
  t.equal(await attempt({ ...BOB, password: '' }), 'Type your name and your password.')
  t.equal(await attempt(BOB), 'in')
  await t.rejects(provider.signIn(ALICE, 'user/Patient.c'), /your duties allow nothing of what the workstation asked for/)
  for (let guess = 0; guess < 5; guess++) await attempt({ ...BOB, password: `guess ${String(guess)}` })
  t.match(await attempt(BOB), /^Too many wrong passwords for this name: try again in \d+ seconds\.$/, 'the right one must wait, too')
  t.equal(await attempt(ALICE), 'in', 'others need not')
})

t.test('nobody keeps a person out by wrong passwords from elsewhere', (t) => {
  let now = 0
  const guesses = new Guesses(() => now)
  for (let guess = 0; guess < 20; guess++) guesses.begin('dr-alice', '198.51.100.7')
  t.equal(guesses.waitSeconds('dr-alice', '198.51.100.7'), 900)
  t.equal(guesses.waitSeconds('dr-alice', '10.0.0.1'), 0)
  guesses.begin('dr-alice', '2001:db8::1')
  for (let guess = 0; guess < 4; guess++) guesses.begin('dr-alice', `2001:db8::${String(guess + 2)}`)
  t.equal(guesses.waitSeconds('dr-alice', '2001:db8::ffff'), 10, 'whoever has one address of a /64 has all')
  now = 900_000
  t.equal(guesses.waitSeconds('dr-alice', '198.51.100.7'), 0)
  t.end()
})

t.test('nobody takes the provider from others by what one address asks', async (t) => {
  const floods = new Floods()
  const finish = Promise.withResolvers<boolean>()
  const looked = Array.from({ length: 3 }, async () => await floods.lookAt('10.0.0.1', async () => await finish.promise))
  t.equal(await floods.lookAt('10.0.0.2', async () => await Promise.resolve(true)), true)
  finish.resolve(true)
  t.same(await Promise.all(looked), [true, true, undefined], 'two passwords at once')
  t.equal(await floods.lookAt('10.0.0.1', async () => await Promise.resolve(false)), false)
  const tooMany = Array.from({ length: 1_201 }, () => floods.isTooMuch('10.0.0.1'))
  t.same([tooMany.at(-2), tooMany.at(-1), floods.isTooMuch('10.0.0.2')], [false, true, false])
})

t.test('who asks from elsewhere is shown to whoever is to let them in', (t) => {
  const asking = { code: 'BBBB-BBBB', client: 'epione', askedFrom: '203.0.113.5' }
  t.match(confirmForm('/device', 'x', asking), /asks from 203\.0\.113\.5/)
  t.notMatch(confirmForm('/device', 'x', { ...asking, askedFrom: undefined }), /asks from/)
  t.end()
})

t.test('a workstation waits for its own code', async (t) => {
  const { device_code: code, user_code: typed, verification_uri: link } = await begin('user/DocumentReference.rs')
  await t.rejects(poll(code), said('authorization_pending'))
  await t.rejects(poll('made-up'), said('invalid_grant'))
  await t.rejects(provider.browse(`${link}?user_code=BBBB-BBBB`, ALICE), /code is not known/)
  const page = await (await get(provider, link)).text()
  t.match(page, /<html lang="en">[\s\S]*<label for="code">[\s\S]*<input id="code" name="user_code"/)
  t.match(page, 'Test &#60;Hospital&#62;')
  await provider.browse(`${link}?user_code=${typed}`, ALICE)
  await poll(code)
  await t.rejects(poll(code), said('invalid_grant'), 'once')
})

t.test('refresh tokens change at each use, end with whoever copied one, with the person, and with the sign-in', async (t) => {
  const first = await provider.signIn(ALICE, 'user/DocumentReference.rs')
  const second = await refresh(first.refresh_token ?? '')
  t.equal(decodeJwt(second.access_token)['scope'], 'user/DocumentReference.rs')
  await t.rejects(refresh(first.refresh_token ?? ''), said('invalid_grant'), 'the former one')
  await t.rejects(refresh(second.refresh_token ?? ''), said('invalid_grant'), 'and what came of it: one of the two was a thief\'s')

  const kept = await provider.signIn(ALICE, 'user/DocumentReference.rs')
  await provider.restart()
  const again = await refresh(kept.refresh_token ?? '')
  await provider.people.setDisabled('dr-alice', true)
  await t.rejects(refresh(again.refresh_token ?? ''), said('invalid_grant'))
  await t.rejects(provider.signIn(ALICE, 'user/DocumentReference.rs'), /Name or password is wrong/)
  await provider.people.setDisabled('dr-alice', false)

  const before = await provider.signIn(ALICE, 'user/DocumentReference.rs')
  await new Promise((resolve) => { setTimeout(resolve, 1_100) })
  await provider.people.put({ ...ALICE, duties: ['auditor'] }, 'a new one')
  await t.rejects(refresh(before.refresh_token ?? ''), said('invalid_grant'), 'a new password, or other duties')
  await provider.people.setDisabled('dr-alice', true)
  await provider.people.put(ALICE, ALICE.password)
  await t.rejects(provider.signIn(ALICE, 'user/DocumentReference.rs'), /Name or password is wrong/, 'a new password lets nobody in who is shut out')
  await provider.people.setDisabled('dr-alice', false)

  const ended = await provider.signIn(ALICE, 'user/DocumentReference.rs')
  await oauth.processRevocationResponse(
    await oauth.revocationRequest(server, CLI, oauth.None(), ended.refresh_token ?? '', options)
  )
  await t.rejects(refresh(ended.refresh_token ?? ''), said('invalid_grant'), 'signed out')
  const short = await startTestProvider(t, join(folder, 'short'), { people: [ALICE], env: { SESSION_SECONDS: '2' } })
  const tokens = await short.signIn(ALICE, 'user/DocumentReference.rs')
  const lives = async (token: string): Promise<string | undefined> =>
    await oauth.refreshTokenGrantRequest(short.server, CLI, oauth.None(), token, short.options)
      .then(async (answer) => await oauth.processRefreshTokenResponse(short.server, CLI, answer))
      .then(({ refresh_token: next }) => next, () => undefined)
  const until = Date.now() + 10_000
  let token: string | undefined = tokens.refresh_token
  while (token !== undefined && Date.now() < until) token = await lives(token)
  t.equal(token, undefined, 'refreshing again and again did not make it longer')
})

t.test('of two who refresh at once one is served, and the sign-in ends: one of the two was a thief', async (t) => {
  const store = new IssuedStore(join(folder, 'race'), randomBytes(32))
  t.teardown(() => { store.close() })
  const { adapter: Adapter } = store
  const [tokens, grants] = [new Adapter('RefreshToken'), new Adapter('Grant')]
  await grants.upsert('g', {}, 60)
  await tokens.upsert('t', { grantId: 'g' }, 60)
  t.same((await Promise.all([tokens.find('t'), tokens.find('t')])).map((found) => found !== undefined && 'consumed' in found), [false, false], 'both look first')
  await tokens.consume('t')
  await t.rejects(tokens.consume('t'), said('invalid_grant'))
  // The first one's next token is written down after the second came.
  await tokens.upsert('next', { grantId: 'g' }, 60)
  t.same([await tokens.find('t'), await grants.find('g')], [undefined, undefined], 'without its grant it is of no use')
  await t.rejects(tokens.consume('none'), said('invalid_grant'))

  const { refresh_token: first = '' } = await provider.signIn(ALICE, 'user/DocumentReference.rs')
  const answers = await Promise.allSettled([1, 2, 3, 4].map(async () => await refresh(first)))
  const served = answers.filter((answer) => answer.status === 'fulfilled')
  t.equal(served.length, 1)
  for (const answer of answers) if (answer.status === 'rejected') t.match(answer.reason, said('invalid_grant'))
  await t.rejects(refresh(served[0]?.value.refresh_token ?? ''), said('invalid_grant'))
})

t.test('pages sign in by code and PKCE, and not without', async (t) => {
  const client: oauth.Client = { client_id: 'epione-pages' }
  const verifier = oauth.generateRandomCodeVerifier()
  const link = async (more: Record<string, string>): Promise<string> => {
    const url = new URL(server.authorization_endpoint ?? '')
    for (const [name, value] of Object.entries({
      client_id: client.client_id,
      redirect_uri: REDIRECT,
      response_type: 'code',
      scope: 'user/DocumentReference.rs',
      state: 'x',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...more
    })) if (value !== '') url.searchParams.set(name, value)
    return url.href
  }
  const { url } = await provider.browse(await link({}), ALICE)
  const params = oauth.validateAuthResponse(server, client, new URL(url), 'x')
  const exchange = async (proof: string): Promise<oauth.TokenEndpointResponse> => await oauth.processAuthorizationCodeResponse(
    server, client, await oauth.authorizationCodeGrantRequest(server, client, oauth.None(), params, REDIRECT, proof, options)
  )
  const tokens = await exchange(verifier)
  t.match(decodeJwt(tokens.access_token), { sub: 'dr-alice', aud: audience, scope: 'user/DocumentReference.rs' })
  await t.rejects(exchange(verifier), said('invalid_grant'), 'a code is good once')
  const without = new URL((await provider.browse(await link({ code_challenge: '', code_challenge_method: '' }), ALICE)).url)
  t.equal(without.searchParams.get('error'), 'invalid_request')
  await t.rejects(provider.browse(await link({ redirect_uri: 'https://thief.invalid/' }), ALICE), /redirect_uri/)
  const plain = new URL((await provider.browse(await link({ code_challenge_method: 'plain' }), ALICE)).url)
  t.equal(plain.searchParams.get('error'), 'invalid_request')
})

t.test('installed pages come back to any port of loopback, and always by a password', async (t) => {
  const client: oauth.Client = { client_id: 'epione-portal' }
  const back = 'http://127.0.0.1:8104/signed-in'
  const verifier = oauth.generateRandomCodeVerifier()
  const link = async (redirect: string): Promise<string> => {
    const url = new URL(server.authorization_endpoint ?? '')
    for (const [name, value] of Object.entries({
      client_id: client.client_id,
      redirect_uri: redirect,
      response_type: 'code',
      scope: 'openid user/DocumentReference.rs',
      state: 'x',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256'
    })) url.searchParams.set(name, value)
    return url.href
  }
  const { url } = await provider.browse(await link(back), ALICE)
  t.ok(url.startsWith(`${back}?`), url)
  t.equal(new URL(url).searchParams.get('iss'), issuer, 'the answer names whose it is (RFC 9207)')
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, await oauth.authorizationCodeGrantRequest(
    server, client, oauth.None(), oauth.validateAuthResponse(server, client, new URL(url), 'x'), back, verifier, options
  ))
  t.match(decodeJwt(tokens.access_token), { sub: 'dr-alice', client_id: 'epione-portal' })
  for (const thief of ['http://127.0.0.1:8104/elsewhere', 'http://localhost:8104/signed-in', 'https://127.0.0.1:8104/signed-in', 'http://127.0.0.1.evil.invalid/signed-in']) {
    await t.rejects(provider.browse(await link(thief), ALICE), /redirect_uri/, thief)
  }
  await t.rejects(provider.browse(await link(back), { ...ALICE, password: 'wrong' }), /Name or password is wrong/)
})

t.test('who was let in again is asked for the password, though their browser knows them from before', async (t) => {
  const carol = { subject: 'carol', password: 'one more horse', duties: ['clinician' as const] }
  await provider.people.put(carol, carol.password)
  const cookies = new Map<string, string>()
  /** Where a browser that keeps its cookies comes to: a page of the provider, or the client's own address. */
  const open = async (url: string, form?: URLSearchParams): Promise<{ url: string, text: string }> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await options[oauth.customFetch](url, {
      redirect: 'manual',
      headers: { cookie, ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }) },
      ...(form === undefined ? {} : { method: 'POST', body: form.toString() })
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=;]+)=([^;]*)/.exec(line) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    const to = answer.headers.get('location')
    if (to === null) return { url, text: await answer.text() }
    const next = new URL(to, url).href
    return next.startsWith(issuer) ? await open(next) : { url: next, text: '' }
  }
  const signIn = async (): Promise<string> => {
    const link = new URL(server.authorization_endpoint ?? '')
    for (const [name, value] of Object.entries({
      client_id: 'epione-portal',
      redirect_uri: 'http://127.0.0.1:8104/signed-in',
      response_type: 'code',
      scope: 'user/DocumentReference.rs',
      code_challenge: await oauth.calculatePKCECodeChallenge(oauth.generateRandomCodeVerifier()),
      code_challenge_method: 'S256'
    })) link.searchParams.set(name, value)
    const page = await open(link.href)
    t.match(page.text, /name="password"/)
    return (await open(page.url, new URLSearchParams({ subject: carol.subject, password: carol.password }))).url
  }
  t.match(await signIn(), /\?code=/)
  // Tokens and sessions tell seconds.
  const second = Math.floor(Date.now() / 1000)
  while (Math.floor(Date.now() / 1000) === second) await new Promise((resolve) => { setTimeout(resolve, 20) })
  await provider.people.setDisabled(carol.subject, true)
  await provider.people.setDisabled(carol.subject, false)
  t.match(await signIn(), /\?code=/)
})

t.test('programs of the hospital sign in by a key of theirs', async (t) => {
  const client: oauth.Client = { client_id: 'integration' }
  const ask = async (key: webcrypto.CryptoKey, scope: string, more: Record<string, string> = {}): Promise<oauth.TokenEndpointResponse> =>
    await oauth.processClientCredentialsResponse(server, client, await oauth.clientCredentialsGrantRequest(
      server, client, oauth.PrivateKeyJwt({ key: key as CryptoKey, kid: 'one' }), { scope, ...more }, options
    ))
  const { access_token: token } = await ask(privateKey, 'system/Practitioner.c')
  t.match(decodeJwt(token), { sub: 'integration', client_id: 'integration', aud: audience, scope: 'system/Practitioner.c' })
  await t.rejects(ask(privateKey, 'system/Patient.c'), said('invalid_scope'))
  await t.rejects(ask(privateKey, 'system/Practitioner.c', { resource: 'https://other.invalid' }), said('invalid_target'))
  const { privateKey: other } = await generateKeyPair('ES384')
  await t.rejects(ask(other, 'system/Practitioner.c'), said('invalid_client'))
  await t.rejects(
    oauth.clientCredentialsGrantRequest(server, client, oauth.None(), { scope: 'system/Practitioner.c' }, options)
      .then(async (answer) => await oauth.processClientCredentialsResponse(server, client, answer)),
    said('invalid_client'), 'without a key'
  )
})

t.test('signing keys change while the provider runs: shown before they sign, and until their tokens have ended', async (t) => {
  let ahead = 0
  const clock = (): number => Date.now() + ahead
  const home = await startTestProvider(t, join(folder, 'rotating'), { people: [ALICE], env: { ROTATE_KEYS_DAYS: '30' }, clock })
  const keys = new KeyFile(home.dataDir, clock)
  const shown = async (): Promise<string[]> => {
    const set = await (await get(home, home.server.jwks_uri ?? '')).json() as JSONWebKeySet
    t.notOk(JSON.stringify(set).includes('"d":') || JSON.stringify(set).includes('signsFrom'))
    return set.keys.map(({ kid = '' }) => kid)
  }
  const become = async (names: readonly string[]): Promise<void> => {
    const until = Date.now() + 30_000
    while ((await shown()).join() !== names.join()) {
      if (Date.now() > until) throw new Error(`shown are ${(await shown()).join()}, not ${names.join()}`)
      await new Promise((resolve) => { setTimeout(resolve, 20) })
    }
  }
  const sign = async (): Promise<{ token: string, kid: string | undefined, refresh: string }> => {
    const { access_token: token, refresh_token: refresh = '' } = await home.signIn(ALICE, 'user/DocumentReference.rs')
    return { token, refresh, kid: decodeProtectedHeader(token).kid }
  }
  const oidc = readTokenSettings({ OIDC_ISSUER: home.issuer, OIDC_AUDIENCE: home.audience })
  const verifier = createTokenVerifier(oidc, createFetchDocument(home.caPem), () => Date.now())
  const first = await sign()
  const a = first.kid ?? ''
  t.same(await shown(), [a])

  await keys.rotate()
  await keys.rotate()
  const [, b = ''] = (await keys.current()).map(({ kid }) => kid ?? '')
  await become([a, b])
  t.equal((await sign()).kid, a, 'the new one is shown, and does not sign yet')
  ahead += KEYS_CACHED_MS
  await become([b, a])
  const second = await sign()
  t.equal(second.kid, b)
  t.equal((await verifier.verify(first.token)).subject, 'dr-alice', 'the former one\'s tokens count')
  t.equal((await verifier.verify(second.token)).subject, 'dr-alice')
  t.ok((await oauth.processRefreshTokenResponse(home.server, CLI,
    await oauth.refreshTokenGrantRequest(home.server, CLI, oauth.None(), first.refresh, home.options))).access_token, 'sign-ins go on')
  await home.restart()
  t.same(await shown(), [b, a], 'after a restart, too')
  ahead += 3_600_000 + KEYS_CACHED_MS
  await become([b])

  ahead += 30 * 24 * 3_600_000
  await t.resolves((async () => { while ((await shown()).length < 2) await new Promise((resolve) => { setTimeout(resolve, 20) }) })(), 'by itself')
  t.equal((await sign()).kid, b)
  await keys.rotate({ atOnce: true })
  const [stolenFor = ''] = (await keys.current()).map(({ kid }) => kid ?? '')
  await become([stolenFor])
  t.equal((await sign()).kid, stolenFor, 'a stolen key ends at once')

  writeFileSync(join(home.dataDir, 'signing-keys.json'), '{}')
  await t.rejects(keys.current(), /is no list of signing keys/)
  t.equal((await sign()).kid, stolenFor, 'a damaged file stops nobody while the provider runs')
})

t.test('a clock that was ahead once keeps no key from being exchanged', async (t) => {
  const DAY = 24 * 3_600_000
  const [start, everyMs] = [Date.now(), 90 * DAY]
  let now = start
  const keys = new KeyFile(t.testdir(), () => now)
  const names = async (): Promise<unknown[]> => (await keys.current()).map(({ kid }) => kid)
  const [first] = await names()
  now = start + 1_000 * DAY
  await keys.keepUp(everyMs)
  now = start
  t.equal((await names())[0], first, 'set right, the key of before signs')
  await keys.rotate()
  now += 600_001
  const [second] = await names()
  t.not(second, first, 'an admin exchanges it')
  now += everyMs
  await keys.keepUp(everyMs)
  now += 600_001
  t.not((await names())[0], second, 'and time does')
})

t.test('what is issued stands on the disk neither in clear nor by name', async (t) => {
  const { refresh_token: token = '' } = await provider.signIn(ALICE, 'user/DocumentReference.rs')
  const files = ['issued.sqlite', 'issued.sqlite-wal'].map((name) => readFileSync(join(provider.dataDir, name)))
  t.notOk(files.some((bytes) => bytes.includes(token) || bytes.includes('dr-alice')))
  t.notOk(readFileSync(join(provider.dataDir, 'people.json'), 'utf8').includes(ALICE.password))
})
