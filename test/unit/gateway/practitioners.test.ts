import t from 'tap'
import { OFFICES } from '@epione/protocol'
import { SecretKey } from '@epione/crypto'
import { GatewayError } from '../../../gateway/src/errors.ts'
import { buildGateway, createConsortium, createMemoryAuthority } from '../../helpers/gateway.ts'
import type { TestGateway } from '../../helpers/gateway.ts'
import { keyHex, sign } from '../../helpers/ledger-fixtures.ts'

const DAY_MS = 86_400_000
const READ = 'user/DocumentReference.rs'

async function bind (
  gateway: TestGateway,
  staffId: string,
  subject: string,
  version = 1,
  former: SecretKey[] = []
): Promise<{ answer: Awaited<ReturnType<TestGateway['app']['inject']>>, requestKey: SecretKey }> {
  const [requestKey, receivingKey] = [SecretKey.random(), SecretKey.random()]
  const members = { mspId: gateway.mspId, staffId, version, requestKey: keyHex(requestKey), receivingKey: keyHex(receivingKey) }
  const statement = sign(gateway.consortium.world, 'KeyBinding', members, requestKey, receivingKey, ...former)
  const authorization = `Bearer ${await gateway.token(subject, READ, { expiresInSeconds: 365 * 86_400 })}`
  const answer = await gateway.app.inject({
    method: 'POST',
    url: '/v1/practitioners/me/keys',
    payload: { statement },
    headers: { authorization }
  })
  return { answer, requestKey }
}

t.test('a person is enrolled once, under an opaque id, with a role of a person', async (t) => {
  const gateway = await buildGateway(t)
  const enrol = async (payload: object, scope = 'system/Practitioner.c'): Promise<Awaited<ReturnType<TestGateway['app']['inject']>>> =>
    await gateway.app.inject({
      method: 'POST',
      url: '/v1/practitioners',
      payload,
      headers: { authorization: `Bearer ${await gateway.token('head', scope)}` }
    })
  t.match((await enrol({ subject: 'dr-a', role: 'physician', department: 'cardiology' })).json(), {
    mspId: 'CoreMSP',
    staffId: /^s-[0-9a-f]{20}$/,
    role: 'physician',
    department: 'cardiology'
  })
  t.match((await enrol({ subject: 'dr-a', role: 'physician' })).json(), { status: 409, code: 'PRACTITIONER_EXISTS' })
  t.match((await enrol({ subject: 'registration-desk', role: 'physician' })).json(), { status: 409, code: 'PRACTITIONER_EXISTS' })
  t.match((await enrol({ subject: 'auditor-wide', role: 'physician' })).json(), { status: 409, code: 'PRACTITIONER_EXISTS' })
  t.match((await enrol({ subject: 'dr-b', role: 'wizard' })).json(), { status: 400, code: 'REQUEST_INVALID' })
  t.match((await enrol({ subject: 'dr-b', role: 'physician', scope: 'consortium' })).json(), { status: 400, code: 'REQUEST_INVALID' })
  for (const role of OFFICES) {
    t.match(
      (await enrol({ subject: 'dr-b', role })).json(),
      { status: 403, code: 'NOT_PERMITTED' },
    `${role} is the hospital's admin's to give`
    )
  }
  t.match((await enrol({ subject: 'dr-b', role: 'auditor', scope: 'consortium' })).json(), { status: 400, code: 'REQUEST_INVALID' })
  t.same(await gateway.app.store.db.selectFrom('practitioners').select('subject').execute(), [{ subject: 'dr-a' }])
  t.match((await enrol({ subject: 'dr-b', role: 'physician' }, READ)).json(), { status: 403, code: 'SCOPE_MISSING' })
  const failing = await buildGateway(t, {
    consortium: gateway.consortium,
    mspId: 'Regional1MSP',
    ports: {
      authority: {
        enrol: () => Promise.reject(new GatewayError('CA_UNAVAILABLE', 'no CA')),
        renew: () => Promise.reject(new GatewayError('CA_UNAVAILABLE', 'no CA')),
        certify: () => Promise.reject(new GatewayError('CA_UNAVAILABLE', 'no CA')),
        register: () => Promise.reject(new GatewayError('CA_UNAVAILABLE', 'no CA')),
        certifyRequest: () => Promise.reject(new GatewayError('CA_UNAVAILABLE', 'no CA'))
      }
    }
  })
  await t.rejects(failing.enrol('dr-c'), /CA_UNAVAILABLE/)
  t.same(await failing.app.store.db.selectFrom('practitioners').selectAll().execute(), [], 'nothing half done')
})

