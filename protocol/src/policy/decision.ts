import { DECISION_RULES } from '../shapes/codes.ts'
import { consentStatus } from './consent-status.ts'
import { BASE_POLICY, isRole, roleMayRead, rolesUpward } from './roles.ts'
import type { ConsentFacts } from './consent-status.ts'
import type { EventRecord, Reason } from '../shapes/state.ts'
import type { AccessRequest, Consent } from '../shapes/statements.ts'

/** What stands in the way of every request for a patient: a freeze in force, or a hand-over to another patient id. */
export interface PatientFacts { frozen: boolean, succeeded: boolean }

/** Everything the decision depends on; nothing else does. */
export interface DecisionInput {
  /** Transaction timestamp in ms, by which periods are judged. */
  time: number
  request: AccessRequest
  /** Attributes certified by the organisation's CA for the person who created the transaction. */
  actor: { role?: string, department?: string }
  patient: PatientFacts
  /** Those of the requested record versions that the ledger has and that are the patient's. */
  records: readonly EventRecord[]
  /** The consent that the request names, when the ledger has it. */
  consent?: ConsentFacts
}

export interface Decision { decision: 'permit' | 'deny', reasons: Reason[], policyVersion: string }

const R = DECISION_RULES

/**
 * The decision of DESIGN §4: consortium policy AND the patient's consent, forbid beats permit, default deny.
 * Run by chaincode, proxies, tests and `explain` alike. Same input, same output, reason for reason.
 */
export function decide (input: DecisionInput): Decision {
  const failures = [...checkPatient(input.patient), ...checkRecords(input), ...checkPolicy(input), ...checkConsent(input)]
  if (failures.length > 0) return { decision: 'deny', reasons: failures, policyVersion: BASE_POLICY.version }
  const reasons: Reason[] = [
    { rule: R.roleMayAct, facts: [input.actor.role ?? '', input.request.purpose] },
    { rule: R.consentGrants, facts: [input.request.consentId ?? ''] }
  ]
  return { decision: 'permit', reasons, policyVersion: BASE_POLICY.version }
}

function checkPatient ({ frozen, succeeded }: PatientFacts): Reason[] {
  return [...(frozen ? [{ rule: R.patientFrozen }] : []), ...(succeeded ? [{ rule: R.patientSucceeded }] : [])]
}

/** A record that is not there and one of another patient are told alike: an event says nothing of a stranger's record. */
function checkRecords ({ request, records }: DecisionInput): Reason[] {
  const unknown = request.records.filter(({ recordId, version }) => !records.some((r) => r.recordId === recordId && r.version === version))
  return unknown.length === 0
    ? []
    : [{ rule: R.recordUnknown, facts: unknown.map(({ recordId, version }) => `${recordId}/${String(version)}`) }]
}

function checkPolicy ({ actor, request }: DecisionInput): Reason[] {
  if (roleMayRead(actor.role, request.purpose)) return []
  return [{ rule: R.roleMayNotAct, facts: [actor.role ?? 'none', request.purpose] }]
}

function checkConsent (input: DecisionInput): Reason[] {
  const { request, consent } = input
  if (request.consentId === undefined) return [{ rule: R.noConsent }]
  if (consent === undefined) return [{ rule: R.consentUnknown }]
  if (consent.body.patientId !== request.patientId) return [{ rule: R.consentOfAnotherPatient }]
  return [
    ...checkStatus(consent, input.time), ...checkGrantee(consent.body, request), ...checkScope(consent.body, input),
    ...checkConditions(consent.body, input.actor)
  ]
}

const STATUS_RULES = {
  revoked: R.consentRevoked,
  void: R.consentVoid,
  pending: R.consentPending,
  suspended: R.consentSuspended,
  'not-started': R.consentNotStarted,
  expired: R.consentExpired
} as const

function checkStatus (consent: ConsentFacts, time: number): Reason[] {
  const status = consentStatus(consent, time)
  return status === 'active' ? [] : [{ rule: STATUS_RULES[status] }]
}

function checkGrantee ({ grantee }: Consent, { requester, receivingKey }: AccessRequest): Reason[] {
  const reasons: Reason[] = []
  if (grantee.mspId !== requester.mspId || grantee.staffId !== requester.staffId) reasons.push({ rule: R.granteeMismatch })
  // A consent names a key: a later key of the same person needs a new consent (PROTOCOL §1).
  if (grantee.receivingKey !== receivingKey) reasons.push({ rule: R.receivingKeyMismatch })
  return reasons
}

function checkScope (consent: Consent, { request, records }: DecisionInput): Reason[] {
  const reasons: Reason[] = []
  if (!consent.actions.includes(request.action)) reasons.push({ rule: R.actionNotGranted, facts: [request.action] })
  if (!consent.purposes.includes(request.purpose)) reasons.push({ rule: R.purposeNotGranted, facts: [request.purpose] })
  const missing = records.filter((r) => !consent.compartments.some((c) => c.label === r.label && c.epoch === r.epoch))
  const labels = [...new Set(missing.map((r) => `${r.label}/${String(r.epoch)}`))].sort()
  if (labels.length > 0) reasons.push({ rule: R.compartmentNotGranted, facts: labels })
  return reasons
}

function checkConditions ({ conditions }: Consent, actor: DecisionInput['actor']): Reason[] {
  return conditions
    .filter((c) => !attributeValues(actor, c.attribute).some((v) => c.anyOf.includes(v)))
    .map((c) => ({ rule: R.conditionFailed, facts: [c.attribute] }))
}

function attributeValues (actor: DecisionInput['actor'], attribute: 'role' | 'department'): string[] {
  const value = actor[attribute]
  if (value === undefined) return []
  return attribute === 'role' && isRole(value) ? rolesUpward(value) : [value]
}
