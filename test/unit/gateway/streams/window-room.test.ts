import t from 'tap'
import { randomBytes, toHex } from '@epione/crypto'
import { PEER_STREAMS } from '@epione/protocol/api'
import { OPEN_MAX, WindowRoom } from '../../../../gateway/src/streams/window-room.ts'
import type { Batch } from '../../../../gateway/src/streams/judge-windows.ts'
import { READER_MSP, until } from '../../../helpers/sharing.ts'
import { StreamWorld, THIRD_MSP } from '../../../helpers/stream-world.ts'

const streams = await StreamWorld.create(t)
const { core, sharing } = streams
const DEVICE = { owner: 'device:d', isAcknowledged: true }
const batchOf = (bytes: number, count = 1, of: Partial<Batch> = {}): Batch => ({
  stream: 's1', patientId: 'p', deviceId: 'd', windows: Array.from({ length: count }, () => ({ ciphertext: { length: bytes } })) as never, ...of
})

t.test('what was counted serves with what came since, and nobody is refused by an old count', async (t) => {
  const room = new WindowRoom(core.app)
  const more = OPEN_MAX.bytes / 2 + 1
  await room.take(batchOf(more), DEVICE)
  // Nothing of it was written: the count is too high, is taken anew, and only then counts.
  await room.take(batchOf(more), DEVICE)
  await t.rejects(room.take(batchOf(OPEN_MAX.bytes + 1), DEVICE), { code: 'QUOTA_EXCEEDED' })
  for (let i = 1; i < 4; i++) await room.take(batchOf(1, OPEN_MAX.windows / 4), DEVICE)
  await t.rejects(room.take(batchOf(1, OPEN_MAX.windows + 1), DEVICE), { code: 'QUOTA_EXCEEDED' })
})

t.test('one bad window in a request between hospitals costs no other device its copy', async (t) => {
  const [good, bad] = [await streams.addStream(), await streams.addStream()]
  const [[window], [spoilt]] = [await good.sealMany(1), await bad.sealMany(1)]
  if (window === undefined || spoilt === undefined) throw new Error('both were sealed')
  const wrong = { ...spoilt.sent, wrap: window.sent.wrap }
  const call = sharing.of(READER_MSP).app.peers.of(THIRD_MSP)
  const { receipt } = await call.call(PEER_STREAMS.putWindows, { body: { windows: [window.sent, wrong] } })
  t.strictSame((JSON.parse(receipt.body) as { windowIds: string[] }).windowIds, [window.id], 'the receipt names what was taken')
  t.same(await streams.hospitalsWith(good, [window]), [THIRD_MSP])
  t.same(await streams.hospitalsWith(bad, [spoilt]), [])
  await t.rejects(call.call(PEER_STREAMS.putWindows, { body: { windows: [wrong] } }), { code: 'PEER_REFUSED', extensions: { peerCode: 'WRAP_MISMATCH' } })
  const none = { ...window.sent, statement: { ...window.sent.statement, body: toHex(randomBytes(8)) } }
  await t.rejects(call.call(PEER_STREAMS.putWindows, { body: { windows: [none] } }), { code: 'PEER_REFUSED', extensions: { peerCode: 'STATEMENT_INVALID' } })
})

t.test('devices that send at once share requests between hospitals, and each is told by its own receipt', async (t) => {
  const made = await Promise.all(Array.from({ length: 6 }, async () => await streams.addStream()))
  let requests = 0
  const honest = core.app.peers.of.bind(core.app.peers)
  t.teardown(() => { core.app.peers.of = honest })
  core.app.peers.of = (mspId) => {
    const peer = honest(mspId)
    const call: typeof peer.call = async (operation, ...asked) => {
      if ((operation as unknown) === PEER_STREAMS.putWindows) requests += 1
      return await peer.call(operation, ...asked)
    }
    return Object.assign(Object.create(peer) as typeof peer, { call })
  }
  const answers = await Promise.all(made.map(async (stream) => ({ stream, answer: await streams.put(stream, await stream.sealMany(2)) })))
  for (const { stream, answer: { status, body } } of answers) {
    t.equal(status, 202)
    const receipts = body['receipts'] as Array<{ statement: { body: string } }>
    for (const { statement } of receipts) {
      const { windowIds } = JSON.parse(statement.body) as { windowIds: string[] }
      t.ok(stream.windows.every(({ id }) => windowIds.includes(id)))
    }
  }
  await until(() => requests > 0)
  t.ok(requests < made.length, `${String(requests)} requests of six devices`)
})
