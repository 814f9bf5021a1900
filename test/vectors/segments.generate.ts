import { writeFile } from 'node:fs/promises'
import { inclusionProof, merkleRoot, patientIdOf, SecretKey, statementId, toHex } from '@epione/crypto'
import { streamIdOf } from '@epione/protocol'
import type { DeviceState, PatientDirectory, RecordState } from '@epione/protocol'
import { windowLeaf } from '@epione/protocol/verify'
import { hex, MINUTE, seededStatements, START } from './seeded-statements.ts'

/**
 * Writes segments.json: a patient's device, segments of its stream and windows of one, each with the one verdict that everybody who judges
 * it must give: `accepted`, or the code of the first check that fails.
 * Usage: node test/vectors/segments.generate.ts
 */
const { networkId, hash, key, sign, stored } = seededStatements('epione/segments', { lifeMs: 60 * MINUTE, unbounded: ['DeviceEnd'] })

const [identity, kfragSigning, compartmentKey, deviceKey, stranger] = [key(), key(), key(), key(), key()]
const [label, otherLabel] = [hash(), hash()]
const patientId = patientIdOf(identity.publicKey())
const listed = [
  { label, level: 'N', epoch: 1, key: hex(compartmentKey) },
  { label: otherLabel, level: 'V', epoch: 1, key: hex(key()) }
]
const directory: PatientDirectory = {
  patientId,
  versions: [stored(sign('KeyDirectory', {
    patientId, version: 1, identityKey: hex(identity), kfragSigningKey: hex(kfragSigning), compartments: listed
  }, [identity]), START - 60 * MINUTE)]
}

const PERIOD = { notBefore: START - 30 * MINUTE, notAfter: START + 30 * MINUTE }
function deviceOf (members: object = {}, keys = [identity, deviceKey]): DeviceState {
  const says = { patientId, key: hex(deviceKey), label, ...PERIOD, shortestWindowMs: 10_000, kindsHash: hash(), ...members }
  return { device: stored(sign('Device', says, keys), START - 40 * MINUTE) }
}
const device = deviceOf()
const endedAt = (time: number, by = deviceKey, members: object = {}): DeviceState =>
  ({ ...device, end: stored(sign('DeviceEnd', { patientId, deviceId: device.device.id, ...members }, [by]), time) })

const stream = streamIdOf(device.device.id)
const [FIRST, COUNT] = [61, 5]
function windowText (number: number, members: object = {}): string {
  const says = {
    patientId, deviceId: device.device.id, stream, number, previous: hash(), epoch: 1, contentHash: hash(), cid: `b${'a'.repeat(58)}`, wrapHash: hash()
  }
  return sign('Window', { ...says, ...members }, [deviceKey]).body
}
const texts = Array.from({ length: COUNT }, (_, index) => windowText(FIRST + index))
// The device signed what stands here, and it is none of its windows.
const strange = { 3: windowText(FIRST + 3, { epoch: 2 }), 4: windowText(FIRST) }
const leaves = texts.map((text) => windowLeaf(statementId(text)))
const strangeLeaves = leaves.with(3, windowLeaf(statementId(strange[3]))).with(4, windowLeaf(statementId(strange[4])))
const wraps = texts.map(() => hash())
const wrapLeaves = wraps.map(windowLeaf)

function segment (of: DeviceState, { members = {}, by = [deviceKey], time = START, root = leaves }: {
  members?: object, by?: SecretKey[], time?: number, root?: Uint8Array[]
} = {}): RecordState {
  const says = {
    recordId: streamIdOf(of.device.id),
    version: 1,
    patientId,
    author: { kind: 'device', deviceId: of.device.id },
    label,
    epoch: 1,
    sizeClass: 12,
    mediaClass: 'signal',
    segment: { stream: streamIdOf(of.device.id), first: FIRST, last: FIRST + COUNT - 1, root: toHex(merkleRoot(root)) },
    ...members
  }
  return { recordId: streamIdOf(of.device.id), version: 1, level: 'N', manifest: stored(sign('RecordManifest', says, by, time), time) }
}

function rewrapped (record: RecordState, members: object, by = identity): RecordState {
  const says = { patientId, recordId: stream, version: 1, label: otherLabel, epoch: 1, ...members }
  return { ...record, rewrap: stored(sign('Rewrap', says, [by])) }
}

