import t from 'tap'
import { SecretKey, signStatement, statementId } from '@epione/crypto'
import type { SignedStatement } from '@epione/crypto'
import { listDevices, readOwnStream } from '@epione/sdk'
import { about } from '../../../helpers/client/front.ts'
import { Hospitals } from '../../../helpers/client/hospitals.ts'
import { addDevice, minuteOf, startDevice } from '../../../helpers/test-device.ts'

const hospitals = await Hospitals.open(t)
const patient = await hospitals.patient()
const client = hospitals.client(hospitals.core)
const NOW = Date.now()

interface Listed { items: Array<{ manifest: { statement: { body: string } } }> }
interface Devices { items: Array<{ device: { statement: SignedStatement } }> }
interface Stored { items: Array<{ number: number }> }

t.test('a patient is told of segments and windows that a hospital leaves out', async (t) => {
  const { queue: { stream }, recorder, sender } = await startDevice(await addDevice(patient, client))
  for (const minute of [-9, -8, -7]) {
    await recorder.record([minuteOf(NOW + minute * 60_000, 60)], 'source')
    await sender.sendAll({ close: true })
  }
  for (const minute of [-6, -5, -4]) await recorder.record([minuteOf(NOW + minute * 60_000, 60)], 'source')
  await sender.sendAll()
  t.match(await readOwnStream(patient, { stream }), { grades: { 'on-ledger': 3, stored: 3 }, gaps: [], warnings: [] })
  const without = (versions: number[]): ReturnType<typeof about> => about('GET', /\/patients\/[^/]+\/records/, (body: Listed) => {
    const isLeft = ({ manifest: { statement } }: Listed['items'][number]): boolean => {
      const { recordId, version } = JSON.parse(statement.body) as { recordId: string, version: number }
      return recordId === stream && versions.includes(version)
    }
    return { status: 200, body: { ...body, items: body.items.filter((item) => !isLeft(item)) } }
  })
  t.teardown(() => { for (const { front } of hospitals.all) front.lies = [] })
  hospitals.core.front.lies = [without([3])]
  const shorter = await readOwnStream(patient, { stream })
  t.match(shorter.warnings, [/knows segment 3, up to window 3, and only 2 were listed/])
  hospitals.core.front.lies = [without([1, 2, 3])]
  await t.rejects(readOwnStream(patient, { stream }), { code: 'MANIFEST_INVALID' })
  const holed = about('GET', /\/streams\/[0-9a-f]+\/windows/, (body: Stored) =>
    ({ status: 200, body: { ...body, items: body.items.filter(({ number }) => number !== 5) } }))
  for (const { front } of hospitals.all) front.lies = [holed]
  const read = await readOwnStream(patient, { stream })
  t.match(read, { gaps: [{ first: 5, last: 5 }], warnings: [/1 windows, the first is 6, follow one that was sent and is not shown/] })
  const endless = about('GET', /\/streams\/[0-9a-f]+\/windows/, (body: Stored) => ({ status: 200, body: { ...body, next: 4 } }))
  for (const { front } of hospitals.all) front.lies = [endless]
  t.match(await readOwnStream(patient, { stream }), { gaps: [], warnings: [] }, 'a page that never goes on is the last')
})

t.test('a patient is told of times that are later than the ledger took them', async (t) => {
  const { queue: { stream }, recorder, sender } = await startDevice(await addDevice(patient, client))
  await recorder.record([minuteOf(NOW + 3 * 3_600_000, 60)], 'source')
  await sender.sendAll({ close: true })
  t.match(await readOwnStream(patient, { stream }), { warnings: [/The times of 1 windows are later than the ledger took them/] })
})

t.test('a device that the patient did not add is shown by nobody', async (t) => {
  await addDevice(patient, client)
  t.match(await listDevices(patient), [{ state: 'writing' }, {}, {}])
  const stranger = SecretKey.random()
  const forge = about('GET', /\/patients\/[^/]+\/devices/, (body: Devices) => ({
    ...body,
    items: body.items.map(({ device, ...item }) => {
      const members = { ...JSON.parse(device.statement.body) as object, key: stranger.publicKey().toHex() }
      const statement = signStatement({ type: 'Device', networkId: patient.networkId, body: members, keys: [stranger] })
      return { ...item, device: { ...device, id: statementId(statement.body), statement } }
    })
  }))
  for (const { front } of hospitals.all) front.lies = [forge]
  await t.rejects(listDevices(patient), { code: 'DEVICE_INVALID', exitCode: 4 })
})
