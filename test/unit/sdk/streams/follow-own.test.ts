import t from 'tap'
import { followOwnStream } from '@epione/sdk'
import type { FollowedPart } from '@epione/sdk'
import { about } from '../../../helpers/client/front.ts'
import { Hospitals } from '../../../helpers/client/hospitals.ts'
import { addDevice, minuteOf, startDevice } from '../../../helpers/test-device.ts'

const hospitals = await Hospitals.open(t)
const patient = await hospitals.patient()
const client = hospitals.client(hospitals.core)
const NOW = Date.now()

t.test('a patient follows an own stream: each window once and in order, of a segment that was registered meanwhile, too', async (t) => {
  const device = await addDevice(patient, client)
  const { queue, recorder, sender } = await startDevice(device)
  const measure = async (minute: number): Promise<void> => await recorder.record([minuteOf(NOW + minute * 60_000, 60 + minute)], 'source')
  await measure(0)
  await sender.sendAll()
  const stop = new AbortController()
  const parts = followOwnStream(patient, { stream: queue.stream, everyMs: 20, signal: stop.signal })
  const next = async (): Promise<FollowedPart> => {
    const { value, done } = await parts.next()
    if (done === true) throw new Error('following has ended')
    return value
  }
  t.strictSame(await next(), { type: 'begin', after: 1 }, 'with what is stored from now on')
  await measure(1)
  await sender.sendAll()
  t.match(await next(), { type: 'window', window: { number: 2, grade: 'stored', series: [minuteOf(NOW + 60_000, 61)] } })
  for (const minute of [2, 3]) await measure(minute)
  await sender.sendAll({ close: true })
  await measure(4)
  await sender.sendAll()
  t.match([await next(), await next(), await next()], [
    { window: { number: 3, grade: 'on-ledger' } }, { window: { number: 4, grade: 'on-ledger' } }, { window: { number: 5, grade: 'stored' } }
  ])
  for (const { front } of hospitals.all) front.lies = [about('GET', /\/streams\//, () => ({ status: 503, body: { code: 'UNAVAILABLE', title: 'busy' } }))]
  t.match(await next(), { type: 'waiting', code: 'UNAVAILABLE' })
  for (const { front } of hospitals.all) front.lies = []
  await measure(5)
  await sender.sendAll()
  t.match(await next(), { window: { number: 6 } })
  await measure(6)
  await sender.sendAll({ close: true })
  t.match(await next(), { window: { number: 7, grade: 'on-ledger' } }, 'nothing above a segment that took it over at once')
  stop.abort()
  t.match(await parts.next(), { done: true })
})

t.test('a stream that is nowhere is not followed, and one whose window a hospital changed ends with its name', async (t) => {
  const signal = new AbortController().signal
  await t.rejects(followOwnStream(patient, { stream: '0'.repeat(32), signal }).next(), { code: 'NOT_FOUND' })
  const { queue, recorder, sender } = await startDevice(await addDevice(patient, client))
  await recorder.record([minuteOf(NOW, 60)], 'source')
  await sender.sendAll()
  const changed = about('GET', /\/streams\/[0-9a-f]+\/windows/, (body: { items: Array<{ wrap: string }> }) =>
    ({ status: 200, body: { ...body, items: body.items.map((item) => ({ ...item, wrap: '00'.repeat(170) })) } }))
  for (const { front } of hospitals.all) front.lies = [changed]
  const parts = followOwnStream(patient, { stream: queue.stream, after: 0, signal })
  t.match(await parts.next(), { value: { type: 'begin', after: 0 } })
  await t.rejects(parts.next(), { code: 'WINDOWS_INVALID' })
  for (const { front } of hospitals.all) front.lies = []
})
