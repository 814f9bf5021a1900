import { asksForTime, effectiveRecord } from '@epione/protocol'
import type { AccessEvent, AccessRequest, Consent, EventRecord, RecordManifest, RequestedRecord } from '@epione/protocol'
import { isLevelOf, verifyRecord } from '@epione/protocol/verify'
import type { StatementSource, VerifiedDirectory } from '@epione/protocol/verify'
import { isDeepStrictEqual } from 'node:util'
import { GatewayError } from '../errors.ts'
import { judged, unproven } from '../judge.ts'
import { requireLive } from '../records/require-live.ts'
import type { PermitContext } from './permit-context.ts'
import { proveTakenAt } from './taken-at.ts'

/** A record version that a permit names, its compartment and wrap proven, with its author's signed manifest and the key that signed it. */
export interface PermittedRecord { event: EventRecord, manifest: RecordManifest, authorKey: string }

/** The same with what its consent asks of it. */
export interface ProvenRecord extends PermittedRecord { requested: RequestedRecord }

/**
 * The record versions of a permit, each proven to be what the event says of it.
 * @throws {GatewayError} WRAP_UNKNOWN, RECORD_ENDED, STATEMENT_UNPROVEN
 */
export async function verifyRecords (
  context: PermitContext,
  event: AccessEvent,
  request: AccessRequest,
  directory: VerifiedDirectory,
  consent: Consent
): Promise<ProvenRecord[]> {
  const named = (request.records ?? []).map(({ recordId, version }) => ({ recordId, version }))
  if (!isDeepStrictEqual(named, event.records.map(({ recordId, version }) => ({ recordId, version })))) {
    throw unproven('event.not-its-request', 'the event names other records than its signed request')
  }
  if (named.length === 0) return []
  requireHeads(event)
  const isDated = asksForTime(consent)
  const grounds = { ...context, source: readingOnce(context.ledger) }
  return await Promise.all(event.records.map(async (record) => await verifyNamedRecord(grounds, record, directory, isDated)))
}

/** The event says of each stream how far it is, and no less than the segments that it names. @throws {GatewayError} STATEMENT_UNPROVEN */
function requireHeads ({ records, streams = [] }: AccessEvent): void {
  const isSaid = ({ segment, version }: EventRecord): boolean => {
    const head = streams.find(({ stream }) => stream === segment?.stream)
    return segment === undefined || (head !== undefined && head.version >= version && head.last >= segment.last)
  }
  if (records.every(isSaid)) return
  throw unproven('streams.heads', 'the event does not say how far a stream is of which it names segments, or less than these')
}

/** What records are verified with: the author of many is read once for all of them. */
function readingOnce (ledger: StatementSource): StatementSource {
  return {
    getDirectory: once(async (patientId: string) => await ledger.getDirectory(patientId)),
    getBinding: once(async (mspId: string, staffId: string) => await ledger.getBinding(mspId, staffId)),
    getDevice: once(async (patientId: string, deviceId: string) => await ledger.getDevice(patientId, deviceId))
  }
}

function once<A extends string[], T> (read: (...names: A) => Promise<T>): (...names: A) => Promise<T> {
  const readings = new Map<string, Promise<T>>()
  return async (...names) => {
    const name = names.join(' ')
    const reading = readings.get(name) ?? read(...names)
    readings.set(name, reading)
    return await reading
  }
}

async function verifyNamedRecord (
  context: PermitContext & { source: StatementSource },
  named: EventRecord,
  directory: VerifiedDirectory,
  isDated: boolean
): Promise<ProvenRecord> {
  const { ledger, source, reader } = context
  const state = await ledger.getRecord(named.recordId, named.version)
  const { body: manifest, authorKey, rewrap } = await judged(async () => await verifyRecord(state, directory, { source, reader }))
  requireLive(state)
  await context.requireKept(state)
  if (!isLevelOf(directory, named)) throw unproven('record.level', `the event gives record ${named.recordId} a level that its patient never did`)
  const { record, author } = effectiveRecord(state, manifest, rewrap)
  if (isDeepStrictEqual(record, named)) {
    const takenAt = isDated ? await proveTakenAt(context, named) : undefined
    const requested = { ...named, author, ...(takenAt === undefined ? {} : { takenAt }) }
    return { event: named, manifest, authorKey: authorKey.toHex(), requested }
  }
  if (rewrap !== undefined && (rewrap.wrapHash !== named.wrapHash || rewrap.segment?.root !== named.segment?.wrapsRoot)) {
    throw new GatewayError('WRAP_UNKNOWN', `the patient rewrapped record ${named.recordId} since the permit: send a new access request`)
  }
  throw unproven('record.not-its-manifest', `the event does not describe record ${named.recordId} as its manifest does`)
}
