import t from 'tap'
import { randomBytes, statementId, toHex } from '@epione/crypto'
import { PEER_STREAMS } from '@epione/protocol/api'
import type { ShownWindow } from '@epione/protocol/api'
import { streamIdOf } from '@epione/protocol'
import { OPEN_MAX, WindowRoom } from '../../../../gateway/src/streams/window-room.ts'
import { PENDING_MAX } from '../../../../gateway/src/streams/rewrap-segment.ts'
import { checkWindows } from '../../../../gateway/src/streams/check-windows.ts'
import { keepWindows } from '../../../../gateway/src/streams/windows.ts'
import { refillSegments } from '../../../../gateway/src/streams/refill-segments.ts'
import { bindPractitioner, createManifest, publishPatient, sign } from '../../../helpers/ledger-fixtures.ts'
import type { TestPatient } from '../../../helpers/ledger-fixtures.ts'
import { post, READER_MSP, until } from '../../../helpers/sharing.ts'
import { rewrapWindows, rootOfWindows, TestStream } from '../../../helpers/streaming.ts'
import type { TestWindow } from '../../../helpers/streaming.ts'
import { get, StreamWorld, THIRD_MSP } from '../../../helpers/stream-world.ts'

/* A hospital that plays false, with a patient, a device and copies of other people's windows. */

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