const plain = segment(device)
const newWraps = rewrapped(plain, { segment: { root: toHex(merkleRoot(wrapLeaves)) } })
const byStranger = deviceOf({}, [identity, deviceKey, stranger])
const unnamed = deviceOf({}, [deviceKey])
const misplaced = deviceOf({ label: hash() })
const sharing = deviceOf({ key: hex(kfragSigning) }, [identity, kfragSigning])
const foreign = deviceOf({ patientId: patientIdOf(stranger.publicKey()) })
const elsewhere = deviceOf({ label: otherLabel })
const segments = ([
  ['of a device in force', 'accepted', device, plain],
  ['of another device than is shown', 'SIGNER_WRONG', elsewhere, plain],
  ['taken before the device began', 'SIGNER_WRONG', device, segment(device, { time: PERIOD.notBefore - 1 })],
  ['taken at the device\'s last moment', 'accepted', device, segment(device, { time: PERIOD.notAfter })],
  ['taken after that', 'SIGNER_WRONG', device, segment(device, { time: PERIOD.notAfter + 1 })],
  ['taken after the device\'s end within the tolerance of two clocks', 'accepted', endedAt(START - MINUTE), plain],
  ['taken later than that', 'SIGNER_WRONG', endedAt(START - MINUTE - 1), plain],
  ['taken before its patient ended the device', 'accepted', endedAt(START + MINUTE, identity), plain],
  ['of a device whose end a stranger signed', 'SIGNER_WRONG', endedAt(START + MINUTE, stranger), plain],
  ['of a device whose end is another\'s', 'FOREIGN', endedAt(START, deviceKey, { deviceId: hash() }), plain],
  ['signed by the patient', 'SIGNER_WRONG', device, segment(device, { by: [identity] })],
  ['signed by device and patient', 'SIGNER_WRONG', device, segment(device, { by: [deviceKey, identity] })],
  ['of another compartment than the device\'s', 'SIGNER_WRONG', device, segment(device, { members: { label: otherLabel } })],
  ['of a device that a stranger signs, too', 'SIGNER_WRONG', byStranger, segment(byStranger)],
  ['of a device that its patient did not sign', 'SIGNER_WRONG', unnamed, segment(unnamed)],
  ['of a device for a compartment that the directory lacks', 'COMPARTMENT_UNKNOWN', misplaced, segment(misplaced)],
  ['of a device with a key of its patient', 'KEYS_UNFIT', sharing, segment(sharing, { by: [kfragSigning] })],
  ['of another patient\'s device', 'FOREIGN', foreign, segment(foreign)],
  ['that names content of its own', 'STATEMENT_MALFORMED', device, segment(device, { members: { wrapHash: hash() } })],
  ['with new wraps of its patient', 'accepted', device, newWraps],
  ['with new wraps of its device', 'SIGNER_WRONG', device, rewrapped(plain, { segment: { root: hash() } }, deviceKey)],
  ['with one wrap for all its windows', 'FOREIGN', device, rewrapped(plain, { wrapHash: hash(), previousWrapHash: hash() })]
] as const).map(([name, verdict, of, record]) => ({ name, verdict, device: of, record }))

const pathOf = (all: readonly Uint8Array[], index: number): string[] => inclusionProof(all, index).map((sibling) => toHex(sibling))
const shown = (index: number, text = texts[index], path = pathOf(leaves, index)): object => ({ text, path })
const present = (index: number, of = index): object => ({ wrapHash: wraps[index], path: pathOf(wrapLeaves, of) })
const faulty = segment(device, { root: strangeLeaves })
const windows = [
  ...texts.map((_, index) => ({ name: `number ${String(FIRST + index)}`, verdict: 'accepted', record: plain, window: shown(index) })),
  { name: 'with the path of its neighbour', verdict: 'CHAIN_BROKEN', record: plain, window: shown(1, texts[1], pathOf(leaves, 0)) },
  { name: 'with a path too short', verdict: 'CHAIN_BROKEN', record: plain, window: shown(1, texts[1], pathOf(leaves, 1).slice(1)) },
  { name: 'that is under no root', verdict: 'CHAIN_BROKEN', record: plain, window: shown(1, windowText(FIRST + 1)) },
  { name: 'of a number beyond', verdict: 'FOREIGN', record: plain, window: shown(1, windowText(FIRST + COUNT)) },
  { name: 'of another stream', verdict: 'FOREIGN', record: plain, window: shown(1, windowText(FIRST + 1, { stream: streamIdOf(device.device.id, 2) })) },
  { name: 'not as it was signed', verdict: 'STATEMENT_MALFORMED', record: plain, window: shown(1, `${texts[1] ?? ''} `) },
  { name: 'of another epoch under the root', verdict: 'FOREIGN', record: faulty, window: shown(3, strange[3], pathOf(strangeLeaves, 3)) },
  { name: 'in another number\'s place', verdict: 'CHAIN_BROKEN', record: faulty, window: shown(4, strange[4], pathOf(strangeLeaves, 4)) },
  { name: 'with its present wrap', verdict: 'accepted', record: newWraps, window: { ...shown(2), rewrapped: present(2) } },
  { name: 'without it', verdict: 'MISSING', record: newWraps, window: shown(2) },
  { name: 'with another window\'s', verdict: 'CHAIN_BROKEN', record: newWraps, window: { ...shown(2), rewrapped: present(1) } },
  { name: 'with another window\'s in its place', verdict: 'CHAIN_BROKEN', record: newWraps, window: { ...shown(2), rewrapped: present(1, 2) } }
]

const vectors = { source: 'this repository, by segments.generate.ts', networkId: toHex(networkId), patientId, directory, device, segments, windows }
await writeFile(new URL('segments.json', import.meta.url), JSON.stringify(vectors, null, 1) + '\n')
