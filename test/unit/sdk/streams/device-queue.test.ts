import t from 'tap'
import { fromHex, openContent, randomBytes, SecretKey, toHex } from '@epione/crypto'
import { decodeWindow } from '@epione/protocol/streams'
import type { Series, WindowContent } from '@epione/protocol/streams'
import { ClientError, DeviceClock, DeviceQueue, DeviceRecorder, Gateways } from '@epione/sdk'
import type { DeviceContext } from '@epione/sdk'
import type { SignedWindow } from '../../../../sdk/dist/streams/queued.js'
import { MemoryDeviceStore } from '../../../helpers/memory-device-store.ts'

const kind = { system: 'http://loinc.org', code: '8867-4' }
const kinds = { kinds: [kind], salt: 'cd'.repeat(32) }
const gateways = new Gateways([{ mspId: 'CoreMSP', id: 'core', name: 'Core', url: 'https://localhost:1' }])

function contextOf (clock = new DeviceClock(), key = SecretKey.random()): DeviceContext {
  return {
    role: 'device',
    networkId: randomBytes(32),
    gateways,
    patientId: 'a'.repeat(32),
    deviceId: 'b'.repeat(64),
    label: 'c'.repeat(64),
    key,
    clock,
    now: () => clock.now()
  }
}
const rates = (startMs: number, ...values: (number | null)[]): Series => ({ kind, unit: '/min', startMs, periodMs: 1000, values })

async function open (queue: DeviceQueue, key: SecretKey, number: number): Promise<WindowContent> {
  const [window, ciphertext] = [await queue.readWindow(number), await queue.readCiphertext(number)]
  if (window === undefined || ciphertext === undefined) throw new Error(`no window ${number}`)
  const request = {
    contentKey: fromHex(window.contentKey),
    recordId: queue.stream,
    recordVersion: number,
    authorKey: key.publicKey(),
    contentHash: fromHex(window.contentHash)
  }
  const pieces: Uint8Array[] = []
  for await (const piece of openContent(request, [ciphertext] as unknown as AsyncIterable<Uint8Array>)) pieces.push(piece)
  return decodeWindow(Buffer.concat(pieces))
}

t.test('what is measured is sealed at once, numbered in order, and there after a restart', async (t) => {
  const [store, context] = [new MemoryDeviceStore(), contextOf()]
  const queue = await DeviceQueue.open(store, context)
  const recorder = new DeviceRecorder(context, queue, kinds)
  await recorder.record([rates(1000, 61, null, 63)], 'source')
  await recorder.record([rates(4000, 64)], 'source')
  const again = await DeviceQueue.open(store, context)
  t.equal(again.stream, queue.stream)
  t.strictSame(again.unsent, [1, 2])
  t.equal(again.nextNumber, 3)
  t.match(await open(again, context.key, 1), { ...kinds, series: [rates(1000, 61, null, 63)], clock: { by: 'source', bootId: context.clock.bootId } })
  t.match(await open(again, context.key, 2), { series: [rates(4000, 64)] })
})

t.test('nothing that lies on the disk tells what was measured without the device\'s key', async (t) => {
  const [store, context] = [new MemoryDeviceStore(), contextOf()]
  const queue = await DeviceQueue.open(store, context)
  await new DeviceRecorder(context, queue, kinds).record([rates(1000, 61)], 'source')
  const key = (await queue.readWindow(1))?.contentKey ?? ''
  const all = [...store.entries.values()].map(toHex).join(' ')
  t.notOk(all.includes(key), 'no content key')
  t.notOk(all.includes(toHex(Buffer.from('8867-4'))), 'no kind')
  const other = await DeviceQueue.open(store, { ...context, key: SecretKey.random() })
  await t.rejects(other.readWindow(1), { code: 'FILE_DAMAGED' })
  const [entry = '', bytes = new Uint8Array(0)] = [...store.entries].find(([name]) => name.startsWith('k-')) ?? []
  store.entries.set(entry, bytes.map((byte, i) => i === 20 ? byte ^ 1 : byte))
  await t.rejects(queue.readWindow(1), { code: 'FILE_DAMAGED' })
})

