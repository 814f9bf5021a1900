import { canonicalize, MAX_CANONICAL_BYTES } from '@epione/crypto'
import { OFFICES } from '../shapes/callers.ts'
import { cyclic } from './hierarchy.ts'
import { hospitalsOf, parentsOf } from './organization-tree.ts'
import { AUTHOR_ROLE, REVIEW_ROLE } from './policy-1.ts'
import type { PolicyDocument, PolicyOrganization, PolicyRule } from '../shapes/policy.ts'

/** Why nobody may apply a policy that fits its schema, a sentence each; empty when one may. */
export function checkPolicy (policy: PolicyDocument): string[] {
  return [
    ...checkRoles(policy), ...checkOrganizations(policy), ...checkRules(policy), ...checkEmergency(policy), ...checkSize(policy)
  ]
}

function checkRoles ({ roles }: PolicyDocument): string[] {
  const parents = new Map(roles.map((r) => [r.id, r.parents]))
  return [
    ...twice(roles.map((r) => r.id)).map((id) => `List each role once: ${id} is there twice.`),
    ...roles.flatMap((r) => r.parents.filter((p) => !parents.has(p)).map((p) => `List the role ${p}: it is a parent of ${r.id}.`)),
    ...cyclic(parents).map((id) => `Let no role inherit from itself, as ${id} does.`),
    ...OFFICES.filter((o) => parents.has(o)).map((o) => `Leave out ${o}: an office is no role of a policy.`),
    ...(parents.has(AUTHOR_ROLE) ? [] : [`List the role ${AUTHOR_ROLE}: only who is of it writes records.`]),
    ...(parents.has(REVIEW_ROLE) ? [] : [`List the role ${REVIEW_ROLE}: only who is of it reviews emergencies.`])
  ]
}

function checkOrganizations ({ organizations }: PolicyDocument): string[] {
  const nodes = new Map(organizations.map((o) => [o.id, o]))
  const parents = new Map(organizations.map((o) => [o.id, parentsOf(o)]))
  const above = hospitalsOf(organizations)
  const hospitals = organizations.flatMap((o) => o.kind === 'department' ? [] : [o.mspId])
  const departments = organizations.flatMap((o) =>
    o.kind === 'department' ? [`${o.department} of ${above.get(o.id) ?? 'no hospital'}`] : [])
  return [
    ...twice(organizations.map((o) => o.id)).map((id) => `List each organization once: ${id} is there twice.`),
    ...twice(hospitals).map((mspId) => `Give each hospital one place: ${mspId} has two.`),
    ...twice(departments).map((what) => `Give each department one place: ${what} has two.`),
    ...organizations.flatMap((o) => checkParent(o, nodes)),
    ...cyclic(parents).map((id) => `Let no organization be below itself, as ${id} is.`)
  ]
}

function checkParent (organization: PolicyOrganization, nodes: ReadonlyMap<string, PolicyOrganization>): string[] {
  return parentsOf(organization).flatMap((id) => {
    const parent = nodes.get(id)
    if (parent === undefined) return [`List the organization ${id}: it is the parent of ${organization.id}.`]
    return organization.kind === 'regional' && parent.kind !== 'core' ? [`Put ${organization.id} below a core hospital: ${id} is none.`] : []
  })
}

function checkRules ({ rules, roles, organizations }: PolicyDocument): string[] {
  const known = { roles: new Set(roles.map((r) => r.id)), organizations: new Set(organizations.map((o) => o.id)) }
  return [
    ...twice(rules.map((r) => r.id)).map((id) => `Give each rule an id of its own: ${id} is there twice.`),
    ...rules.flatMap((rule) => [
      ...rolesNamed(rule).filter((r) => !known.roles.has(r)).map((r) => `List the role ${r}: rule ${rule.id} names it.`),
      ...(rule.organizations ?? []).filter((o) => !known.organizations.has(o))
        .map((o) => `List the organization ${o}: rule ${rule.id} names it.`),
      ...missing(rule).map((member) => `Say in rule ${rule.id} which ${member} it permits: what nobody thought of is not permitted.`)
    ])
  ]
}

function rolesNamed ({ roles = [], conditions = [] }: PolicyRule): string[] {
  return [...roles, ...conditions.flatMap((c) => c.attribute === 'role' ? ('anyOf' in c ? c.anyOf : c.noneOf) : [])]
}

const PERMIT_NAMES = ['roles', 'actions', 'purposes'] as const
const missing = (rule: PolicyRule): string[] => rule.effect === 'permit' ? PERMIT_NAMES.filter((name) => rule[name] === undefined) : []

function checkEmergency ({ emergency: { secondPractitioner, secondRoles = [] }, roles }: PolicyDocument): string[] {
  return [
    ...(['R', 'V'] as const).filter((level) => !secondPractitioner.includes(level))
      .map((level) => `Ask for a second practitioner at level ${level}: no policy goes without.`),
    ...secondRoles.filter((id) => !roles.some((r) => r.id === id)).map((id) => `List the role ${id}: second practitioners are of it.`)
  ]
}

function checkSize (policy: PolicyDocument): string[] {
  const { length } = canonicalize(policy)
  return length <= MAX_CANONICAL_BYTES ? [] : [`Shorten the policy: it has ${String(length)} bytes of at most ${String(MAX_CANONICAL_BYTES)}.`]
}

/** Values that are there more than once, each once. */
function twice (values: readonly string[]): string[] {
  return [...new Set(values.filter((v, i) => values.indexOf(v) !== i))]
}
