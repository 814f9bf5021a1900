import t from 'tap'
import { statementId } from '@epione/crypto'
import type { SecretKey } from '@epione/crypto'
import { eraseCategory, listStreams, readErasure, readOwnStream, rollUpStream, rotateKeys } from '@epione/sdk'
import type { PatientContext } from '@epione/sdk'
import { makeStatement } from '../../../../sdk/dist/context/statements.js'
import { Hospitals } from '../../../helpers/client/hospitals.ts'
import { addDevice, minuteOf, startDevice, strangeKey } from '../../../helpers/test-device.ts'
import { until } from '../../../helpers/sharing.ts'

const hospitals = await Hospitals.open(t)
const { core } = hospitals
const client = hospitals.client(core)
const NOW = Date.now()
const CATEGORY = 'vital-signs'
t.afterEach(() => { for (const { front } of hospitals.all) front.instead = undefined })

type Started = Awaited<ReturnType<typeof startDevice>> & {
  device: Awaited<ReturnType<typeof addDevice>>
  measure: (...minutes: number[]) => Promise<void>
}

async function start (patient: PatientContext, options: Parameters<typeof startDevice>[1] = {}): Promise<Started> {
  const device = await addDevice(patient, client)
  const started = await startDevice(device, options)
  const measure = async (...minutes: number[]): Promise<void> => {
    for (const minute of minutes) await started.recorder.record([minuteOf(NOW + minute * 60_000, 60 + minute)], 'source')
  }
  return { ...started, device, measure }
}

/** Erases all of the devices' category, and waits until every hospital has said that it destroyed it. */
async function erase (patient: PatientContext): Promise<string> {
  const { orderId } = await eraseCategory(patient, CATEGORY)
  await until(async () => (await readErasure(patient, { orderId })).shown.pending.length === 0)
  return orderId
}

/** No hospital takes what is sent there. */
function shut (path: RegExp): void {
  const down = { status: 503, body: { code: 'UNAVAILABLE', title: 'down' } }
  for (const { front } of hospitals.all) front.instead = (_method, asked) => path.test(asked) ? down : undefined
}

t.test('windows that no segment names yet end with their category, and their device goes on with a gap', async (t) => {
  const patient = await hospitals.patient()
  const { queue, sender, measure } = await start(patient)
  await measure(0, 1)
  t.match(await sender.sendAll(), { sent: 2, segments: 0, kept: 2 })
  await erase(patient)
  t.match(await sender.sendAll(), { sent: 0, erased: 2, waiting: 0, kept: 0 }, 'also with nothing new to send')
  t.match(await sender.sendAll(), { sent: 0, erased: 0 }, 'once')
  await measure(2)
  t.match(await sender.sendAll({ close: true }), { sent: 1, segments: 1, erased: 0, waiting: 0, kept: 0 })
  const read = await readOwnStream(patient, { stream: queue.stream })
  t.strictSame(read.windows.map(({ number, grade }) => [number, grade]), [[3, 'on-ledger']])
  t.match(read, { gaps: [{ first: 1, last: 2 }], ended: [] })
  t.match(await listStreams(patient, patient.patientId), [{ stream: queue.stream, segments: 1, gaps: [{ first: 1, last: 2 }] }])
})

t.test('what was measured before and never sent is no part of it, and is sealed for the newest key', async (t) => {
  const patient = await hospitals.patient()
  const { queue, sender, measure } = await start(patient)
  await measure(0)
  await sender.sendAll({ close: true })
  await measure(1)
  await sender.sendAll()
  shut(/\/windows$/)
  await measure(2)
  await t.rejects(sender.sendAll(), { code: 'UNAVAILABLE' }, 'signed for the key of before')
  for (const { front } of hospitals.all) front.instead = undefined
  await erase(patient)
  t.match(await sender.sendAll({ close: true }), { erased: 1, segments: 1, waiting: 0, kept: 0 })
  const read = await readOwnStream(patient, { stream: queue.stream })
  t.strictSame(read.windows.map(({ number }) => number), [3])
  t.match(read, { gaps: [{ first: 2, last: 2 }], ended: [{ version: 1, first: 1, last: 1, cause: 'erased' }] })
})

t.test('a segment that was signed and not registered goes with its windows', async (t) => {
  const patient = await hospitals.patient()
  const { device, queue, sender, measure } = await start(patient)
  await measure(0, 1)
  shut(/\/segments$/)
  await t.rejects(sender.sendAll({ close: true }), { code: 'UNAVAILABLE' })
  t.match(queue.state.closing, { first: 1, last: 2 })
  for (const { front } of hospitals.all) front.instead = undefined
  await erase(patient)
  await measure(2)
  for (let writes = 1; writes < 5; writes += 1) {
    const { sender } = await startDevice(device)
    device.store.diesAfter = writes
    await sender.sendAll().then(() => undefined, (error: unknown) => { t.match(error, { message: /power/ }) })
    device.store.diesAfter = Infinity
  }
  const again = await startDevice(device)
  t.match(await again.sender.sendAll({ close: true }), { waiting: 0, kept: 0 })
  t.match(await readOwnStream(patient, { stream: queue.stream }), { windows: [{ number: 3 }], gaps: [{ first: 1, last: 2 }], grades: { 'on-ledger': 1 } })
})

