import { readFileSync } from 'node:fs'
import t from 'tap'
import { fromHex } from '@epione/crypto'
import type { DeviceState, PatientDirectory, RecordState } from '@epione/protocol'
import { isWriting, StatementReader, verifyDevice, verifyDirectory, verifyRecord, verifyWindow } from '@epione/protocol/verify'
import type { ShownWindow, VerifiedRecord } from '@epione/protocol/verify'
import { verdictOf } from '../../../helpers/verdict.ts'

interface Vectors {
  networkId: string
  patientId: string
  directory: PatientDirectory
  device: DeviceState
  segments: { name: string, verdict: string, device: DeviceState, record: RecordState }[]
  windows: { name: string, verdict: string, record: RecordState, window: ShownWindow }[]
}
const vectors = JSON.parse(readFileSync(new URL('../../../vectors/segments.json', import.meta.url), 'utf8')) as Vectors
const reader = new StatementReader(fromHex(vectors.networkId))
const directory = verifyDirectory(vectors.directory, vectors.patientId, reader)

/** With a source that shows this device and nothing else. */
function verify (record: RecordState, device: DeviceState): Promise<VerifiedRecord> {
  const nothing = (): Promise<never> => Promise.reject(new Error('nobody asks for it'))
  const source = { getDirectory: nothing, getBinding: nothing, getDevice: () => Promise.resolve(device) }
  return verifyRecord(record, directory, { reader, source })
}

for (const { name, verdict, device, record } of vectors.segments) {
  t.test(`a segment ${name}`, async (t) => { t.equal(await verdictOf(() => verify(record, device)), verdict) })
}

for (const { name, verdict, record, window } of vectors.windows) {
  t.test(`a window ${name}`, async (t) => {
    const verified = await verify(record, vectors.device)
    t.equal(await verdictOf(() => verifyWindow(window, verified)), verdict)
    if (verdict === 'accepted') t.equal(verifyWindow(window, verified).wrapHash, window.rewrapped?.wrapHash ?? verifyWindow(window, verified).body.wrapHash)
  })
}

t.test('a record with content of its own has no windows', async (t) => {
  const [first] = vectors.windows
  if (first === undefined) throw new Error('no window')
  const { segment: _, ...verified } = await verify(first.record, vectors.device)
  t.equal(await verdictOf(() => verifyWindow(first.window, verified)), 'FOREIGN')
})

t.test('a device writes from its beginning to its last moment, as long as nothing ended it', (t) => {
  const device = verifyDevice(vectors.device, directory, reader)
  const { notBefore, notAfter } = device.body
  const times = [notBefore - 1, notBefore, notAfter, notAfter + 1]
  t.strictSame(times.map((time) => isWriting(device, time)), [false, true, true, false])
  t.strictSame(times.map((time) => isWriting({ ...device, endedAt: notBefore }, time)), [false, true, false, false])
  t.end()
})
