import { request } from 'node:http'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import t from 'tap'
import type { Test } from 'tap'
import { PEERS } from '@epione/protocol/api'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import type { GatewayOptions, TestGateway } from '../../helpers/gateway.ts'
import { dial } from '../../helpers/flood.ts'
import { findFreePort } from '../../helpers/free-port.ts'
import { until } from '../../helpers/sharing.ts'
import { createPatient, directoryMembers, sign } from '../../helpers/ledger-fixtures.ts'
import { Clocks } from '../../../gateway/src/peers/clocks.ts'
import type {} from '../../../gateway/src/http/health.ts'
import type {} from '../../../gateway/src/metrics/metrics-plugin.ts'

interface Shown { status: number, text: string }

/** Asks the gateway's metrics as a scraper does, or as somebody else. */
async function ask (port: number, { path = '/metrics', method = 'GET', host = `127.0.0.1:${String(port)}` } = {}): Promise<Shown> {
  const asked = request({ host: '127.0.0.1', port, path, method, headers: { host }, agent: false }).end()
  const [answer] = await once(asked, 'response') as [IncomingMessage]
  const pieces: Buffer[] = []
  for await (const piece of answer as AsyncIterable<Buffer>) pieces.push(piece)
  return { status: answer.statusCode ?? 0, text: Buffer.concat(pieces).toString() }
}

type Watched = TestGateway & { scrape: () => Promise<string>, metricsPort: number }

async function watched (t: Test, options: GatewayOptions = {}): Promise<Watched> {
  const metricsPort = await findFreePort()
  const gateway = await buildGateway(t, { ...options, config: { metricsPort, ...options.config } })
  return { ...gateway, metricsPort, scrape: async () => (await ask(metricsPort)).text }
}

const valueOf = (text: string, series: string): number => Number(text.split('\n').find((line) => line.startsWith(`${series} `))?.split(' ').at(-1))

t.test('what a gateway does is counted and shown at an address of its own', async (t) => {
  const gateway = await watched(t)
  const patient = createPatient()
  const statement = sign(gateway.consortium.world, 'KeyDirectory', directoryMembers(patient), patient.identity)
  const authorization = `Bearer ${await gateway.token('desk', 'user/Patient.c')}`
  const registered = await gateway.app.inject({ method: 'POST', url: '/v1/patients', payload: { statement }, headers: { authorization } })
  t.equal(registered.statusCode, 201)
  t.equal((await gateway.app.inject('/v1/practitioners/me')).statusCode, 401)
  const text = await gateway.scrape()
  t.equal(valueOf(text, 'epione_gateway_requests_total{operation="registerPatient",status="201"}'), 1)
  t.equal(valueOf(text, 'epione_gateway_problems_total{code="TOKEN_MISSING"}'), 1)
  t.ok(valueOf(text, 'epione_gateway_ledger_call_seconds_count{call="submit",outcome="ok"}') >= 1)
  t.equal(valueOf(text, 'epione_gateway_requests_under_way'), 0)
  t.equal(valueOf(text, 'epione_gateway_check{check="store"}'), 1)
  t.equal(valueOf(text, 'epione_gateway_outbox_waiting{kind="revocation"}'), 0, 'a kind with nothing to do says so')
  t.ok(valueOf(text, 'nodejs_eventloop_lag_p99_seconds') >= 0)
  t.ok(valueOf(text, 'epione_gateway_storage_free_bytes') > 0)
})

t.test('a request that whoever asked breaks off is over, too', async (t) => {
  const gateway = await buildGateway(t, { listen: true })
  const { metrics, health } = gateway.app
  health.add('slow', async () => await new Promise<boolean>(() => undefined))
  const underWay = async (): Promise<number | undefined> => (await metrics.requestsUnderWay.get()).values[0]?.value
  const socket = await dial(t, gateway)
  socket.write('GET /health/ready HTTP/1.1\r\nhost: localhost\r\n\r\n')
  await until(async () => await underWay() === 1)
  socket.destroy()
  await until(async () => await underWay() === 0)
  t.match((await metrics.requests.get()).values, [{ labels: { status: 'broken-off' }, value: 1 }])
})

t.test('strangers reach no metrics: not by the gateway\'s own address, nor by another name, way or method', async (t) => {
  const { app, metricsPort } = await watched(t)
  t.equal((await app.inject('/metrics')).statusCode, 404)
  t.equal((await ask(metricsPort, { path: '/' })).status, 404)
  t.equal((await ask(metricsPort, { host: 'rebound.example' })).status, 421, 'a page that points its own name here')
  t.equal((await ask(metricsPort, { method: 'POST' })).status, 405)
  await app.close()
  await t.rejects(ask(metricsPort), { code: 'ECONNREFUSED' })
  const { app: silent } = await buildGateway(t)
  t.equal(silent.config.metricsPort, undefined, 'without the setting nothing listens')
})

