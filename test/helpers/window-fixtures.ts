import { BatchOpener, Batch, fromHex, parseWrap, toHex, verifyBatch, verifyPrecursor } from '@epione/crypto'
import type { ProvenWindows, WindowAnswers } from '@epione/protocol/api'
import { windowsProof } from '@epione/protocol/verify'
import type { Sharing } from './sharing.ts'
import { createDevice, TestStream } from './streaming.ts'
import type { TestDevice, TestWindow } from './streaming.ts'
import type { TestPatient, TestPractitioner } from './ledger-fixtures.ts'
import type { ConsentMembers } from './ledger-fixtures.ts'

/** A segment on the ledger with its windows, as a reader gets them. */
export interface TestSegment { recordId: string, version: number, windows: readonly TestWindow[] }

/** A device of the patient on the ledger. */
export async function addDevice ({ world, patient }: Pick<Sharing, 'world' | 'patient'>): Promise<TestDevice> {
  const device = createDevice(world, patient, patient.compartments[0])
  await world.gateway('CoreMSP').ledger.addDevice(device.statement)
  return device
}

/** Seals windows and registers them as the stream's next segment. */
export async function addSegment ({ world }: Pick<Sharing, 'world'>, stream: TestStream, count: number, through = 'CoreMSP'): Promise<TestSegment> {
  const windows = await stream.sealMany(count)
  const { value: { items: [item] } } = await world.gateway(through).ledger.registerSegments([stream.close(windows)])
  if (item === undefined || !('record' in item)) throw new Error(`the segment was refused: ${JSON.stringify(item)}`)
  return { recordId: stream.stream, version: item.record.version, windows }
}

/** Windows as a reader asks proxies for them: all of a segment, or some in a row. */
export function proveRow ({ recordId, version, windows }: TestSegment, from = 0, to = windows.length): ProvenWindows {
  const wanted = windows.slice(from, to)
  return {
    recordId,
    version,
    first: wanted[0]?.number ?? 0,
    texts: wanted.map(({ sent }) => sent.statement.body),
    wraps: wanted.map(({ sent }) => sent.wrap),
    path: windowsProof(windows.map(({ id }) => id), from, to)
  }
}

/** All windows of a segment. */
export const proveWindows = (segment: TestSegment): ProvenWindows[] => [proveRow(segment)]

interface Opener { networkId: Uint8Array, patient: TestPatient, reader: TestPractitioner, consent: ConsentMembers }

/** Content keys (hex) by wrap hash, of the answers of these hospitals: each proven first. */
export function openAnswers (
  { networkId, patient, reader, consent }: Opener, windows: readonly TestWindow[], answers: WindowAnswers['answers']
): Map<string, string> {
  const [compartment] = consent.compartments
  const [{ secret }] = patient.compartments
  if (compartment === undefined) throw new Error('the consent covers nothing')
  const { label, epoch, precursor, shares } = compartment
  const receivingKey = reader.receiving.publicKey()
  const keys = { signingKey: patient.kfragSigning.publicKey(), delegatingKey: secret.publicKey(), receivingKey }
  const wraps = new Map(windows.map(({ wrapHash, place, sent: { wrap } }) => [wrapHash, { wrap: fromHex(wrap), place }]))
  const proven = answers.map(({ mspId, answer: { body } }) => {
    const capsules = body.wrapHashes.map((hash) => {
      const shown = wraps.get(hash)
      if (shown === undefined) throw new Error('the answer is for another wrap')
      return parseWrap(shown.wrap, shown.place).capsule
    })
    const share = shares.find((s) => s.mspId === mspId && s.kfragId === body.kfragId)
    if (share === undefined) throw new Error(`the consent lists no kfrag of ${mspId}`)
    const place = { networkId, patientId: patient.patientId, label, epoch, ...keys }
    const listed = { ...share, keys, precursor: verifyPrecursor(precursor, place) }
    const fragments = verifyBatch(Batch.fromBytes(fromHex(body.cfrags)), capsules, listed)
    return new Map(fragments.map((fragment, index) => [body.wrapHashes[index], fragment]))
  })
  const opener = new BatchOpener(reader.receiving, keys.delegatingKey)
  return new Map([...wraps].map(([hash, { wrap }]) => [hash, toHex(opener.open(wrap, proven.flatMap((of) => of.get(hash) ?? [])))]))
}
