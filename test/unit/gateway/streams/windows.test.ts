import t from 'tap'
import { SecretKey, randomBytes, toHex } from '@epione/crypto'
import { checkStatementBody } from '@epione/protocol'
import type { SignedStatement } from '@epione/protocol'
import { OPEN_KEEP_MS, sweepWindows } from '../../../../gateway/src/streams/sweep-windows.ts'
import { OPEN_MAX, WindowRoom } from '../../../../gateway/src/streams/window-room.ts'
import { directoryMembers, keyHex, publishPatient, sign } from '../../../helpers/ledger-fixtures.ts'
import { signFreeze } from '../../../helpers/lifetime-fixtures.ts'
import { post, READER_MSP } from '../../../helpers/sharing.ts'
import { createDevice, signDeviceEnd, TestStream } from '../../../helpers/streaming.ts'
import { get, StreamWorld, THIRD_MSP } from '../../../helpers/stream-world.ts'

/* Windows of devices: who may send them, in which order, and that two hospitals sign that they have them; in both stores. */

for (const database of ['sqlite', 'postgresql'] as const) {
  t.test(database, async (t) => {
    let now = Date.now()
    const streams = await StreamWorld.create(t, { clock: () => now, special: (mspId) => mspId === 'CoreMSP' ? { database } : {} })
    const { sharing } = streams
    const { world } = sharing

    await t.test('windows lie at two hospitals, whose proxies sign that they have them', async (t) => {
      const stream = await streams.addStream()
      const windows = await stream.sealMany(3)
      const { status, body } = await streams.put(stream, windows)
      t.match({ status, body }, { status: 202, body: { grade: 'stored', numbers: [1, 2, 3], time: now, receipts: { length: 2 } } })
      const receipts = body['receipts'] as { mspId: string, statement: SignedStatement }[]
      t.same((await streams.hospitalsWith(stream, windows)), receipts.map(({ mspId }) => mspId).sort())
      const proxies = await world.gateway('CoreMSP').ledger.getProxies()
      for (const { mspId, statement } of receipts) {
        const signed = checkStatementBody('WindowReceipt', JSON.parse(statement.body))
        t.match(signed, { mspId, windowIds: windows.map(({ id }) => id), issuedAt: now })
        t.same(statement.signatures.map(({ key }) => key), [proxies.find((p) => p.mspId === mspId)?.signingKey])
      }
      const again = await streams.put(stream, windows)
      t.match(again, { status: 202, body: { numbers: [1, 2, 3], receipts: { length: 2 } } }, 'sent again they are answered again')
      t.match(await get(streams.core, `/v1/streams/${stream.stream}`, stream.session(streams.core.config.publicUrl)), {
        status: 200, body: { stored: { grade: 'stored', last: 3, windowId: windows[2]?.id, count: 3 }, expected: 4, time: now }
      })
    })

    await t.test('a window out of order is refused with the number expected, and a gap must be meant', async (t) => {
      const stream = await streams.addStream()
      const [first, second, third] = await stream.sealMany(3)
      if (first === undefined || second === undefined || third === undefined) throw new Error('three windows')
      const expects = (expected: number): object => ({ status: 409, body: { code: 'WINDOW_OUT_OF_ORDER', expected } })
      t.match(await streams.put(stream, [second]), expects(1))
      t.match(await streams.put(stream, [first]), { status: 202 })
      t.match(await streams.put(stream, [third]), expects(2))
      t.same(await streams.hospitalsWith(stream, [third]), [], 'nothing of it is kept')
      t.match(await streams.put(stream, [second, third]), { status: 202 })
      const afterGap = await stream.seal(randomBytes(8), { number: 9 })
      t.match(await streams.put(stream, [afterGap]), { status: 202 }, 'it names the last one that is here')

      const other = await streams.addStream()
      await other.sealMany(4)
      const late = await other.seal()
      t.match(await streams.put(other, [late]), expects(1))
      t.match(await streams.put(other, [late], { gap: true }), { status: 202 }, 'the device has none before it')
      const forked = await other.seal(randomBytes(8), { previous: toHex(randomBytes(32)) })
      t.match(await streams.put(other, [forked]), { ...expects(6), body: { previous: late.id } }, 'it follows another window')
    })

    await t.test('of each number the first window stays, and another is told by the id of that one', async (t) => {
      const stream = await streams.addStream()
      const [first] = await streams.stored(stream, 1)
      const twin = await new TestStream(world, stream.device, stream.stream).seal()
      t.match(await streams.put(stream, [twin]), { status: 409, body: { code: 'WINDOW_CONFLICT', number: 1, windowId: first?.id } })
      t.match(await streams.put(stream, [twin], {}, sharing.of(THIRD_MSP)), { status: 503, body: { code: 'COPY_UNAVAILABLE' } }, 'nor is there a hospital for its copy')
      t.same(await streams.hospitalsWith(stream, [twin]), [])
    })

    await t.test('only the device itself sends, and only what it signed for this stream and its bytes', async (t) => {
      const [stream, other] = [await streams.addStream(), await streams.addStream()]
      const window = await stream.seal()
      const { sent } = window
      const url = `/v1/streams/${stream.stream}/windows`
      const send = async (authorization: string | undefined, windows: object[] = [sent], path = url): Promise<object> =>
        await post(streams.core.app, path, { windows }, authorization)
      const session = (): string => stream.session(streams.core.config.publicUrl)
      const refused = (status: number, code: string): object => ({ status, body: { code } })
      t.match(await send(undefined), refused(401, 'TOKEN_MISSING'))
      t.match(await send(streams.core.session(sharing.patient)), refused(403, 'NOT_PERMITTED'), 'a patient is no device')
      t.match(await send(other.session(streams.core.config.publicUrl)), refused(403, 'NOT_PERMITTED'))
      t.match(await send(stream.session('https://elsewhere')), refused(401, 'SESSION_INVALID'))
      t.match(await send(stream.session(streams.core.config.publicUrl, {}, SecretKey.random())), refused(401, 'SESSION_INVALID'))
      const stranger = new TestStream(world, { ...stream.device, deviceId: toHex(randomBytes(32)) })
      t.match(await send(stranger.session(streams.core.config.publicUrl)), refused(401, 'SESSION_INVALID'))
      t.match(await send(session(), [sent], `/v1/streams/${other.stream}/windows`), refused(400, 'REQUEST_INVALID'))
      const [theirs, foreign] = [await stream.seal(), await other.seal()]
      t.match(await send(session(), [{ ...sent, wrap: theirs.sent.wrap }]), refused(400, 'WRAP_MISMATCH'))
      t.match(await send(session(), [{ ...sent, ciphertext: theirs.sent.ciphertext }]), refused(400, 'CONTENT_MISMATCH'))
      const flipped = Buffer.from(sent.ciphertext, 'base64')
      flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1
      t.match(await send(session(), [{ ...sent, ciphertext: flipped.toString('base64') }]), refused(400, 'CONTENT_MISMATCH'))
      t.match(await send(session(), [{ ...sent, ciphertext: 'AAAA' }]), refused(400, 'CONTENT_MISMATCH'))
      t.match(await send(session(), [{ ...sent, ciphertext: 'no base64' }]), refused(400, 'REQUEST_INVALID'))
      t.match(await send(session(), [theirs.sent, sent]), refused(400, 'REQUEST_INVALID'), 'not in order')
      t.match(await send(session(), [sent, foreign.sent]), refused(400, 'REQUEST_INVALID'), 'of two streams')
      t.match(await send(session(), []), refused(400, 'REQUEST_INVALID'))
      const forger = new TestStream(world, { ...stream.device, key: SecretKey.random() }, stream.stream)
      t.match(await send(session(), [(await forger.seal()).sent]), refused(400, 'SIGNATURE_INVALID'))
      t.match(await send(session(), [{ ...sent, statement: { ...sent.statement, body: sent.statement.body.replace(stream.stream, other.stream) } }]), refused(400, 'STATEMENT_INVALID'))
      t.same(await streams.hospitalsWith(stream, [window, theirs]), [])
      t.match(await send(session()), { status: 202 })
      for (const path of [`/v1/records/${stream.stream}`, `/v1/records/${stream.stream}/versions/1/windows`, '/v1/contents']) {
        const { status } = await get(streams.core, path, session())
        t.ok(status === 403 || status === 404, `a device does not get ${path}`)
      }
      t.match(await get(streams.core, `/v1/streams/${stream.stream}/windows`, session()), refused(403, 'NOT_PERMITTED'), 'nor does it read windows')
    })

    await t.test('a device that ended, is out of its period, or writes for a former epoch is refused at once', async (t) => {
      const stream = await streams.addStream()
      await streams.stored(stream, 1)
      const end = signDeviceEnd(world, stream.device)
      t.match(await post(streams.core.app, '/v1/device-ends', { statement: end }), { status: 201, body: { deviceId: stream.device.deviceId } })
      t.match(await streams.put(stream, [await stream.seal()]), { status: 409, body: { code: 'DEVICE_ENDED' } })
      const over = await streams.addStream({ notAfter: now + 60_000 })
      const early = await streams.addStream({ notBefore: now + 60_000 })
      t.match(await streams.put(early, [await early.seal()]), { status: 409, body: { code: 'DEVICE_NOT_IN_FORCE' } })
      await streams.stored(over, 1)
      now += 120_000
      t.match(await streams.put(over, [await over.seal()]), { status: 409, body: { code: 'DEVICE_NOT_IN_FORCE' } })
      const outdated = await streams.addStream()
      t.match(await streams.put(outdated, [await outdated.seal(randomBytes(8), { epoch: 2 })]), { status: 409, body: { code: 'COMPARTMENT_OUTDATED' } })
    })

    await t.test('after a rotation only the new epoch is taken, and what was taken before keeps its segment; a frozen patient takes nothing', async (t) => {
      const patient = await publishPatient(world)
      const stream = new TestStream(world, await streams.addDevice({}, patient))
      const windows = await streams.stored(stream, 2)
      const members = directoryMembers(patient)
      const compartments = members.compartments.map((c, i) => i === 0 ? { ...c, epoch: 2, key: keyHex(SecretKey.random()) } : c)
      const rotated = { ...members, compartments, version: 2, previous: patient.directoryId }
      await world.gateway('Regional1MSP').ledger.publishDirectory(sign(world, 'KeyDirectory', rotated, patient.identity))
      await streams.core.app.events.catchUp()
      t.match(await streams.put(stream, [await stream.seal()]), { status: 409, body: { code: 'COMPARTMENT_OUTDATED' } })
      t.match(await streams.put(stream, windows), { status: 202 }, 'those that lie here are answered again')
      t.match(await streams.close(stream, stream.close(windows)), { status: 201 })
      await world.gateway('Regional1MSP').ledger.freezePatient(signFreeze(world, patient, patient.identity))
      await streams.core.app.events.catchUp()
      t.match(await streams.put(stream, [await stream.seal(randomBytes(8), { epoch: 2 })]), { status: 409, body: { code: 'PATIENT_FROZEN' } })
    })

    await t.test('devices come by a statement that patient and device signed, and anybody may read them', async (t) => {
      const patient = await publishPatient(world)
      const device = createDevice(world, patient, patient.compartments[0])
      const add = async (statement: SignedStatement): Promise<object> => await post(streams.core.app, '/v1/devices', { statement })
      const { signatures: [first] } = device.statement
      if (first === undefined) throw new Error('two signatures')
      const forged = createDevice(world, { patientId: patient.patientId, identity: SecretKey.random() }, patient.compartments[0])
      t.match(await add(forged.statement), { status: 400, body: { code: 'SIGNATURE_INVALID' } })
      t.match(await add(device.statement), { status: 201, body: { deviceId: device.deviceId } })
      t.match(await add(device.statement), { status: 201, body: { deviceId: device.deviceId } }, 'sent again it is answered again')
      const url = `/v1/patients/${patient.patientId}/devices`
      t.match(await get(streams.core, url), { status: 200, body: { items: [{ device: { id: device.deviceId } }] } })
      t.match(await get(streams.core, `${url}/${device.deviceId}`), { status: 200, body: { device: { id: device.deviceId } } })
      t.match(await get(streams.core, `${url}/${toHex(randomBytes(32))}`), { status: 404, body: { code: 'DEVICE_UNKNOWN' } })
      const stranger = await publishPatient(world)
      t.match(await post(streams.core.app, '/v1/device-ends', { statement: signDeviceEnd(world, device, stranger.identity) }), { status: 400, body: { code: 'SIGNATURE_INVALID' } })
    })

    await t.test('nobody floods a hospital: no more windows than time has passed, and no more than have room', async (t) => {
      const slow = await streams.addStream({ notBefore: now - 3_600_000, shortestWindowMs: 3_600_000 })
      const ahead = await slow.seal(randomBytes(8), { number: 1_000 })
      t.match(await streams.put(slow, [ahead], { gap: true }), { status: 429, body: { code: 'TOO_MANY_REQUESTS' } })
      const stream = await streams.addStream()
      await streams.stored(stream, 1)
      const { db } = streams.core.app.store
      const row = await db.selectFrom('windows').selectAll().where('stream', '=', stream.stream).executeTakeFirstOrThrow()
      const small = { ...row, acknowledged: 0, ciphertext: new Uint8Array(1), size_bytes: 1 }
      const rows = Array.from({ length: OPEN_MAX.windows - 1 }, (_, i) => ({ ...small, number: 10_000 + i }))
      for (let i = 0; i < rows.length; i += 500) await db.insertInto('windows').values(rows.slice(i, i + 500)).execute()
      streams.core.app.windows.room = new WindowRoom(streams.core.app)
      t.match(await streams.put(stream, [await stream.seal()]), { status: 429, body: { code: 'QUOTA_EXCEEDED' } })
      const other = await streams.addStream()
      await streams.stored(other, 1)
    })

    await t.test('windows that no segment names go after a month, and no earlier', async (t) => {
      const stream = await streams.addStream()
      const windows = await streams.stored(stream, 2)
      const sweep = async (): Promise<void> => {
        for (const { app } of sharing.gateways.values()) {
          app.heads.isSettled = () => true
          await sweepWindows(app)
        }
      }
      await sweep()
      t.equal((await streams.hospitalsWith(stream, windows)).length, 2)
      now += OPEN_KEEP_MS + 1
      await sweep()
      t.same(await streams.hospitalsWith(stream, windows), [])
    })

    await t.test('nothing is acknowledged while no other hospital takes a copy, nor kept here', async (t) => {
      const stream = await streams.addStream()
      await sharing.of(READER_MSP).close()
      await sharing.of(THIRD_MSP).close()
      const window = await stream.seal()
      t.match(await streams.put(stream, [window]), { status: 503, body: { code: 'COPY_UNAVAILABLE' } })
      t.match(await get(streams.core, `/v1/streams/${stream.stream}`, stream.session(streams.core.config.publicUrl)), { status: 200, body: { expected: 1 } })
      await sharing.start(READER_MSP)
      await sharing.start(THIRD_MSP)
      t.match(await streams.put(stream, [window]), { status: 202 })
    })
  })
}