t.test('power that goes at any write leaves whole windows and no number twice', async (t) => {
  for (let after = 0; after < 8; after += 1) {
    const [store, context] = [new MemoryDeviceStore(), contextOf()]
    const queue = await DeviceQueue.open(store, context)
    const recorder = new DeviceRecorder(context, queue, kinds)
    await recorder.record([rates(0, 60)], 'source')
    store.diesAfter = after
    await t.rejects((async () => { for (let i = 1; i < 6; i += 1) await recorder.record([rates(i * 1000, 60 + i)], 'source') })(), /power/)
    store.diesAfter = Infinity
    const again = await DeviceQueue.open(store, context)
    const whole = Math.floor(after / 2) + 1
    t.strictSame(again.unsent, Array.from({ length: whole }, (_, i) => i + 1), `after ${after} writes`)
    t.equal(again.size, whole, 'no ciphertext without its key')
    await new DeviceRecorder(context, again, kinds).record([rates(9000, 99)], 'source')
    for (const number of again.unsent) await open(again, context.key, number)
    t.equal(again.nextNumber, whole + 2)
  }
})

t.test('while the disk is full windows wait; of too many the oldest is lost, and its number with it', async (t) => {
  const [store, context] = [new MemoryDeviceStore(), contextOf()]
  const queue = await DeviceQueue.open(store, context)
  const recorder = new DeviceRecorder(context, queue, kinds)
  await recorder.record([rates(0, 60)], 'source')
  store.isFull = true
  for (let i = 1; i <= 3; i += 1) await t.rejects(recorder.record([rates(i * 1000, 60 + i)], 'source'), { code: 'DISK_FULL' })
  t.equal(recorder.waiting, 3)
  store.isFull = false
  await recorder.record([rates(4000, 64)], 'source')
  t.strictSame(queue.unsent, [1, 2, 3, 4, 5], 'all that waited, in order')
  t.match(await open(queue, context.key, 2), { series: [rates(1000, 61)] })
  store.isFull = true
  for (let i = 0; i < 66; i += 1) await t.rejects(recorder.record([rates(10_000 + i * 1000, i)], 'source'), { code: 'DISK_FULL' })
  t.equal(recorder.lost, 2)
  store.isFull = false
  await recorder.record([rates(99_000, 99)], 'source')
  t.strictSame(queue.unsent.slice(5, 7), [8, 9], 'two numbers are missing')
  t.match(await open(queue, context.key, 8), { series: [rates(12_000, 2)] })
})

t.test('what is no measurement is refused, and takes no number', async (t) => {
  const context = contextOf()
  const queue = await DeviceQueue.open(new MemoryDeviceStore(), context)
  const recorder = new DeviceRecorder(context, queue, kinds)
  await t.rejects(recorder.record([rates(0)], 'source'), { code: 'SERIES_INVALID' })
  await t.rejects(recorder.record([{ ...rates(0, 1), kind: { system: 'x', code: 'y' } }], 'source'), { code: 'SERIES_INVALID' })
  t.equal(queue.nextNumber, 1)
})

t.test('a device tells its time by a gateway once it knew one, whatever is done to its own clock', async (t) => {
  let [wall, monotonic] = [5_000, 100]
  const clock = new DeviceClock({ wall: () => wall, monotonic: () => monotonic })
  t.equal(clock.now(), 5_000)
  t.strictSame(clock.offset(), {})
  const now = 1_764_450_000_000
  t.equal(clock.correct(now), false, 'one gateway sets no clock')
  const before = clock.mark()
  clock.set(clock.originOf(now))
  t.equal(clock.shiftSince(before), now - 5_000, 'times told before')
  t.equal(clock.now(), now)
  monotonic += 60_000
  wall = 77
  t.equal(clock.now(), now + 60_000)
  t.strictSame(clock.offset(), { offsetMs: now + 60_000 - 77 })
  t.equal(clock.shiftSince(clock.mark()), 0)
  t.equal(clock.correct(now + 61_000), true)
  t.equal(clock.now(), now + 61_000)
  t.equal(clock.correct(now - 60_000), false, 'two minutes back: one gateway alone')
  t.equal(clock.correct(now + 60_000), true)
  t.not(clock.bootId, new DeviceClock().bootId)
  const context = contextOf(clock)
  const queue = await DeviceQueue.open(new MemoryDeviceStore(), context)
  await new DeviceRecorder(context, queue, kinds).record([rates(clock.now() - 1000, 61)], 'device')
  t.match(await open(queue, context.key, 1), { clock: { by: 'device', monotonicMs: 59_100, offsetMs: now + 60_000 - 77 } })
})

