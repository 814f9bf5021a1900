import t from 'tap'
import type { Test } from 'tap'
import { randomBytes, SecretKey, statementId } from '@epione/crypto'
import {
  DeviceClock, endDevice, joinAsDevice, listDevices, listStoredStreams, listStreams, offerDevice, passDevice, readOwnStream, rotateKeys
} from '@epione/sdk'
import { about } from '../../../helpers/client/front.ts'
import { Hospitals } from '../../../helpers/client/hospitals.ts'
import { addDevice, HEART_RATE, minuteOf, randomId, startDevice } from '../../../helpers/test-device.ts'

const hospitals = await Hospitals.open(t)
const { core } = hospitals
const patient = await hospitals.patient()
const client = hospitals.client(core)
const NOW = Date.now()
const SLOW = process.env['SLOW'] === '1'

t.test('what a device measures reaches its patient, first stored, then on the ledger, and is forgotten by the device', async (t) => {
  const device = await addDevice(patient, client)
  t.match(await listDevices(patient), [{ deviceId: device.context.deviceId, state: 'writing', category: 'vital-signs' }])
  const { queue, recorder, sender } = await startDevice(device)
  for (const i of [0, 1, 2]) await recorder.record([minuteOf(NOW + i * 60_000, 60 + i)], 'source')
  const { context: { deviceId } } = device
  t.strictSame(await listStoredStreams(patient, []), [], 'nothing was sent')
  t.match(await sender.sendAll(), { sent: 3, segments: 0, forgotten: 0, waiting: 0, kept: 3 })
  t.strictSame(await listStreams(patient, patient.patientId), [])
  t.match(await listStoredStreams(patient, []), [
    { stream: queue.stream, deviceId, grade: 'stored', segments: 0, windows: 3, last: 3, category: 'vital-signs', saidBy: ['CoreMSP'] }
  ])
  t.match(await sender.sendAll({ close: true }), { sent: 0, segments: 1, forgotten: 3, kept: 0 })
  await recorder.record([minuteOf(NOW + 180_000, 70)], 'source')
  t.match(await sender.sendAll(), { sent: 1, segments: 0 })
  t.strictSame(await listStoredStreams(patient, await listStreams(patient, patient.patientId)), [], 'the ledger has a segment of it')
  const read = await readOwnStream(patient, { stream: queue.stream })
  t.match(read, { grades: { 'on-ledger': 3, stored: 1 }, gaps: [], ended: [], warnings: [], deviceId: device.context.deviceId })
  t.strictSame(read.windows.map(({ number, grade, times }) => [number, grade, times]), [
    [1, 'on-ledger', 'measured'], [2, 'on-ledger', 'measured'], [3, 'on-ledger', 'measured'], [4, 'stored', 'measured']
  ])
  t.strictSame(read.windows[1]?.series, [minuteOf(NOW + 60_000, 61)])
  t.match(await listStreams(patient, patient.patientId), [{ stream: queue.stream, segments: 1, windows: 3, first: 1, last: 3, category: 'vital-signs' }])
})

t.test('a device that was ended sends nothing more', async (t) => {
  const device = await addDevice(patient, client)
  const { recorder, sender } = await startDevice(device)
  await recorder.record([minuteOf(NOW, 60)], 'source')
  await sender.sendAll()
  t.match(await endDevice(patient, device.context.deviceId), { confirmedElsewhere: true })
  await recorder.record([minuteOf(NOW + 60_000, 61)], 'source')
  await t.rejects(sender.sendAll(), { code: 'DEVICE_ENDED' })
  t.match((await listDevices(patient)).find(({ deviceId }) => deviceId === device.context.deviceId), { state: 'ended' })
})

t.test('a device that was offline for a week sends all of it, in order and once', async (t) => {
  const device = await addDevice(patient, client)
  const { queue, recorder, sender } = await startDevice(device)
  const WEEK = SLOW ? 7 * 24 * 60 : 7 * 24
  for (let i = 0; i < WEEK; i += 1) await recorder.record([minuteOf(NOW - (WEEK - i) * 60_000, 60, 2)], 'source')
  const again = await startDevice(device)
  t.match(await again.sender.sendAll({ close: true }), { sent: WEEK, waiting: 0, forgotten: WEEK, kept: 0 })
  const read = await readOwnStream(patient, { stream: queue.stream })
  t.strictSame(read.windows.map(({ number }) => number), Array.from({ length: WEEK }, (_, i) => i + 1))
  t.match(read, { gaps: [], grades: { 'on-ledger': WEEK, stored: 0 } })
  t.ok(sender)
})

