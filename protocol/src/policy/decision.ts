import { DECISION_RULES } from '../shapes/codes.ts'
import { consentStatus } from './consent-status.ts'
import { policyName } from './compiled-policy.ts'
import { checkTerms } from './consent-terms.ts'
import { judgePolicy, policyFailures } from './policy-judgement.ts'
import { checkProhibitions } from './prohibitions.ts'
import { endRules } from './record-end.ts'
import { checkDepartment } from './department-facts.ts'
import { checkEmergency, emergencyGrounds } from './emergency.ts'
import { isGrantee } from './grantee.ts'
import { rolesUpward } from './roles.ts'
import { checkStream, comingWindows } from './followed-stream.ts'
import { targetsOf } from './targets.ts'
import type { ConsentFacts } from './consent-status.ts'
import type { DepartmentFacts } from './department-facts.ts'
import type { BoxFacts, OpeningCounts } from './emergency.ts'
import type { DecidedRecord, TermsCompartment } from './consent-terms.ts'
import type { RequestedStream } from './followed-stream.ts'
import type { PolicyRequest } from './policy-facts.ts'
import type { ProhibitionFacts } from './prohibitions.ts'
import type { EndedRecord } from './record-end.ts'
import type { PolicyDocument } from '../shapes/policy.ts'
import type { Reason } from '../shapes/state.ts'
import type { AccessRequest, Consent } from '../shapes/statements.ts'

/** What stands in the way of every request for a patient: a freeze in force, or a hand-over to another patient id. */
export interface PatientFacts { frozen: boolean, succeeded: boolean }

/** What of a signed request is decided on. */
export type DecidedRequest = Pick<
  AccessRequest,
  'requester' | 'patientId' | 'consentId' | 'action' | 'records' | 'compartments' | 'stream' | 'purpose' | 'emergency' | 'receivingKey'
>

/** Attributes certified by the organisation's CA for the person who creates a transaction. */
export interface Certified { role?: string, department?: string }

/** What of somebody's identity is certified of role and department. */
export function certifiedOf ({ role, department }: { role?: string | undefined, department?: string | undefined }): Certified {
  return { ...(role !== undefined && { role }), ...(department !== undefined && { department }) }
}

/** Everything the decision depends on; nothing else does. */
export interface DecisionInput {
  /** Transaction timestamp in ms, by which periods are judged. */
  time: number
  /** The policy in force at that time; `checkPolicy` finds nothing wrong in it. */
  policy: PolicyDocument
  request: DecidedRequest
  actor: Certified
  patient: PatientFacts
  /** Those of the requested record versions that the ledger has and that are the patient's. */
  records: readonly DecidedRecord[]
  /** Those of the compartments to search that are the patient's and have a search key. */
  compartments?: readonly TermsCompartment[]
  /** The stream to follow, when it is the patient's and the ledger has a segment of it. */
  stream?: RequestedStream
  /** The patient's own, of which none has been ended. */
  prohibitions: readonly ProhibitionFacts[]
  /** Which of the records were erased or withdrawn; none when left out. */
  ended?: readonly EndedRecord[]
  /** The consent that the request names, when the ledger has it. */
  consent?: ConsentFacts
  /** The department that this consent is for, when it is for one that the ledger has. */
  department?: DepartmentFacts
  /** The box that an emergency names, when its event is on the ledger. */
  box?: BoxFacts
  /** The second practitioner's role, as certified when they bound their keys. */
  secondRole?: string
  /** Boxes that the requester and their organisation opened, where that is counted. */
  openings?: OpeningCounts
}

/**
 * Version of `decide`, named by every event. It rises with each change by which any input could be decided otherwise or for other reasons;
 * such a change comes by a switch of the network document, so that all who decide at one time are of one version.
 */
export const DECIDER = 1

export interface Decision { decision: 'permit' | 'deny', reasons: Reason[], policyVersion: string }

const R = DECISION_RULES

/**
 * The decision of DESIGN §4: consortium policy AND the patient's consent, forbid beats permit, default deny.
 * Run by chaincode, proxies, tests and `explain` alike. Same input, same output, reason for reason.
 */
export function decide (asked: DecisionInput): Decision {
  const input = withComing(asked)
  const request = policyRequest(input)
  const targets = targetsOf(input)
  const judgement = judgePolicy(input.policy, request, targets)
  const policyVersion = policyName(input.policy)
  const failures = [
    ...checkPatient(input.patient), ...checkProhibitions({ ...input, records: targets }), ...checkRecords(input),
    ...checkCompartments(input), ...checkStream(input),
    ...policyFailures(judgement, request), ...checkEmergency({ ...input, records: targets }), ...checkConsent(input)
  ]
  if (failures.length > 0) return { decision: 'deny', reasons: failures, policyVersion }
  const reasons: Reason[] = [
    { rule: R.roleMayAct, facts: [request.role ?? 'none', request.purpose, ...judgement.permits] },
    ...emergencyGrounds(input.request),
    { rule: R.consentGrants, facts: [input.request.consentId ?? ''] }
  ]
  return { decision: 'permit', reasons, policyVersion }
}

