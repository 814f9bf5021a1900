import t from 'tap'
import { createTokenVerifier } from '../../../gateway/src/http/tokens.ts'
import type { TokenVerifier } from '../../../gateway/src/http/tokens.ts'
import { maxAgeOf } from '../../../gateway/src/http/fetch-document.ts'
import { readTokenSettings } from '../../../gateway/src/http/token-settings.ts'
import { createTestIssuer } from '../../helpers/issuer.ts'
import type { TestIssuer, TokenOptions } from '../../helpers/issuer.ts'

const AUDIENCE = 'https://gateway.invalid'
const READ = 'user/DocumentReference.rs'
const MINUTE = 60_000

interface World {
  issuer: TestIssuer
  verifier: TokenVerifier
  pass: (ms: number) => void
  check: (options?: TokenOptions) => Promise<unknown>
}

async function createWorld (settings: Record<string, string> = {}): Promise<World> {
  let now = Date.parse('2026-11-30T12:00:00Z')
  const issuer = await createTestIssuer({ audience: AUDIENCE, clock: () => now })
  const verifier = createTokenVerifier(
    readTokenSettings({ OIDC_ISSUER: issuer.issuer, OIDC_AUDIENCE: AUDIENCE, ...settings }), issuer.fetchDocument, () => now
  )
  return {
    issuer,
    verifier,
    pass: (ms) => { now += ms },
    check: async (options) => await verifier.verify(await issuer.sign('dr-a', READ, options)).then(() => 'taken', (error: unknown) =>
      (error as { code?: string }).code)
  }
}

t.test('a token counts for its issuer, audience, time and kind', async (t) => {
  const { check, verifier, issuer } = await createWorld()
  const seconds = Date.parse('2026-11-30T12:00:00Z') / 1000
  t.equal(await check(), 'taken')
  t.equal(await check({ audience: ['https://other.invalid', AUDIENCE] }), 'taken', 'one of several audiences')
  t.equal(await check({ expiresInSeconds: -4 }), 'taken', 'clocks may differ a little')
  const { subject, scopes, claims } = await verifier.verify(await issuer.sign('dr-a', READ, { claims: { department: 'cardiology' } }))
  t.same([subject, scopes.allows(READ), scopes.allows('user/Patient.c'), claims['department']], ['dr-a', true, false, 'cardiology'])

  const refused: Array<[string, TokenOptions, string]> = [
    ['expired', { expiresInSeconds: -6 }, 'TOKEN_EXPIRED'],
    ['another audience', { audience: 'https://other.invalid' }, 'TOKEN_AUDIENCE'],
    ['no audience', { claims: { aud: undefined } }, 'TOKEN_AUDIENCE'],
    ['another issuer', { claims: { iss: 'https://other.invalid' } }, 'TOKEN_INVALID'],
    ['an issuer that only begins alike', { claims: { iss: `${issuer.issuer}/` } }, 'TOKEN_INVALID'],
    ['not yet valid', { claims: { nbf: seconds + 60 } }, 'TOKEN_INVALID'],
    ['issued in the future', { claims: { iat: seconds + 60 } }, 'TOKEN_INVALID'],
    ['no end', { claims: { exp: undefined } }, 'TOKEN_INVALID'],
    ['no beginning', { claims: { iat: undefined } }, 'TOKEN_INVALID'],
    ['no subject', { claims: { sub: undefined } }, 'TOKEN_INVALID'],
    ['an empty subject', { claims: { sub: '' } }, 'TOKEN_INVALID'],
    ['two clients', { claims: { azp: 'another' } }, 'TOKEN_INVALID'],
    ['an ID token', { header: { typ: 'JWT' } }, 'TOKEN_INVALID'],
    ['no kind', { header: { typ: undefined } }, 'TOKEN_INVALID'],
    ['a critical header that nobody knows', { header: { crit: ['exp2'], exp2: 1 } }, 'TOKEN_INVALID']
  ]
  for (const [what, options, code] of refused) {
    t.equal(await check(options).catch(() => 'cannot be signed'), what === 'a critical header that nobody knows' ? 'cannot be signed' : code, what)
  }
})

t.test('algorithms are chosen by setting, and no symmetric one can be', async (t) => {
  for (const algorithm of ['ES384', 'RS256', 'PS256', 'EdDSA']) {
    const { issuer, check } = await createWorld()
    await issuer.addKey(algorithm)
    t.equal(await check(), 'taken', algorithm)
  }
  const { issuer, check, verifier } = await createWorld({ OIDC_ALGORITHMS: 'ES384' })
  t.equal(await check(), 'TOKEN_INVALID', 'ES256 was not chosen')
  await issuer.addKey('ES384')
  t.equal(await check(), 'taken')
  const [, payload = ''] = (await issuer.sign('dr-a', READ)).split('.')
  for (const alg of ['none', 'HS256', 'HS384', 'HS512']) {
    const header = Buffer.from(JSON.stringify({ alg, typ: 'at+jwt' })).toString('base64url')
    await t.rejects(verifier.verify(`${header}.${payload}.${alg === 'none' ? '' : 'AAAA'}`), { code: 'TOKEN_INVALID' }, alg)
  }
})

t.test('clients and kind of token are chosen by setting', async (t) => {
  const { check } = await createWorld({ OIDC_CLIENTS: 'epione-cli,portal', OIDC_TOKEN_TYPE: 'JWT' })
  t.equal(await check({ header: { typ: 'JWT' } }), 'taken')
  t.equal(await check({ header: { typ: 'JWT' }, claims: { client_id: undefined, azp: 'portal' } }), 'taken')
  t.equal(await check({ header: { typ: 'JWT' }, claims: { client_id: 'another' } }), 'TOKEN_INVALID')
  t.equal(await check({ header: { typ: 'JWT' }, claims: { client_id: undefined } }), 'TOKEN_INVALID', 'no client')
  t.equal(await check({ header: { typ: 'logout+jwt' } }), 'TOKEN_INVALID')
})