t.test('nobody but its device takes the id of a stream, also before its first segment', async (t) => {
  const stream = await streams.addStream()
  const device = await streams.addDevice({}, accomplice)
  const thief = new TestStream(world, device, stream.stream)
  const [stolen, forged] = [await thief.seal(), await new TestStream(world, device, stream.stream.replace(/..$/, '02')).seal()]
  for (const window of [stolen, forged]) {
    await t.rejects(copyTo(THIRD_MSP, [window]), { code: 'PEER_REFUSED', extensions: { peerCode: 'STATEMENT_INVALID' } })
  }
  const { sent } = stolen
  const answer = await post(streams.core.app, `/v1/streams/${stream.stream}/windows`, { windows: [sent] }, thief.session(streams.core.config.publicUrl))
  t.match(answer, { status: 400, body: { code: 'STATEMENT_INVALID' } })
  t.match(await get(streams.core, `/v1/streams/${stream.stream}`, thief.session(streams.core.config.publicUrl)), { status: 403 })
  const false_ = world.gateway(FALSE_MSP).ledger
  await t.rejects(false_.registerSegments([thief.close([stolen])]), { code: 'STATEMENT_INVALID' }, 'no segment')
  const author = await bindPractitioner(world, { mspId: FALSE_MSP })
  const { members } = createManifest(author, accomplice)
  const taken = sign(world, 'RecordManifest', { ...members, recordId: stream.stream }, author.requestSigning)
  await t.rejects(false_.registerRecord(taken), { code: 'STATEMENT_INVALID' }, 'nor any record')
  const windows = await stream.sealMany(2)
  t.match(await streams.put(stream, windows), { status: 202 })
  await register(stream, windows)
  t.same(await idsAt('CoreMSP', stream), idsOf(windows))
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
    app.peers.of = (mspId) => Object.assign(
      Object.create(honest(mspId)) as ReturnType<typeof honest>, { call: async () => await Promise.resolve({ grade: 'on-ledger', items }) }
    )
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

t.test('a segment with a number that its device signed twice is filled by the lot of another time, and the device named with both', async (t) => {
  const stream = await streams.addStream()
  const other = new TestStream(world, stream.device, stream.stream)
  const [windows, [, twice]] = [await stream.sealMany(2), await other.sealMany(2)]
  const [first, second] = windows
  if (first === undefined || second === undefined || twice === undefined) throw new Error('two windows were sealed')
  await copyTo(THIRD_MSP, [second], 'CoreMSP')
  await copyTo(FALSE_MSP, [first, twice], 'CoreMSP')
  const { app } = streams.core
  // What its device sent here lies at no other hospital than these two, and is lost here.
  await keepWindows(app.store.db, checkWindows(windows.map(({ sent }) => sent), app.networkId), { owner: 'test', isAcknowledged: true }, world.now())
  t.match(await streams.close(stream, stream.close(windows)), { status: 201 })
  for (const gateway of sharing.gateways.values()) await gateway.app.events.catchUp()
  await app.store.db.deleteFrom('windows').where('stream', '=', stream.stream).execute()
  await app.store.db.updateTable('segments').set({ whole: 0 }).where('stream', '=', stream.stream).execute()
  const told: object[] = []
  const { error } = app.log
  app.log.error = (about: object) => { told.push(about) }
  t.teardown(() => {
    app.log.error = error
    delete app.ports.lot
  })
  app.ports.lot = (names) => names.toSorted((a) => a === FALSE_MSP ? -1 : 1)
  t.equal(await refillSegments(app), 0)
  const statements = [twice.sent.statement, second.sent.statement]
  t.match(told.find((one) => 'statements' in one), { stream: stream.stream, deviceId: stream.device.deviceId, number: 2, statements })
  app.ports.lot = (names) => names.toSorted((a) => a === FALSE_MSP ? 1 : -1)
  t.equal(await refillSegments(app), 1)
  t.same(await idsAt('CoreMSP', stream), idsOf(windows))
})

t.test('a hospital that holds new wraps back has no window destroyed: the patient brings them again', async (t) => {
  const stream = await streams.addStream()
  const { windows } = await streams.registered(stream, 2)
  const { wraps, members } = rewrapWindows(windows, stream.stream, 1, patient.patientId, patient.compartments[1])
  const statement = sign(world, 'Rewrap', members, patient.identity)
  const { app } = streams.core
  const honest = app.peers.of.bind(app.peers)
  t.teardown(() => { app.peers.of = honest })
  /** Wraps go nowhere, and every hospital seems to have them. */
  app.peers.of = (mspId) => Object.assign(
    Object.create(honest(mspId)) as ReturnType<typeof honest>, { call: async () => await Promise.resolve({ kept: true }) }
  )
  const send = async (): Promise<unknown> =>
    await post(app, `/v1/records/${stream.stream}/versions/1/window-rewraps`, { statement, wraps }, streams.core.session(patient))
  t.match(await send(), { status: 201 })
  app.peers.of = honest
  const wrapsAt = async (mspId: string): Promise<string[]> => {
    const { app: { store, events } } = sharing.of(mspId)
    await events.catchUp()
    const rows = await store.db.selectFrom('windows').select('wrap').where('stream', '=', stream.stream).orderBy('number').execute()
    return rows.map(({ wrap }) => toHex(wrap))
  }
  const others = (await streams.hospitalsWith(stream, windows)).filter((mspId) => mspId !== 'CoreMSP')
  t.equal(others.length, 1)
  const [other = ''] = others
  t.same(await wrapsAt(other), ['', ''], 'the former ones are gone, the windows are not')
  t.same(await idsAt(other, stream), idsOf(windows))
  t.match(await send(), { status: 201 }, 'the same rewrap, brought again')
  t.same(await wrapsAt(other), wraps)
  const there = sharing.of(other)
  t.match((await get(there, `/v1/records/${stream.stream}/versions/1/windows`, there.session(patient))).body, {
    items: wraps.map((wrap) => ({ wrap }))
  }, 'and read there')
})

t.test('a patient who signs rewraps for ever leaves the wraps of few of them', async (t) => {
  const stream = await streams.addStream()
  const { windows } = await streams.registered(stream, 2)
  await streams.core.app.events.catchUp()
  const roots: string[] = []
  for (let i = 0; i < PENDING_MAX + 2; i++) {
    const { wraps, members } = rewrapWindows(windows, stream.stream, 1, patient.patientId, patient.compartments[1])
    const statement = sign(world, 'Rewrap', members, patient.identity)
    const { kept } = await sharing.of(FALSE_MSP).app.peers.of('CoreMSP').call(PEER_STREAMS.putWraps, { body: { statement, wraps } })
    t.equal(kept, true)
    roots.push((members as { segment: { root: string } }).segment.root)
  }
  const rows = await streams.core.app.store.db.selectFrom('window_wraps').select('root').where('stream', '=', stream.stream).distinct().execute()
  t.equal(rows.length, PENDING_MAX)
  t.ok(rows.some(({ root }) => root === roots.at(-1)))
})

t.test('one patient takes no more than a share of the room that another hospital has for all of its own', async (t) => {
  const [stream, other] = [await streams.addStream(), new TestStream(world, await streams.addDevice({}, accomplice))]
  const { config: { limits }, app } = sharing.of(THIRD_MSP)
  const { db } = app.store
  await copyTo(THIRD_MSP, await stream.sealMany(1))
  const row = await db.selectFrom('windows').selectAll().where('stream', '=', stream.stream).executeTakeFirstOrThrow()
  // Of another device of the same patient, which ended since.
  await db.insertInto('windows').values({ ...row, stream: toHex(randomBytes(16)), device_id: toHex(randomBytes(32)), size_bytes: limits.unnamedBytesPerPeer / 16 })
    .execute()
  app.windows.room = new WindowRoom(app)
  await t.rejects(copyTo(THIRD_MSP, await stream.sealMany(1)), { code: 'PEER_REFUSED', extensions: { peerCode: 'QUOTA_EXCEEDED' } })
  await copyTo(THIRD_MSP, await other.sealMany(1))
})

t.test('a device with as many open streams as it may have goes on in them', async (t) => {
  const stream = await streams.addStream()
  await streams.stored(stream, 1)
  const { db } = streams.core.app.store
  const row = await db.selectFrom('windows').selectAll().where('stream', '=', stream.stream).executeTakeFirstOrThrow()
  await db.insertInto('windows').values(Array.from({ length: OPEN_MAX.streams - 1 }, () => ({ ...row, stream: toHex(randomBytes(16)) }))).execute()
  streams.core.app.windows.room = new WindowRoom(streams.core.app)
  await streams.stored(stream, 1)
  const more = new TestStream(world, stream.device, streamIdOf(stream.device.deviceId, 2))
  t.match(await streams.put(more, await more.sealMany(1)), { status: 429, body: { code: 'QUOTA_EXCEEDED' } })
})
