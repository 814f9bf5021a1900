import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { fromHex, leafHash, randomBytes, statementId, toHex, verifyInclusion, wrapHash } from '@epione/crypto'
import type { SignedStatement } from '@epione/protocol'
import { PEER_STREAMS } from '@epione/protocol/api'
import type { ShownWindow } from '@epione/protocol/api'
import { noteEnded } from '../../../../gateway/src/streams/end-segments.ts'
import { refillSegments } from '../../../../gateway/src/streams/refill-segments.ts'
import { publishPatient, sign } from '../../../helpers/ledger-fixtures.ts'
import { post, READER_MSP, until } from '../../../helpers/sharing.ts'
import type { Answered } from '../../../helpers/sharing.ts'
import { rewrapWindows, rootOfWindows, TestStream } from '../../../helpers/streaming.ts'
import type { TestWindow } from '../../../helpers/streaming.ts'
import { get, StreamWorld, THIRD_MSP } from '../../../helpers/stream-world.ts'

/* Segments: windows on the ledger, read, fetched, rewrapped, ended and brought back by nobody. */

const streams = await StreamWorld.create(t)
const { sharing } = streams
const { world, patient } = sharing
const { ledger } = world.gateway('CoreMSP')
const ALL = ['CoreMSP', READER_MSP, THIRD_MSP]

const windowsUrl = (stream: TestStream, version = 1): string => `/v1/records/${stream.stream}/versions/${String(version)}/windows`
const sessionAt = (gateway = streams.core): string => gateway.session(patient)
/** A session that another hospital may see, for one version. */
const sessionFor = (stream: TestStream, version: number, gateway = streams.core): string =>
  gateway.session(patient, { record: { recordId: stream.stream, version } })

/** The windows are here as they were sent, in order and under the root. */
function isWhole ({ body }: Answered, windows: readonly TestWindow[]): boolean {
  const items = body['items'] as ShownWindow[]
  const root = fromHex(rootOfWindows(windows))
  for (const [index, { statement, path = [] }] of items.entries()) {
    const leaf = leafHash(fromHex(statementId(statement.body)))
    verifyInclusion({ leafHash: leaf, index, treeSize: windows.length, proof: path.map((hash) => fromHex(hash)), root })
  }
  const isSent = ({ ciphertext, wrap }: ShownWindow, i: number): boolean =>
    ciphertext === windows[i]?.sent.ciphertext && wrap === windows[i].sent.wrap
  return items.length === windows.length && items.every(isSent)
}

t.test('a segment is on the ledger when it is answered, and every hospital shows that to the device', async (t) => {
  const stream = await streams.addStream()
  const windows = await streams.stored(stream, 5)
  const statement = stream.close(windows)
  const { status, body } = await streams.close(stream, statement)
  const manifestId = statementId(statement.body)
  t.match({ status, body }, { status: 201, body: { grade: 'on-ledger', recordId: stream.stream, version: 1, manifestId, txId: String, blockNumber: Number } })
  t.same((await streams.close(stream, statement)).body, body, 'sent again it is answered again')
  for (const mspId of ALL) {
    const gateway = sharing.of(mspId)
    t.match(await get(gateway, `/v1/streams/${stream.stream}`, stream.session(gateway.config.publicUrl)), {
      status: 200, body: { head: { grade: 'on-ledger', version: 1, manifestId, first: 1, last: 5, ended: false }, expected: 6 }
    })
  }
  const next = await streams.registered(stream, 2)
  t.match(await ledger.getRecord(stream.stream, 2), { manifest: { id: statementId(next.statement.body) } })
})

