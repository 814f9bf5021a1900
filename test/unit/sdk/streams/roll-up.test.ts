import t from 'tap'
import { ActingKeys } from '@epione/crypto'
import type { VerifiedDevice, VerifiedDirectory } from '@epione/protocol/verify'
import { checkRollUp, endDevice, eraseRecords, findRollUp, joinSeries, listDevices, listStreams, readOwnStream, readPermittedStream, rollUpStream } from '@epione/sdk'
import type { PatientContext, RollUpDone } from '@epione/sdk'
import { readOwnDirectory } from '../../../../sdk/dist/keys/patient.js'
import { readDevices } from '../../../../sdk/dist/streams/devices.js'
import { authorizeDevice } from '../../../../sdk/dist/streams/device-context.js'
import { findOwnRollUp } from '../../../../sdk/dist/streams/roll-up-device.js'
import { RollUpWriter } from '../../../../sdk/dist/streams/roll-up-writer.js'
import { signSegment } from '../../../../sdk/dist/streams/sign-windows.js'
import { readSegments } from '../../../../sdk/dist/streams/stream-list.js'
import { grantTo, Hospitals } from '../../../helpers/client/hospitals.ts'
import { addDevice, HEART_RATE, minuteOf, startDevice } from '../../../helpers/test-device.ts'

const hospitals = await Hospitals.open(t)
const { core, regional1 } = hospitals
const patient = await hospitals.patient()
const reader = await hospitals.physician(regional1)
const [MINUTE, HOUR] = [60_000, 3_600_000]
/** Full hours, three of them ago. */
const BASE = Math.floor(Date.now() / HOUR) * HOUR - 3 * HOUR

const device = await addDevice(patient, hospitals.client(core))
const { queue: { stream }, recorder, sender } = await startDevice(device)

async function measure (...minutes: number[]): Promise<void> {
  for (const minute of minutes) await recorder.record([minuteOf(BASE + minute * MINUTE, 60 + Math.floor(minute))], 'source')
  await sender.sendAll({ close: true })
}

/** A roll-up that has a device, and so a stream. */
async function summedUp (wanted: Parameters<typeof rollUpStream>[1]): Promise<RollUpDone & { stream: string }> {
  const { stream: rolled, ...done } = await rollUpStream(patient, wanted)
  if (rolled === undefined) throw new Error('nothing was summed up')
  return { ...done, stream: rolled }
}

const minutes = (): ReturnType<typeof summedUp> => summedUp({ stream, every: 'minute' })

interface OnLedger { directory: VerifiedDirectory, devices: VerifiedDevice[], streams: Awaited<ReturnType<typeof readSegments>> }

async function ledgerOf (of: PatientContext): Promise<OnLedger> {
  const directory = await readOwnDirectory(of)
  return { directory, devices: await readDevices(of, directory), streams: await readSegments(of, of.patientId) }
}

async function meansOf (rolled: string): Promise<Array<number | null>> {
  const read = await readOwnStream(patient, { stream: rolled })
  t.strictSame(read.warnings, [])
  return joinSeries(read.windows).filter(({ statistic }) => statistic === 'mean').flatMap(({ values }) => values)
}

t.test('a stream is summed up as a stream of its own, and goes on where an earlier run stopped', async (t) => {
  await measure(0, 1, 2)
  const first = await minutes()
  t.match(first, { source: stream, every: 'minute', category: 'vital-signs', spans: 2, corrected: 0, last: 1 })
  t.match(first, { openFromMs: BASE + 2 * MINUTE, gaps: [], confirmedElsewhere: true })
  t.match((await listStreams(patient, patient.patientId)).find((one) => one.stream === first.stream), {
    summarizes: { stream, every: 'minute', last: 1 }, windows: 1, deviceId: first.deviceId
  })
  t.match((await listDevices(patient)).find(({ deviceId }) => deviceId === first.deviceId), { state: 'writing', category: 'vital-signs' })
  t.strictSame(await meansOf(first.stream), [61, 62])
  await measure(3, 5)
  const { stream: rolled, deviceId } = first
  t.match(await minutes(), { stream: rolled, deviceId, spans: 2, corrected: 0, last: 2, openFromMs: BASE + 5 * MINUTE })
  t.strictSame(await meansOf(first.stream), [61, 62, 63, 64], 'the minute that nobody measured is none, the last one is open')
  t.match(await minutes(), { spans: 0, corrected: 0, last: 2 }, 'nothing new, nothing written')
  const count = joinSeries((await readOwnStream(patient, { stream: first.stream })).windows).find(({ statistic }) => statistic === 'count')
  t.match(count, { kind: HEART_RATE, unit: '1', startMs: BASE, periodMs: MINUTE, values: [60, 60, 60, 60] })
})