t.test('a device whose clock starts at 1970 is corrected by what it learns when it is connected', async (t) => {
  let monotonic = 1000
  const clock = new DeviceClock({ wall: () => monotonic, monotonic: () => monotonic })
  const device = await addDevice(patient, client)
  const context = { ...device.context, clock, now: () => clock.now() }
  const { queue, recorder, sender } = await startDevice({ ...device, context })
  await recorder.record([minuteOf(clock.now(), 60, 5)], 'device')
  monotonic += 3_600_000
  const before = Date.now()
  t.match(await sender.sendAll(), { sent: 1 })
  await recorder.record([minuteOf(clock.now(), 61, 5)], 'device')
  await sender.sendAll({ close: true })
  const [early, late] = (await readOwnStream(patient, { stream: queue.stream })).windows
  t.strictSame([early?.times, late?.times], ['later', 'measured'])
  t.ok(Math.abs((early?.startMs ?? 0) - (before - 3_600_000)) < 60_000, 'an hour before it was connected')
  const unset = new DeviceClock({ wall: () => 5000, monotonic: () => 5000 })
  const lost = await startDevice({ ...device, context: { ...context, clock: unset } })
  await lost.recorder.record([minuteOf(5000, 62, 5)], 'device')
  await (await startDevice(device)).sender.sendAll({ close: true })
  const read = await readOwnStream(patient, { stream: queue.stream })
  t.equal(read.windows.at(-1)?.times, 'unknown', 'of a boot that never reached a gateway')
  t.match(read.warnings, [/never set/])
})

t.test('a device that is killed in the middle of a send sends the same again, once', async (t) => {
  const device = await addDevice(patient, client)
  for (let writes = 0; writes < 7; writes += 1) {
    const { recorder, sender } = await startDevice(device)
    await recorder.record([minuteOf(NOW + writes * 60_000, 60)], 'source')
    device.store.diesAfter = writes
    await sender.sendAll({ close: true }).then(() => undefined, (error: unknown) => { t.match(error, { message: /power/ }) })
    device.store.diesAfter = Infinity
  }
  const { queue, sender } = await startDevice(device)
  await sender.sendAll({ close: true })
  const read = await readOwnStream(patient, { stream: queue.stream })
  t.strictSame(read.windows.map(({ number, startMs }) => [number, startMs]), Array.from({ length: 7 }, (_, i) => [i + 1, NOW + i * 60_000]))
  t.match(read, { gaps: [], grades: { stored: 0 } })
  t.equal(queue.size, 0)
})

t.test('an answer that was lost does no harm, of windows nor of a segment', async (t) => {
  const device = await addDevice(patient, client)
  const { queue, recorder, sender } = await startDevice(device)
  await recorder.record([minuteOf(NOW, 60)], 'source')
  const lost = (path: RegExp): void => {
    const lie = about('POST', path, () => ({ status: 503, body: { code: 'UNAVAILABLE', title: 'lost' } }))
    for (const { front } of hospitals.all) front.lies = [lie]
  }
  lost(/\/windows$/)
  await t.rejects(sender.sendAll({ close: true }), { code: 'UNAVAILABLE' })
  for (const { front } of hospitals.all) front.lies = []
  await sender.sendAll()
  lost(/\/segments$/)
  await sender.sendAll({ close: true })
  t.equal(queue.state.segment?.last, 1, 'another hospital shows that it is on the ledger')
  for (const { front } of hospitals.all) front.lies = []
  t.match(await sender.sendAll({ close: true }), { waiting: 0, kept: 0 })
  const [summary] = await listStreams(patient, patient.patientId)
  t.match(summary, { stream: queue.stream, segments: 1, windows: 1 }, 'nothing twice')
})

/** The core hospital says of every segment that it is on the ledger, and brings none there. */
function lieOfSegments (t: Test): void {
  core.front.instead = (method, path, body) => {
    if (method !== 'POST' || !path.endsWith('/segments')) return undefined
    const { statement } = JSON.parse(body.toString()) as { statement: { body: string } }
    const { recordId, version } = JSON.parse(statement.body) as { recordId: string, version: number }
    const manifestId = statementId(statement.body)
    return { status: 201, body: { grade: 'on-ledger', recordId, version, manifestId, txId: 'ab'.repeat(32), blockNumber: 7 } }
  }
  t.teardown(() => { core.front.instead = undefined })
}