t.test('a segment of other windows than lie here is refused by name', async (t) => {
  const stream = await streams.addStream()
  const windows = await streams.stored(stream, 3)
  const refused = (status: number, code: string, more: object = {}): object => ({ status, body: { code, ...more } })
  const send = async (members: object, of = windows): Promise<Answered> => await streams.close(stream, stream.signSegment(of, members))
  const segment = { stream: stream.stream, first: 1, last: 3, root: rootOfWindows(windows) }
  t.match(await send({ segment: { ...segment, root: toHex(randomBytes(32)) } }), refused(400, 'SEGMENT_MISMATCH'))
  t.match(await send({ sizeClass: 30 }), refused(400, 'SEGMENT_MISMATCH'))
  t.match(await send({ segment: { ...segment, last: 4 } }), refused(409, 'SEGMENT_INCOMPLETE', { missing: 4 }))
  t.match(await send({ segment: { ...segment, last: 80_000 } }), refused(400, 'STATEMENT_INVALID'), 'too many windows')
  t.match(await send({ epoch: 2 }), refused(400, 'SEGMENT_MISMATCH'), 'windows of another epoch')
  const other = await streams.addStream()
  t.match(await streams.close(other, stream.signSegment(windows)), refused(400, 'REQUEST_INVALID'))
  const thief = new TestStream(world, other.device, stream.stream)
  t.match(await streams.close(thief, thief.signSegment(windows)), refused(400, 'STATEMENT_INVALID'), 'the stream is another device\'s')
  const elsewhere = await streams.close(stream, stream.signSegment(windows), sharing.of(THIRD_MSP))
  t.match(elsewhere, refused(409, 'SEGMENT_INCOMPLETE', { missing: 1 }), 'a hospital that the device never sent to')
  t.match(await send({}), { status: 201 })
})

t.test('segments of many devices share transactions, and one that is bad costs no other', async (t) => {
  const many: { stream: TestStream, windows: TestWindow[] }[] = []
  for (let i = 0; i < 12; i++) {
    const stream = await streams.addStream()
    many.push({ stream, windows: await streams.stored(stream, 2) })
  }
  const outcomes = await Promise.all(many.map(async ({ stream, windows }, i) =>
    await streams.close(stream, stream.signSegment(windows, i === 5 ? { version: 2, previous: toHex(randomBytes(32)) } : {}))))
  t.same(outcomes.map(({ status }) => status === 201), many.map((_, i) => i !== 5))
  t.equal((outcomes[5]?.status ?? 0) >= 400, true)
  t.ok(new Set(outcomes.flatMap(({ body }) => 'txId' in body ? [body['txId']] : [])).size <= 3, 'eleven segments, few transactions')
})

t.test('the patient reads a segment in pages, a stranger nothing, and at a hospital that has none of it', async (t) => {
  const stream = await streams.addStream()
  const { windows } = await streams.registered(stream, 4)
  const whole = await get(streams.core, windowsUrl(stream), sessionAt())
  t.match(whole, { status: 200, body: { grade: 'on-ledger' } })
  t.ok(isWhole(whole, windows))
  t.match(await get(streams.core, `${windowsUrl(stream)}?after=3`, sessionAt()), { status: 200, body: { items: [{ number: 4 }] } })
  const lacking = sharing.of(THIRD_MSP)
  t.same((await streams.hospitalsWith(stream, windows)).includes(THIRD_MSP), false)
  const fetched = await get(lacking, windowsUrl(stream), sessionFor(stream, 1, lacking))
  t.match(fetched, { status: 200 })
  t.ok(isWhole(fetched, windows))
  const stranger = await publishPatient(world)
  t.match(await get(streams.core, windowsUrl(stream), streams.core.session(stranger)), { status: 403, body: { code: 'NOT_PERMITTED' } })
  const large = await streams.addStream()
  const many = [await large.seal(new Uint8Array(300_000)), await large.seal(new Uint8Array(300_000))]
  for (const window of many) await streams.put(large, [window])
  await streams.close(large, large.close(many))
  const first = await get(streams.core, windowsUrl(large), sessionAt())
  t.match(first.body, { items: { length: 1 }, next: 1 }, 'a page has so many bytes')
  t.match((await get(streams.core, `${windowsUrl(large)}?after=1`, sessionAt())).body, { items: [{ number: 2 }] })
})

