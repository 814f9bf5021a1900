import t from 'tap'
import { DEVICES_MAX } from '@epione/protocol'
import { devicesSuite } from '../../../helpers/contract-suite/devices.ts'
import { addDevice, SegmentMaker, signDevice, signDeviceEnd } from '../../../helpers/device-fixtures.ts'
import { HOUR_MS, publishPatient } from '../../../helpers/ledger-fixtures.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

await devicesSuite(t, await createMemoryWorld({ endorsers: 2 }))

await t.test('a patient has a bounded number of living devices; what ended or is over makes room', async (t) => {
  let now = Date.now()
  const world = await createMemoryWorld({ clock: () => now })
  const gateway = world.gateway('CoreMSP').ledger
  const patient = await publishPatient(world)
  const first = await addDevice(world, patient)
  for (let i = 1; i < DEVICES_MAX; i++) await addDevice(world, patient)
  await t.rejects(gateway.addDevice(signDevice(world, patient).statement), { code: 'DEVICES_TOO_MANY' })
  await gateway.endDevice(signDeviceEnd(world, first, first.key))
  await addDevice(world, patient)
  await t.rejects(gateway.addDevice(signDevice(world, patient).statement), { code: 'DEVICES_TOO_MANY' })
  now += HOUR_MS + 1
  const late = new SegmentMaker(world, first)
  await t.rejects(gateway.registerSegments([late.next().statement]), { code: 'DEVICE_ENDED' })
  const { deviceId, ...last } = await addDevice(world, patient)
  t.ok(deviceId, 'all others are over')
  now += HOUR_MS + 1
  await t.rejects(gateway.registerSegments([new SegmentMaker(world, { ...last, deviceId }).next().statement]), { code: 'DEVICE_NOT_IN_FORCE' })
})

await t.test('an end by the device\'s own key that was endorsed before a segment, and ordered after it, is made anew', async (t) => {
  const world = await createMemoryWorld()
  const gateway = world.gateway('CoreMSP').ledger
  const device = await addDevice(world, await publishPatient(world))
  const maker = new SegmentMaker(world, device)
  const release = world.memory.hold()
  const registered = gateway.registerSegments([maker.next().statement])
  await new Promise(setImmediate)
  const ended = world.gateway('Regional1MSP').ledger.endDevice(signDeviceEnd(world, device, device.key))
  await new Promise(setImmediate)
  release()
  await registered
  await ended
  t.equal(world.memory.conflicts, 1)
})
