import type { MediaClass, RecordManifest, RecordState } from '@epione/protocol'
import { StatementReader, describeAuthor, entryOf, verifyRecord, verifyRecordChain } from '@epione/protocol/verify'
import type { Grounds, VerifiedDirectory, VerifiedEnd, VerifiedRecord } from '@epione/protocol/verify'
import type { ClientContext, PatientContext, PractitionerContext } from '../context/context.ts'
import { readHistory } from '../keys/bindings.ts'
import { readShownDevice } from '../keys/devices.ts'
import { categoryOfLabel, readDirectory, readShownDirectory } from '../keys/directory.ts'
import { ClientError } from '../errors.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import { judged } from '../context/judge.ts'
import type { Shower } from '../context/judge.ts'
import { readPages } from '../gateways/pages.ts'
import { inReadingOrder, placeAmong } from './record-state.ts'
import type { RecordPlace } from './record-state.ts'
import { together } from '../gateways/together.ts'
import { readOwnDirectory } from '../keys/patient.ts'
import { authorizeAs } from '../context/session.ts'

/** What a verified manifest and its newest rewrap say; the category only to those who can open its label. */
export interface RecordSummary extends RecordPlace {
  recordId: string
  version: number
  patientId: string
  author: string
  issuedAt: number
  category?: string
  label: string
  epoch: number
  level: string
  mediaClass: MediaClass
  sizeClass: number
  /** None of a segment, which has windows. */
  cid?: string
  contentHash?: string
  segment?: NonNullable<RecordManifest['segment']>
  manifestId: string
  /** Of an erased or withdrawn one: the order that ended it, when, and why it was withdrawn. */
  end?: { orderId: string, time: number, reason?: string }
  /** What its author says of other records of the patient. */
  relatesTo?: NonNullable<RecordManifest['relatesTo']>
}

export type Reader = PatientContext | PractitionerContext

/** Former versions of a record that are read before their turn. */
const READ_AHEAD = 8

/**
 * All record versions of a patient, each manifest verified up to its author and the patient id: the record that was written to last comes
 * first, and of each record its newest version.
 */
export async function listRecords (
  context: Reader,
  patientId: string,
  directory?: Promise<VerifiedDirectory>
): Promise<RecordSummary[]> {
  const { manifests } = await readManifests(context, patientId, directory)
  return inReadingOrder(manifests).map((manifest) => ({ ...summarize(context, manifest), ...placeAmong(manifests, manifest) }))
}

/**
 * All record versions of a patient, oldest first, each proven up to its author and its present owner, and the directory that proves them;
 * `directory` where it is being read already.
 */
export async function readManifests (
  context: Reader,
  patientId: string,
  directory: Promise<VerifiedDirectory> = readDirectoryAs(context, patientId)
): Promise<{ directory: VerifiedDirectory, manifests: VerifiedRecord[] }> {
  const listed = askAs(context, (gateway) => readPages((cursor) => gateway.listRecords(patientId, cursor, authorizeAs(context))))
  const [known, { gateway: { info }, value: states }] = await together(directory, listed)
  const grounds = ledgerGrounds(context)
  const manifests = await judged(gatewayOf(info), () => Promise.all(states.map((state) => verifyRecord(state, known, grounds))))
  return { directory: known, manifests: manifests.sort((a, b) => a.body.issuedAt - b.body.issuedAt) }
}

/** A record version, by default the newest, proven with every version before it. @throws {ClientError} MANIFEST_INVALID, NOT_FOUND */
export async function readVerified (context: Reader, wanted: { recordId: string, version?: number }): Promise<VerifiedRecord> {
  return (await readAndProve(context, wanted)).verified
}

/** The same, with the gateway that showed it. */
export async function readAndProve (
  context: Reader,
  wanted: { recordId: string, version?: number }
): Promise<{ gateway: GatewayApi, verified: VerifiedRecord }> {
  const shown = askAs(context, (gateway) => gateway.getRecord(wanted.recordId, wanted.version, authorizeAs(context)))
  const directory = context.role === 'patient'
    ? readOwnDirectory(context)
    : shown.then(({ value }) => readDirectory(context, claimedPatient(value)))
  const [{ gateway, value: state }, known] = await together(shown, directory)
  const verified = await proveRecord(context, gateway, state, known, wanted)
  return { gateway, verified }
}

/**
 * Proves what a gateway answers for a record, with every version before it, against what was asked for. @throws {ClientError}
 * MANIFEST_INVALID
 */
export async function proveRecord (
  context: Reader,
  gateway: GatewayApi,
  state: RecordState,
  directory: VerifiedDirectory,
  wanted: { recordId: string, version?: number },
  grounds = ledgerGrounds(context)
): Promise<VerifiedRecord> {
  if (state.recordId !== wanted.recordId || (wanted.version !== undefined && state.version !== wanted.version)) {
    throw new ClientError('MANIFEST_INVALID', `${gateway.info.mspId} answers with another record or version than was asked for.`, {
      party: { kind: 'gateway', mspId: gateway.info.mspId }
    })
  }
  const read = readingAhead((version) => gateway.getRecord(state.recordId, version, authorizeAs(context)))
  // A segment is signed by its device, and the device by its patient: to prove one day, not all that was ever measured is read.
  const isSegment = manifestOf(state)['segment'] !== undefined
  return judged(gatewayOf(gateway.info), () => isSegment
    ? verifyRecord(state, directory, grounds)
    : verifyRecordChain(state, read, directory, grounds))
}