t.test('a practitioner reads a segment under a live permit that names it, from whichever hospital has it', async (t) => {
  const stream = await streams.addStream()
  const { windows } = await streams.registered(stream, 3)
  await streams.registered(stream, 1)
  const consentId = await sharing.activate()
  const eventId = await sharing.permit(consentId, [{ ...sharing.record, recordId: stream.stream, version: 1 }])
  const reader = sharing.of(READER_MSP)
  const read = async (version: number, event = eventId): Promise<Answered> =>
    await get(reader, `${windowsUrl(stream, version)}?event=${event}`, sharing.token)
  const own = await read(1)
  t.match(own, { status: 200, body: { grade: 'on-ledger' } })
  t.ok(isWhole(own, windows))
  await reader.app.store.db.deleteFrom('windows').where('stream', '=', stream.stream).execute()
  t.ok(isWhole(await read(1), windows), 'its own hospital has lost them')
  t.match(await read(2), { status: 403, body: { code: 'NOT_PERMITTED' } }, 'another segment of the stream')
  t.match(await get(reader, windowsUrl(stream), sharing.token), { status: 403, body: { code: 'NOT_PERMITTED' } }, 'without the event')
  const peer = sharing.of(THIRD_MSP).app.peers.of('CoreMSP')
  const ask = async (query: object): Promise<unknown> => await peer.call(PEER_STREAMS.listWindows, {
    params: { recordId: stream.stream, version: 1 }, query: { event: undefined, session: undefined, after: undefined, ...query }
  })
  await t.rejects(ask({ event: eventId }), { code: 'PEER_REFUSED', extensions: { peerCode: 'EVENT_OF_ANOTHER' } }, 'another hospital with this event')
  await t.rejects(ask({}), { code: 'PEER_REFUSED', extensions: { peerCode: 'NOT_PERMITTED' } }, 'who did not register it')
  await sharing.revoke(consentId)
  await sharing.of('CoreMSP').app.events.catchUp()
  await t.rejects(sharing.of(READER_MSP).app.peers.of('CoreMSP').call(PEER_STREAMS.listWindows, {
    params: { recordId: stream.stream, version: 1 }, query: { event: eventId, session: undefined, after: undefined }
  }), { code: 'PEER_REFUSED' }, 'the consent was revoked')
})

t.test('who reads under a permit from before a rewrap has no copy thought lost', async (t) => {
  const stream = await streams.addStream()
  const { windows } = await streams.registered(stream, 3)
  const rewrap = async (previousRoot?: string): Promise<string> => {
    const { wraps, members } = rewrapWindows(windows, stream.stream, 1, patient.patientId, patient.compartments[0])
    const { root } = (members as { segment: { root: string } }).segment
    const segment = { root, ...(previousRoot !== undefined && { previousRoot }) }
    const statement = sign(world, 'Rewrap', { ...members, segment }, patient.identity)
    const url = `/v1/records/${stream.stream}/versions/1/window-rewraps`
    t.match(await post(streams.core.app, url, { statement, wraps }, sessionAt()), { status: 201 })
    await Promise.all(ALL.map(async (mspId) => { await sharing.of(mspId).app.events.catchUp() }))
    return root
  }
  const before = await rewrap()
  const eventId = await sharing.permit(await sharing.activate(), [{ ...sharing.record, recordId: stream.stream, version: 1 }])
  const read = async (): Promise<Answered> => await get(sharing.of(READER_MSP), `${windowsUrl(stream)}?event=${eventId}`, sharing.token)
  t.match(await read(), { status: 200 })
  await rewrap(before)
  t.match(await read(), { status: 503, body: { code: 'CONTENT_UNAVAILABLE' } }, 'the wraps that the permit is for are no more')
  for (const mspId of await streams.hospitalsWith(stream, windows)) {
    const { db } = sharing.of(mspId).app.store
    const known = db.selectFrom('segments').select('whole').where('stream', '=', stream.stream)
    t.same(await known.execute(), [{ whole: 1 }], mspId)
    await db.updateTable('windows').set({ wrap: new Uint8Array(0) }).where('stream', '=', stream.stream).where('number', '=', 1).execute()
    await get(sharing.of(mspId), windowsUrl(stream), sessionFor(stream, 1, sharing.of(mspId)))
    t.same(await known.execute(), [{ whole: 0 }], 'one that is lost is')
  }
})