t.test('keys change without a restart', (t) => {
  t.test('a new key is fetched when the first token names it', async (t) => {
    const { issuer, check, pass } = await createWorld()
    t.equal(await check(), 'taken')
    pass(6_000)
    await issuer.addKey()
    t.equal(await check(), 'taken', 'the new key')
    t.equal(await check({ key: 0 }), 'taken', 'the former one, which is shown still')
    t.equal(issuer.fetches, 3, 'discovery, keys, keys')
  })

  t.test('a key that is gone is refused once the list has aged, or was fetched for another', async (t) => {
    const aged = await createWorld()
    t.equal(await aged.check(), 'taken')
    await aged.issuer.addKey()
    aged.issuer.show(1)
    t.equal(await aged.check({ key: 0 }), 'taken', 'the list is fresh')
    aged.pass(5 * MINUTE)
    t.equal(await aged.check({ key: 0 }), 'TOKEN_INVALID')
    const replaced = await createWorld()
    t.equal(await replaced.check(), 'taken')
    replaced.pass(6_000)
    await replaced.issuer.addKey()
    replaced.issuer.show(1)
    t.equal(await replaced.check(), 'taken')
    t.equal(await replaced.check({ key: 0 }), 'TOKEN_INVALID')
  })

  t.test('what the provider says of caching counts, within bounds', async (t) => {
    const fetchesWithin = async (maxAgeMs: number, ms: number): Promise<number> => {
      const { issuer, check, pass } = await createWorld()
      issuer.maxAgeMs = maxAgeMs
      await check()
      pass(ms)
      await check()
      return issuer.fetches - 2
    }
    t.equal(await fetchesWithin(2 * MINUTE, 2 * MINUTE - 1), 0)
    t.equal(await fetchesWithin(2 * MINUTE, 2 * MINUTE), 1)
    t.equal(await fetchesWithin(0, 9_999), 0, 'no fetch for each token, whatever it says')
    t.equal(await fetchesWithin(365 * 24 * 60 * MINUTE, 10 * MINUTE), 1, 'not for a year either')
    t.same(
      ['', 'public, max-age=60', 'max-age="60"', 'no-store', 'no-cache, max-age=60', 'max-age=-1', 's-maxage=9'].map(maxAgeOf),
      [undefined, 60_000, 60_000, 0, 0, undefined, undefined]
    )
  })

  t.test('tokens with made-up keys cost the provider one look in a while, and many at once one look', async (t) => {
    const { issuer, check, pass } = await createWorld()
    await Promise.all(Array.from({ length: 50 }, () => check()))
    t.equal(issuer.fetches, 2, 'discovery and keys')
    pass(6_000)
    const forged = Array.from({ length: 50 }, (_, n) => check({ header: { kid: `made-up-${String(n)}` } }))
    t.same(new Set(await Promise.all(forged)), new Set(['TOKEN_INVALID']))
    t.equal(issuer.fetches, 3)
    t.equal(await check({ header: { kid: 'one more' } }), 'TOKEN_INVALID')
    t.equal(issuer.fetches, 3, 'it was looked at just before')
  })

  t.test('a provider that is away stops nobody for an hour, and everybody then', async (t) => {
    const { issuer, check, pass } = await createWorld()
    await check()
    issuer.isAway = true
    pass(59 * MINUTE)
    t.equal(await check(), 'taken')
    const tries = issuer.fetches
    t.equal(await check(), 'taken')
    t.equal(issuer.fetches, tries, 'nobody waits for it again at once')
    t.equal(await check({ header: { kid: 'new' } }), 'TOKEN_INVALID')
    pass(MINUTE)
    t.equal(await check(), 'IDENTITY_PROVIDER_UNAVAILABLE')
    issuer.isAway = false
    t.equal(await check(), 'taken')
  })
  t.end()
})

t.test('a discovery document is of the issuer itself, and names keys that come safely', async (t) => {
  const discovers = async (document: Record<string, unknown>): Promise<unknown> => {
    const { issuer, check } = await createWorld()
    issuer.discovery = { ...issuer.discovery, ...document }
    return await check()
  }
  t.equal(await discovers({}), 'taken')
  for (const document of [
    { issuer: 'https://other.invalid' }, { issuer: undefined }, { jwks_uri: undefined }, { jwks_uri: 'http://issuer.invalid/jwks' },
    { jwks_uri: 'https://user@issuer.invalid/jwks' }, { jwks_uri: 'file:///etc/keys' }
  ]) t.equal(await discovers(document), 'IDENTITY_PROVIDER_UNAVAILABLE', JSON.stringify(document))
  const told = await createWorld({ OIDC_JWKS_URL: 'https://issuer.invalid/jwks' })
  t.equal(await told.check(), 'taken')
  t.equal(told.issuer.fetches, 1, 'a setting takes the place of discovery')
})

t.test('a clock that is set back keeps no withdrawn key in force, and no new one out', async (t) => {
  const { issuer, check, pass } = await createWorld()
  pass(365 * 24 * 60 * MINUTE)
  t.equal(await check(), 'taken')
  pass(-365 * 24 * 60 * MINUTE)
  await issuer.addKey()
  issuer.show(1)
  t.equal(await check(), 'taken', 'a key of after')
  t.equal(await check({ key: 0 }), 'TOKEN_INVALID', 'one that is gone')
})
