import { DECISION_RULES as R } from '../shapes/codes.ts'
import { roleIs } from './roles.ts'
import type { PolicyDocument } from '../shapes/policy.ts'
import type { AccessEvent, EventRecord, Reason } from '../shapes/state.ts'
import type { AccessRequest, Person } from '../shapes/statements.ts'

const HOUR_MS = 60 * 60 * 1000

/** The permit that opened the box which a request names. */
export interface BoxFacts {
  patientId: string
  requester: Person
  /** Last moment (ms) of the box. */
  openUntil: number
  closed: boolean
}

/** The facts that an event gives which opened a box; undefined when it opened none. */
export function boxFacts ({ patientId, actor: { mspId, staffId }, emergency }: AccessEvent, closed: boolean): BoxFacts | undefined {
  const openUntil = emergency?.openUntil
  return openUntil === undefined ? undefined : { patientId, requester: { mspId, staffId }, openUntil, closed }
}

/** How many boxes were opened in the 24 hours before, of those that the ledger counted. */
export interface OpeningCounts { organization: number, person: number }

interface EmergencyCase {
  time: number
  policy: PolicyDocument
  request: Pick<AccessRequest, 'emergency' | 'patientId' | 'requester'>
  records: ReadonlyArray<Pick<EventRecord, 'level'>>
  box?: BoxFacts
  secondRole?: string
  openings?: OpeningCounts
}

/** Until when (ms) a box is open that a permit opens at `time`. */
export function boxEnd ({ emergency }: Pick<PolicyDocument, 'emergency'>, time: number): number {
  return time + emergency.boxHours * HOUR_MS
}

/**
 * What break-glass asks beyond role, deposit and the patient's will: a box that is this person's, of this patient and open, and a second
 * practitioner where the level or the policy asks for one. Who opens one is within the numbers of the policy; a proxy counts for itself.
 */
export function checkEmergency ({ request, ...asked }: EmergencyCase): Reason[] {
  if (request.emergency === undefined) return []
  return [...checkBox(request, asked), ...checkSecond(request, asked), ...checkRate(request, asked)]
}

/** Why a permit was given beside the consent. */
export function emergencyGrounds ({ emergency }: Pick<AccessRequest, 'emergency'>): Reason[] {
  if (emergency === undefined) return []
  return [{ rule: emergency.opening === undefined ? R.emergencyOpens : R.emergencyWithin, facts: [emergency.reason] }]
}

type Asked = Omit<EmergencyCase, 'request'>

function checkBox ({ emergency, patientId, requester }: EmergencyCase['request'], { time, box }: Asked): Reason[] {
  if (emergency?.opening === undefined) return []
  if (box === undefined) return [{ rule: R.boxUnknown }]
  // Whose it is, and whether it is still open, is told to nobody else.
  const isOwn = box.patientId === patientId && box.requester.mspId === requester.mspId && box.requester.staffId === requester.staffId
  if (!isOwn) return [{ rule: R.boxOfAnother }]
  return [...(time > box.openUntil ? [{ rule: R.boxOver }] : []), ...(box.closed ? [{ rule: R.boxClosed }] : [])]
}

function checkSecond ({ emergency, requester }: EmergencyCase['request'], { policy, records, secondRole }: Asked): Reason[] {
  if (emergency?.second === requester.staffId) return [{ rule: R.secondIsRequester }]
  if (emergency?.second !== undefined) return checkSecondRole(policy, secondRole)
  const levels = [...new Set(records.map((r) => r.level))].filter((level) => policy.emergency.secondPractitioner.includes(level)).sort()
  return levels.length === 0 ? [] : [{ rule: R.secondMissing, facts: levels }]
}

function checkSecondRole (policy: PolicyDocument, role: string | undefined): Reason[] {
  const { secondRoles } = policy.emergency
  if (secondRoles === undefined || secondRoles.some((wanted) => roleIs(policy, role, wanted))) return []
  return [{ rule: R.secondRole, facts: [...secondRoles].sort() }]
}

function checkRate ({ emergency }: EmergencyCase['request'], { policy: { emergency: limits }, openings }: Asked): Reason[] {
  if (emergency?.opening !== undefined || openings === undefined) return []
  const { openingsPerDay, openingsPerPerson } = limits
  return [
    ...(openings.organization < openingsPerDay ? [] : [{ rule: R.organizationLimit, facts: [String(openingsPerDay)] }]),
    ...(openings.person < openingsPerPerson ? [] : [{ rule: R.personLimit, facts: [String(openingsPerPerson)] }])
  ]
}