t.test('windows that are stored and in no segment are the patient\'s to read, as such', async (t) => {
  const stream = await streams.addStream()
  const { windows: [, second] } = await streams.registered(stream, 2)
  const [third] = await streams.stored(stream, 1)
  const url = `/v1/streams/${stream.stream}/windows`
  const { status, body } = await get(streams.core, url, sessionAt())
  t.match({ status, body }, { status: 200, body: { grade: 'stored', items: [{ number: 3, ciphertext: third?.sent.ciphertext }] } })
  t.not((body['items'] as ShownWindow[]).some(({ number }) => number === second?.number), true)
  t.match(await get(streams.core, url, streams.core.session(await publishPatient(world))), { status: 403, body: { code: 'NOT_PERMITTED' } })
  t.match(await get(streams.core, `/v1/streams/${toHex(randomBytes(16))}/windows`, sessionAt()), { status: 404, body: { code: 'RECORD_UNKNOWN' } })
})

t.test('windows that were lost come back from another hospital', async (t) => {
  const stream = await streams.addStream()
  const { windows } = await streams.registered(stream, 4)
  const { app } = streams.core
  await app.store.db.deleteFrom('windows').where('stream', '=', stream.stream).where('number', '>', 1).execute()
  const read = await get(streams.core, windowsUrl(stream), sessionFor(stream, 1))
  t.ok(isWhole(read, windows), 'read as if nothing had happened')
  t.equal(await refillSegments(app), 1, 'and it is filled again')
  const rows = await app.store.db.selectFrom('windows').select('number').where('stream', '=', stream.stream).where('version', '=', 1)
    .orderBy('number').execute()
  t.same(rows.map(({ number }) => number), [1, 2, 3, 4])
})

t.test('a segment whose copies lie in parts at two hospitals is filled again from both', async (t) => {
  const stream = await streams.addStream()
  const { windows } = await streams.registered(stream, 6)
  await Promise.all(ALL.map(async (mspId) => { await sharing.of(mspId).app.events.catchUp() }))
  const [holder = ''] = (await streams.hospitalsWith(stream, windows)).filter((mspId) => mspId !== 'CoreMSP')
  const [had, other] = [sharing.of(holder).app, sharing.of([READER_MSP, THIRD_MSP].find((mspId) => mspId !== holder) ?? '').app]
  const { app } = streams.core
  const later = await had.store.db.selectFrom('windows').selectAll().where('stream', '=', stream.stream).where('number', '>', 2).execute()
  await had.store.db.deleteFrom('windows').where('stream', '=', stream.stream).where('number', '>', 2).execute()
  // One of them is another than the segment has, as only its device can sign it.
  const twin = await new TestStream(world, stream.device, stream.stream).seal(randomBytes(8), { number: 5, previous: windows[3]?.id ?? '' })
  const put = async (rows: typeof later): Promise<void> => { await other.store.db.insertInto('windows').values(rows).execute() }
  await put(later.filter(({ number }) => number !== 5))
  const lose = async (): Promise<void> => {
    await app.store.db.deleteFrom('windows').where('stream', '=', stream.stream).where('number', '!=', 4).execute()
    await app.store.db.updateTable('segments').set({ whole: 0 }).where('stream', '=', stream.stream).execute()
  }
  const numbers = async (): Promise<number[]> =>
    (await app.store.db.selectFrom('windows').select('number').where('stream', '=', stream.stream).orderBy('number').execute()).map(({ number }) => number)
  await lose()
  t.equal(await refillSegments(app), 0, 'one window is nowhere')
  t.same(await numbers(), [1, 2, 3, 4, 6], 'what was found stays')
  const row = later.find(({ number }) => number === 5)
  if (row === undefined) throw new Error('it was there')
  await lose()
  const { statement, ciphertext, wrap } = twin.sent
  await put([{
    ...row, statement: JSON.stringify(statement), statement_id: twin.id, wrap: fromHex(wrap), wrap_hash: twin.wrapHash, ciphertext: Buffer.from(ciphertext, 'base64')
  }])
  t.equal(await refillSegments(app), 0, 'nor does another window in its place fit the root')
  t.same(await numbers(), [4], 'and nothing of that is kept')
  await other.store.db.deleteFrom('windows').where('stream', '=', stream.stream).where('number', '=', 5).execute()
  await put([row])
  t.equal(await refillSegments(app), 1)
  t.ok(isWhole(await get(streams.core, windowsUrl(stream), sessionAt()), windows))
})