t.test('what was measured late corrects its span, and whoever has both can check', async (t) => {
  await measure(1.5, 6)
  const { stream: rolled, ...done } = await minutes()
  t.match(done, { corrected: 2, spans: 3, last: 3 })
  t.match(await checkRollUp(patient, { stream, every: 'minute' }), { stream: rolled, source: stream, checked: 5, unchecked: 0, last: 3, warnings: [] })
  const counts = joinSeries((await readOwnStream(patient, { stream: rolled })).windows).filter(({ statistic }) => statistic === 'count')
  t.strictSame(counts.flatMap(({ values }) => values), [60, 90, 90, 60, 0, 60], 'each span once, as it was said last')
})

t.test('a device whose clock is hours ahead is summed up right, also what it measured late', async (t) => {
  const ahead = await startDevice(await addDevice(patient, hospitals.client(core)))
  const source = ahead.queue.stream
  const from = BASE + 20 * HOUR
  const take = async (...at: number[]): Promise<void> => {
    for (const minute of at) await ahead.recorder.record([minuteOf(from + minute * MINUTE, 60)], 'source')
    await ahead.sender.sendAll({ close: true })
  }
  const hours = (): Promise<RollUpDone> => rollUpStream(patient, { stream: source, every: 'hour' })
  await take(10)
  await take(20, 70)
  t.match(await hours(), { spans: 1, corrected: 0 })
  await take(130)
  t.match(await hours(), { spans: 1, corrected: 0 })
  await take(30, 190)
  t.match(await hours(), { spans: 2, corrected: 1 })
  t.match(await checkRollUp(patient, { stream: source, every: 'hour' }), { checked: 3 })
})

t.test('a sample far ahead of the ledger closes no span, and is named; those of a clock that was put right go on', async (t) => {
  const odd = await startDevice(await addDevice(patient, hospitals.client(core)))
  const source = odd.queue.stream
  const take = async (...at: number[]): Promise<void> => {
    for (const minute of at) await odd.recorder.record([minuteOf(BASE + minute * MINUTE, 60)], 'source')
    await odd.sender.sendAll({ close: true })
  }
  const run = (): Promise<RollUpDone> => rollUpStream(patient, { stream: source, every: 'minute' })
  await take(0, 1, 600_000, 2)
  t.match(await run(), { spans: 2, ahead: 1, openFromMs: BASE + 2 * MINUTE, warnings: [/1 windows say that they were measured after/] })
  await take(2.5, 3)
  t.match(await run(), { spans: 1, corrected: 0, ahead: 0, openFromMs: BASE + 3 * MINUTE })
  t.match(await checkRollUp(patient, { stream: source, every: 'minute' }), { checked: 3 })
  await take(700_000)
  const { openFromMs } = await run()
  t.equal(openFromMs, BASE + 700_000 * MINUTE, 'a whole segment ahead is of a clock that is')
  await take(4, 5)
  t.match(await run(), { openFromMs: BASE + 5 * MINUTE, ahead: 0 }, 'and tells nothing once it was put right')
  t.match(await checkRollUp(patient, { stream: source, every: 'minute', toMs: BASE + HOUR }), { checked: 5 })
})

t.test('a device that says of its samples that they sum up something keeps nobody from summing them up', async (t) => {
  const device = await addDevice(patient, hospitals.client(core))
  const odd = await startDevice(device)
  for (const minute of [0, 1]) await odd.recorder.record([minuteOf(BASE + minute * MINUTE, 60)], 'source')
  await odd.sender.sendAll()
  const { stream: source } = odd.queue
  const run = (await odd.queue.readBatch(1))?.windows ?? []
  const summarizes = { stream: 'ab'.repeat(16), every: 'minute' as const, last: 1 }
  const { statement } = signSegment(device.context, { stream: source, run, before: undefined, summarizes })
  await device.context.gateways.own.streams.closeSegment(source, statement, authorizeDevice(device.context))
  const done = await summedUp({ stream: source, every: 'minute' })
  t.match(done, { spans: 1, source })
  t.match(await findRollUp(patient, patient.patientId, { stream: source, every: 'minute' }), { stream: done.stream }, 'and it is not taken for one')
})

