import { randomUUID } from 'node:crypto'
import t from 'tap'
import type { Test } from 'tap'
import { LedgerUnavailable } from '@epione/ledger/fabric'
import type { LedgerConnection } from '../../../ledger/src/fabric/ledger-connection.ts'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import type { Consortium, TestGateway } from '../../helpers/gateway.ts'
import { createPatient, directoryMembers, sign } from '../../helpers/ledger-fixtures.ts'

type Injected = Awaited<ReturnType<TestGateway['app']['inject']>>

/** A connection that can be cut off and given back. */
function createSwitch (consortium: Consortium): { connectLedger: () => LedgerConnection, cut: (isCut: boolean) => void } {
  let isCut = false
  const guard = <A extends unknown[], R>(call: (...args: A) => Promise<R>) => (...args: A): Promise<R> =>
    isCut
      ? Promise.reject(new LedgerUnavailable('no peer answers', { cause: new Error('connect ECONNREFUSED 127.0.0.1:7051') }))
      : call(...args)
  const connection = consortium.blocks.connect(consortium.network.networkId)
  return {
    cut: (value) => { isCut = value },
    connectLedger: () => ({
      ...connection,
      networkId: guard(connection.networkId),
      height: guard(connection.height),
      portFor: (identity) => {
        const port = connection.portFor(identity)
        return { submit: guard(port.submit.bind(port)), evaluate: guard(port.evaluate.bind(port)) }
      }
    })
  }
}

async function register (gateway: TestGateway, statement: object, headers: Record<string, string> = {}): Promise<Injected> {
  const authorization = `Bearer ${await gateway.token('desk', 'user/Patient.c')}`
  return await gateway.app.inject({ method: 'POST', url: '/v1/patients', payload: { statement }, headers: { authorization, ...headers } })
}

t.test('a gateway starts without its peer, is not ready, and recovers by itself', async (t) => {
  const consortium = await createConsortium(t)
  const { connectLedger, cut } = createSwitch(consortium)
  cut(true)
  const gateway = await buildGateway(t, { consortium, ports: { connectLedger } })
  const get = async (url: string): Promise<Injected> => await gateway.app.inject(url)
  t.match(await get('/health/live'), { statusCode: 200 })
  t.match((await get('/health/ready')).json(), { status: 'not-ready', checks: { ledger: 'failing', store: 'ok' } })
  const refused = await get('/v1/network')
  t.match(refused.json(), { status: 503, code: 'LEDGER_UNAVAILABLE' })
  t.match(refused.headers, { 'retry-after': /^\d+$/ })
  cut(false)
  const deadline = Date.now() + 10_000
  while ((await get('/health/ready')).statusCode !== 200 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 100))
  t.match((await get('/health/ready')).json(), { status: 'ready' })
  t.match((await get('/v1/network')).json(), { document: { networkId: consortium.network.networkId }, organization: { mspId: 'CoreMSP' } })
})

t.test('a write that the ledger could not take is done by sending it again', async (t) => {
  const consortium = await createConsortium(t)
  const { connectLedger, cut } = createSwitch(consortium)
  const gateway = await buildGateway(t, { consortium, ports: { connectLedger } })
  const patient = createPatient()
  const statement = sign(consortium.world, 'KeyDirectory', directoryMembers(patient), patient.identity)
  const headers = { 'idempotency-key': randomUUID() }
  cut(true)
  const refused = await register(gateway, statement, headers)
  t.match(refused, { statusCode: 503, headers: { 'retry-after': '5' } })
  t.notMatch(refused.body, 'ECONNREFUSED')
  t.match(gateway.log.join(''), 'ECONNREFUSED', 'the log says all')
  cut(false)
  const done = await register(gateway, statement, headers)
  t.equal(done.statusCode, 201, 'a failure is not kept as the answer')
  t.same((await register(gateway, statement, headers)).json(), done.json())
})

for (const database of ['sqlite', 'postgresql'] as const) {
  t.test(`${database}: requests at the same time with one key reach the ledger once`, async (t) => {
    await sameKeySuite(t, await buildGateway(t, { consortium: await createConsortium(t), database }))
  })
}

