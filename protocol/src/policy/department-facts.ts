import { DECISION_RULES } from '../shapes/codes.ts'
import type { DepartmentState, Reason } from '../shapes/state.ts'
import type { AccessRequest, Consent, Membership } from '../shapes/statements.ts'

/** What the ledger says of a department: its present key, since which version it has it, and its members' staff ids. */
export interface DepartmentFacts { receivingKey: string, keyVersion: number, members: readonly string[] }

type DepartmentGrantee = Extract<Consent['grantee'], { kind: 'department' }>

/** The facts that a ledger's `state` gives; `body` is its `Membership` as the caller parsed it, a proxy the one that it proved. */
export function departmentFacts ({ receivingKey, members }: Membership, { keyVersion }: Pick<DepartmentState, 'keyVersion'>): DepartmentFacts {
  return { receivingKey, keyVersion, members: members.map(({ staffId }) => staffId) }
}

/**
 * What keeps a person of a department from reading by a consent to it: they are none of its members, or it has another key by now.
 * Without facts the ledger has no such department, and nobody is a member.
 */
export function checkDepartment (
  { department, receivingKey }: DepartmentGrantee,
  { requester: { staffId } }: Pick<AccessRequest, 'requester'>,
  facts: DepartmentFacts | undefined
): Reason[] {
  const reasons: Reason[] = []
  if (facts?.members.includes(staffId) !== true) reasons.push({ rule: DECISION_RULES.notAMember, facts: [department] })
  if (facts !== undefined && facts.receivingKey !== receivingKey) {
    reasons.push({ rule: DECISION_RULES.departmentKeyOutdated, facts: [String(facts.keyVersion)] })
  }
  return reasons
}
