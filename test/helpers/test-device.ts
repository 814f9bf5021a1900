import { randomBytes, SecretKey, toHex } from '@epione/crypto'
import { DeviceClock, DeviceQueue, DeviceRecorder, DeviceSender, joinAsDevice, offerDevice, passDevice } from '@epione/sdk'
import type { ClientContext, DeviceContext, PatientContext, SenderOptions } from '@epione/sdk'
import type { Series } from '@epione/protocol/streams'
import { MemoryDeviceStore } from './memory-device-store.ts'

export const HEART_RATE = { system: 'http://loinc.org', code: '8867-4' }

/** A minute of heart rates. */
export const minuteOf = (startMs: number, rate: number, count = 60): Series =>
  ({ kind: HEART_RATE, unit: '/min', startMs, periodMs: 1000, values: Array.from({ length: count }, (_, i) => rate + i % 3) })

export interface TestDevice {
  readonly context: DeviceContext
  readonly store: MemoryDeviceStore
  readonly kinds: ConstructorParameters<typeof DeviceRecorder>[2]
}

/** A device that `patient` added and that is on the ledger. */
export async function addDevice (
  patient: PatientContext, client: ClientContext, { days = 30, category = 'vital-signs', clock = new DeviceClock() } = {}
): Promise<TestDevice> {
  const { key, offer, file } = offerDevice(client, { name: 'pulse', kinds: [HEART_RATE], shortestWindowMs: 1000 })
  const pass = await passDevice(patient, { offer: file, category, days, notBefore: Date.now() - 30 * 86_400_000 })
  const joined = await joinAsDevice(client, key, offer, pass.file)
  const context: DeviceContext = {
    ...client, role: 'device', patientId: joined.patientId, deviceId: joined.deviceId, label: joined.label, key, clock, now: () => clock.now()
  }
  return { context, store: new MemoryDeviceStore(), kinds: { kinds: offer.kinds, salt: offer.salt } }
}

/** The device's program, started anew on what its store has. */
export async function startDevice (
  { context, store, kinds }: TestDevice, options: SenderOptions = {}
): Promise<{ queue: DeviceQueue, recorder: DeviceRecorder, sender: DeviceSender }> {
  const queue = await DeviceQueue.open(store, context)
  return { queue, recorder: new DeviceRecorder(context, queue, kinds), sender: new DeviceSender(context, queue, options) }
}

/** A key that nobody introduced. */
export const strangeKey = (): SecretKey => SecretKey.random()
export const randomId = (): string => toHex(randomBytes(32))