async function sameKeySuite (t: Test, gateway: TestGateway): Promise<void> {
  const { consortium } = gateway
  const patient = createPatient()
  const statement = sign(consortium.world, 'KeyDirectory', directoryMembers(patient), patient.identity)
  const headers = { 'idempotency-key': randomUUID() }
  const answers = await Promise.all([1, 2, 3].map(() => register(gateway, statement, headers)))
  const codes = answers.map((a) => a.statusCode).sort()
  t.equal(codes[0], 201)
  for (const answer of answers) {
    if (answer.statusCode === 409) t.match(answer.json(), { code: 'IDEMPOTENCY_IN_PROGRESS' })
    else t.equal(answer.statusCode, 201)
  }
  t.match((await register(gateway, statement, headers)).json(), { patientId: patient.patientId })
  const other = sign(consortium.world, 'KeyDirectory', directoryMembers(patient), patient.identity)
  t.match((await register(gateway, other, headers)).json(), { status: 409, code: 'IDEMPOTENCY_KEY_REUSED' })
  const session = gateway.session(patient)
  const list = (): Promise<Injected> =>
    gateway.app.inject({ method: 'GET', url: `/v1/patients/${patient.patientId}/records`, headers: { authorization: session } })
  const opened = (await Promise.all([list(), list(), list()])).map((a) => a.statusCode).sort()
  t.same(opened, [200, 401, 401], 'a session opens one request, whoever comes first')
}

t.test('a statement is judged before it costs anything', async (t) => {
  const consortium = await createConsortium(t)
  const gateway = await buildGateway(t, { consortium })
  const patient = createPatient()
  const members = directoryMembers(patient)
  const { world } = consortium
  const good = sign(world, 'KeyDirectory', members, patient.identity)
  const [signature] = good.signatures
  const code = async (statement: object): Promise<unknown> => (await register(gateway, statement)).json<{ code?: unknown }>().code
  t.equal(await code({ body: good.body, signatures: [] }), 'REQUEST_INVALID')
  t.equal(await code({ body: `${good.body} `, signatures: good.signatures }), 'STATEMENT_INVALID', 'not canonical')
  t.equal(await code({ body: good.body, signatures: [{ ...signature, signature: '00'.repeat(64) }] }), 'STATEMENT_INVALID', 'bad signature')
  t.equal(
    await code(sign(world, 'Revocation', { patientId: patient.patientId, consentId: 'a'.repeat(64) }, patient.identity)),
    'STATEMENT_INVALID',
    'another type'
  )
  t.equal(await code(sign(world, 'KeyDirectory', { ...members, patientId: 'a'.repeat(32) }, patient.identity)), 'PATIENT_ID_MISMATCH')
  t.equal(await code(good), undefined)
  t.equal(
    (await gateway.app.inject({
      method: 'PUT',
      url: `/v1/patients/${'a'.repeat(32)}/directory`,
      payload: { statement: good }
    })).json<{ code: string }>().code,
    'REQUEST_INVALID',
    'another patient'
  )
  t.match((await gateway.app.inject('/v1/patients/' + 'a'.repeat(32) + '/directory')).json(), { status: 404, code: 'PATIENT_UNKNOWN' })
  t.match((await gateway.app.inject(`/v1/statements/${'a'.repeat(64)}`)).json(), { status: 404, code: 'STATEMENT_UNKNOWN' })
  t.match((await gateway.app.inject({
    method: 'POST',
    url: '/v1/revocations',
    payload: 'x',
    headers: { 'content-type': 'text/plain' }
  })).json(), { status: 415, code: 'MEDIA_TYPE_UNSUPPORTED' })
  t.match((await gateway.app.inject({
    method: 'POST',
    url: '/v1/revocations',
    payload: '{"a":',
    headers: { 'content-type': 'application/json' }
  })).json(), { status: 400, code: 'REQUEST_INVALID' })
  t.match((await gateway.app.inject({
    method: 'POST',
    url: '/v1/revocations',
    payload: Buffer.alloc(100),
    headers: { 'content-type': 'application/octet-stream' }
  })).json(), { status: 415, code: 'MEDIA_TYPE_UNSUPPORTED' })
  t.match((await gateway.app.inject({ method: 'POST', url: '/v1/revocations', payload: { statement: good, more: 1 } })).json(), {
    status: 400,
    code: 'REQUEST_INVALID'
  })
  t.match((await gateway.app.inject({ method: 'POST', url: '/v1/revocations', payload: { statement: 'x'.repeat(2_000_000) } })).json(), {
    status: 413,
    code: 'REQUEST_TOO_LARGE'
  })
})