t.test('a segment that one hospital falsely says is on the ledger is brought to another, and nothing is forgotten before', async (t) => {
  const device = await addDevice(patient, client)
  const { queue, recorder, sender } = await startDevice(device)
  lieOfSegments(t)
  const kept = async (n: number): Promise<void> => {
    await recorder.record([minuteOf(NOW + n * 60_000, 60)], 'source')
    t.match(await sender.sendAll({ close: true }), { sent: 1, segments: 1, forgotten: 0, waiting: 0, kept: n })
  }
  await kept(1)
  t.strictSame(queue.state.told?.map(({ by, version }) => [by, version]), [['CoreMSP', 1]])
  t.match(await sender.sendAll(), { forgotten: 0, kept: 1 }, 'others may be a block behind')
  await kept(2)
  const told = queue.state.told?.map((one) => ({ ...one, toldAt: one.toldAt - 120_000 }))
  await queue.change({ told })
  t.match(await sender.sendAll(), { forgotten: 2, kept: 0 })
  t.equal(queue.state.told, undefined)
  core.front.instead = undefined
  const read = await readOwnStream(patient, { stream: queue.stream })
  t.match(read, { grades: { 'on-ledger': 2, stored: 0 }, gaps: [] })
  await recorder.record([minuteOf(NOW + 180_000, 60)], 'source')
  t.match(await sender.sendAll({ close: true }), { segments: 1, forgotten: 1, kept: 0 }, 'and so on')
})

t.test('what follows a segment that never came to the ledger is refused, until that is brought there', async (t) => {
  const device = await addDevice(patient, client)
  const { queue, recorder, sender } = await startDevice(device)
  lieOfSegments(t)
  await recorder.record([minuteOf(NOW, 60)], 'source')
  t.match(await sender.sendAll({ close: true }), { segments: 1, forgotten: 0, kept: 1 })
  // Hours later, and the hospital lies no more: it never had the first segment.
  core.front.instead = undefined
  await queue.change({ told: queue.state.told?.map((one) => ({ ...one, toldAt: one.toldAt - 7_200_000 })) })
  await recorder.record([minuteOf(NOW + 60_000, 61)], 'source')
  t.match(await sender.sendAll({ close: true }), { segments: 1, waiting: 0 })
  t.match(await sender.sendAll(), { kept: 0 })
  t.match(await readOwnStream(patient, { stream: queue.stream }), { grades: { 'on-ledger': 2, stored: 0 }, gaps: [] })
})

t.test('a segment that never came to the ledger, and can be sent no more, is signed anew', async (t) => {
  const device = await addDevice(patient, client)
  const { queue, recorder, sender } = await startDevice(device)
  await recorder.record([minuteOf(NOW, 60)], 'source')
  await sender.sendAll()
  const overdue = { by: 'CoreMSP', toldAt: 0, id: randomId(), version: 1, first: 1, last: 1, statement: { body: '{"submitBefore":1}', signatures: [] } }
  await queue.change({ segment: { version: 1, id: overdue.id, last: 1 }, told: [overdue] })
  t.match(await sender.sendAll(), { kept: 1 })
  t.equal(queue.state.segment, undefined)
  t.match(await sender.sendAll({ close: true }), { segments: 1, forgotten: 1, kept: 0 })
})

t.test('receipts that prove nothing are refused, and nothing is forgotten', async (t) => {
  const device = await addDevice(patient, client)
  const { queue, recorder, sender } = await startDevice(device)
  await recorder.record([minuteOf(NOW, 60)], 'source')
  const lies: ((answer: { receipts: { mspId: string, statement: object }[] }) => unknown)[] = [
    ({ receipts: [own], ...answer }) => ({ ...answer, receipts: [own, own] }),
    ({ receipts: [own, other], ...answer }) => ({ ...answer, receipts: [own, { ...own, mspId: other?.mspId }] })
  ]
  for (const lie of lies) {
    core.front.lies = [about('POST', /\/windows$/, lie)]
    await t.rejects(sender.sendAll(), { code: 'RECEIPT_MISMATCH', details: { party: { kind: 'gateway', mspId: 'CoreMSP' } } })
    t.strictSame(queue.unsent, [1])
  }
  core.front.lies = []
  t.match(await sender.sendAll(), { waiting: 0 })
})

