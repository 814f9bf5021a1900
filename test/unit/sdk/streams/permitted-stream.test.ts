import { join } from 'node:path'
import t from 'tap'
import { FileDestination } from '@epione/cli'
import { getRecord, openRecord, readPermittedStream, revokeConsent } from '@epione/sdk'
import type { VerifiedRecord } from '@epione/protocol/verify'
import { requireOwnContent } from '../../../../sdk/src/records/own-content.ts'
import { about } from '../../../helpers/client/front.ts'
import { grantTo, Hospitals } from '../../../helpers/client/hospitals.ts'
import { addDevice, minuteOf, startDevice } from '../../../helpers/test-device.ts'

const hospitals = await Hospitals.open(t)
const { core, regional1 } = hospitals
const patient = await hospitals.patient()
const reader = await hospitals.physician(regional1)
const NOW = Date.now()
const NOT_PERMITTED = { code: 'REFUSED', details: { gatewayCode: 'NOT_PERMITTED' } }

t.test('a practitioner reads a stream under one logged request, whole and in order, and after a revocation nothing', async (t) => {
  const device = await addDevice(patient, hospitals.client(core))
  const { queue, recorder, sender } = await startDevice(device)
  for (const i of [0, 1, 2]) {
    await recorder.record([minuteOf(NOW + i * 60_000, 60 + i)], 'source')
    if (i !== 1) await sender.sendAll({ close: true })
  }
  await recorder.record([minuteOf(NOW + 180_000, 70)], 'source')
  await sender.sendAll()
  const wanted = { patientId: patient.patientId, stream: queue.stream, purpose: 'TREAT' as const }
  await t.rejects(readPermittedStream(reader, wanted), NOT_PERMITTED, 'without a consent nothing is shown')
  const { consentId } = await grantTo(reader, patient, 'vital-signs')
  const read = await readPermittedStream(reader, wanted)
  t.strictSame(read.windows.map(({ number, grade }) => [number, grade]), [[1, 'on-ledger'], [2, 'on-ledger'], [3, 'on-ledger']])
  t.strictSame(read.windows[2]?.series, [minuteOf(NOW + 120_000, 62)])
  t.match(read, { gaps: [], liars: [], warnings: [], eventIds: { length: 1 }, deviceId: device.context.deviceId })
  t.notOk('keptBack' in read)
  const part = await readPermittedStream(reader, { ...wanted, toMs: NOW + 59_000 })
  t.strictSame(part.windows.map(({ number }) => number), [1])
  const [eventId = ''] = read.eventIds
  const to = new FileDestination(join(t.testdir(), 'opened'))
  await t.rejects(openRecord(reader, { eventId, recordId: queue.stream, to }), NOT_PERMITTED, 'its windows are asked for, not a content')
  await t.rejects(getRecord(patient, { recordId: queue.stream, to }), { code: 'REFUSED', details: { gatewayCode: 'REQUEST_INVALID' } })
  const shown = { body: { recordId: queue.stream, version: 1, segment: {} } } as unknown as VerifiedRecord
  t.throws(() => requireOwnContent(shown), { code: 'RECORD_IS_STREAM', exitCode: 3 }, 'nor where a gateway lets it be asked for')
  await revokeConsent(patient, consentId)
  await t.rejects(readPermittedStream(reader, { ...wanted, consentId }), NOT_PERMITTED)
})

t.test('segments that a gateway keeps back at the end of a stream are named, and what comes meanwhile is none of them', async (t) => {
  const device = await addDevice(patient, hospitals.client(core))
  const { queue, recorder, sender } = await startDevice(device)
  const measure = async (i: number): Promise<void> => {
    await recorder.record([minuteOf(NOW + i * 60_000, 60 + i)], 'source')
    await sender.sendAll({ close: true })
  }
  for (const i of [0, 1, 2]) await measure(i)
  await grantTo(reader, patient, 'vital-signs')
  const wanted = { patientId: patient.patientId, stream: queue.stream, purpose: 'TREAT' as const }
  let listings = 0
  /** Of each listing of the patient's records no segment above a version. */
  const upTo = (versions: (listing: number) => number): void => {
    listings = 0
    regional1.front.lies = [about('GET', /\/patients\/[^/]+\/records/, ({ items, ...page }: { items: Array<{ recordId: string, version: number }> }) => {
      const most = versions(++listings)
      return { ...page, items: items.filter(({ recordId, version }) => recordId !== queue.stream || version <= most) }
    })]
  }
  t.teardown(() => { regional1.front.lies = [] })
  upTo(() => 1)
  const short = await readPermittedStream(reader, wanted)
  t.match(short, { windows: { length: 1 }, keptBack: { first: 2, last: 3, versions: { first: 2, last: 3 } }, warnings: [/Regional1MSP does not show.*windows from 2 on/] })
  upTo((listing) => listing === 1 ? 2 : 3)
  const meanwhile = await readPermittedStream(reader, wanted)
  t.notOk('keptBack' in meanwhile, 'the next listing has it')
  t.strictSame(meanwhile.warnings, [])
})