t.test('a value that is decades off costs a roll-up by minutes nothing', async (t) => {
  const wrong = await startDevice(await addDevice(patient, hospitals.client(core)))
  for (const startMs of [0, BASE, BASE + MINUTE]) await wrong.recorder.record([minuteOf(startMs, 60)], 'source')
  await wrong.sender.sendAll({ close: true })
  const started = performance.now()
  t.match(await rollUpStream(patient, { stream: wrong.queue.stream, every: 'minute' }), { spans: 2 })
  t.match(await checkRollUp(patient, { stream: wrong.queue.stream, every: 'minute' }), { checked: 2 })
  t.ok(performance.now() - started < 10_000)
})

t.test('a reader whose consent covers the roll-up reads it, and no sample', async (t) => {
  await measure(70, 130)
  const { stream: hours, ...done } = await summedUp({ stream, every: 'hour', category: 'summary' })
  t.match(done, { category: 'summary', spans: 2, openFromMs: BASE + 2 * HOUR })
  await grantTo(reader, patient, 'summary')
  const asked = { patientId: patient.patientId, purpose: 'TREAT' as const }
  const shown = await findRollUp(reader, patient.patientId, { stream, every: 'hour' })
  t.match(shown, { stream: hours, summarizes: { stream, every: 'hour', last: 4 } })
  t.equal(await findRollUp(reader, patient.patientId, { stream, every: 'minute' }), undefined, 'in a category that no consent covers')
  const read = await readPermittedStream(reader, { ...asked, stream: hours })
  t.match(joinSeries(read.windows).find(({ statistic }) => statistic === 'count'), { startMs: BASE, periodMs: HOUR, values: [420, 60] })
  await t.rejects(readPermittedStream(reader, { ...asked, stream }), { code: 'NOT_FOUND' })
  await t.rejects(checkRollUp(reader, { ...asked, stream, every: 'hour' }), { code: 'NOT_FOUND' }, 'who has one of both cannot check')
  await grantTo(reader, patient, 'vital-signs')
  t.match(await checkRollUp(reader, { ...asked, stream, every: 'hour' }), { stream: hours, checked: 2 })
  t.match(await rollUpStream(patient, { stream, every: 'hour' }), { stream: hours, spans: 0 }, 'goes on in its own category')
  const beside = await rollUpStream(patient, { stream, every: 'hour', category: 'vital-signs' })
  t.not(beside.stream, hours)
  await t.rejects(rollUpStream(patient, { stream, every: 'hour' }), { code: 'USAGE', details: { categories: { length: 2 } } })
})

t.test('a run that was cut off between windows and segment is gone on with', async (t) => {
  await measure(140, 141)
  for (const { front } of hospitals.all) {
    front.instead = (_method, path) => path.endsWith('/segments') ? { status: 503, body: { code: 'UNAVAILABLE', title: 'down' } } : undefined
  }
  await t.rejects(minutes(), { code: 'UNAVAILABLE' })
  for (const { front } of hospitals.all) front.instead = undefined
  const done = await minutes()
  const read = await readOwnStream(patient, { stream: done.stream })
  const newest = read.windows.filter(({ version }) => version === read.windows.at(-1)?.version)
  t.ok(newest.length > 1, 'the windows of both runs in one segment')
  t.match(read, { grades: { stored: 0 }, gaps: [], warnings: [] })
  t.match(await checkRollUp(patient, { stream, every: 'minute' }), { unchecked: 0 })
})

