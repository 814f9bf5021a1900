import { checkStatementBody } from '@epione/chaincode/model'
import type { AccessEvent, RecordManifest, RecordState } from '@epione/chaincode/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { practitionerOf } from '../caller.ts'
import { GatewayError } from '../errors.ts'
import type { Grounds } from '../peers/peer-client.ts'

/** A record version that the caller may read, and why another gateway may serve it for this one. */
export interface ReadableRecord { manifest: RecordManifest, origin: string, grounds: Grounds }

/**
 * Judges whether the caller may have a record version's ciphertext: its patient by session, a practitioner by a live permit
 * that names it. @throws {GatewayError} NOT_PERMITTED, EVENT_DENIED, EVENT_OF_ANOTHER, PERMIT_EXPIRED
 */
export async function requireReadable (app: FastifyInstance, request: FastifyRequest, recordId: string, version: number, eventId: string | undefined): Promise<ReadableRecord> {
  const record = await app.ledger.gateway.getRecord(recordId, version)
  const manifest = manifestOf(record)
  const origin = record.manifest.submittedBy
  if (request.caller?.kind === 'patient') {
    if (request.caller.patientId !== manifest.patientId) throw new GatewayError('NOT_PERMITTED', 'the record is another patient\'s')
    return { manifest, origin, grounds: { session: request.caller.session, recordId, version } }
  }
  if (eventId === undefined) throw new GatewayError('NOT_PERMITTED', 'name the access event that permits it: ?event=')
  const { event } = await app.ledger.gateway.getAccess(eventId)
  requirePermit(event, practitionerOf(request), manifest, app.ports.clock())
  return { manifest, origin, grounds: { event: eventId } }
}

function requirePermit (event: AccessEvent, person: { mspId: string, staffId: string }, manifest: RecordManifest, now: number): void {
  const { actor, decision, expiresAt, records } = event
  if (actor.mspId !== person.mspId || actor.staffId !== person.staffId) throw new GatewayError('EVENT_OF_ANOTHER', 'the access event is another person\'s')
  if (decision !== 'permit') throw new GatewayError('EVENT_DENIED', 'the access event denies')
  const isNamed = records.some((r) => r.recordId === manifest.recordId && r.version === manifest.version && r.wrapHash === manifest.wrapHash)
  if (!isNamed) throw new GatewayError('NOT_PERMITTED', 'the access event does not name this record version')
  if (expiresAt === undefined || now > expiresAt) throw new GatewayError('PERMIT_EXPIRED', 'the permit has expired: make a new access request')
}

/** The signed manifest of a record version. */
export function manifestOf (record: RecordState): RecordManifest {
  return checkStatementBody('RecordManifest', JSON.parse(record.manifest.statement.body))
}