t.test('a window that began before the clock was set, and ends after, has the times of the clock that was set', async (t) => {
  let monotonic = 1000
  const clock = new DeviceClock({ wall: () => 4000 + monotonic, monotonic: () => monotonic })
  const context = contextOf(clock)
  const queue = await DeviceQueue.open(new MemoryDeviceStore(), context)
  const recorder = new DeviceRecorder(context, queue, kinds)
  const [mark, startMs] = [clock.mark(), clock.now()]
  await recorder.record([rates(startMs, 60)], 'device', undefined, mark)
  monotonic += 5000
  const now = 1_764_450_000_000
  clock.set(clock.originOf(now))
  await recorder.record([rates(startMs, 61)], 'device', undefined, mark)
  await recorder.record([rates(startMs, 62)], 'source', undefined, mark)
  t.match(await open(queue, context.key, 1), { clock: { monotonicMs: 1000, offsetMs: undefined }, series: [{ startMs }] }, 'sealed before')
  t.match(await open(queue, context.key, 2), { clock: { monotonicMs: 1000, offsetMs: Number }, series: [{ startMs: now - 5000 }] })
  t.match(await open(queue, context.key, 3), { series: [{ startMs }] }, 'times of a source are left alone')
})

t.test('imports are counted by what was sealed of them, across restarts', async (t) => {
  const [store, context] = [new MemoryDeviceStore(), contextOf()]
  const queue = await DeviceQueue.open(store, context)
  const recorder = new DeviceRecorder(context, queue, kinds)
  t.equal(await queue.importedOf('file'), 0)
  for (const index of [0, 1]) await recorder.record([rates(index * 1000, 60)], 'source', { name: 'file', index })
  const again = await DeviceQueue.open(store, context)
  t.equal(await again.importedOf('file'), 2)
  t.equal(await again.importedOf('another'), 0)
  const statement = { body: '{}', signatures: [] }
  const windows = [1, 2].map((number) => ({ number, id: toHex(randomBytes(32)), statement, wrap: '', epoch: 1, sizeBytes: 1 }))
  await again.writeBatch({ windows, former: [] })
  await again.markSent({ windows, former: [] })
  t.strictSame(again.unsent, [], 'keys are gone')
  t.notOk([...store.entries.keys()].some((name) => name.startsWith('k-')))
  t.equal(await (await DeviceQueue.open(store, context)).importedOf('file'), 2)
  t.equal(await again.readCiphertext(1).then((bytes) => bytes !== undefined), true, 'ciphertext stays until the ledger has it')
  await again.forget(2)
  t.equal(again.size, 0)
  t.equal((await DeviceQueue.open(store, context)).nextNumber, 3, 'no number is given twice')
})

t.test('a store that fails for another reason is not taken for a full one', async (t) => {
  const [store, context] = [new MemoryDeviceStore(), contextOf()]
  const queue = await DeviceQueue.open(store, context)
  store.write = async () => { throw await Promise.resolve(new ClientError('FILE_UNREADABLE', 'gone')) }
  await t.rejects(new DeviceRecorder(context, queue, kinds).record([rates(0, 1)], 'source'), { code: 'FILE_UNREADABLE' })
})