t.test('a hospital that leaves a window out, or changes one, is named, and another is asked', async (t) => {
  const device = await addDevice(patient, client)
  const { queue, recorder, sender } = await startDevice(device)
  for (const i of [0, 1, 2]) await recorder.record([minuteOf(NOW + i * 60_000, 60 + i)], 'source')
  await sender.sendAll({ close: true })
  type Page = { items: { number: number, wrap: string, ciphertext: string }[] }
  const lies: ((page: Page) => Page)[] = [
    (page) => ({ ...page, items: page.items.slice(1) }),
    (page) => ({ ...page, items: page.items.toReversed() }),
    (page) => ({ ...page, items: page.items.map((item, i) => ({ ...item, wrap: page.items[(i + 1) % 3]?.wrap ?? '' })) })
  ]
  for (const lie of lies) {
    const told = about('GET', /\/versions\/1\/windows$/, lie)
    core.front.lies = [told]
    t.match(await readOwnStream(patient, { stream: queue.stream }), { windows: { length: 3 } }, 'from another hospital')
    for (const { front } of hospitals.all) front.lies = [told]
    await t.rejects(readOwnStream(patient, { stream: queue.stream }), { code: 'WINDOWS_INVALID', details: { party: { kind: 'store' } } })
    for (const { front } of hospitals.all) front.lies = []
  }
  const bent = about('GET', /\/versions\/1\/windows$/, (page: Page) => ({
    ...page, items: page.items.map((item) => ({ ...item, ciphertext: `${item.ciphertext.slice(0, -8)}AAAA${item.ciphertext.slice(-4)}` }))
  }))
  for (const { front } of hospitals.all) front.lies = [bent]
  await t.rejects(readOwnStream(patient, { stream: queue.stream }), { code: 'CONTENT_MODIFIED', details: { party: { kind: 'store' } } })
  for (const { front } of hospitals.all) front.lies = []
})

t.test('windows of a key that was raised, which the first hospital never had, are closed by the one that has them', async (t) => {
  const patient = await hospitals.patient()
  const { queue, recorder, sender } = await startDevice(await addDevice(patient, client))
  const [first] = hospitals.all
  t.teardown(() => { if (first !== undefined) first.front.instead = undefined })
  const sendAway = async (minute: number): Promise<void> => {
    await recorder.record([minuteOf(NOW + minute * 60_000, 60)], 'source')
    if (first !== undefined) first.front.instead = () => ({ status: 503, body: { code: 'UNAVAILABLE', title: 'down' } })
    t.match(await sender.sendAll(), { sent: 1, segments: 0 })
    if (first !== undefined) first.front.instead = undefined
    await rotateKeys(patient, { categories: ['vital-signs'] })
  }
  await sendAway(0)
  t.match(await sender.sendAll({ close: true }), { sent: 0, segments: 1, waiting: 0 })
  t.match(await readOwnStream(patient, { stream: queue.stream }), { grades: { 'on-ledger': 1 }, gaps: [] })

  await sendAway(1)
  await Promise.all(hospitals.all.map(async ({ gateway }) => {
    await gateway.app.store.db.deleteFrom('windows').where('stream', '=', queue.stream).execute()
  }))
  await t.rejects(sender.sendAll({ close: true }), { code: 'REFUSED', message: /COMPARTMENT_OUTDATED/ })
})

t.test('lost numbers show as gaps with their names', async (t) => {
  const device = await addDevice(patient, client)
  const { queue, recorder, sender } = await startDevice(device)
  await recorder.record([minuteOf(NOW, 60)], 'source')
  await sender.sendAll()
  queue.skip(2)
  queue.skip(3)
  await recorder.record([minuteOf(NOW + 180_000, 63)], 'source')
  await sender.sendAll()
  t.match(await readOwnStream(patient, { stream: queue.stream }), { gaps: [{ first: 2, last: 3 }], grades: { stored: 2 } })
  await sender.sendAll({ close: true })
  const read = await readOwnStream(patient, { stream: queue.stream })
  t.match(read, { gaps: [{ first: 2, last: 3 }], grades: { 'on-ledger': 2 } })
  t.match(await listStreams(patient, patient.patientId), [{ segments: 2, gaps: [{ first: 2, last: 3 }] }])
})

t.test('a rotation while the device is at work: what is unsent is wrapped for the newest key, what was stored stays good', async (t) => {
  const device = await addDevice(patient, client)
  const { queue, recorder, sender } = await startDevice(device)
  await recorder.record([minuteOf(NOW, 60)], 'source')
  await sender.sendAll()
  await rotateKeys(patient, { categories: ['vital-signs'] })
  await recorder.record([minuteOf(NOW + 60_000, 61)], 'source')
  t.match(await sender.sendAll({ close: true }), { sent: 1, segments: 2, waiting: 0 })
  const read = await readOwnStream(patient, { stream: queue.stream })
  t.match(read, { grades: { 'on-ledger': 2 }, gaps: [] })
})

