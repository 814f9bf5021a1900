import t from 'tap'
import { followPermittedStream, revokeConsent, rotateKeys } from '@epione/sdk'
import type { FollowedPart } from '@epione/sdk'
import { grantTo, Hospitals } from '../../../helpers/client/hospitals.ts'
import { addDevice, minuteOf, startDevice } from '../../../helpers/test-device.ts'

t.setTimeout(300_000)
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
