import { checkStatementBody, effectiveRecord, isWrapped, LedgerError } from '@epione/protocol'
import type { AccessEvent, EffectiveRecord, EventRecord, RecordManifest, RecordState, StoredStatement, WrappedRecord } from '@epione/protocol'
import { verifyDirectory, verifyHandOvers } from '@epione/protocol/verify'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { noteReading } from '../access/note-reading.ts'
import { practitionerOf } from '../http/caller.ts'
import { GatewayError } from '../errors.ts'
import { judged } from '../judge.ts'
import type { Grounds } from '../peers/peer-client.ts'
import { requireLive } from './require-live.ts'

/** A record version as it stands now: whose it is, what manifest and newest rewrap say of it, and where its bytes are. */
export interface CurrentRecord extends EffectiveRecord {
  /** None of a segment: its windows have theirs. */
  cid?: string
  /** Exponent of the smallest power of two that is not below the content's bytes. */
  sizeClass: number
  /** Key that signed the manifest, hex. */
  authorKey: string
}

/** A record version that the caller may read, and why another gateway may serve it for this one. */
export interface ReadableRecord extends CurrentRecord { grounds: Grounds }
/** The same of one with content of its own. */
export interface ReadableContent extends ReadableRecord { cid: string, record: WrappedRecord }

/** @throws {GatewayError} REQUEST_INVALID for a segment */
export function requireOwnContent ({ cid, record, ...readable }: ReadableRecord): ReadableContent {
  if (cid !== undefined && isWrapped(record)) return { ...readable, cid, record }
  throw new GatewayError('REQUEST_INVALID', 'the record version is a segment, and has no content of its own: read its windows')
}

/**
 * Judges whether the caller may have a record version's ciphertext: its patient by session, or whom that patient was handed
 * over to; a practitioner by a live permit that names it.
 * @throws {GatewayError} NOT_PERMITTED, EVENT_DENIED, EVENT_OF_ANOTHER, PERMIT_EXPIRED, WRAP_UNKNOWN, RECORD_ENDED
 */
export async function requireReadable (
  app: FastifyInstance,
  request: FastifyRequest,
  recordId: string,
  version: number,
  eventId: string | undefined
): Promise<ReadableRecord> {
  const state = await app.ledger.gateway.getRecord(recordId, version)
  const current = currentRecord(state)
  if (request.caller?.kind === 'patient') {
    await requireOwnerOrHeir(app, request.caller.patientId, current.owner)
    requireLive(state)
    // No access event tells that somebody else reads in the patient's stead.
    if (request.caller.inStead !== undefined) await noteReading(app, request, [{ patientId: request.caller.patientId }])
    return { ...current, grounds: { session: request.caller.session, recordId, version } }
  }
  if (eventId === undefined) throw new GatewayError('NOT_PERMITTED', 'name the access event that permits it: ?event=')
  const { event } = await app.ledger.gateway.getAccess(eventId)
  requirePermit(event, practitionerOf(request), current.record, app.ports.clock())
  requireLive(state)
  return { ...current, grounds: { event: eventId } }
}

/**
 * Lets a patient read what is theirs, and what belongs to an id that was handed over to them, so that they can rewrap it. @throws
 * {GatewayError} NOT_PERMITTED
 */
export async function requireOwnerOrHeir (app: FastifyInstance, patientId: string, owner: string): Promise<void> {
  if (patientId === owner) return
  const { ledger, reader } = app.proxy.context
  try {
    await judged(async () =>
      await verifyHandOvers(owner, verifyDirectory(await ledger.getDirectory(patientId), patientId, reader), { source: ledger, reader }))
  } catch (cause) {
    const isStranger = (cause instanceof GatewayError && cause.code === 'STATEMENT_UNPROVEN') ||
      (cause instanceof LedgerError && cause.code === 'PATIENT_UNKNOWN')
    if (isStranger) throw new GatewayError('NOT_PERMITTED', 'it is another patient\'s', { cause })
    throw cause
  }
}

function requirePermit (event: AccessEvent, person: { mspId: string, staffId: string }, record: EventRecord, now: number): void {
  const { actor, decision, expiresAt, records } = event
  if (actor.mspId !== person.mspId || actor.staffId !== person.staffId) {
    throw new GatewayError('EVENT_OF_ANOTHER', 'the access event is another person\'s')
  }
  if (decision !== 'permit') throw new GatewayError('EVENT_DENIED', 'the access event denies')
  const named = records.find((r) => r.recordId === record.recordId && r.version === record.version)
  if (named === undefined) throw new GatewayError('NOT_PERMITTED', 'the access event does not name this record version')
  if (named.wrapHash !== record.wrapHash || named.segment?.wrapsRoot !== record.segment?.wrapsRoot) {
    throw new GatewayError('WRAP_UNKNOWN', 'the patient rewrapped the record since the permit: send a new access request')
  }
  if (expiresAt === undefined || now > expiresAt) {
    throw new GatewayError('PERMIT_EXPIRED', 'the permit has expired: make a new access request')
  }
}

/** A record version as the own peer shows it now. */
export function currentRecord (state: RecordState): CurrentRecord {
  const manifest = manifestOf(state)
  const rewrap = state.rewrap === undefined ? undefined : checkStatementBody('Rewrap', JSON.parse(state.rewrap.statement.body))
  const { cid, sizeClass } = manifest
  return { ...effectiveRecord(state, manifest, rewrap), ...(cid !== undefined && { cid }), sizeClass, authorKey: signerOf(state.manifest) }
}

/** The one key that signed it. */
export function signerOf ({ statement: { signatures } }: StoredStatement): string {
  return signatures.map(({ key }) => key).join()
}

/** The signed manifest of a record version. */
function manifestOf (record: RecordState): RecordManifest {
  return checkStatementBody('RecordManifest', JSON.parse(record.manifest.statement.body))
}
