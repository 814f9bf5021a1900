import { Type } from 'typebox'
import { WINDOWS_PER_RECEIPT } from '../limits.ts'
import { Cid, Count, Epoch, Hash, KeyHex, MspId, PatientId, StreamId, TimeMs } from '../primitives.ts'
import { isStreamOf } from '../stream-id.ts'
import { bounded, follows, isBefore, rule, strict, unbounded } from './parts.ts'

/** Shortest and longest window of a device, in ms: a second, a day. */
const WINDOW_MS = { minimum: 1000, maximum: 86_400_000 }

/** A device that writes for the patient with a key of its own, and opens nothing. Signed by the identity key and the device's. */
export const DeviceBody = rule(strict({
  type: Type.Literal('Device'),
  ...bounded,
  patientId: PatientId,
  key: KeyHex,
  /** The compartment that it writes to. */
  label: Hash,
  notBefore: TimeMs,
  notAfter: TimeMs,
  shortestWindowMs: Type.Integer(WINDOW_MS),
  /** Salted hash of the kinds of measurement; they and the salt are sealed, off the ledger. */
  kindsHash: Hash
}), ({ notBefore, notAfter }) => isBefore(notBefore, notAfter), 'the period ends after it begins')

/** Signed by the identity key or the device's own. `deviceId` is the statement id of the `Device`. */
export const DeviceEndBody = strict({ type: Type.Literal('DeviceEnd'), ...unbounded, patientId: PatientId, deviceId: Hash })

/**
 * One window of a stream, signed by the device; on the ledger only under the root of its segment. When it was measured stands in the
 * sealed header.
 */
export const WindowBody = rule(strict({
  type: Type.Literal('Window'),
  ...bounded,
  patientId: PatientId,
  deviceId: Hash,
  stream: StreamId,
  number: Count,
  /** Statement id of the window before; absent in number 1. */
  previous: Type.Optional(Hash),
  /** Of the device's compartment: the newest when it is sent. */
  epoch: Epoch,
  contentHash: Hash,
  cid: Cid,
  wrapHash: Hash
}), ({ stream, deviceId, number, previous }) => follows(number, previous) &&
  typeof stream === 'string' && typeof deviceId === 'string' && isStreamOf(stream, deviceId),
'it is of a stream of its device (the id says so); window 1 names none before it, every other one does')

/** A hospital has these windows, by their statement ids, on its disk; signed by its proxy's signing key, never on the ledger. */
export const WindowReceiptBody = strict({
  type: Type.Literal('WindowReceipt'),
  ...unbounded,
  mspId: MspId,
  windowIds: Type.Array(Hash, { minItems: 1, maxItems: WINDOWS_PER_RECEIPT, uniqueItems: true })
})
