import t from 'tap'
import { SecretKey } from '@epione/crypto'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import { publishPatient } from '../../helpers/ledger-fixtures.ts'
import type { TestGateway } from '../../helpers/gateway.ts'

const READ = 'user/DocumentReference.rs'

async function getSelf (gateway: TestGateway, authorization?: string): Promise<{ status: number, code: unknown }> {
  const response = await gateway.app.inject({
    method: 'GET',
    url: '/v1/practitioners/me',
    headers: authorization === undefined ? {} : { authorization }
  })
  return { status: response.statusCode, code: response.json<{ code?: unknown }>().code }
}

t.test('staff sign in with tokens of their own hospital', async (t) => {
  const gateway = await buildGateway(t)
  const other = await buildGateway(t, { consortium: gateway.consortium, mspId: 'Regional1MSP' })
  await gateway.enrol('dr-a')

  t.test('a token of an enrolled person opens the route', async (t) => {
    t.match(await getSelf(gateway, `Bearer ${await gateway.token('dr-a', READ)}`), { status: 200 })
  })

  t.test('each reason to refuse has its own code', async (t) => {
    const bearer = async (...args: Parameters<TestGateway['token']>): Promise<string> => `Bearer ${await gateway.token(...args)}`
    t.same(await getSelf(gateway), { status: 401, code: 'TOKEN_MISSING' })
    t.same(await getSelf(gateway, 'Bearer nonsense'), { status: 401, code: 'TOKEN_INVALID' })
    t.same(await getSelf(gateway, await bearer('dr-a', READ, { expiresInSeconds: -60 })), { status: 401, code: 'TOKEN_EXPIRED' })
    t.same(await getSelf(gateway, await bearer('dr-a', READ, { audience: 'https://elsewhere.example' })), {
      status: 401,
      code: 'TOKEN_AUDIENCE'
    })
    t.same(
      await getSelf(gateway, `Bearer ${await other.token('dr-a', READ)}`),
      { status: 401, code: 'TOKEN_AUDIENCE' },
      'a token of another hospital'
    )
    t.same(
      await getSelf(gateway, `Bearer ${await other.token('dr-a', READ, { audience: gateway.config.oidc.audience })}`),
      { status: 401, code: 'TOKEN_INVALID' },
      'another hospital in our name'
    )
    t.same(await getSelf(gateway, await bearer('dr-a', 'user/Patient.c')), { status: 403, code: 'SCOPE_MISSING' })
    t.same(await getSelf(gateway, await bearer('dr-nobody', READ)), { status: 403, code: 'NOT_ENROLLED' })
    const [head = '', , signature = ''] = (await gateway.token('dr-a', READ)).split('.')
    const forged = Buffer.from(
      JSON.stringify({ iss: gateway.config.oidc.issuer, aud: gateway.config.oidc.audience, sub: 'dr-a', scope: READ, exp: 9_999_999_999 })
    ).toString('base64url')
    t.same(await getSelf(gateway, `Bearer ${head}.${forged}.${signature}`), { status: 401, code: 'TOKEN_INVALID' }, 'altered claims')
    const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url')
    t.same(await getSelf(gateway, `Bearer ${none}.${forged}.`), { status: 401, code: 'TOKEN_INVALID' }, 'no signature at all')
  })

  t.test('an identity provider that is away refuses nobody for good', async (t) => {
    const fresh = await buildGateway(t, { consortium: gateway.consortium, mspId: 'Regional2MSP' })
    fresh.issuer.isAway = true
    const authorization = `Bearer ${await fresh.token('dr-a', READ)}`
    t.same(await getSelf(fresh, authorization), { status: 503, code: 'IDENTITY_PROVIDER_UNAVAILABLE' })
    t.same(await getSelf(fresh, 'Bearer nonsense'), { status: 401, code: 'TOKEN_INVALID' }, 'what is no token needs no keys')
    fresh.issuer.isAway = false
    t.same(await getSelf(fresh, authorization), { status: 403, code: 'NOT_ENROLLED' }, 'it is back')
  })

  t.test('scopes of either form are taken together', async (t) => {
    for (const scope of ['user/DocumentReference.read', 'user/*.rs', 'user/DocumentReference.s openid user/DocumentReference.r', 'user/*.*']) {
      t.match(await getSelf(gateway, `Bearer ${await gateway.token('dr-a', scope)}`), { status: 200 }, scope)
    }
    for (const scope of ['patient/DocumentReference.rs', 'system/*.*', 'user/DocumentReference.r', 'user/DocumentReference.rs?category=lab', '']) {
      t.same(await getSelf(gateway, `Bearer ${await gateway.token('dr-a', scope)}`), { status: 403, code: 'SCOPE_MISSING' }, scope)
    }
  })

  t.test('anybody learns where staff sign in', async (t) => {
    const { resource, authorization_servers: issuers } = (await gateway.app.inject('/.well-known/oauth-protected-resource'))
      .json<{ resource: string, authorization_servers: string[] }>()
    t.same([resource, issuers], [gateway.config.publicUrl, [gateway.issuer.issuer]])
  })

  t.test('a refusal is a problem document that says what it takes', async (t) => {
    const response = await gateway.app.inject({ method: 'GET', url: '/v1/practitioners/me' })
    t.match(response.headers, { 'content-type': /^application\/problem\+json/, 'www-authenticate': /Bearer/ })
    t.match(response.headers['www-authenticate'], `resource_metadata="${gateway.config.publicUrl}/.well-known/oauth-protected-resource"`)
    const challenge = async (authorization: string): Promise<unknown> =>
      (await gateway.app.inject({ url: '/v1/practitioners/me', headers: { authorization } })).headers['www-authenticate']
    t.match(await challenge('Bearer "\u00fc"'), /^Bearer error="invalid_token", error_description="[^"\\]+", resource_metadata=/)
    t.match(await challenge(`Bearer ${await gateway.token('dr-a', '')}`), /^Bearer error="insufficient_scope", scope="user\/DocumentReference.rs"/)
    t.match(response.json(), {
      type: 'urn:epione:problem:token-missing',
      title: 'Unauthorized',
      status: 401,
      code: 'TOKEN_MISSING',
      instance: String
    })
  })
})