t.test('keys are bound by the person alone', async (t) => {
  const gateway = await buildGateway(t)
  const [own, other] = [await gateway.enrol('dr-a'), await gateway.enrol('dr-b')]
  t.match((await bind(gateway, other, 'dr-a')).answer.json(), { status: 403, code: 'NOT_PERMITTED' })
  const { answer, requestKey } = await bind(gateway, own, 'dr-a')
  t.match(answer.json(), { mspId: 'CoreMSP', staffId: own, version: 1 })
  t.match((await bind(gateway, own, 'dr-a', 2)).answer.json(), { code: 'SIGNATURE_INVALID' }, 'a later binding needs the former key')
  t.match((await bind(gateway, own, 'dr-a', 2, [requestKey])).answer.json(), { version: 2 })
  const history = await gateway.app.inject(`/v1/practitioners/CoreMSP/${own}/keys`)
  t.match(history.json(), { staffId: own, versions: [{}, {}] })
})

t.test('whoever enrols staff ends one of them: the token opens nothing from then on', async (t) => {
  const gateway = await buildGateway(t)
  const staffId = await gateway.enrol('dr-a')
  await bind(gateway, staffId, 'dr-a')
  const self = async (): Promise<unknown> => (await gateway.app.inject({
    url: '/v1/practitioners/me',
    headers: { authorization: `Bearer ${await gateway.token('dr-a', READ)}` }
  })).json()
  const end = async (mspId: string, payload: object, scope = 'system/Practitioner.c'): Promise<unknown> => (await gateway.app.inject({
    method: 'POST',
    url: `/v1/practitioners/${mspId}/${staffId}/suspensions/by-hospital`,
    payload,
    headers: { authorization: `Bearer ${await gateway.token('head', scope)}` }
  })).json()
  const left = { target: { kind: 'person' }, cause: 'left' }
  t.match(await end('CoreMSP', left, READ), { status: 403, code: 'SCOPE_MISSING' })
  t.match(await end('Regional1MSP', left), { status: 403, code: 'NOT_PERMITTED' })
  t.match(await end('CoreMSP', { ...left, cause: 'bored' }), { status: 400, code: 'REQUEST_INVALID' })
  t.match(await self(), { staffId })
  t.match(await end('CoreMSP', left), { mspId: 'CoreMSP', staffId, ...left })
  t.match(await self(), { status: 403, code: 'SUSPENDED' })
  const history = await gateway.app.inject(`/v1/practitioners/CoreMSP/${staffId}/keys`)
  t.match(history.json(), { suspensions: [{ staffId, ...left, by: { registrar: String } }] })
  const anew = await gateway.enrol('dr-a')
  t.not(anew, staffId, 'whoever comes back is somebody else to the ledger')
  t.match(await self(), { staffId: anew })
  t.equal((await bind(gateway, anew, 'dr-a')).answer.statusCode, 201)
})

t.test('a person ends a key of their own by a signed statement, which any hospital takes', async (t) => {
  const gateway = await buildGateway(t)
  const staffId = await gateway.enrol('dr-a')
  const { requestKey } = await bind(gateway, staffId, 'dr-a')
  const target = { kind: 'key', key: keyHex(requestKey) }
  const statement = sign(gateway.consortium.world, 'Suspension', { mspId: 'CoreMSP', staffId, target, cause: 'lost' }, requestKey)
  const elsewhere = await buildGateway(t, { consortium: gateway.consortium, mspId: 'Regional1MSP' })
  const bring = async (url: string): Promise<unknown> => (await elsewhere.app.inject({ method: 'POST', url, payload: { statement } })).json()
  t.match(await bring('/v1/practitioners/CoreMSP/s-other/suspensions'), { status: 400, code: 'REQUEST_INVALID' })
  const first = await bring(`/v1/practitioners/CoreMSP/${staffId}/suspensions`)
  t.match(first, { mspId: 'CoreMSP', staffId, statementId: String, txId: String })
  t.strictSame(await bring(`/v1/practitioners/CoreMSP/${staffId}/suspensions`), first, 'again, it answers as the first time')
  t.match((await bind(gateway, staffId, 'dr-a', 2, [requestKey])).answer.json(), { status: 403, code: 'SUSPENDED' })
})

t.test('a suspension that the person did not sign is refused at the door, and costs the peers no endorsement', async (t) => {
  const gateway = await buildGateway(t)
  const staffId = await gateway.enrol('dr-a')
  const { requestKey } = await bind(gateway, staffId, 'dr-a')
  const submitted: string[] = []
  const { gateway: ledger } = gateway.app.ledger
  const original = ledger.suspend.bind(ledger)
  ledger.suspend = async (statement) => {
    submitted.push(statement.body)
    return await original(statement)
  }
  const bring = async (person: string, key: SecretKey): Promise<unknown> => {
    const members = { mspId: 'CoreMSP', staffId: person, target: { kind: 'person' }, cause: 'lost' }
    const statement = sign(gateway.consortium.world, 'Suspension', members, key)
    return (await gateway.app.inject({ method: 'POST', url: `/v1/practitioners/CoreMSP/${person}/suspensions`, payload: { statement } })).json()
  }
  t.match(await bring(staffId, SecretKey.random()), { status: 400, code: 'SIGNATURE_INVALID' })
  t.match(await bring('s-nobody', requestKey), { status: 409, code: 'BINDING_MISSING' })
  t.strictSame(submitted, [])
  t.match(await bring(staffId, requestKey), { staffId })
  t.equal(submitted.length, 1)
})

