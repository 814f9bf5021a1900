import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import t from 'tap'
import type { PractitionerContext } from '@epione/sdk'
import { ClientsFile, PatientFile } from '@epione/fhir'
import { Client } from 'fhir-kit-client'
import { Cursors } from '../../../fhir/src/cursors.ts'
import { CALLER_TOKEN, FhirDesk } from '../../helpers/fhir.ts'

const PATIENT = 'a'.repeat(32)
const folder = t.testdir({})
const path = join(folder, 'callers')
const patients = join(folder, 'patients')
writeFileSync(patients, `${JSON.stringify({ resourceType: 'Patient', identifier: [{ system: 'urn:epione:patient', value: PATIENT }], name: [{ family: 'Levi' }] })}\n`)
const [lab, stranger, rsa] = await Promise.all([generateKeyPair('ES384'), generateKeyPair('ES384'), generateKeyPair('RS384')])
const SCOPE = 'system/Patient.rs system/Observation.crus system/DocumentReference.s'
const caller = async (members: object = {}): Promise<object> =>
  ({ id: 'lab', scope: SCOPE, jwks: { keys: [await exportJWK(lab.publicKey)] }, ...members })
const let_ = (...callers: object[]): void => { writeFileSync(path, JSON.stringify({ callers })) }
let_(await caller(), { id: 'research', scope: 'system/*.read', purposes: ['HRESCH'], jwks: { keys: [await exportJWK(rsa.publicKey)] } })
const options = { callers: new ClientsFile(path), patients: new PatientFile(patients) }
const desk = await FhirDesk.open(t, {} as PractitionerContext, folder, options)
const TOKEN_URL = `${desk.base}/token`

interface Proof { key?: typeof lab.privateKey, alg?: string, iss?: string, sub?: string, aud?: string, lasts?: number, jti?: unknown }
const prove = async ({ key = lab.privateKey, alg = 'ES384', iss = 'lab', sub = iss, aud = TOKEN_URL, lasts = 60, jti = crypto.randomUUID() }: Proof = {}): Promise<string> => {
  const now = Math.floor(Date.now() / 1_000)
  return await new SignJWT({ iss, sub, aud, exp: now + lasts, ...{ jti } as object }).setProtectedHeader({ alg }).sign(key)
}
const form = (members: Record<string, string>): { method: string, body: string, headers: Record<string, string> } =>
  ({ method: 'POST', body: new URLSearchParams(members).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: '' } })
const ask = async (scope: string, assertion?: string): Promise<{ status: number, body: Record<string, unknown> }> => await desk.call('/token', form({
  grant_type: 'client_credentials', client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: assertion ?? await prove(), scope
}))
const tokenFor = async (scope: string, proof?: Proof): Promise<Record<string, string>> => {
  const { status, body } = await ask(scope, await prove(proof))
  if (status !== 200) throw new Error(JSON.stringify(body))
  return { authorization: `Bearer ${String(body['access_token'])}` }
}
const refused = (code: string): object => ({ status: 403, body: { resourceType: 'OperationOutcome', issue: [{ code: 'forbidden', details: { coding: [{ code }] } }] } })

t.test('the stock client finds where tokens are given, and that is all that is stated', async (t) => {
  const found = await new Client({ baseUrl: desk.base }).smartAuthMetadata()
  t.match(found, { tokenUrl: new URL(TOKEN_URL) })
  const { status, body } = await desk.call('/.well-known/smart-configuration', { headers: { authorization: '' } })
  t.equal(status, 200)
  t.strictSame(Object.keys(body).sort(), ['capabilities', 'grant_types_supported', 'scopes_supported', 'token_endpoint', 'token_endpoint_auth_methods_supported', 'token_endpoint_auth_signing_alg_values_supported'])
  t.match(body, { token_endpoint: TOKEN_URL, grant_types_supported: ['client_credentials'], capabilities: ['client-confidential-asymmetric', 'permission-v1', 'permission-v2'] })
  t.ok((body['scopes_supported'] as string[]).includes('system/AuditEvent.rs'), 'no scope to write a log')
  t.match(await desk.call('/metadata'), { body: { rest: [{ security: { service: [{ coding: [{ code: 'SMART-on-FHIR' }] }] } }] } })
  const without = await FhirDesk.open(t, {} as PractitionerContext, folder)
  t.equal((await without.call('/.well-known/smart-configuration')).status, 404, 'where nobody gets tokens')
  t.equal((await without.call('/metadata')).text.includes('SMART'), false)
})