/** Windows of a followed stream that are to come are decided on as a record version is. */
export function withComing (input: DecisionInput): DecisionInput {
  return input.stream === undefined ? input : { ...input, records: [...input.records, ...comingWindows(input)] }
}

/** Certified is what the requester is, signed what they ask for; both are of one person (`verify-permit`, the contract `Access`). */
export function policyRequest ({ actor, request }: Pick<DecisionInput, 'actor' | 'request'>): PolicyRequest {
  return { mspId: request.requester.mspId, ...actor, action: request.action, purpose: request.purpose }
}

function checkPatient ({ frozen, succeeded }: PatientFacts): Reason[] {
  return [...(frozen ? [{ rule: R.patientFrozen }] : []), ...(succeeded ? [{ rule: R.patientSucceeded }] : [])]
}

/** A record that is not there and one of another patient are told alike: an event says nothing of a stranger's record. */
function checkRecords ({ request, records, ended = [] }: DecisionInput): Reason[] {
  const { records: asked = [] } = request
  const unknown = asked.filter(({ recordId, version }) => !records.some((r) => r.recordId === recordId && r.version === version))
  const unknownRules = unknown.length === 0
    ? []
    : [{ rule: R.recordUnknown, facts: unknown.map(({ recordId, version }) => `${recordId}/${String(version)}`) }]
  return [...unknownRules, ...endRules(ended)]
}

/** Likewise of a compartment; one that nobody made entries for yet has no search key, and is none to search. */
function checkCompartments ({ request, compartments = [] }: DecisionInput): Reason[] {
  const { compartments: asked = [] } = request
  const unknown = asked.filter(({ label, epoch }) => !compartments.some((c) => c.label === label && c.epoch === epoch))
  return unknown.length === 0 ? [] : [{ rule: R.compartmentUnknown, facts: unknown.map(({ label, epoch }) => `${label}/${String(epoch)}`) }]
}

function checkConsent (input: DecisionInput): Reason[] {
  const { request, consent } = input
  if (request.consentId === undefined) return [{ rule: R.noConsent }]
  if (consent === undefined) return [{ rule: R.consentUnknown }]
  if (consent.body.patientId !== request.patientId) return [{ rule: R.consentOfAnotherPatient }]
  return [
    ...checkStatus(consent, input.time), ...checkGrantee(consent.body, input), ...checkScope(consent.body, input),
    ...checkConditions(consent.body, input), ...checkTerms(consent.body, request, input)
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

function checkGrantee ({ grantee }: Consent, { request, actor, department }: DecisionInput): Reason[] {
  const { requester, receivingKey } = request
  const reasons: Reason[] = []
  if (!isGrantee(grantee, { ...requester, ...actor })) reasons.push({ rule: R.granteeMismatch })
  if (grantee.kind === 'department') reasons.push(...checkDepartment(grantee, request, department))
  // A consent names a key: a later key of the same person or department needs a new consent (PROTOCOL §1).
  if (grantee.receivingKey !== receivingKey) reasons.push({ rule: R.receivingKeyMismatch })
  return reasons
}

function checkScope (consent: Consent, { request, ...facts }: DecisionInput): Reason[] {
  const reasons: Reason[] = []
  if (!consent.actions.includes(request.action)) reasons.push({ rule: R.actionNotGranted, facts: [request.action] })
  if (!consent.purposes.includes(request.purpose)) reasons.push({ rule: R.purposeNotGranted, facts: [request.purpose] })
  const missing = targetsOf(facts).filter((r) => !consent.compartments.some((c) => c.label === r.label && c.epoch === r.epoch))
  const labels = [...new Set(missing.map((r) => `${r.label}/${String(r.epoch)}`))].sort()
  if (labels.length > 0) reasons.push({ rule: R.compartmentNotGranted, facts: labels })
  return reasons
}

function checkConditions ({ conditions }: Consent, input: DecisionInput): Reason[] {
  return conditions
    .filter((c) => !attributeValues(input, c.attribute).some((v) => c.anyOf.includes(v)))
    .map((c) => ({ rule: R.conditionFailed, facts: [c.attribute] }))
}

function attributeValues ({ actor, policy }: DecisionInput, attribute: 'role' | 'department'): string[] {
  const value = actor[attribute]
  if (value === undefined) return []
  return attribute === 'role' ? [...rolesUpward(policy, value)] : [value]
}