t.test('parts of a segment are kept for good by whoever has them', async (t) => {
  const stream = await streams.addStream()
  const windows = await streams.stored(stream, 3)
  const [holder = ''] = (await streams.hospitalsWith(stream, windows)).filter((mspId) => mspId !== 'CoreMSP')
  const { db } = sharing.of(holder).app.store
  await db.deleteFrom('windows').where('stream', '=', stream.stream).where('number', '=', 2).execute()
  t.match(await streams.close(stream, stream.close(windows)), { status: 201 })
  await sharing.of(holder).app.events.catchUp()
  t.same(await db.selectFrom('windows').select(['number', 'version']).where('stream', '=', stream.stream).orderBy('number').execute(), [
    { number: 1, version: 1 }, { number: 3, version: 1 }
  ])
})

t.test('a stream goes on whose newest segment was erased with its compartment', async (t) => {
  const stream = await streams.addStream()
  await streams.registered(stream, 2)
  for (const { app } of sharing.gateways.values()) await noteEnded(app.store.db, [{ recordId: stream.stream, version: 1 }], 2)
  t.match(await streams.put(stream, [await stream.seal()]), { status: 202 })
})

t.test('an erased stream is destroyed everywhere with what no segment named yet, and is never taken again', async (t) => {
  const [stream, neighbour] = [await streams.addStream(), await streams.addStream()]
  const { windows } = await streams.registered(stream, 3)
  const stored = await streams.stored(stream, 2)
  const kept = await streams.registered(neighbour, 2)
  const statement = sign(world, 'Erasure', { patientId: patient.patientId, records: [{ recordId: stream.stream }] }, patient.identity)
  t.match(await post(streams.core.app, '/v1/erasures', { statement }), { status: 201 })
  await until(async () => (await ledger.getOrder(statementId(statement.body))).destructions.length === 3)
  t.same(await streams.hospitalsWith(stream, [...windows, ...stored]), [])
  t.equal((await streams.hospitalsWith(neighbour, kept.windows)).length, 2)
  t.match(await get(streams.core, windowsUrl(stream), sessionAt()), { status: 410, body: { code: 'RECORD_ENDED' } })
  t.match(await streams.put(stream, windows), { status: 410, body: { code: 'RECORD_ENDED' } })
  t.match(await streams.put(stream, [await stream.seal()]), { status: 410, body: { code: 'RECORD_ENDED' } })
  t.same(await streams.hospitalsWith(stream, stream.windows), [])
  t.match(await get(streams.core, `/v1/streams/${stream.stream}`, stream.session(streams.core.config.publicUrl)), { status: 200, body: { head: { ended: true } } })
})

t.test('of a stream one segment may be erased, and the others stay', async (t) => {
  const stream = await streams.addStream()
  const [first, second] = [await streams.registered(stream, 2), await streams.registered(stream, 2)]
  const records = [{ recordId: stream.stream, version: 1 }]
  const statement = sign(world, 'Erasure', { patientId: patient.patientId, records }, patient.identity)
  await post(streams.core.app, '/v1/erasures', { statement })
  await until(async () => (await ledger.getOrder(statementId(statement.body))).destructions.length === 3)
  t.same(await streams.hospitalsWith(stream, first.windows), [])
  t.equal((await streams.hospitalsWith(stream, second.windows)).length, 2)
  t.match(await streams.put(stream, first.windows), { status: 409, body: { code: 'WINDOW_CONFLICT' } })
  await streams.registered(stream, 1)
})

