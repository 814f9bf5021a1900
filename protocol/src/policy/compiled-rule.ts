import type { PolicyCondition, PolicyRule, RuleEffect } from '../shapes/policy.ts'

/** What rules ask about; `hospital` is the mspId alone, `organizations` are all nodes of the tree that somebody is below. */
export type RequestFact = 'purposes' | 'actions' | 'roles' | 'departments' | 'hospital' | 'organizations'
export type RecordFact = 'levels' | 'mediaClasses'
export type FactName = RequestFact | RecordFact

/** One question of a rule: whether what is so is among the values, or, negated, is not. `member` is where the rule asks it. */
export interface RuleCheck { member: string, fact: FactName, values: readonly string[], negated: boolean }

/** A rule as questions, those about the request apart from those about a record. All must be answered with yes. */
export interface CompiledRule { id: string, effect: RuleEffect, request: readonly RuleCheck[], record: readonly RuleCheck[] }

/** In the order in which they are cheapest to answer with no. */
const REQUEST_MEMBERS = ['purposes', 'actions', 'roles', 'departments', 'organizations'] as const
const RECORD_MEMBERS = ['levels', 'mediaClasses'] as const
const ATTRIBUTES = { role: 'roles', department: 'departments', organization: 'hospital' } as const

export function compileRule (rule: PolicyRule): CompiledRule {
  const named = (member: (typeof REQUEST_MEMBERS | typeof RECORD_MEMBERS)[number]): RuleCheck[] => {
    const values = rule[member]
    return values === undefined ? [] : [{ member, fact: member, values, negated: false }]
  }
  return {
    id: rule.id,
    effect: rule.effect,
    request: [...REQUEST_MEMBERS.flatMap(named), ...(rule.conditions ?? []).map(compileCondition)],
    record: RECORD_MEMBERS.flatMap(named)
  }
}

function compileCondition (condition: PolicyCondition): RuleCheck {
  const member = `conditions.${condition.attribute}`
  const fact = ATTRIBUTES[condition.attribute]
  return 'anyOf' in condition
    ? { member, fact, values: condition.anyOf, negated: false }
    : { member, fact, values: condition.noneOf, negated: true }
}
