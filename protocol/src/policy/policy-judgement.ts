import { DECISION_RULES } from '../shapes/codes.ts'
import { compilePolicy } from './compiled-policy.ts'
import { groupRecords, requestFacts } from './policy-facts.ts'
import { fitOf, missingFacts, together } from './rule-fit.ts'
import type { PolicyDocument, RuleEffect } from '../shapes/policy.ts'
import type { Reason } from '../shapes/state.ts'
import type { CompiledRule } from './compiled-rule.ts'
import type { PolicyRequest, RecordClass, RecordGroup } from './policy-facts.ts'
import type { Facts, Fit } from './rule-fit.ts'

/** What the policy says of one request, by ids of rules in their order. */
export interface PolicyJudgement {
  /** Rules that permit some record of it, and those that forbid one. */
  permits: readonly string[]
  forbids: readonly string[]
  /** Rules that cannot be evaluated, each with the facts that are missing. */
  undecided: readonly { rule: string, missing: readonly string[] }[]
  /** True when each record is permitted by some rule. */
  covered: boolean
}

/** A rule that says something of the request, and whether it applies to each group of records. */
interface RuleFits { rule: CompiledRule, fits: readonly Fit[] }

function fitRules (policy: PolicyDocument, facts: Facts, groups: readonly RecordGroup[]): RuleFits[] {
  const found: RuleFits[] = []
  for (const rule of compilePolicy(policy).rules) {
    const fit = fitOf(rule.request, facts)
    if (fit !== 'no') found.push({ rule, fits: groups.map((group) => together(fit, fitOf(rule.record, group.facts))) })
  }
  return found
}

/** Each record must be permitted by itself; while none is known, a rule about records cannot be evaluated. */
export function judgePolicy (policy: PolicyDocument, request: PolicyRequest, records: readonly RecordClass[]): PolicyJudgement {
  const facts = requestFacts(policy, request)
  const groups = groupRecords(records)
  const rules = fitRules(policy, facts, groups)
  const applying = rules.filter(({ fits }) => fits.includes('yes'))
  const ids = (effect: RuleEffect): string[] => applying.filter(({ rule }) => rule.effect === effect).map(({ rule }) => rule.id)
  return {
    permits: ids('permit'),
    forbids: ids('forbid'),
    undecided: rules.flatMap(({ rule, fits }) => {
      const unknown = groups[fits.indexOf('unknown')]
      return unknown === undefined ? [] : [{ rule: rule.id, missing: missingFacts(rule, { ...facts, ...unknown.facts }) }]
    }),
    covered: groups.every((_, i) => applying.some(({ rule, fits }) => rule.effect === 'permit' && fits[i] === 'yes'))
  }
}

/** Those of the records that the policy permits when they are asked for alone. */
export function permittedRecords<R extends RecordClass> (policy: PolicyDocument, request: PolicyRequest, records: readonly R[]): R[] {
  const groups = groupRecords(records)
  const rules = fitRules(policy, requestFacts(policy, request), groups)
  const denies = ({ rule, fits }: RuleFits, i: number): boolean => fits[i] === 'unknown' || (rule.effect === 'forbid' && fits[i] === 'yes')
  return groups.flatMap((group, i) =>
    rules.some(({ fits }) => fits[i] === 'yes') && !rules.some((rule) => denies(rule, i)) ? group.records : [])
}

/** Why the policy denies; empty when it permits. Forbid beats permit, and so does a rule that cannot be evaluated. */
export function policyFailures ({ forbids, undecided, covered }: PolicyJudgement, { role, purpose }: PolicyRequest): Reason[] {
  return [
    ...(forbids.length > 0 ? [{ rule: DECISION_RULES.policyForbids, facts: [...forbids] }] : []),
    ...undecided.map(({ rule, missing }) => ({ rule: DECISION_RULES.policyUndecided, facts: [rule, ...missing] })),
    ...(covered ? [] : [{ rule: DECISION_RULES.roleMayNotAct, facts: [role ?? 'none', purpose] }])
  ]
}
