import { permittedRecords } from './policy-judgement.ts'
import type { PolicyDocument } from '../shapes/policy.ts'
import type { Level, MediaClass } from '../shapes/primitives.ts'

/** Any other than those that one of the two policies names. */
export const ANY_OTHER = '*'
/** No department certified. */
export const NO_DEPARTMENT = '-'

/** Everything that combines one value of each list: whoever is of these roles, hospitals and departments, and what they may do. */
export interface PolicyScope {
  roles: string[]
  /** By mspId, or `ANY_OTHER`. */
  organizations: string[]
  /** By code, or `ANY_OTHER`, or `NO_DEPARTMENT`. */
  departments: string[]
  actions: string[]
  purposes: string[]
  levels: Level[]
  mediaClasses: MediaClass[]
}

export interface PolicyDiff {
  /** What the second policy permits and the first does not. */
  gains: PolicyScope[]
  /** What the first permits and the second does not. */
  loses: PolicyScope[]
  /** What break-glass is held to, when it differs. */
  emergency?: { before: PolicyDocument['emergency'], after: PolicyDocument['emergency'] }
}

const LEVELS: readonly Level[] = ['N', 'R', 'V']
const MEDIA_CLASSES: readonly MediaClass[] = ['document', 'image', 'signal', 'structured']
/** What one may ask for: a record of one media class, or, to search, a compartment, which has records of all. */
interface TargetClass { level: Level, mediaClass?: MediaClass }
const RECORDS: readonly TargetClass[] = LEVELS.flatMap((level) => MEDIA_CLASSES.map((mediaClass) => ({ level, mediaClass })))
const SIGNALS: readonly TargetClass[] = LEVELS.map((level) => ({ level, mediaClass: 'signal' }))
const COMPARTMENTS: readonly TargetClass[] = LEVELS.map((level) => ({ level }))

/** What is asked for: to search, compartments; to follow, what is to come of a stream, which is a signal. */
const TARGETS: Readonly<Record<string, readonly TargetClass[]>> = { search: COMPARTMENTS, follow: SIGNALS }

/** Who gains and who loses what when `after` takes the place of `before`, over every class of person and record that they tell apart. */
export function policyDiff (before: PolicyDocument, after: PolicyDocument): PolicyDiff {
  const gains: PolicyScope[] = []
  const loses: PolicyScope[] = []
  for (const asked of requestsOf(before, after)) {
    const [was, now] = [permitted(before, asked), permitted(after, asked)]
    gains.push(...now.filter((record) => !was.includes(record)).map((record) => scopeOf(asked, record)))
    loses.push(...was.filter((record) => !now.includes(record)).map((record) => scopeOf(asked, record)))
  }
  const changed = JSON.stringify(limitsOf(before)) !== JSON.stringify(limitsOf(after))
  return { gains: join(gains), loses: join(loses), ...(changed && { emergency: { before: before.emergency, after: after.emergency } }) }
}

function limitsOf ({ emergency }: PolicyDocument): (number | string)[] {
  const { secondPractitioner, secondRoles = [], boxHours, openingsPerDay, openingsPerPerson } = emergency
  return [...[...secondPractitioner].sort(), '|', ...[...secondRoles].sort(), boxHours, openingsPerDay, openingsPerPerson]
}

interface Asked { role: string, organization: string, department: string, action: string, purpose: string }

function permitted (policy: PolicyDocument, { organization, department, ...asked }: Asked): TargetClass[] {
  const targets = TARGETS[asked.action] ?? RECORDS
  return permittedRecords(policy, { mspId: organization, ...(department !== NO_DEPARTMENT && { department }), ...asked }, targets)
}

function requestsOf (before: PolicyDocument, after: PolicyDocument): Asked[] {
  const both = [before, after]
  const rules = both.flatMap((p) => p.rules)
  const roles = distinct(both.flatMap((p) => p.roles.map((r) => r.id)))
  // No permit is silent about its actions and purposes: others are permitted to nobody.
  const actions = distinct(rules.flatMap((r): string[] => r.actions ?? []))
  const purposes = distinct(rules.flatMap((r): string[] => r.purposes ?? []))
  const places = placesNamed(both)
  return roles.flatMap((role) => places.flatMap((place) => actions.flatMap((action) => purposes.map((purpose) =>
    ({ role, ...place, action, purpose })))))
}

/** Each hospital and department that one of the policies tells from the others, and one that stands for all the rest. */
function placesNamed (policies: readonly PolicyDocument[]): { organization: string, department: string }[] {
  const nodes = policies.flatMap((p) => p.organizations)
  const organizations = [...nodes.flatMap((o) => o.kind === 'department' ? [] : [o.mspId]), ...valuesAsked(policies, 'organization')]
  return [...distinct(organizations), ANY_OTHER].flatMap((organization) =>
    [...distinct(departmentsNamed(policies)), ANY_OTHER, NO_DEPARTMENT].map((department) => ({ organization, department })))
}

function valuesAsked (policies: readonly PolicyDocument[], attribute: string): string[] {
  return policies.flatMap((p) => p.rules).flatMap(({ conditions = [] }) =>
    conditions.flatMap((c) => c.attribute !== attribute ? [] : 'anyOf' in c ? c.anyOf : c.noneOf))
}

/** Departments that the policies tell from others, by code. */
export function departmentsNamed (policies: readonly PolicyDocument[]): string[] {
  return [
    ...policies.flatMap((p) => p.organizations).flatMap((o) => o.kind === 'department' ? [o.department] : []),
    ...policies.flatMap((p) => p.rules).flatMap((r) => r.departments ?? []),
    ...valuesAsked(policies, 'department')
  ]
}

const distinct = (values: readonly string[]): string[] => [...new Set(values)].sort()

function scopeOf ({ role, organization, department, action, purpose }: Asked, { level, mediaClass }: TargetClass): PolicyScope {
  return {
    roles: [role],
    organizations: [organization],
    departments: [department],
    actions: [action],
    purposes: [purpose],
    levels: [level],
    mediaClasses: mediaClass === undefined ? [...MEDIA_CLASSES] : [mediaClass]
  }
}

/** From what changes least from person to person to what changes most. */
const LISTS = ['mediaClasses', 'levels', 'purposes', 'actions', 'departments', 'organizations', 'roles'] as const

/** Fewer scopes that say the same: those that differ in one list become one, list by list. */
function join (scopes: readonly PolicyScope[]): PolicyScope[] {
  return LISTS.reduce<readonly PolicyScope[]>((joined, list) => {
    const alike = Map.groupBy(joined, (scope) => JSON.stringify({ ...scope, [list]: [] }))
    return [...alike.values()].map((group) => Object.assign({}, ...group, { [list]: group.flatMap((scope) => scope[list]) }) as PolicyScope)
  }, scopes).slice()
}
