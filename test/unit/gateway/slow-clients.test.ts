import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { DEFAULT_LIMITS } from '../../../gateway/src/http/limits.ts'
import { dial, footprint, readToEnd, SLOW, told } from '../../helpers/flood.ts'
import { createRecordId, sealZeros } from '../../helpers/gateway-client.ts'
import { buildGateway } from '../../helpers/gateway.ts'
import { publishPatient } from '../../helpers/ledger-fixtures.ts'
import { until } from '../../helpers/sharing.ts'

const STALLED = SLOW ? 250 : 40
const LIMITS = { ...DEFAULT_LIMITS, bodySeconds: 1, idleStreamSeconds: 1 }
const HEAD = 'HTTP/1.1\r\nhost: localhost\r\n'

t.test('bodies that stall are let go, and others are served meanwhile', async (t) => {
  const gateway = await buildGateway(t, { listen: true, config: { limits: LIMITS } })
  const before = await footprint(gateway)
  const stalled = await Promise.all(Array.from({ length: STALLED }, () => dial(t, gateway)))
  const answers = stalled.map(async (socket) => {
    socket.write(`POST /v1/revocations ${HEAD}content-type: application/json\r\ncontent-length: 100000\r\n\r\n`)
    socket.write(`{"statement":"${'x'.repeat(60_000)}`)
    return await readToEnd(socket)
  })
  const legitimate = await dial(t, gateway)
  legitimate.write(`GET /v1/network ${HEAD}connection: close\r\n\r\n`)
  t.match(await readToEnd(legitimate), /^HTTP\/1\.1 200/)
  const texts = await Promise.all(answers)
  t.equal(texts.filter((text) => text.startsWith('HTTP/1.1 408') && text.includes('"code":"REQUEST_TIMEOUT"')).length, STALLED)
  const cost = await told(t, gateway, before, `${String(STALLED)} stalled bodies`)
  t.ok(cost.rssMiB < 256 && cost.diskBytes < 1_000_000)
  t.equal(
    await new Promise(
      (
        resolve,
        reject
      ) => { gateway.app.server.getConnections((error, count) => { if (error === null) resolve(count); else reject(error) }) }
    ),
    0,
    'no connection is left'
  )
})

t.test('a refused upload that goes on for ever is ended', async (t) => {
  const gateway = await buildGateway(t, { listen: true, config: { limits: LIMITS } })
  const socket = await dial(t, gateway)
  socket.write(`POST /v1/contents ${HEAD}content-type: application/octet-stream\r\ncontent-length: 100000\r\n\r\n`)
  t.match(await readToEnd(socket), /^HTTP\/1\.1 401/)
})

t.test('an upload that stalls loses its file at once; one that is slow but goes on does not', async (t) => {
  const gateway = await buildGateway(t, { listen: true, config: { limits: LIMITS } })
  const patient = await publishPatient(gateway.consortium.world)
  const incoming = async (): Promise<number> => (await readdir(join(gateway.config.dataDir, 'contents', 'incoming'))).length
  const head = `POST /v1/contents ${HEAD}content-type: application/octet-stream\r\n`
  const stalled = await dial(t, gateway)
  stalled.write(`${head}authorization: ${gateway.session(patient)}\r\ncontent-length: 5000000\r\n\r\n`)
  stalled.write(Buffer.alloc(2_000_000))
  await until(async () => await incoming() === 1)
  await until(async () => await incoming() === 0)
  t.match(await readToEnd(stalled), /^HTTP\/1\.1 408/)

  const pieces: Uint8Array[] = []
  for await (const piece of sealZeros(createRecordId(), SLOW ? 20_000_000 : 200_000)) pieces.push(piece)
  const content = Buffer.concat(pieces)
  const slow = await dial(t, gateway)
  slow.write(`${head}authorization: ${gateway.session(patient)}\r\nconnection: close\r\ncontent-length: ${String(content.length)}\r\n\r\n`)
  const step = Math.ceil(content.length / 8)
  // Three times as long as a pause may be, without one.
  for (let offset = 0; offset < content.length; offset += step) {
    slow.write(content.subarray(offset, offset + step))
    await new Promise((resolve) => setTimeout(resolve, 400))
  }
  t.match(await readToEnd(slow), /^HTTP\/1\.1 201/)
})

t.test('a body or a reader that moves a byte now and then is ended', async (t) => {
  const gateway = await buildGateway(t, { listen: true, config: { limits: { ...LIMITS, bodySeconds: 60 } } })
  const patient = await publishPatient(gateway.consortium.world)
  const socket = await dial(t, gateway)
  socket.write(
    `POST /v1/contents ${HEAD}content-type: application/octet-stream\r\nauthorization: ${gateway.session(patient)}\r\ncontent-length: 5000000\r\n\r\n`
  )
  const drip = setInterval(() => { socket.write('x') }, 100)
  t.teardown(() => { clearInterval(drip) })
  socket.resume()
  await until(() => socket.closed)
  const again = await dial(t, gateway)
  again.write(`GET /v1/network ${HEAD}connection: close\r\n\r\n`)
  t.match(await readToEnd(again), /^HTTP\/1\.1 200/)
})

t.test('a connection that never says anything is ended, and nobody holds more of them than the setting', async (t) => {
  const gateway = await buildGateway(t, { listen: true, config: { limits: { ...LIMITS, connectionsPerAddress: 5 } } })
  const sockets: Awaited<ReturnType<typeof dial>>[] = []
  for (let i = 0; i < 6; i += 1) sockets.push(await dial(t, gateway))
  await until(() => sockets.filter((socket) => socket.closed || socket.destroyed).length === 1)
  t.match(gateway.log.join(''), 'too many connections')
  sockets.forEach((socket) => { socket.resume() })
  await until(() => sockets.every((socket) => socket.closed))
  const again = await dial(t, gateway)
  again.write(`GET /v1/network ${HEAD}connection: close\r\n\r\n`)
  t.match(await readToEnd(again), /^HTTP\/1\.1 200/, 'their places are free again')
})
