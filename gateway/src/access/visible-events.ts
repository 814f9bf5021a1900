import { LedgerError } from '@epione/protocol'
import type { AccessEvent, EffectiveRecord, LogReading } from '@epione/protocol'
import type { FastifyRequest } from 'fastify'
import { practitionerOf } from '../http/caller.ts'
import { GatewayError } from '../errors.ts'
import { SCOPES } from '@epione/protocol/api'
import type { AccessLogFilter } from './query-access-log.ts'

/** Whose events a caller may see: every member given must fit. */
export type Visible = Pick<AccessLogFilter, 'patientId' | 'mspId' | 'staffId'>

/** An auditor sees what their scope says, a patient their own record, a practitioner their own requests. */
export function visibleTo (request: FastifyRequest): Visible {
  const { caller } = request
  if (caller?.kind === 'patient') return { patientId: caller.patientId }
  const { mspId, staffId, scope } = practitionerOf(request)
  if (!isAuditor(request)) return { mspId, staffId }
  return scope === 'consortium' ? {} : { mspId }
}

/** Whose consents there are is for the patient, and for auditors of the whole consortium. @throws {LedgerError} RECORD_UNKNOWN */
export function requireOwnerOrAuditor (request: FastifyRequest, { owner, record: { recordId } }: EffectiveRecord): void {
  const { patientId = owner, mspId, staffId } = visibleTo(request)
  if (patientId !== owner || mspId !== undefined || staffId !== undefined) {
    throw new LedgerError('RECORD_UNKNOWN', `There is no record ${recordId}.`)
  }
}

/** As what and under which name a caller reads the log. */
export function readerOf (request: FastifyRequest): Pick<LogReading, 'as' | 'reader'> {
  const { caller } = request
  if (caller?.kind === 'patient') {
    const { patientId, representation } = caller
    return representation === undefined ? { as: 'patient', reader: patientId } : { as: 'representative', reader: representation }
  }
  return { as: isAuditor(request) ? 'auditor' : 'staff', reader: practitionerOf(request).staffId }
}

function isAuditor (request: FastifyRequest): boolean {
  const { caller } = request
  return practitionerOf(request).role === 'auditor' && caller?.kind === 'practitioner' && caller.scopes.has(SCOPES.readAccessLog)
}

export function isVisible (request: FastifyRequest, { patientId, actor }: AccessEvent): boolean {
  const { patientId: patient = patientId, mspId = actor.mspId, staffId = actor.staffId } = visibleTo(request)
  return patient === patientId && mspId === actor.mspId && staffId === actor.staffId
}

/** To whom an event may not be shown, it is as unknown as one that does not exist. @throws {GatewayError} EVENT_UNKNOWN */
export function requireVisible (request: FastifyRequest, event: AccessEvent): void {
  if (!isVisible(request, event)) throw new GatewayError('EVENT_UNKNOWN', 'there is no such access event')
}
