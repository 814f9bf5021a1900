import type { SecretKey } from '@epione/crypto'
import { isWriting, StatementReader, verifyDevice } from '@epione/protocol/verify'
import type { VerifiedDevice, VerifiedDirectory } from '@epione/protocol/verify'
import { currentTime, identityKeyOf } from '../context/context.ts'
import type { ClientContext, PatientContext } from '../context/context.ts'
import { judged } from '../context/judge.ts'
import { makeStatement } from '../context/statements.ts'
import { submitAnywhere } from '../context/submit.ts'
import type { Done, Written } from '../context/submit.ts'
import { readPages } from '../gateways/pages.ts'
import { categoryOfLabel } from '../keys/directory.ts'
import { readOwnDirectory } from '../keys/patient.ts'
import type { DeviceContext } from './device-context.ts'

/** A device as its patient sees it. */
export interface DeviceSummary {
  readonly deviceId: string
  /** `writing`; before and after its period `waiting` and `over`; `ended` for good. */
  readonly state: 'writing' | 'waiting' | 'over' | 'ended'
  readonly category?: string
  readonly label: string
  readonly notBefore: number
  readonly notAfter: number
  readonly endedAt?: number
  readonly shortestWindowMs: number
  readonly kindsHash: string
}

/** All devices that a patient ever added, as two organisations show them, each proven. @throws {ClientError} DIRECTORY_INVALID */
export async function listDevices (context: PatientContext): Promise<DeviceSummary[]> {
  const directory = await readOwnDirectory(context)
  const devices = await readDevices(context, directory)
  const now = currentTime(context)
  return devices.map((device) => summarize(context, device, now)).sort((a, b) => b.notBefore - a.notBefore)
}

/** The proven devices of the patient whose directory is given. */
export async function readDevices (context: PatientContext, directory: VerifiedDirectory): Promise<VerifiedDevice[]> {
  const shown = await context.gateways.askTwo(`devices of patient ${context.patientId}`,
    (gateway) => readPages((cursor) => gateway.streams.listDevices(context.patientId, cursor)),
    (devices) => devices.map(({ device, end }) => `${device.id} ${end?.id ?? ''}`).sort())
  const reader = new StatementReader(context.networkId)
  return judged({ kind: 'organizations' }, () => (shown ?? []).map((state) => verifyDevice(state, directory, reader)))
}

function summarize (context: PatientContext, device: VerifiedDevice, now: number): DeviceSummary {
  const { id: deviceId, endedAt, body: { label, notBefore, notAfter, shortestWindowMs, kindsHash } } = device
  const category = categoryOfLabel(context.keys, label)
  const state = endedAt !== undefined ? 'ended' : now < notBefore ? 'waiting' : isWriting(device, now) ? 'writing' : 'over'
  return {
    deviceId,
    state,
    ...(category === undefined ? {} : { category }),
    label,
    notBefore,
    notAfter,
    ...(endedAt === undefined ? {} : { endedAt }),
    shortestWindowMs,
    kindsHash
  }
}

export interface DeviceEnded extends Written { patientId: string, deviceId: string }

/** Ends a device for good: what it signs is taken by nobody after the end's block. */
export async function endDevice (context: PatientContext, deviceId: string): Promise<Done<DeviceEnded>> {
  return end(context, context.patientId, deviceId, identityKeyOf(context))
}

/** A device ends itself, because it was sold, lost its patient, or fears for its key. */
export async function endOwnDevice (context: DeviceContext): Promise<Done<DeviceEnded>> {
  return end(context, context.patientId, context.deviceId, context.key)
}

async function end (context: ClientContext, patientId: string, deviceId: string, key: SecretKey): Promise<Done<DeviceEnded>> {
  const { id, statement } = makeStatement(context, 'DeviceEnd', { patientId, deviceId }, [key])
  const own = { patientId, deviceId }
  return submitAnywhere<DeviceEnded>(context, {
    statementId: id,
    send: async (gateway) => ({ ...await gateway.streams.endDevice(statement, id), ...own }),
    recover: (written) => ({ ...own, ...written })
  })
}
