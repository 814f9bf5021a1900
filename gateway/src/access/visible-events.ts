import { LedgerError } from '@epione/protocol'
import type { AccessEvent, EffectiveRecord } from '@epione/protocol'
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
  const { mspId, staffId, role, scope } = practitionerOf(request)
  const isAuditor = role === 'auditor' && caller?.kind === 'practitioner' && caller.scopes.has(SCOPES.readAccessLog)
  if (!isAuditor) return { mspId, staffId }
  return scope === 'consortium' ? {} : { mspId }
}

/** Whose consents there are is for the patient, and for auditors of the whole consortium. @throws {LedgerError} RECORD_UNKNOWN */
export function requireOwnerOrAuditor (request: FastifyRequest, { owner, record: { recordId } }: EffectiveRecord): void {
  const { patientId = owner, mspId, staffId } = visibleTo(request)
  if (patientId !== owner || mspId !== undefined || staffId !== undefined) {
    throw new LedgerError('RECORD_UNKNOWN', `There is no record ${recordId}.`)
  }
}

export function isVisible (request: FastifyRequest, { patientId, actor }: AccessEvent): boolean {
  const { patientId: patient = patientId, mspId = actor.mspId, staffId = actor.staffId } = visibleTo(request)
  return patient === patientId && mspId === actor.mspId && staffId === actor.staffId
}

/** To whom an event may not be shown, it is as unknown as one that does not exist. @throws {GatewayError} EVENT_UNKNOWN */
export function requireVisible (request: FastifyRequest, event: AccessEvent): void {
  if (!isVisible(request, event)) throw new GatewayError('EVENT_UNKNOWN', 'there is no such access event')
}