t.test('a program gets what it asks for, cut by what it may', async (t) => {
  t.match(await ask('system/Patient.read launch openid'), { status: 200, body: { token_type: 'bearer', expires_in: 300, scope: 'system/Patient.rs' } })
  t.match(await ask('system/*.cruds user/DocumentReference.c'), { body: { scope: 'system/DocumentReference.s system/Observation.crus system/Patient.rs' } })
  const headers = await tokenFor('system/Patient.s')
  t.match(await desk.call('/Patient?family=levi', { headers }), { status: 200, body: { entry: [{ resource: { id: PATIENT } }] } })
  const byStock = new Client({ baseUrl: desk.base, bearerToken: String(headers['authorization']).slice(7) })
  t.match(await byStock.search({ resourceType: 'Patient', searchParams: { family: 'levi' } }), { entry: [{ resource: { id: PATIENT } }] })
  t.match(await desk.call(`/Patient/${PATIENT}`, { headers }), refused('SCOPE_MISSING'))
  t.match(await desk.call(`/Observation?patient=${PATIENT}`, { headers }), refused('SCOPE_MISSING'))
  t.match(await desk.call('/Observation', { method: 'POST', body: {}, headers }), refused('SCOPE_MISSING'))
  t.match(await desk.call(`/AuditEvent?patient=${PATIENT}`, { headers }), refused('SCOPE_MISSING'))
  t.match(await desk.call(`/Binary/${'0'.repeat(32)}.1`, { headers }), refused('SCOPE_MISSING'))
  t.match(await desk.call(`/Patient/${PATIENT}/$everything`, { headers: await tokenFor('system/Patient.rs') }), refused('SCOPE_MISSING'))
  const entry = { resource: { resourceType: 'List', status: 'current', mode: 'working' }, request: { method: 'POST', url: 'List' } }
  t.match(await desk.call('', { method: 'POST', headers: await tokenFor('system/*.c'), body: { resourceType: 'Bundle', type: 'transaction', entry: [entry] } }), refused('SCOPE_MISSING'))
  t.match(await desk.call('/NoSuchType/1', { headers }), { status: 404 })
  t.match(await desk.call('/AuditEvent/x', { method: 'DELETE', headers }), { status: 405 })
})

t.test('what a program may read for is the hospital\'s word', async (t) => {
  const headers = await tokenFor('system/*.rs', { key: rsa.privateKey, alg: 'RS384', iss: 'research' })
  t.match(await desk.call(`/DocumentReference?patient=${PATIENT}`, { headers: { ...headers, 'purpose-of-use': 'TREAT' } }), refused('SCOPE_MISSING'))
  t.match(await desk.call('/Patient', { headers }), { status: 200 }, 'its own purpose needs not be said')
  t.match(await desk.call('/Observation', { method: 'POST', body: {}, headers }), refused('SCOPE_MISSING'))
})

