import { streamIdOf } from '@epione/protocol'
import type { VerifiedDevice } from '@epione/protocol/verify'
import type { PatientContext } from '../context/context.ts'
import { authorizePatient } from '../context/session.ts'
import { categoryOfLabel } from '../keys/directory.ts'
import { readOwnDirectory } from '../keys/patient.ts'
import { readDevices } from './devices.ts'
import type { StreamSummary } from './stream-list.ts'

/** A stream that hospitals have windows of and the ledger no segment yet: what they say of it, which reading it proves. */
export interface StoredStream {
  readonly stream: string
  readonly patientId: string
  readonly deviceId: string
  readonly category?: string
  readonly label: string
  readonly grade: 'stored'
  readonly segments: 0
  readonly windows: number
  readonly last: number
  /** Organisations that say so. */
  readonly saidBy: readonly string[]
}

/**
 * Streams of a patient's devices before their first segment, as two organisations show them; the ids follow from the devices. `listed`:
 * those that the ledger has.
 */
export async function listStoredStreams (context: PatientContext, listed: readonly StreamSummary[]): Promise<StoredStream[]> {
  const known = new Set(listed.map(({ stream }) => stream))
  const devices = (await readDevices(context, await readOwnDirectory(context))).filter(({ id }) => !known.has(streamIdOf(id)))
  const found = await Promise.all(devices.map(async (device) => describe(context, device)))
  return found.flatMap((stream) => stream ?? [])
}

async function describe (context: PatientContext, { id: deviceId, body: { label } }: VerifiedDevice): Promise<StoredStream | undefined> {
  const stream = streamIdOf(deviceId)
  const { answers } = await context.gateways.askTwoFound((gateway) => gateway.streams.getStream(stream, authorizePatient(context)))
  const said = answers.flatMap(({ gateway: { info: { mspId } }, value: { stored } }) => stored === undefined ? [] : [{ mspId, ...stored }])
  if (said.length === 0) return undefined
  const category = categoryOfLabel(context.keys, label)
  return {
    stream,
    patientId: context.patientId,
    deviceId,
    ...(category === undefined ? {} : { category }),
    label,
    grade: 'stored',
    segments: 0,
    windows: Math.max(...said.map(({ count }) => count)),
    last: Math.max(...said.map(({ last }) => last)),
    saidBy: said.map(({ mspId }) => mspId)
  }
}