t.test('a suspended auditor reads no more, though the description of the network still lists them', async (t) => {
  const gateway = await buildGateway(t)
  const read = async (): Promise<unknown> => (await gateway.app.inject({
    url: '/v1/access-events',
    headers: { authorization: `Bearer ${await gateway.token('auditor-wide', 'user/AuditEvent.rs')}` }
  })).json()
  t.match(await read(), { items: [] })
  await gateway.app.inject({
    method: 'POST',
    url: '/v1/practitioners/CoreMSP/auditor-wide/suspensions/by-hospital',
    payload: { target: { kind: 'person' }, cause: 'left' },
    headers: { authorization: `Bearer ${await gateway.token('head', 'system/Practitioner.c')}` }
  })
  t.match(await read(), { status: 403, code: 'SUSPENDED' })
})

t.test('a certificate is renewed before it expires, and used on while the CA is away', async (t) => {
  let now = Date.now()
  let isAway = false
  let renewals = 0
  const consortium = await createConsortium(t, { clock: () => now })
  const ca = createMemoryAuthority('CoreMSP', () => now)
  const renew = (staffId: string): ReturnType<typeof ca.renew> => {
    if (isAway) return Promise.reject(new GatewayError('CA_UNAVAILABLE', 'no CA'))
    renewals += 1
    return ca.renew(staffId)
  }
  const gateway = await buildGateway(t, { consortium, ports: { authority: { ...ca, renew } } })
  const staffId = await gateway.enrol('dr-a')
  const { requestKey } = await bind(gateway, staffId, 'dr-a')
  t.equal(renewals, 0)
  now += 25 * DAY_MS
  isAway = true
  const second = await bind(gateway, staffId, 'dr-a', 2, [requestKey])
  t.equal(second.answer.statusCode, 201, 'the old one is good for five days more')
  isAway = false
  const third = await bind(gateway, staffId, 'dr-a', 3, [second.requestKey])
  t.equal(third.answer.statusCode, 201)
  t.equal(renewals, 1)
  now += 40 * DAY_MS
  isAway = true
  t.match((await bind(gateway, staffId, 'dr-a', 4, [third.requestKey])).answer.json(), { status: 503, code: 'CA_UNAVAILABLE' })
  isAway = false
  const fourth = await bind(gateway, staffId, 'dr-a', 4, [third.requestKey])
  t.equal(fourth.answer.statusCode, 201, 'back after a long leave')
  t.equal(renewals, 2)
  const ended = await gateway.app.inject({
    method: 'POST',
    url: `/v1/practitioners/CoreMSP/${staffId}/suspensions/by-hospital`,
    payload: { target: { kind: 'certificate', serial: '0a1b' }, cause: 'lost' },
    headers: { authorization: `Bearer ${await gateway.token('head', 'system/Practitioner.c', { expiresInSeconds: 100 * DAY_MS / 1000 })}` }
  })
  t.equal(ended.statusCode, 201)
  t.equal((await bind(gateway, staffId, 'dr-a', 5, [fourth.requestKey])).answer.statusCode, 201)
  t.equal(renewals, 3, 'the next one is fetched at once when one of theirs ended')
})

t.test('auditors are those whom the network file lists, and nobody enrols another', async (t) => {
  const gateway = await buildGateway(t)
  const self = async (subject: string): Promise<unknown> => {
    const authorization = `Bearer ${await gateway.token(subject, 'user/AuditEvent.rs')}`
    return (await gateway.app.inject({ url: '/v1/practitioners/me', headers: { authorization } })).json()
  }
  t.match(await self('auditor-wide'), { subject: 'auditor-wide', staffId: 'auditor-wide', role: 'auditor' })
  t.match(await self('auditor-unheard-of'), { status: 403, code: 'NOT_ENROLLED' })
  const authorization = `Bearer ${await gateway.token('auditor-wide', `${READ} user/DocumentReference.c`)}`
  const binding = sign(
    gateway.consortium.world,
    'KeyBinding',
    {
      mspId: gateway.mspId,
      staffId: 'auditor-wide',
      version: 1,
      requestKey: keyHex(SecretKey.random()),
      receivingKey: keyHex(SecretKey.random())
    },
    SecretKey.random()
  )
  t.match(
    (await gateway.app.inject({
      method: 'POST',
      url: '/v1/practitioners/me/keys',
      payload: { statement: binding },
      headers: { authorization }
    })).json(),
    { code: 'NOT_ENROLLED' },
    'the gateway has no certificate of an auditor\'s'
  )
})
