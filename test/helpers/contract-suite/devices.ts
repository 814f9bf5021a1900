import { SecretKey, statementId } from '@epione/crypto'
import { verifyDevice, verifyDirectory, StatementReader } from '@epione/protocol/verify'
import { addDevice, SegmentMaker, signDevice, signDeviceEnd } from '../device-fixtures.ts'
import { HOUR_MS, publishPatient, randomHash } from '../ledger-fixtures.ts'
import { publishGuardians, signFreeze, signSuccession, twoOf } from '../lifetime-fixtures.ts'
import type { AddedDevice } from '../device-fixtures.ts'
import type { Test } from 'tap'
import type { LedgerWorld } from '../ledger-world.ts'

/** Devices: who introduces them, who ends them, and what they write afterwards. */
export async function devicesSuite (t: Test, world: LedgerWorld): Promise<void> {
  const [core, regional] = world.members
  const gateway = world.gateway(core).ledger

  await t.test('a device is introduced by patient and device, and ends by either', async (t) => {
    const patient = await publishPatient(world)
    const { deviceId, key, state, ...device } = await addDevice(world, patient)
    t.match(state, { device: { submittedBy: core } })
    t.strictSame(await gateway.getDevice(patient.patientId, deviceId), state)
    const { value, txId } = await world.gateway(regional).ledger.endDevice(signDeviceEnd(world, { deviceId, key, ...device }, key))
    t.match(value, { patientId: patient.patientId, deviceId, end: { txId, submittedBy: regional } })
    const again = await gateway.endDevice(signDeviceEnd(world, { deviceId, key, ...device }, patient.identity))
    t.strictSame(again.value, value, 'the first end stays')
    t.strictSame(await gateway.getDevice(patient.patientId, deviceId), { ...state, end: value.end })
    const other = await addDevice(world, patient)
    await gateway.endDevice(signDeviceEnd(world, other, patient.identity))
    const { items } = await gateway.listDevices(patient.patientId)
    t.strictSame(items.map(({ device: { id }, end }) => [id, end !== undefined]).sort(), [[deviceId, true], [other.deviceId, true]].sort())

    const reader = new StatementReader(world.networkId)
    const directory = verifyDirectory(await gateway.getDirectory(patient.patientId), patient.patientId, reader)
    const proven = verifyDevice({ ...state, end: value.end }, directory, reader)
    t.match(proven, { id: deviceId, endedAt: value.end.time })
  })

  await t.test('nobody else introduces or ends one, and its key is its own', async (t) => {
    const [patient, stranger] = [await publishPatient(world), await publishPatient(world)]
    const add = (...said: Parameters<typeof signDevice>): Promise<unknown> => gateway.addDevice(signDevice(...said).statement)
    const key = SecretKey.random()
    await t.rejects(add(world, patient, {}, key, patient.identity), { code: 'SIGNATURE_INVALID' }, 'without the device')
    await t.rejects(add(world, patient, {}, key, key), { code: 'SIGNATURE_INVALID' }, 'without the patient')
    await t.rejects(add(world, patient, {}, key, stranger.identity, key), { code: 'SIGNATURE_INVALID' })
    await t.rejects(add(world, patient, {}, key, patient.identity, key, stranger.identity), { code: 'SIGNATURE_INVALID' }, 'with one more')
    await t.rejects(add(world, patient, { label: randomHash() }), { code: 'COMPARTMENT_UNKNOWN' })
    await t.rejects(add(world, patient, { notAfter: world.now() - 1 }), { code: 'STATEMENT_INVALID' }, 'over')
    await t.rejects(add(world, patient, {}, patient.kfragSigning), { code: 'STATEMENT_INVALID' }, 'a key of the patient')
    const added = await addDevice(world, patient)
    await t.rejects(add(world, patient, {}, added.key), { code: 'DEVICE_CONFLICT' })
    await t.rejects(add(world, stranger, {}, added.key), { code: 'DEVICE_CONFLICT' }, 'for another patient')
    await t.rejects(gateway.endDevice(signDeviceEnd(world, added, stranger.identity)), { code: 'SIGNATURE_INVALID' })
    const elsewhere = { ...added, patient: stranger }
    await t.rejects(gateway.endDevice(signDeviceEnd(world, elsewhere, added.key)), { code: 'DEVICE_UNKNOWN' }, 'under another patient')
    await t.rejects(gateway.getDevice(stranger.patientId, added.deviceId), { code: 'DEVICE_UNKNOWN' })
    await t.rejects(gateway.getDevice(patient.patientId, 'x'), { code: 'ARGUMENT_INVALID' })
  })

  await t.test('an end that comes first keeps the device out', async (t) => {
    const patient = await publishPatient(world)
    const { statement, key } = signDevice(world, patient)
    const { statement: other } = signDevice(world, patient)
    const deviceId = statementId(statement.body)
    await t.rejects(gateway.endDevice(signDeviceEnd(world, { deviceId, key, patient }, key)), { code: 'DEVICE_UNKNOWN' }, 'by a key nobody knows')
    await gateway.endDevice(signDeviceEnd(world, { deviceId, key, patient }, patient.identity))
    await t.rejects(gateway.addDevice(statement), { code: 'DEVICE_ENDED' })
    await gateway.addDevice(other)
    t.equal((await gateway.listDevices(patient.patientId)).items.length, 1, 'and is none itself')
  })

  await t.test('a frozen patient adds none and ends all, and after a hand-over none is added', async (t) => {
    const patient = await publishPatient(world)
    const device = await addDevice(world, patient)
    await gateway.freezePatient(signFreeze(world, patient, ...twoOf(await publishGuardians(world, patient))))
    await t.rejects(gateway.addDevice(signDevice(world, patient).statement), { code: 'PATIENT_FROZEN' })
    await gateway.endDevice(signDeviceEnd(world, device, patient.identity))
    const [former, heir] = [await publishPatient(world), await publishPatient(world)]
    await gateway.succeedPatient(signSuccession(world, former, heir, former.identity, heir.identity))
    await t.rejects(gateway.addDevice(signDevice(world, former).statement), { code: 'PATIENT_SUCCEEDED' })
  })

  await t.test('what has ended, is over or not yet begun registers nothing', async (t) => {
    const patient = await publishPatient(world)
    const register = async (members: object, change?: (device: AddedDevice) => Promise<unknown>): Promise<unknown> => {
      const device = await addDevice(world, patient, members)
      await change?.(device)
      return await gateway.registerSegments([new SegmentMaker(world, device).next().statement])
    }
    const now = world.now()
    await t.rejects(register({}, (d) => gateway.endDevice(signDeviceEnd(world, d, d.key))), { code: 'DEVICE_ENDED' })
    await t.rejects(register({}, (d) => gateway.endDevice(signDeviceEnd(world, d, patient.identity))), { code: 'DEVICE_ENDED' })
    await t.rejects(register({ notBefore: now + HOUR_MS, notAfter: now + 2 * HOUR_MS }), { code: 'DEVICE_NOT_IN_FORCE' })
    const unknown = { deviceId: randomHash(), key: SecretKey.random(), patient }
    await t.rejects(gateway.registerSegments([new SegmentMaker(world, unknown).next().statement]), { code: 'DEVICE_UNKNOWN' })
    await register({})
  })
}