t.test('a segment of which one hospital falsely said that it is on the ledger is taken back when two lack it', async (t) => {
  const patient = await hospitals.patient()
  const { queue, sender, measure } = await start(patient)
  await measure(0)
  core.front.instead = (method, path, body) => {
    if (method !== 'POST' || !path.endsWith('/segments')) return undefined
    const { statement } = JSON.parse(body.toString()) as { statement: { body: string } }
    const { recordId, version } = JSON.parse(statement.body) as { recordId: string, version: number }
    return { status: 201, body: { grade: 'on-ledger', recordId, version, manifestId: statementId(statement.body), txId: 'ab'.repeat(32), blockNumber: 7 } }
  }
  t.match(await sender.sendAll({ close: true }), { segments: 1, forgotten: 0, kept: 1 })
  core.front.instead = undefined
  await erase(patient)
  await queue.change({ told: queue.state.told?.map((one) => ({ ...one, toldAt: one.toldAt - 120_000 })) })
  await measure(1)
  t.match(await sender.sendAll(), { sent: 1, erased: 1 })
  t.match(queue.state, { segment: undefined, told: undefined })
  t.match(await sender.sendAll({ close: true }), { segments: 1, waiting: 0, kept: 0 })
  t.match(await readOwnStream(patient, { stream: queue.stream }), { windows: [{ number: 2 }], gaps: [{ first: 1, last: 1 }] })
})

t.test('an erasure that its patient did not sign makes no device forget, and names who shows it', async (t) => {
  const patient = await hospitals.patient()
  const another = await hospitals.patient()
  const { device: { context: { label } }, queue, sender, measure } = await start(patient)
  await measure(0)
  await sender.sendAll()
  const former = patient.keys.identity(1)
  await rotateKeys(patient, { categories: [CATEGORY] })
  interface Told { patientId?: string, compartments?: { label: string, epoch: number }[], key?: SecretKey, time?: number, id?: string }
  const old = [{ label, epoch: 1 }]
  const told = ({ patientId = patient.patientId, compartments = old, key = former, time = Date.now(), id }: Told): object => {
    const { statement } = makeStatement(patient, 'Erasure', { patientId, compartments }, [key])
    return { id: id ?? statementId(statement.body), statement, txId: 'ab'.repeat(32), time, submittedBy: 'CoreMSP' }
  }
  const shown = { code: 'ANSWER_MALFORMED', details: { party: { kind: 'gateway', mspId: 'CoreMSP' } } }
  const lies: Array<[lie: object, error: { code: string, details: object, message?: RegExp }]> = [
    [{}, { code: 'REFUSED', details: { gatewayCode: 'COMPARTMENT_ERASED' } }],
    [{ order: 'none' }, { ...shown, message: /not spelt/ }],
    [{ order: told({ key: strangeKey() }) }, { ...shown, message: /not signed by its patient/ }],
    [{ order: told({ key: another.keys.identity(1) }) }, { ...shown, message: /not signed by its patient/ }],
    [{ order: told({ patientId: another.patientId, key: another.keys.identity(1) }) }, { ...shown, message: /another patient's/ }],
    [{ order: told({ compartments: [{ label, epoch: 2 }] }) }, { ...shown, message: /authors write to/ }],
    [{ order: told({ id: 'cd'.repeat(32) }) }, { ...shown, message: /has the id/ }]
  ]
  const say = (lie: object): void => {
    core.front.instead = (method, path) => method === 'POST' && path.endsWith('/segments')
      ? { status: 410, body: { code: 'COMPARTMENT_ERASED', title: 'Refused', detail: 'erased', ...lie } }
      : undefined
  }
  for (const [lie, error] of lies) {
    say(lie)
    await t.rejects(sender.sendAll({ close: true }), error, JSON.stringify(error))
    t.equal(queue.size, 1)
    t.match(queue.state.closing, { first: 1 })
  }
  say({ order: told({}) })
  t.match(await sender.sendAll({ close: true }), { segments: 0, erased: 1, kept: 0 }, 'the patient\'s own word is enough')
})

t.test('a roll-up goes on after its category was erased', async (t) => {
  const patient = await hospitals.patient()
  const { queue: { stream }, sender, measure } = await start(patient)
  await measure(0, 1, 2)
  await sender.sendAll({ close: true })
  const first = await rollUpStream(patient, { stream, every: 'minute' })
  await erase(patient)
  await measure(3, 4, 5)
  t.match(await sender.sendAll({ close: true }), { segments: 1, kept: 0 })
  const done = await rollUpStream(patient, { stream, every: 'minute' })
  t.match(done, { ended: [{ version: 1, first: 1, last: 3 }] })
  t.ok(done.spans > 0, 'what was measured since is rolled up')
  t.not(done.stream, first.stream, 'the roll-up was erased, too, and another follows it')
  t.match(await readOwnStream(patient, { stream: done.stream ?? '' }), { windows: [{ grade: 'on-ledger' }], ended: [], gaps: [] })
})
