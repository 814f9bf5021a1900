import { LedgerError } from '@epione/protocol'
import type { AccessEvent, EffectiveRecord, LogReading } from '@epione/protocol'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { practitionerOf } from '../http/caller.ts'
import { GatewayError } from '../errors.ts'
import { SCOPES } from '@epione/protocol/api'
import type { AccessQuestion, Silent } from '@epione/protocol/api'
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

/** What every page of the log says of itself: whose part may be missing, and to whose people an auditor's scope cuts it. */
export function cutsOf (app: Pick<FastifyInstance, 'silent'>, request: FastifyRequest): { silent?: NonNullable<Silent>, within?: string } {
  const isCut = request.caller?.kind === 'practitioner' && isAuditor(request)
  const within = isCut ? visibleTo(request).mspId : undefined
  return { ...app.silent(), ...(within !== undefined && { within }) }
}

/** Whose consents there are is for the patient, and for auditors of the whole consortium. @throws {LedgerError} RECORD_UNKNOWN */
export function requireOwnerOrAuditor (request: FastifyRequest, { owner, record: { recordId } }: EffectiveRecord): void {
  const { patientId = owner } = visibleTo(request)
  if (patientId !== owner || !seesAllOfPatient(request)) {
    throw new LedgerError('RECORD_UNKNOWN', `There is no record ${recordId}.`)
  }
}

/** As what and under which name a caller reads the log. */
export function readerOf (request: FastifyRequest): Pick<LogReading, 'as' | 'reader'> {
  const { caller } = request
  if (caller?.kind === 'patient') {
    const { patientId, inStead } = caller
    return inStead === undefined ? { as: 'patient', reader: patientId } : { as: inStead.as, reader: inStead.id }
  }
  return { as: isAuditor(request) ? 'auditor' : 'staff', reader: practitionerOf(request).staffId }
}

function isAuditor (request: FastifyRequest): boolean {
  const { caller } = request
  return practitionerOf(request).role === 'auditor' && caller?.kind === 'practitioner' && caller.scopes.allows(SCOPES.readAccessLog)
}

/**
 * Who may learn what a request would be told: to whom its event would be shown. For others, the patient is as unknown as one that does not
 * exist. @throws {LedgerError} PATIENT_UNKNOWN
 */
export function requireVisibleRequest (
  request: FastifyRequest, { patientId, requester: actor }: Pick<AccessQuestion, 'patientId' | 'requester'>
): void {
  if (!isVisible(request, { patientId, actor })) throw unknownPatient(patientId)
}

/** In the words of the ledger. */
export function unknownPatient (patientId: string): LedgerError {
  return new LedgerError('PATIENT_UNKNOWN', `No directory of patient ${patientId} is on the ledger; publish it first.`)
}

/** Whether the caller sees all that concerns the patient, as that patient and auditors of the consortium do. */
export function seesAllOfPatient (request: FastifyRequest): boolean {
  const { mspId, staffId } = visibleTo(request)
  return mspId === undefined && staffId === undefined
}

export function isVisible (
  request: FastifyRequest, { patientId, actor }: { patientId: string, actor: Pick<AccessEvent['actor'], 'mspId' | 'staffId'> }
): boolean {
  const { patientId: patient = patientId, mspId = actor.mspId, staffId = actor.staffId } = visibleTo(request)
  return patient === patientId && mspId === actor.mspId && staffId === actor.staffId
}

/** To whom an event may not be shown, it is as unknown as one that does not exist. @throws {GatewayError} EVENT_UNKNOWN */
export function requireVisible (request: FastifyRequest, event: AccessEvent): void {
  if (!isVisible(request, event)) throw new GatewayError('EVENT_UNKNOWN', 'there is no such access event')
}

/** What was asked within what is visible. @throws {GatewayError} NOT_PERMITTED when it lies outside */
export function narrow<F extends Visible> (asked: F, visible: Visible): F {
  for (const [name, value] of Object.entries(visible)) {
    if (asked[name as keyof Visible] !== undefined && asked[name as keyof Visible] !== value) {
      throw new GatewayError('NOT_PERMITTED', `the caller may see events of ${name} ${value} only`)
    }
  }
  return { ...asked, ...visible }
}