t.test('a roll-up that says something else than the samples is named with its device', async (t) => {
  const { streams, devices, directory } = await ledgerOf(patient)
  const rollUp = findOwnRollUp(patient, { stream, every: 'minute' }, 'vital-signs', { streams, devices })
  if (rollUp.device === undefined) throw new Error('it has a device by now')
  const [compartment] = directory.newest.compartments.filter(({ label }) => label === rollUp.label)
  if (compartment === undefined) throw new Error('its compartment is there')
  const said = ([['minimum', 1], ['maximum', 2], ['mean', 1.5], ['count', 60]] as const).map(([statistic, value]) =>
    ({ kind: HEART_RATE, unit: statistic === 'count' ? '1' : '/min', statistic, startMs: BASE, periodMs: MINUTE, values: [value] }))
  const writer = await RollUpWriter.open(patient, rollUp, { stream, every: 'minute' }, rollUp.device)
  await writer.write([said], 5, compartment, [HEART_RATE])
  await t.rejects(checkRollUp(patient, { stream, every: 'minute' }), {
    code: 'ROLL_UP_DIFFERS', details: { party: { kind: 'author', deviceId: rollUp.device.id }, differing: [new Date(BASE).toISOString()], missing: [] }
  })
})

t.test('what was erased stays summed up, and nobody can check it any more', async (t) => {
  await eraseRecords(patient, [{ recordId: stream, version: 1 }])
  await measure(150, 151)
  const done = await summedUp({ stream, every: 'hour', category: 'summary' })
  t.match(done, { ended: [{ version: 1, first: 1, last: 3 }] })
  t.match(await checkRollUp(patient, { stream, every: 'hour', toMs: BASE + HOUR }), { checked: 0, unchecked: 1 })
  const read = await readOwnStream(patient, { stream: done.stream })
  t.match(joinSeries(read.windows).find(({ statistic }) => statistic === 'count'), { values: [420, 60] })
})

t.test('a roll-up whose device ended is followed by another; none is made of a roll-up, a stranger\'s stream, or in another\'s name', async (t) => {
  const { stream: rolled, deviceId } = await summedUp({ stream, every: 'hour', category: 'summary' })
  await t.rejects(rollUpStream(patient, { stream: rolled, every: 'day' }), { code: 'USAGE' })
  await t.rejects(rollUpStream(patient, { stream: 'ab'.repeat(16), every: 'day' }), { code: 'NOT_FOUND' })
  await t.rejects(checkRollUp(patient, { stream, every: 'day' }), { code: 'NOT_FOUND' })
  await t.rejects(rollUpStream(patient, { stream, every: 'hour', category: 'no-such' }), { code: 'CATEGORY_UNKNOWN' })
  const acting = new ActingKeys({ signing: patient.keys.identity(), kfragSigning: patient.keys.kfragSigning(), compartments: [] })
  await t.rejects(rollUpStream({ ...patient, keys: acting }, { stream, every: 'hour' }), { code: 'NOT_FOR_REPRESENTATIVES' })
  await endDevice(patient, deviceId ?? '')
  const next = await summedUp({ stream, every: 'hour', category: 'summary' })
  t.not(next.stream, rolled)
  t.not(next.deviceId, deviceId)
  t.match(await findRollUp(patient, patient.patientId, { stream: next.stream, every: 'hour' }), { stream: next.stream })
})

t.test('a roll-up that claims more segments than its stream has is passed over', async (t) => {
  const { streams, devices, directory } = await ledgerOf(patient)
  const rollUp = findOwnRollUp(patient, { stream, every: 'hour' }, 'summary', { streams, devices })
  const [compartment] = directory.newest.compartments.filter(({ label }) => label === rollUp.label)
  if (rollUp.device === undefined || compartment === undefined) throw new Error('it has a device by now')
  const wanted = { stream, every: 'hour' } as const
  t.ok(await findRollUp(reader, patient.patientId, wanted))
  const counts = [{ kind: HEART_RATE, unit: '1', statistic: 'count' as const, startMs: BASE, periodMs: HOUR, values: [60] }]
  const writer = await RollUpWriter.open(patient, rollUp, wanted, rollUp.device)
  await writer.write([counts], 1_000, compartment, [HEART_RATE])
  const claimed = (await listStreams(patient, patient.patientId)).find((one) => one.summarizes?.last === 1_000)
  t.equal(claimed?.deviceId, rollUp.device.id)
  for (const who of [reader, patient]) t.not((await findRollUp(who, patient.patientId, wanted))?.stream, claimed?.stream)
})