t.test('patients sign in with sessions', async (t) => {
  let now = Date.now()
  const gateway = await buildGateway(t, { consortium: await createConsortium(t, { clock: () => now }) })
  const patient = await publishPatient(gateway.consortium.world)
  const list = async (authorization: string, patientId = patient.patientId): Promise<{ status: number, code: unknown }> => {
    const response = await gateway.app.inject({ method: 'GET', url: `/v1/patients/${patientId}/records`, headers: { authorization } })
    return { status: response.statusCode, code: response.json<{ code?: unknown }>().code }
  }

  t.test('a fresh session opens one request and no second', async (t) => {
    const session = gateway.session(patient)
    t.match(await list(session), { status: 200 })
    t.same(await list(session), { status: 401, code: 'SESSION_REPLAYED' })
  })

  t.test('it opens nothing of another patient', async (t) => {
    t.same(await list(gateway.session(patient), 'a'.repeat(32)), { status: 403, code: 'NOT_PERMITTED' })
  })

  t.test('what is not a session of this patient for this gateway is refused', async (t) => {
    const invalid = { status: 401, code: 'SESSION_INVALID' }
    t.same(await list('Session nonsense'), invalid)
    t.same(await list(gateway.session({ ...patient, identity: SecretKey.random() })), invalid, 'another key')
    t.same(await list(gateway.session({ ...patient, patientId: 'b'.repeat(32) })), invalid, 'an unknown patient')
    t.same(await list(gateway.session(patient, { audience: 'https://elsewhere.example' })), invalid, 'for another gateway')
    t.same(await list(gateway.session(patient, { notAfter: now + 3_600_000 })), invalid, 'too long')
    t.same(await list(gateway.session(patient, { issuedAt: now + 60_000, notAfter: now + 120_000 })), invalid, 'from the future')
  })

  t.test('it ends when it says so', async (t) => {
    const session = gateway.session(patient)
    now += 61_000
    t.same(await list(session), { status: 401, code: 'SESSION_EXPIRED' })
  })
})