/** What the manifest says, before it is verified: the statement is the one that is verified then. */
function manifestOf ({ manifest }: RecordState): Record<string, unknown> {
  const body: unknown = JSON.parse(manifest.statement.body)
  return typeof body === 'object' && body !== null ? { ...body } : {}
}

/** Former versions are asked for one by one, from the newest down: some are read before their turn, at once. */
function readingAhead<T> (read: (version: number) => Promise<T>): (version: number) => Promise<T> {
  const readings = new Map<number, Promise<T>>()
  return (asked) => {
    for (let version = asked; version > Math.max(0, asked - READ_AHEAD); version -= 1) {
      if (readings.has(version)) continue
      const reading = read(version)
      // Told in its turn, if that comes.
      reading.catch(() => undefined)
      readings.set(version, reading)
    }
    return readings.get(asked) ?? read(asked)
  }
}

/** Bindings and former directories as two organisations show them, each read once. */
export function ledgerGrounds (context: ClientContext): Grounds {
  return {
    reader: new StatementReader(context.networkId),
    source: {
      getDirectory: remember((patientId) => patientId, (patientId) => readShownDirectory(context, patientId)),
      getBinding: remember((mspId, staffId) => `${mspId}/${staffId}`, (mspId, staffId) => readHistory(context, { mspId, staffId })),
      getDevice: remember((patientId, deviceId) => `${patientId}/${deviceId}`, (patientId, deviceId) => readShownDevice(context, patientId, deviceId))
    }
  }
}

function remember<A extends string[], T> (nameOf: (...asked: A) => string, read: (...asked: A) => Promise<T>): (...asked: A) => Promise<T> {
  const readings = new Map<string, Promise<T>>()
  return (...asked) => {
    const name = nameOf(...asked)
    const reading = readings.get(name) ?? read(...asked)
    readings.set(name, reading)
    return reading
  }
}

/** Whether the version has an index entry where it stands now. */
export function isIndexed ({ body, rewrap }: Pick<VerifiedRecord, 'body' | 'rewrap'>): boolean {
  return entryOf(body, rewrap) !== undefined
}

/** A gateway as the one that shows something. */
export function gatewayOf ({ mspId }: { mspId: string }): Shower {
  return { kind: 'gateway', mspId }
}

/** A patient may ask any hospital, a practitioner only the own one. */
async function askAs<T> (context: Reader, ask: (gateway: GatewayApi) => Promise<T>): Promise<{ gateway: GatewayApi, value: T }> {
  if (context.role === 'patient') return context.gateways.askFirstReachable(ask)
  return { gateway: context.gateways.own, value: await ask(context.gateways.own) }
}

async function readDirectoryAs (context: Reader, patientId: string): Promise<VerifiedDirectory> {
  return context.role === 'patient' ? readOwnDirectory(context) : readDirectory(context, patientId)
}

/** Whose record a manifest, or its rewrap, says it is, before anything is verified; the directory then proves or refutes the rest. */
function claimedPatient (state: RecordState): string {
  const body: unknown = JSON.parse((state.rewrap ?? state.manifest).statement.body)
  if (typeof body === 'object' && body !== null && 'patientId' in body && typeof body.patientId === 'string') return body.patientId
  throw new ClientError('MANIFEST_INVALID', 'The manifest names no patient.', { party: { kind: 'gateway' } })
}

/** What is said of a verified manifest. */
export function summarize (context: Reader, { id, body, owner: patientId, label, epoch, compartment, end }: VerifiedRecord): RecordSummary {
  const category = context.role === 'patient' ? categoryOfLabel(context.keys, label) : undefined
  const { recordId, version, author, issuedAt, mediaClass, sizeClass, cid, contentHash, segment, relatesTo } = body
  return {
    recordId,
    version,
    patientId,
    author: describeAuthor(author),
    issuedAt,
    ...(category === undefined ? {} : { category }),
    label,
    epoch,
    level: compartment.level,
    mediaClass,
    sizeClass,
    ...(cid === undefined ? {} : { cid }),
    ...(contentHash === undefined ? {} : { contentHash }),
    ...(segment === undefined ? {} : { segment }),
    manifestId: id,
    ...(end === undefined ? {} : { state: end.cause, end: describeEnd(end) }),
    ...(relatesTo === undefined ? {} : { relatesTo })
  }
}

function describeEnd ({ id: orderId, time, reason }: VerifiedEnd): NonNullable<RecordSummary['end']> {
  return { orderId, time, ...(reason === undefined ? {} : { reason }) }
}
