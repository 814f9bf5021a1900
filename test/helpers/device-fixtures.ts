import { inclusionProof, merkleRoot, SecretKey, statementId, toHex } from '@epione/crypto'
import { streamIdOf } from '@epione/protocol'
import { windowLeaf } from '@epione/protocol/verify'
import type { DeviceState, RecordState, SegmentBatch, SignedStatement } from '@epione/protocol'
import type { ShownWindow } from '@epione/protocol/verify'
import { HOUR_MS, keyHex, randomHash, sign } from './ledger-fixtures.ts'
import type { TestPatient, TestPractitioner } from './ledger-fixtures.ts'
import type { LedgerWorld } from './ledger-world.ts'

/** A device on the ledger, or about to be. */
export interface AddedDevice { deviceId: string, key: SecretKey, patient: TestPatient }

/** A signed `Device` for a patient's first compartment, in force for an hour before and after now. */
export function signDevice (
  world: LedgerWorld, patient: TestPatient, members: object = {}, key = SecretKey.random(), ...keys: SecretKey[]
): { statement: SignedStatement, key: SecretKey } {
  const says = {
    patientId: patient.patientId,
    key: keyHex(key),
    label: patient.compartments[0].label,
    notBefore: world.now() - HOUR_MS,
    notAfter: world.now() + HOUR_MS,
    shortestWindowMs: 10_000,
    kindsHash: randomHash(),
    ...members
  }
  return { statement: sign(world, 'Device', says, ...(keys.length > 0 ? keys : [patient.identity, key])), key }
}

export async function addDevice (
  world: LedgerWorld, patient: TestPatient, members: object = {}
): Promise<AddedDevice & { state: DeviceState }> {
  const { statement, key } = signDevice(world, patient, members)
  const { value: state } = await world.gateway(world.members[0]).ledger.addDevice(statement)
  return { deviceId: state.device.id, key, patient, state }
}

export function signDeviceEnd (world: LedgerWorld, { deviceId, patient }: AddedDevice, key: SecretKey): SignedStatement {
  return sign(world, 'DeviceEnd', { patientId: patient.patientId, deviceId }, key)
}

/** A segment of a device's stream, with the texts of its windows. */
export interface MadeSegment { statement: SignedStatement, manifestId: string, texts: string[] }

/** The segments of one stream, as its device makes them one after the other. */
export class SegmentMaker {
  readonly stream: string
  readonly #world: LedgerWorld
  readonly #device: AddedDevice
  #version = 0
  #last = 0
  #previous: string | undefined

  /** `index`: of several streams of the device. */
  constructor (world: LedgerWorld, device: AddedDevice, index = 1) {
    this.stream = streamIdOf(device.deviceId, index)
    this.#world = world
    this.#device = device
  }

  /** The next one, of `count` windows after a gap of `lost` numbers; `members` spoil or change its manifest. */
  next (
    { count = 3, lost = 0, epoch = 1, members = {} }: { count?: number, lost?: number, epoch?: number, members?: object } = {}
  ): MadeSegment {
    const first = this.#last + lost + 1
    const made = this.make({ version: this.#version + 1, first, count, epoch, members, previous: this.#previous })
    this.#version += 1
    this.#last = first + count - 1
    this.#previous = made.manifestId
    return made
  }

  /** One at any place of the stream, after which `next` goes on as before. */
  make (
    { version, first, count, epoch = 1, members = {}, previous, key = this.#device.key }:
    { version: number, first: number, count: number, epoch?: number, members?: object, previous?: string | undefined, key?: SecretKey }
  ): MadeSegment {
    const texts = Array.from({ length: count }, (_, index) => this.#window(first + index, epoch))
    const root = toHex(merkleRoot(texts.map((text) => windowLeaf(statementId(text)))))
    const { patient: { patientId, compartments: [{ label }] }, deviceId } = this.#device
    const statement = sign(this.#world, 'RecordManifest', {
      recordId: this.stream,
      version,
      ...(previous !== undefined && { previous }),
      patientId,
      author: { kind: 'device', deviceId },
      label,
      epoch,
      sizeClass: 10,
      mediaClass: 'signal',
      segment: { stream: this.stream, first, last: first + count - 1, root },
      ...members
    }, key)
    return { statement, manifestId: statementId(statement.body), texts }
  }

  #window (number: number, epoch: number): string {
    const { patient: { patientId }, deviceId, key } = this.#device
    const says = { patientId, deviceId, stream: this.stream, number, epoch, contentHash: randomHash(), cid: `b${'a'.repeat(58)}`, wrapHash: randomHash() }
    return sign(this.#world, 'Window', { ...says, ...(number > 1 && { previous: randomHash() }) }, key).body
  }
}

/** A window of a segment with its path, by its place in it. */
export function showWindow ({ texts }: Pick<MadeSegment, 'texts'>, index: number): ShownWindow {
  const leaves = texts.map((text) => windowLeaf(statementId(text)))
  return { text: texts[index] ?? '', path: inclusionProof(leaves, index).map((hash) => toHex(hash)) }
}

/** What became of each item, in a word: `version` or the code. */
export function outcomesOf ({ items }: SegmentBatch): (number | string)[] {
  return items.map((item) => 'code' in item ? item.code : item.record.version)
}

export function recordOf (item: SegmentBatch['items'][number] | undefined): RecordState {
  if (item === undefined || !('record' in item)) throw new Error(`no segment: ${JSON.stringify(item)}`)
  return item.record
}

/** A request to follow a stream for a minute; spread over it to ask otherwise. */
export function signFollow (
  world: LedgerWorld, reader: TestPractitioner, patient: TestPatient, stream: string, consentId?: string, members: object = {}
): SignedStatement {
  return sign(world, 'AccessRequest', {
    requester: { mspId: reader.mspId, staffId: reader.staffId },
    patientId: patient.patientId,
    ...(consentId !== undefined && { consentId }),
    action: 'follow',
    stream: { stream, lastsMs: 600_000 },
    purpose: 'TREAT',
    receivingKey: keyHex(reader.receiving),
    ...members
  }, reader.requestSigning)
}
