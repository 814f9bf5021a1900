import { ORDER_TOLERANCE_MS } from '../index.ts'
import { findIdentityKey, patientSigner } from './directory.ts'
import { directoryKeys, isPoint } from './directory-rules.ts'
import { Refusal } from './refusal.ts'
import { areSigners } from './signers.ts'
import type { Device, DeviceState, StoredStatement } from '../index.ts'
import type { VerifiedDirectory } from './directory.ts'
import type { RefusalCode, Subject } from './refusal.ts'
import type { StatementReader } from './statements.ts'

/** A device that the patient introduced. Only `verifyDevice` makes one. */
export interface VerifiedDevice {
  /** Statement id of the `Device`. */
  readonly id: string
  readonly body: Device
  /** When the ledger took it (ms). */
  readonly time: number
  /** When it took the first end of it. */
  readonly endedAt?: number
}

/**
 * Proves a device to be the patient's of `directory`: signed with the identity key in force when the ledger took it and with the device's
 * own, for a compartment of theirs; and its end, where one is shown, to be said by one of these two. @throws {Refusal}
 */
export function verifyDevice ({ device, end }: DeviceState, directory: VerifiedDirectory, reader: StatementReader): VerifiedDevice {
  const subject: Subject = { kind: 'device', name: device.id }
  const { id, body, signers } = reader.readStored('Device', device, subject)
  if (body.patientId !== directory.patientId) refuse('FOREIGN', subject, 'it is another patient\'s')
  const identityKey = findIdentityKey(directory, signers, device.time)
  if (identityKey === undefined || !areSigners(signers, [identityKey, body.key])) {
    refuse('SIGNER_WRONG', subject, 'it is not signed by its patient and its own key alone')
  }
  const isShared = directory.versions.some((version) => directoryKeys(version.body).includes(body.key))
  if (!isPoint(body.key) || isShared) refuse('KEYS_UNFIT', subject, 'its key is no point, or shared with another purpose')
  if (!directory.versions.some((v) => v.body.compartments.some((c) => c.label === body.label))) {
    refuse('COMPARTMENT_UNKNOWN', subject, 'it writes to a compartment that the patient\'s directory does not list')
  }
  return { id, body, time: device.time, ...(end !== undefined && { endedAt: verifyEnd(end, { id, body }, directory, reader) }) }
}

function verifyEnd (
  end: StoredStatement, { id, body: { key } }: Pick<VerifiedDevice, 'id' | 'body'>, directory: VerifiedDirectory, reader: StatementReader
): number {
  const subject: Subject = { kind: 'device', name: id }
  const { body, signers } = reader.readStored('DeviceEnd', end, subject)
  if (body.patientId !== directory.patientId || body.deviceId !== id) refuse('FOREIGN', subject, 'its end is of another device')
  if (!areSigners(signers, [key]) && patientSigner(directory, signers, end.time) === undefined) {
    refuse('SIGNER_WRONG', subject, 'its end is signed by neither its patient nor its own key alone')
  }
  return end.time
}

/** Whether a device may write at a time (ms) of the ledger. Its end carries another transaction's clock, its period does not. */
export function isWriting ({ body: { notBefore, notAfter }, time: since, endedAt = Infinity }: VerifiedDevice, time: number): boolean {
  return since <= time + ORDER_TOLERANCE_MS && notBefore <= time && time <= notAfter && time <= endedAt + ORDER_TOLERANCE_MS
}

/** The device's key, when it alone signed what the ledger took at `time` (ms), and might. */
export function deviceSigner (device: VerifiedDevice, signers: readonly string[], time: number): string | undefined {
  return areSigners(signers, [device.body.key]) && isWriting(device, time) ? device.body.key : undefined
}

function refuse (code: RefusalCode, subject: Subject, why: string): never {
  throw new Refusal(code, subject, why)
}
