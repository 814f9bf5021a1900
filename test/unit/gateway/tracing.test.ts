import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import type { Test } from 'tap'
import { traceOf } from '../../../cli/src/http.ts'
import type {} from '../../../gateway/src/tracing/tracing-plugin.ts'
import { buildGateway } from '../../helpers/gateway.ts'
import { READER_MSP, Sharing, until } from '../../helpers/sharing.ts'

interface Span {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  attributes: Array<{ key: string, value: object }>
  status: { code?: number, message?: string }
}
interface Received { mspId: string, span: Span }
interface Resource { attributes: Array<{ key: string, value: { stringValue?: string } }> }
interface Sent { resourceSpans: Array<{ resource: Resource, scopeSpans: Array<{ spans: Span[] }> }> }

/** A collector that takes OTLP over HTTP, and keeps what came. */
async function startCollector (t: Test): Promise<{ url: string, received: Received[], bodies: string[] }> {
  const [received, bodies]: [Received[], string[]] = [[], []]
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => { pieces.push(piece) }).on('end', () => {
      const body = Buffer.concat(pieces).toString()
      bodies.push(body)
      for (const { resource, scopeSpans } of (JSON.parse(body) as Sent).resourceSpans) {
        const mspId = resource.attributes.find(({ key }) => key === 'service.instance.id')?.value.stringValue ?? ''
        received.push(...scopeSpans.flatMap(({ spans }) => spans.map((span) => ({ mspId, span }))))
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => { server.closeAllConnections(); server.close() })
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1/traces`, received, bodies }
}

const TRACE = 'a1'.repeat(16)

t.test('a trace goes from the client through its gateway, ledger and proxies to the other hospitals, and names no patient', async (t) => {
  const { url, received, bodies } = await startCollector(t)
  const sharing = await Sharing.create(t, { special: () => ({ config: { tracesUrl: url } }) })
  const consentId = await sharing.activate()
  const eventId = await sharing.permit(consentId)
  const { app } = sharing.of(READER_MSP)
  const answer = await app.inject({
    method: 'POST', url: `/v1/access-events/${eventId}/cfrags`, headers: { authorization: sharing.token, traceparent: `00-${TRACE}-${'b2'.repeat(8)}-01` }
  })
  t.equal(answer.statusCode, 200)
  const ofTrace = (): Received[] => received.filter(({ span }) => span.traceId === TRACE)
  const others = sharing.world.members.filter((mspId) => mspId !== READER_MSP)
  await until(() => others.every((mspId) => ofTrace().some((one) => one.mspId === mspId && one.span.name === 'reencrypt capsules')) &&
    ofTrace().some(({ span }) => span.name === 'collectCfrags'))
  const named = (mspId: string, name: string): Span | undefined =>
    ofTrace().find((one) => one.mspId === mspId && one.span.name === name)?.span
  const whole = named(READER_MSP, 'collectCfrags')
  t.equal(whole?.parentSpanId, 'b2'.repeat(8), 'a part of the client\'s')
  for (const mspId of others) {
    const served = named(mspId, 'reencrypt')
    const call = ofTrace().find(({ span }) => span.spanId === served?.parentSpanId)
    t.match(call, { mspId: READER_MSP, span: { name: 'reencrypt', parentSpanId: whole?.spanId } }, `${mspId} was called by the reader's gateway`)
    t.equal(named(mspId, 'reencrypt capsules')?.parentSpanId, served?.spanId)
  }
  t.ok(ofTrace().some(({ span }) => span.name.startsWith('evaluate ')), 'calls of the ledger')
  for (const secret of [sharing.patient.patientId, consentId, eventId, sharing.reader.staffId, sharing.record.recordId]) {
    t.notOk(bodies.some((body) => body.includes(secret)), 'no id')
  }
})

t.test('a caller says under which id spans are kept, and neither that there be none nor what else others are told', async (t) => {
  const { url, received, bodies } = await startCollector(t)
  const { app } = await buildGateway(t, { config: { tracesUrl: url } })
  const headers = { traceparent: `00-${TRACE}-${'b2'.repeat(8)}-00`, tracestate: 'vendor=name-of-a-patient', baggage: 'patient=name-of-a-patient' }
  t.equal((await app.inject({ url: '/v1/network', headers })).statusCode, 200)
  const span = app.tracing.begin('getNetwork', headers, {})
  app.tracing.run(span, () => {
    const call = app.tracing.call('getLedgerHead', {})
    t.match(call.headers, { traceparent: new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`) })
    t.same(Object.keys(call.headers), ['traceparent'])
    call.end(true)
  })
  span?.end()
  await until(() => received.filter(({ span: { traceId } }) => traceId === TRACE).length >= 3)
  t.notOk(bodies.some((body) => body.includes('name-of-a-patient')))
})

t.test('nothing is traced unless asked for, and a collector that is away costs no answer', async (t) => {
  const off = await buildGateway(t)
  const traceparent = `00-${TRACE}-${'b2'.repeat(8)}-01`
  t.equal((await off.app.inject({ url: '/v1/network', headers: { traceparent } })).statusCode, 200)
  t.same(off.app.tracing.call('getLedgerHead', {}).headers, {}, 'nor passed on')
  const away = await buildGateway(t, { config: { tracesUrl: 'http://127.0.0.1:9/v1/traces' } })
  t.equal((await away.app.inject({ url: '/v1/network', headers: { traceparent } })).statusCode, 200)
  t.equal((await away.app.inject({ url: '/v1/network', headers: { traceparent: 'not one' } })).statusCode, 200)
})

t.test('a command passes on the trace that it was started in, and nothing that is none', (t) => {
  const traceparent = `00-${TRACE}-${'b2'.repeat(8)}-01`
  t.same(traceOf({ TRACEPARENT: traceparent }), { traceparent })
  for (const bad of [undefined, '', 'x', `00-${'0'.repeat(32)}-${'b2'.repeat(8)}-01`, `${traceparent}\r\nauthorization: x`]) t.same(traceOf({ TRACEPARENT: bad }), {})
  t.end()
})
