import t from 'tap'
import { utf8 } from '@epione/crypto'
import { followPermittedStream, revokeConsent, rotateKeys } from '@epione/sdk'
import type { FollowedPart } from '@epione/sdk'
import { grantTo, Hospitals } from '../../../helpers/client/hospitals.ts'
import { addDevice, minuteOf, startDevice } from '../../../helpers/test-device.ts'

const hospitals = await Hospitals.open(t)
const { core, regional1 } = hospitals
const patient = await hospitals.patient()
const reader = await hospitals.physician(regional1)
const NOW = Date.now()

t.test('a practitioner follows under a permit to follow alone, in order, until the consent is revoked', async (t) => {
  const { queue, recorder, sender } = await startDevice(await addDevice(patient, hospitals.client(core)))
  const measure = async (i: number): Promise<void> => { await recorder.record([minuteOf(NOW + i * 60_000, 60 + i)], 'source') }
  await measure(0)
  await sender.sendAll({ close: true })
  const stop = new AbortController()
  const wanted = { patientId: patient.patientId, stream: queue.stream, lastsMs: 600_000, purpose: 'TREAT', signal: stop.signal }
  await grantTo(reader, patient, 'vital-signs')
  await t.rejects(followPermittedStream(reader, wanted).next(), { code: 'ACCESS_DENIED' }, 'a consent to read is none to follow')
  const { consentId } = await grantTo(reader, patient, 'vital-signs', ['follow'])
  const parts = followPermittedStream(reader, wanted)
  const next = async (): Promise<FollowedPart | undefined> => (await parts.next()).value ?? undefined
  t.match(await next(), { type: 'begin', eventId: new RegExp(`^${patient.patientId}\\.`) })
  const coming = next()
  await measure(1)
  await sender.sendAll()
  t.match(await coming, { type: 'window', window: { number: 2, grade: 'stored', series: [minuteOf(NOW + 60_000, 61)] } })
  await revokeConsent(patient, consentId)
  await measure(2)
  await sender.sendAll()
  t.match(await next(), { type: 'end', code: 'CONSENT_ENDED' })
  t.equal(await next(), undefined)
})

t.test('when the patient changes the key in the middle, another permit goes on after the last window, where the patient consents to that', async (t) => {
  const { queue, recorder, sender } = await startDevice(await addDevice(patient, hospitals.client(core)))
  const measure = async (i: number): Promise<void> => {
    await recorder.record([minuteOf(NOW + i * 60_000, 60 + i)], 'source')
    await sender.sendAll({ close: i === 0 })
  }
  await measure(0)
  await grantTo(reader, patient, 'vital-signs', ['follow'])
  const stop = new AbortController()
  const parts = followPermittedStream(reader, {
    patientId: patient.patientId, stream: queue.stream, lastsMs: 600_000, purpose: 'TREAT', signal: stop.signal
  })
  const next = async (): Promise<FollowedPart | undefined> => (await parts.next()).value ?? undefined
  const begun = await next()
  if (begun?.type !== 'begin' || !('eventId' in begun)) return t.fail('it begins')
  const second = next()
  await measure(1)
  t.match(await second, { type: 'window', window: { number: 2 } })
  const coming = next()
  await rotateKeys(patient, { categories: ['vital-signs'] })
  await grantTo(reader, patient, 'vital-signs', ['follow'])
  await measure(2)
  const again = await coming
  t.match(again, { type: 'begin', eventId: String })
  t.not(again?.type === 'begin' && 'eventId' in again && again.eventId, begun.eventId)
  t.match(await next(), { type: 'window', window: { number: 3, series: [minuteOf(NOW + 120_000, 62)] } })
  const last = next()
  await rotateKeys(patient, { categories: ['vital-signs'] })
  await measure(3)
  t.match(await last, { type: 'end', end: 'refused', code: 'EPOCH_ENDED' }, 'no consent covers the newest key')
  t.equal(await next(), undefined)
})

t.test('who asks to follow after the patient changed the key has what is sealed for that, and the numbers before are named', async (t) => {
  const { queue, recorder, sender } = await startDevice(await addDevice(patient, hospitals.client(core)))
  const measure = async (i: number): Promise<void> => {
    await recorder.record([minuteOf(NOW + i * 60_000, 60 + i)], 'source')
    await sender.sendAll({ close: i === 0 })
  }
  for (const i of [0, 1, 2]) await measure(i)
  await rotateKeys(patient, { categories: ['vital-signs'] })
  await grantTo(reader, patient, 'vital-signs', ['follow'])
  const stop = new AbortController()
  const parts = followPermittedStream(reader, {
    patientId: patient.patientId, stream: queue.stream, lastsMs: 600_000, purpose: 'TREAT', signal: stop.signal
  })
  const next = async (): Promise<FollowedPart | undefined> => (await parts.next()).value ?? undefined
  t.match(await next(), { type: 'begin' })
  const coming = next()
  await measure(3)
  t.match(await coming, { type: 'gap', gap: { first: 2, last: 3 } }, 'those of the former key, which no segment names yet')
  t.match(await next(), { type: 'window', window: { number: 4, series: [minuteOf(NOW + 180_000, 63)] } })
  stop.abort()
})

t.test('a gateway that says for ever that the key was changed has few requests signed', async (t) => {
  const { queue, recorder, sender } = await startDevice(await addDevice(patient, hospitals.client(core)))
  await recorder.record([minuteOf(NOW, 60)], 'source')
  await sender.sendAll({ close: true })
  await grantTo(reader, patient, 'vital-signs', ['follow'])
  const { readers } = reader.gateways.own
  const said = utf8('event: end\ndata: {"end":"refused","code":"EPOCH_ENDED","detail":"so it says"}\n\n')
  const sayOnce = async function * (): AsyncGenerator<Uint8Array, void, void> { yield await Promise.resolve(said) }
  const asked = t.capture(readers, 'follow', () => Promise.resolve(sayOnce()))
  const parts: FollowedPart[] = []
  const { signal } = new AbortController()
  const wanted = { patientId: patient.patientId, stream: queue.stream, lastsMs: 600_000, purpose: 'TREAT', signal }
  for await (const part of followPermittedStream(reader, wanted)) parts.push(part)
  t.equal(asked().length, 3)
  t.match(parts.at(-1), { type: 'end', code: 'EPOCH_ENDED' })
})

t.test('whoever follows stops when they like, also while nothing comes', async (t) => {
  const { queue, recorder, sender } = await startDevice(await addDevice(patient, hospitals.client(core)))
  await recorder.record([minuteOf(NOW, 60)], 'source')
  await sender.sendAll({ close: true })
  await grantTo(reader, patient, 'vital-signs', ['follow'])
  const stop = new AbortController()
  const parts = followPermittedStream(reader, {
    patientId: patient.patientId, stream: queue.stream, lastsMs: 600_000, purpose: 'TREAT', signal: stop.signal
  })
  t.match(await parts.next(), { value: { type: 'begin' } })
  const coming = parts.next()
  stop.abort()
  t.match(await coming, { done: true })
})
