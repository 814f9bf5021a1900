import type { TLSSocket } from 'node:tls'
import t from 'tap'
import { DEFAULT_LIMITS } from '../../../gateway/src/http/limits.ts'
import { Places } from '../../../gateway/src/http/places.ts'
import { dial, readToEnd } from '../../helpers/flood.ts'
import { buildGateway } from '../../helpers/gateway.ts'
import { until } from '../../helpers/sharing.ts'

const ASK = 'GET /v1/network HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n'
/** A request whose body does not come. */
const STALL = 'POST /v1/revocations HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n{'
const LIMITS = { ...DEFAULT_LIMITS, connections: 4, connectionsPerAddress: 2, connectionsPerPeer: 2 }

const ask = async (socket: TLSSocket): Promise<string> => {
  socket.write(ASK)
  return await readToEnd(socket)
}
const isOver = (socket: TLSSocket): boolean => {
  socket.resume()
  return socket.closed
}

t.test('addresses that fill a gateway with connections at work keep neither gateways nor the own reverse proxy out', async (t) => {
  const gateway = await buildGateway(t, { listen: true, config: { limits: LIMITS, trustedProxies: ['127.0.0.9'] } })
  const flood: TLSSocket[] = []
  for (const localAddress of ['127.0.0.2', '127.0.0.2', '127.0.0.3', '127.0.0.3']) {
    const socket = await dial(t, gateway, { localAddress })
    socket.write(STALL)
    flood.push(socket)
  }
  const tls = gateway.consortium.hospitals.get('Regional1MSP')?.tls
  if (tls === undefined) throw new Error('no such hospital')
  const peer = { cert: tls.certificate, key: tls.privateKey }
  t.match(await ask(await dial(t, gateway, { ...peer, localAddress: '127.0.0.4' })), /^HTTP\/1\.1 200/, 'another hospital')
  t.match(await ask(await dial(t, gateway, { localAddress: '127.0.0.9' })), /^HTTP\/1\.1 200/, 'the own reverse proxy')
  t.same(flood.map(isOver), [false, false, false, false])
  t.match(await ask(await dial(t, gateway, { localAddress: '127.0.0.4' })), /^HTTP\/1\.1 200/, 'and somebody else')
  t.equal(flood.map(isOver).filter(Boolean).length, 1, 'in place of one of those that hold the most')
})

t.test('who is idle for longest goes first, at one address and among all', async (t) => {
  const gateway = await buildGateway(t, { listen: true, config: { limits: { ...LIMITS, connections: 3 } } })
  const first = await dial(t, gateway, { localAddress: '127.0.0.2' })
  first.write(STALL)
  const second = await dial(t, gateway, { localAddress: '127.0.0.2' })
  await dial(t, gateway, { localAddress: '127.0.0.2' })
  await until(() => isOver(second))
  t.notOk(isOver(first), 'work goes on')
  t.match(gateway.log.join(''), 'too many connections')
  const other = await dial(t, gateway, { localAddress: '127.0.0.3' })
  t.match(await ask(await dial(t, gateway, { localAddress: '127.0.0.4' })), /^HTTP\/1\.1 200/)
  t.notOk(isOver(first) || isOver(other), 'of the address that holds the most')
})

t.test('a newcomer gets a place however many holders have filled all of them with work', (t) => {
  const places = new Places<string>(4)
  for (const item of ['a', 'b', 'c', 'd']) {
    t.equal(places.take(item, item, 4), undefined)
    places.work(item, 1)
  }
  places.progress('a')
  t.equal(places.take('e', 'e', 4), 'b', 'in place of the one that has waited for longest')
  places.work('c', -1)
  t.equal(places.take('f', 'f', 4), 'e', 'of the idle ones, this waits for longer')
  t.equal(places.take('g', 'g', 4), 'c')
  places.work('f', 1)
  places.work('g', 1)
  t.equal(places.take('d 2', 'd', 4), 'd 2', 'who holds as many as anybody ends no work')
  t.end()
})

t.test('a few dozen holders below half of what one may have keep nobody out', (t) => {
  const places = new Places<string>(64)
  for (let i = 0; i < 64; i += 1) {
    t.equal(places.take(`flood ${String(i)}`, `holder ${String(i % 32)}`, 4), undefined)
    places.work(`flood ${String(i)}`, 1)
  }
  t.equal(places.take('patient', 'patient', 4), 'flood 0')
  places.work('patient', 1)
  t.equal(places.take('flood 64', 'holder 1', 4), 'flood 64', 'the flood gets no more')
  t.equal(places.take('other', 'other', 4), 'flood 1')
  t.end()
})