t.test('a pass is for one device, one offer and one patient', async (t) => {
  const { key, offer, file } = offerDevice(client, { name: 'pulse', kinds: [HEART_RATE], shortestWindowMs: 1000 })
  const { file: pass } = await passDevice(patient, { offer: file, category: 'vital-signs', days: 1 })
  await t.rejects(joinAsDevice(client, SecretKey.random(), offer, pass), { code: 'USAGE', message: /another device/ })
  await t.rejects(joinAsDevice(client, key, { ...offer, salt: '00'.repeat(32) }, pass), { code: 'USAGE', message: /another offer/ })
  const { statement } = JSON.parse(pass) as { statement: { body: string, signatures: object[] } }
  const unsigned = JSON.stringify({ ...JSON.parse(pass) as object, statement: { ...statement, body: statement.body.replace('"shortestWindowMs":1000', '"shortestWindowMs":2000') } })
  await t.rejects(joinAsDevice(client, key, offer, unsigned), { code: 'USAGE' })
  await t.rejects(joinAsDevice(client, key, offer, '{}'), { code: 'USAGE', message: /no pass/ })
  await t.rejects(joinAsDevice({ ...client, networkId: randomBytes(32) }, key, offer, pass), { code: 'NETWORK_MISMATCH' })
  await t.rejects(passDevice(patient, { offer: pass, category: 'vital-signs', days: 1 }), { code: 'USAGE', message: /no offer/ })
  await t.rejects(passDevice(patient, { offer: file, category: 'nothing', days: 1 }), { code: 'CATEGORY_UNKNOWN' })
  const asked = passDevice(patient, { offer: file, category: 'vital-signs', days: 1 }, async () => await Promise.resolve(false))
  await t.rejects(asked, { code: 'DECLINED', details: { fingerprint: key.publicKey().fingerprint() } })
})

t.test('while the own hospital is down another takes what was measured, and whatever it lacks', async (t) => {
  const device = await addDevice(patient, client)
  const { queue, recorder, sender } = await startDevice(device)
  await recorder.record([minuteOf(NOW, 60)], 'source')
  await sender.sendAll()
  core.front.instead = () => ({ status: 503, body: { code: 'UNAVAILABLE', title: 'down' } })
  await recorder.record([minuteOf(NOW + 60_000, 61)], 'source')
  t.match(await sender.sendAll({ close: true }), { sent: 1, segments: 1, waiting: 0 })
  core.front.instead = undefined
  await recorder.record([minuteOf(NOW + 120_000, 62)], 'source')
  t.match(await sender.sendAll({ close: true }), { sent: 1, segments: 1, kept: 0 })
  const read = await readOwnStream(patient, { stream: queue.stream })
  t.strictSame(read.windows.map(({ number, grade }) => [number, grade]), [[1, 'on-ledger'], [2, 'on-ledger'], [3, 'on-ledger']])
})

t.test('a segment that was signed is closed as it was signed, whatever was stored since', async (t) => {
  const device = await addDevice(patient, client)
  const { queue, recorder, sender } = await startDevice(device)
  await recorder.record([minuteOf(NOW, 60)], 'source')
  for (const { front } of hospitals.all) {
    front.instead = (_method, path) => path.endsWith('/segments') ? { status: 503, body: { code: 'UNAVAILABLE', title: 'down' } } : undefined
  }
  await t.rejects(sender.sendAll({ close: true }), { code: 'UNAVAILABLE' })
  const { closing } = queue.state
  t.match(closing, { first: 1, last: 1, version: 1 })
  for (const { front } of hospitals.all) front.instead = undefined
  await recorder.record([minuteOf(NOW + 60_000, 61)], 'source')
  const again = await startDevice(device)
  t.match(await again.sender.sendAll(), { segments: 2 }, 'that one without being told to, then the rest')
  t.match(await listStreams(patient, patient.patientId), [{ stream: queue.stream, segments: 2, windows: 2, gaps: [] }])
  t.equal(again.queue.state.segment?.last, 2)
})

t.test('segments close once in a period, at a moment of each device\'s own', async (t) => {
  const device = await addDevice(patient, client)
  const { recorder, sender } = await startDevice(device, { segmentEveryMs: 3_600_000 })
  await recorder.record([minuteOf(NOW, 60)], 'source')
  t.match(await sender.sendAll(), { sent: 1, segments: 0 }, 'the first period is waited for')
  t.match(await sender.sendAll(), { sent: 0, segments: 0 })
  const often = await startDevice(device, { segmentEveryMs: 1 })
  t.match(await often.sender.sendAll(), { segments: 1 }, 'another period has begun')
})