t.test('whoever does not prove who they are gets no token', async (t) => {
  const once = await prove()
  t.equal((await ask('system/Patient.s', once)).status, 200)
  const cases: Array<[what: string, assertion: string]> = [
    ['shown before', once],
    ['another\'s key', await prove({ key: stranger.privateKey })],
    ['nobody known', await prove({ iss: 'nobody' })],
    ['in another\'s name', await prove({ sub: 'research' })],
    ['for another service', await prove({ aud: 'https://evil.example/token' })],
    ['ended', await prove({ lasts: -60 })],
    ['for an hour', await prove({ lasts: 3_600 })],
    ['named by an object, which is another one each time', await prove({ jti: { name: 1 } })],
    ['named by a list', await prove({ jti: [] })],
    ['named by a number', await prove({ jti: 7 })],
    ['without a name', await prove({ jti: '' })],
    ['with a name without end', await prove({ jti: 'x'.repeat(257) })],
    ['no JWT', 'x'],
    ['unsigned', `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify({ iss: 'lab', sub: 'lab', aud: TOKEN_URL, exp: Math.floor(Date.now() / 1000) + 60, jti: '1' }))}.`.replaceAll('=', '')]
  ]
  for (const [what, assertion] of cases) t.match(await ask('system/Patient.s', assertion), { status: 401, body: { error: 'invalid_client' } }, what)
  t.match(await ask('system/AuditEvent.rs'), { status: 400, body: { error: 'invalid_scope' } })
  t.match(await ask(''), { status: 400, body: { error: 'invalid_scope' } })
  t.match(await desk.call('/token', form({ grant_type: 'password' })), { status: 400, body: { error: 'unsupported_grant_type' } })
  t.match(await desk.call('/token', form({ grant_type: 'client_credentials' })), { status: 400, body: { error: 'invalid_request' } })
  t.match(await desk.call('/token', { ...form({ grant_type: 'client_credentials' }), body: 'grant_type=client_credentials&grant_type=client_credentials' }), { status: 400, body: { error: 'invalid_request' } })
  t.match(await desk.call('/token', { method: 'POST', body: {}, headers: { authorization: '' } }), { status: 415, body: { resourceType: 'OperationOutcome' } })
  for (const token of ['', 'x', CALLER_TOKEN.slice(1)]) t.match(await desk.call('/Patient', { headers: { authorization: `Bearer ${token}` } }), { status: 401 })
})

t.test('a program that is taken out, or let less, is so at once', async (t) => {
  const headers = await tokenFor('system/Patient.rs')
  t.equal((await desk.call('/Patient', { headers })).status, 200)
  let_(await caller({ scope: 'system/Observation.rs' }))
  t.match(await desk.call('/Patient', { headers }), refused('SCOPE_MISSING'))
  let_()
  t.match(await desk.call('/Patient', { headers }), { status: 401 })
  t.equal((await desk.call('/Patient')).status, 200, 'the home\'s own programs go on')
})

t.test('a file that does not say who calls is refused', async (t) => {
  const { d, ...open } = await exportJWK((await generateKeyPair('ES384', { extractable: true })).privateKey)
  const key = open
  for (const callers of ['x', {}, { callers: [{}] }, { callers: [await caller({ jwks: { keys: [] } })] }, { callers: [await caller({ jwks: { keys: [{ ...key, d }] } })] }, { callers: [await caller({ jwks: { keys: [{ kty: 'oct', k: 'AA' }] } })] }, { callers: [await caller(), await caller()] }, { callers: [await caller({ more: 1 })] }]) {
    writeFileSync(path, JSON.stringify(callers))
    await t.rejects(new ClientsFile(path).all(), { code: 'CALLERS_INVALID' }, JSON.stringify(callers))
  }
})

t.test('a page is its caller\'s', (t) => {
  const cursors = new Cursors()
  const cursor = cursors.of('smart/lab').seal({ path: 'Patient', query: '', purpose: 'TREAT', events: [], after: [0, '', 0, -1] })
  t.match(cursors.of('smart/lab').open(cursor), { path: 'Patient' })
  for (const other of ['home', 'smart/la', 'smart/labb']) t.throws(() => cursors.of(other).open(cursor), { code: 'CURSOR_INVALID' }, other)
  for (let at = 0; at < cursor.length; at += 7) {
    const changed = `${cursor.slice(0, at)}${cursor[at] === 'A' ? 'B' : 'A'}${cursor.slice(at + 1)}`
    t.throws(() => cursors.of('smart/lab').open(changed), { code: 'CURSOR_INVALID' })
  }
  t.end()
})
