import t from 'tap'
import { randomBytes, statementId, toHex } from '@epione/crypto'
import { PEER_STREAMS } from '@epione/protocol/api'
import type { ShownWindow } from '@epione/protocol/api'
import { refillSegments } from '../../../../gateway/src/streams/refill-segments.ts'
import { publishPatient, sign } from '../../../helpers/ledger-fixtures.ts'
import type { TestPatient } from '../../../helpers/ledger-fixtures.ts'
import { READER_MSP, until } from '../../../helpers/sharing.ts'
import { rootOfWindows, TestStream } from '../../../helpers/streaming.ts'
import type { TestWindow } from '../../../helpers/streaming.ts'
import { get, StreamWorld, THIRD_MSP } from '../../../helpers/stream-world.ts'

/* A hospital that plays false, with a patient, a device and copies of other people's windows. */

t.setTimeout(300_000)
const streams = await StreamWorld.create(t)
const { sharing } = streams
const { world, patient } = sharing
const { ledger } = world.gateway('CoreMSP')
/** The hospital that plays false registers for a patient and device of its own, past its gateway. */
const FALSE_MSP = READER_MSP
const accomplice = await publishPatient(world)

async function register (stream: TestStream, windows: readonly TestWindow[], members: object = {}): Promise<void> {
  await world.gateway(FALSE_MSP).ledger.registerSegments([stream.close(windows, members)])
  for (const { app } of sharing.gateways.values()) await app.events.catchUp()
}

async function erase ({ patientId, identity }: TestPatient, stream: TestStream): Promise<void> {
  const statement = sign(world, 'Erasure', { patientId, records: [{ recordId: stream.stream }] }, identity)
  await ledger.eraseRecords(statement)
  await until(async () => (await ledger.getOrder(statementId(statement.body))).destructions.length === 3)
}

async function copyTo (mspId: string, windows: readonly TestWindow[], from = FALSE_MSP): Promise<void> {
  await sharing.of(from).app.peers.of(mspId).call(PEER_STREAMS.putWindows, { body: { windows: windows.map(({ sent }) => sent) } })
}

async function idsAt (mspId: string, { stream }: TestStream): Promise<string[]> {
  const rows = await sharing.of(mspId).app.store.db.selectFrom('windows').select('statement_id').where('stream', '=', stream).orderBy('number').execute()
  return rows.map((row) => row.statement_id)
}

const idsOf = (windows: readonly TestWindow[]): string[] => windows.map(({ id }) => id)

t.test('a segment whose root is the hash of another record\'s wrap takes that wrap with it nowhere when it ends', async (t) => {
  const { wrapHash } = await sharing.addRecord()
  const stream = new TestStream(world, await streams.addDevice({}, accomplice))
  const windows = await stream.sealMany(1)
  await register(stream, windows, { segment: { stream: stream.stream, first: 1, last: 1, root: wrapHash } })
  await erase(accomplice, stream)
  for (const [mspId, { app }] of sharing.gateways) {
    const rows = await app.store.db.selectFrom('wraps').select('wrap_hash').where('wrap_hash', '=', wrapHash).execute()
    t.equal(rows.length, 1, mspId)
  }
})

t.test('whoever takes the id of a stream has nothing of what its device stored, and destroys nothing of it', async (t) => {
  const stream = await streams.addStream()
  const windows = await stream.sealMany(3)
  await copyTo(THIRD_MSP, windows)
  const taken = new TestStream(world, await streams.addDevice({}, accomplice), stream.stream)
  await register(taken, await taken.sealMany(1))
  const third = sharing.of(THIRD_MSP)
  const url = `/v1/streams/${stream.stream}`
  const listed = await get(third, `${url}/windows`, third.session(accomplice))
  t.match(listed, { status: 200, body: { items: { length: 0 } } })
  t.match(await get(third, `${url}/windows`, third.session(patient)), { status: 403 })
  t.notOk('stored' in (await get(third, url, third.session(accomplice))).body)
  await erase(accomplice, taken)
  t.same(await idsAt(THIRD_MSP, stream), idsOf(windows))
})

t.test('windows of a stranger under the id of a stream give way to its device\'s', async (t) => {
  const stream = await streams.addStream()
  const stranger = new TestStream(world, await streams.addDevice({}, accomplice), stream.stream)
  await copyTo(THIRD_MSP, await stranger.sealMany(3))
  const first = await stream.sealMany(2)
  await t.rejects(copyTo(THIRD_MSP, first), { code: 'PEER_REFUSED', extensions: { peerCode: 'WINDOW_CONFLICT' } }, 'nobody knows yet whose the stream is')
  await register(stream, first)
  const second = await stream.sealMany(2)
  await copyTo(THIRD_MSP, second)
  t.match((await idsAt(THIRD_MSP, stream)).slice(-2), idsOf(second))
})

t.test('a hospital that gives no windows, or others, has none destroyed where they are to be filled again', async (t) => {
  const stream = await streams.addStream()
  const { windows } = await streams.registered(stream, 4)
  const { app } = streams.core
  const { db } = app.store
  await app.events.catchUp()
  const honest = app.peers.of.bind(app.peers)
  t.teardown(() => { app.peers.of = honest })
  /** All other hospitals give these. */
  const give = (items: ShownWindow[]): void => {
    app.peers.of = (mspId) => Object.assign(Object.create(honest(mspId)), { call: async () => await Promise.resolve({ grade: 'on-ledger', items }) })
  }
  await db.deleteFrom('windows').where('stream', '=', stream.stream).where('number', '=', 2).execute()
  await db.updateTable('segments').set({ whole: 0 }).where('stream', '=', stream.stream).execute()
  const remaining = idsOf(windows.filter(({ number }) => number !== 2))
  give([])
  t.equal(await refillSegments(app), 0)
  t.same(await idsAt('CoreMSP', stream), remaining)
  const forged = await new TestStream(world, stream.device, stream.stream).sealMany(2)
  const items = forged.map(({ number, sent }): ShownWindow => ({ number, ...sent, path: [toHex(randomBytes(32)), rootOfWindows(forged)] }))
  give(items)
  t.equal(await refillSegments(app), 0, 'windows that the device signed twice, under no root')
  t.same(await idsAt('CoreMSP', stream), remaining)
  app.peers.of = honest
  t.equal(await refillSegments(app), 1)
  t.same(await idsAt('CoreMSP', stream), idsOf(windows))
})