t.test('whoever looks at a queue changes nothing of what another program is writing', async (t) => {
  const [store, context] = [new MemoryDeviceStore(), contextOf()]
  t.equal(await DeviceQueue.look(store, context.key), undefined, 'and begins no stream')
  t.equal(store.entries.size, 0)
  const queue = await DeviceQueue.open(store, context)
  const recorder = new DeviceRecorder(context, queue, kinds)
  await recorder.record([rates(0, 60)], 'source')
  // The ciphertext of a window whose key is written next.
  store.entries.set(`c-${'2'.padStart(15, '0')}`, new Uint8Array(4))
  const before = [...store.entries.keys()]
  t.match(await DeviceQueue.look(store, context.key), { stream: queue.stream, unsent: [1] })
  t.strictSame([...store.entries.keys()], before)
})

t.test('what waits for a full disk is sealed when there is room, also when nothing more is measured', async (t) => {
  const [store, context] = [new MemoryDeviceStore(), contextOf()]
  const queue = await DeviceQueue.open(store, context)
  const recorder = new DeviceRecorder(context, queue, kinds)
  store.isFull = true
  await t.rejects(recorder.record([rates(0, 60)], 'source'), { code: 'DISK_FULL' })
  await t.rejects(recorder.settle(), { code: 'DISK_FULL' })
  store.isFull = false
  await recorder.settle()
  t.strictSame([queue.unsent, recorder.waiting], [[1], 0])
})

t.test('what a patient erased is forgotten with the segment that would name it, also when the power goes meanwhile', async (t) => {
  const [store, context] = [new MemoryDeviceStore(), contextOf()]
  const queue = await DeviceQueue.open(store, context)
  const recorder = new DeviceRecorder(context, queue, kinds)
  const signed = (number: number, epoch: number, issuedAt: number): SignedWindow =>
    ({ number, id: toHex(randomBytes(32)), statement: { body: JSON.stringify({ issuedAt }), signatures: [] }, wrap: '', epoch, sizeBytes: 1 })
  const batches = [[signed(1, 1, 100), signed(2, 1, 300)], [signed(3, 1, 300), signed(4, 2, 300)], [signed(5, 2, 300)], [signed(6, 1, 100)]]
  for (let number = 1; number <= 6; number += 1) await recorder.record([rates(number * 1000, 60)], 'source')
  for (const windows of batches) await queue.writeBatch({ windows, former: [] })
  for (const windows of batches.slice(0, 3)) await queue.markSent({ windows, former: [] })
  const closing = { id: 'ab'.repeat(32), version: 1, first: 3, last: 3, statement: { body: '{}', signatures: [] } }
  await queue.change({ closing })
  t.equal(await queue.forgetErased({ epoch: 0 }), 0)
  t.equal(await queue.forgetErased({ epoch: 1, signedUntil: 200 }), 1, 'signed before a time')
  t.match(queue.state, { closing }, 'the other windows stay named')
  t.strictSame([1, 2, 3, 4, 5, 6].filter((number) => queue.has(number)), [2, 3, 4, 5, 6])
  t.match(await queue.readBatch(2), { windows: [{ number: 2 }] }, 'the rest of a batch')
  for (let writes = 0; ; writes += 1) {
    const again = await DeviceQueue.open(store, context)
    store.diesAfter = writes
    const done = await again.forgetErased({ epoch: 1 }).then(() => true, () => false)
    store.diesAfter = Infinity
    const after = await DeviceQueue.open(store, context)
    const kept = (await Promise.all(after.batches.map((first) => after.readBatch(first)))).flatMap((batch) => batch?.windows ?? [])
    for (const { number } of kept) t.ok(after.has(number), `batches name what is kept, after ${writes} writes`)
    if (!done) continue
    t.strictSame(kept.map(({ number }) => number), [4, 5, 6], 'of the unsent one the key is there: it is signed anew')
    t.strictSame([1, 2, 3, 4, 5, 6].filter((number) => after.has(number)), [4, 5, 6])
    t.equal(after.state.closing, undefined)
    t.equal(await after.forgetErased({ epoch: 1 }), 0, 'once')
    return
  }
})