t.test('callers add no series, and no label says who or what was asked for', async (t) => {
  const gateway = await watched(t)
  const staffId = await gateway.enrol('dr-secret')
  const seriesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.slice(0, line.lastIndexOf(' ')))
  const visit = async (): Promise<string> => {
    const patient = createPatient()
    const statement = sign(gateway.consortium.world, 'KeyDirectory', directoryMembers(patient), patient.identity)
    const authorization = `Bearer ${await gateway.token('desk', 'user/Patient.c')}`
    await gateway.app.inject({ method: 'POST', url: '/v1/patients', payload: { statement }, headers: { authorization } })
    for (const url of [`/v1/patients/${patient.patientId}/directory`, `/nowhere/${patient.patientId}?name=smith`, `/v1/staff/${staffId}`]) {
      await gateway.app.inject(url)
    }
    return patient.patientId
  }
  const ids = [await visit()]
  const before = seriesOf(await gateway.scrape())
  for (let i = 0; i < 5; i += 1) ids.push(await visit())
  const text = await gateway.scrape()
  // The engine names a kind of collection when it first collects in that way.
  const added = seriesOf(text).filter((series) => !before.includes(series) && !series.startsWith('nodejs_gc_'))
  t.same(added, [], 'five more patients, no series more')
  for (const secret of [...ids, staffId, 'dr-secret', 'desk', 'smith', 'nowhere']) t.notMatch(text, secret)
  // Of what this code, the API, the errors and the network's description list; and of nothing long enough to be an id.
  for (const [, value = ''] of text.matchAll(/="([^"]*)"/g)) t.match(value, /^[A-Za-z0-9_.+/-]{1,40}$/, value)
})

t.test('a part that cannot be read says nothing old, is counted, and keeps the others from nothing', async (t) => {
  const consortium = await createConsortium(t)
  const connection = consortium.blocks.connect(consortium.network.networkId)
  let isCut = false
  const height = (): Promise<bigint> => isCut ? Promise.reject(new Error('no peer answers')) : connection.height()
  const gateway = await watched(t, { consortium, ports: { connectLedger: () => ({ ...connection, height }) } })
  t.ok(valueOf(await gateway.scrape(), 'epione_gateway_ledger_height') > 0)
  isCut = true
  const text = await gateway.scrape()
  t.notMatch(text, /^epione_gateway_ledger_(height|lag_blocks) /m, 'nothing, and not 0, which would look well')
  t.ok(valueOf(text, 'epione_gateway_collect_failures_total{part="ledger"}') >= 1)
  t.equal(valueOf(text, 'epione_gateway_check{check="projection"}'), 0)
  t.equal(valueOf(text, 'epione_gateway_ready'), 0)
  t.equal(valueOf(text, 'epione_gateway_check{check="store"}'), 1)
})

t.test('a clock that is off makes a gateway unready; one other hospital alone does not', (t) => {
  let now = 1_000_000_000_000
  const clocks = new Clocks(() => now)
  t.ok(clocks.isRight(), 'nobody has spoken')
  clocks.hear('AMSP', now + 60_000, now)
  t.ok(clocks.isRight(), 'one alone may be wrong itself')
  clocks.hear('BMSP', now + 500, now)
  t.ok(clocks.isRight(), 'one of two')
  clocks.hear('BMSP', now + 16_000, now)
  t.notOk(clocks.isRight(), 'both say that this clock is behind')
  clocks.hear('AMSP', now - 60_000, now)
  t.ok(clocks.isRight(), 'they contradict each other')
  clocks.hear('BMSP', now - 60_000, now)
  t.notOk(clocks.isRight(), 'both say that it is ahead')
  now += 120_000
  t.ok(clocks.isRight(), 'what was said long ago counts no more')
  clocks.hear('AMSP', now - 20_000, now - 21_000)
  t.equal(clocks.offsets().get('AMSP'), 0, 'a slow answer is no wrong clock')
  t.end()
})

t.test('gateways compare their clocks as they compare their blocks', async (t) => {
  const consortium = await createConsortium(t)
  const late = await buildGateway(t, { consortium, mspId: 'CoreMSP', listen: true, ports: { clock: () => Date.now() - 20_000 } })
  for (const mspId of consortium.world.members.filter((one) => one !== 'CoreMSP')) await buildGateway(t, { consortium, mspId, listen: true })
  const ready = async (): Promise<Record<string, string>> => (await late.app.inject('/health/ready')).json<{ checks: Record<string, string> }>().checks
  const until = Date.now() + 15_000
  while ((await ready())['clock'] === 'ok' && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 200))
  t.equal((await ready())['clock'], 'failing')
  t.equal(PEERS.ledgerHead.path, '/v1/peer/ledger-head')
})