t.test('a backup from before the end brings no window back', async (t) => {
  const stream = await streams.addStream()
  const { windows } = await streams.registered(stream, 2)
  const { config, app } = streams.core
  await app.events.catchUp()
  const backup = await mkdtemp(join(tmpdir(), 'epione-backup-'))
  t.teardown(() => rm(backup, { recursive: true, force: true }))
  await streams.core.close()
  await cp(config.dataDir, backup, { recursive: true })
  await sharing.start('CoreMSP')
  const statement = sign(world, 'Erasure', { patientId: patient.patientId, records: [{ recordId: stream.stream }] }, patient.identity)
  await post(streams.core.app, '/v1/erasures', { statement })
  await until(async () => (await ledger.getOrder(statementId(statement.body))).destructions.length === 3)
  await streams.core.close()
  await rm(config.dataDir, { recursive: true })
  await cp(backup, config.dataDir, { recursive: true })
  await sharing.start('CoreMSP')
  await streams.core.app.events.catchUp()
  await until(async () => (await streams.hospitalsWith(stream, windows)).length === 0)
})

t.test('a rewrap replaces the wraps of all windows at each hospital that has them', async (t) => {
  const stream = await streams.addStream()
  const { windows } = await streams.registered(stream, 3)
  const { wraps, members } = rewrapWindows(windows, stream.stream, 1, patient.patientId, patient.compartments[1])
  const url = `/v1/records/${stream.stream}/versions/1/window-rewraps`
  const send = async (statement: SignedStatement, brought = wraps): Promise<Answered> =>
    await post(streams.core.app, url, { statement, wraps: brought }, sessionAt())
  const statement = sign(world, 'Rewrap', members, patient.identity)
  t.match(await send(statement, wraps.slice(1)), { status: 400, body: { code: 'WRAP_MISMATCH' } })
  t.match(await send(statement, wraps.toReversed()), { status: 400, body: { code: 'WRAP_MISMATCH' } })
  const stranger = await publishPatient(world)
  t.match(await send(sign(world, 'Rewrap', members, stranger.identity)), { status: 400, body: { code: 'SIGNATURE_INVALID' } })
  const { segment: { root } } = members as { segment: { root: string } }
  t.match(await send(statement), { status: 201, body: { rewrapId: statementId(statement.body), root } })
  for (const mspId of await streams.hospitalsWith(stream, windows)) {
    const { app } = sharing.of(mspId)
    await app.events.catchUp()
    const rows = await app.store.db.selectFrom('windows').select(['wrap', 'wrap_hash']).where('stream', '=', stream.stream).orderBy('number').execute()
    t.same(rows.map(({ wrap }) => toHex(wrap)), wraps)
    t.same(rows.map((row) => row.wrap_hash), windows.map(({ place }, index) => toHex(wrapHash(fromHex(wraps[index] ?? ''), place))))
  }
  const { body } = await get(streams.core, windowsUrl(stream), sessionAt())
  const whole = await get(streams.core, `${windowsUrl(stream)}?paths=none`, sessionAt())
  t.same((whole.body['items'] as ShownWindow[]).map(({ wrap, path, wrapPath }) => [wrap, path, wrapPath]), wraps.map((wrap) => [wrap, undefined, undefined]))
  t.same((body['items'] as ShownWindow[]).map(({ wrap }) => wrap), wraps)
  t.equal((body['items'] as ShownWindow[]).every(({ wrapPath }) => wrapPath !== undefined), true)

  const { app } = streams.core
  const { db } = app.store
  await db.updateTable('windows').set({ wrap: fromHex(windows[0]?.sent.wrap ?? '') }).where('stream', '=', stream.stream).where('number', '=', 1).execute()
  await db.updateTable('segments').set({ whole: 0 }).where('stream', '=', stream.stream).execute()
  t.equal(await refillSegments(app), 1, 'a wrap that is not in force is fetched anew')
  const { wrap } = await db.selectFrom('windows').select('wrap').where('stream', '=', stream.stream).where('number', '=', 1).executeTakeFirstOrThrow()
  t.equal(toHex(wrap), wraps[0])
})
