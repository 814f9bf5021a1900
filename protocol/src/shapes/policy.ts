import { Type } from 'typebox'
import type { Static, TArray, TSchema } from 'typebox'
import { AttributeValue, Level, MediaClass, MspId, Version } from './primitives.ts'
import { Action, AnyPurpose, strict } from './statements/parts.ts'

/** What a rule ranges over. A list names at least one value, each once; a list that is not there means any. */
const any = <S extends TSchema>(item: S, maxItems = 64): TArray<S> => Type.Array(item, { minItems: 1, maxItems, uniqueItems: true })

/**
 * A role as it is certified. Structural ones say what somebody is, functional ones what they do here; both may do what their parents may.
 */
const PolicyRole = strict({
  id: AttributeValue,
  kind: Type.Enum(['structural', 'functional']),
  parents: Type.Array(AttributeValue, { maxItems: 8, uniqueItems: true })
})

/** A node of the organisation tree. A rule that names it means all below it, too. */
const PolicyOrganization = Type.Union([
  strict({ id: AttributeValue, kind: Type.Literal('core'), mspId: MspId }),
  /** Its parent is a core hospital. */
  strict({ id: AttributeValue, kind: Type.Literal('regional'), mspId: MspId, parent: AttributeValue }),
  /** `department` is the code in the certificates of the hospital above it. */
  strict({ id: AttributeValue, kind: Type.Literal('department'), department: AttributeValue, parent: AttributeValue })
])

const attribute = Type.Enum(['role', 'department', 'organization'])
/** An mspId, or the code of a role or department. */
const values = any(Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$' }))

/** Over one certified attribute of the requester. A role also counts as each role above it, an organisation is its mspId alone. */
const PolicyCondition = Type.Union([strict({ attribute, anyOf: values }), strict({ attribute, noneOf: values })])

/** Applies when all that it says holds. */
const PolicyRule = strict({
  id: AttributeValue,
  effect: Type.Enum(['permit', 'forbid']),
  roles: Type.Optional(any(AttributeValue)),
  /** Ids of nodes of the tree. */
  organizations: Type.Optional(any(AttributeValue)),
  /** Codes of departments, in whichever hospital. */
  departments: Type.Optional(any(AttributeValue)),
  actions: Type.Optional(any(Action, 8)),
  purposes: Type.Optional(any(AnyPurpose, 8)),
  levels: Type.Optional(any(Level, 3)),
  mediaClasses: Type.Optional(any(MediaClass, 4)),
  conditions: Type.Optional(Type.Array(PolicyCondition, { minItems: 1, maxItems: 8 }))
})

/** What break-glass is held to. */
const PolicyEmergency = strict({
  /** Levels that need a second practitioner; R and V always do. */
  secondPractitioner: any(Level, 3),
  /** Of one of these roles is whoever signs second, as certified when they bound their keys; anybody bound when left out. */
  secondRoles: Type.Optional(any(AttributeValue)),
  /** How long (h) a box is open. */
  boxHours: Type.Integer({ minimum: 1, maximum: 4 }),
  /** How many boxes an organisation may open in 24 hours; each proxy counts for itself. */
  openingsPerDay: Type.Integer({ minimum: 0, maximum: 10_000 }),
  /** How many of them one person may open, so that nobody uses up their colleagues'. */
  openingsPerPerson: Type.Integer({ minimum: 0, maximum: 10_000 })
})

/**
 * The consortium's half of the decision (docs/protocol.md §9). Forbid beats permit, what no rule permits is denied, and a rule that cannot
 * be evaluated denies. What holds between its members says `checkPolicy`.
 */
export const PolicyDocument = strict({
  version: Version,
  roles: Type.Array(PolicyRole, { minItems: 1, maxItems: 64 }),
  organizations: Type.Array(PolicyOrganization, { maxItems: 512 }),
  rules: Type.Array(PolicyRule, { maxItems: 256 }),
  emergency: PolicyEmergency
})
export type PolicyDocument = Static<typeof PolicyDocument>
export type PolicyRole = Static<typeof PolicyRole>
export type PolicyOrganization = Static<typeof PolicyOrganization>
export type PolicyCondition = Static<typeof PolicyCondition>
export type PolicyRule = Static<typeof PolicyRule>
export type RuleEffect = PolicyRule['effect']
