import { DECISION_RULES } from '../shapes/codes.ts'
import { compilePolicy } from './compiled-policy.ts'
import { groupRecords, requestFacts } from './policy-facts.ts'
import { fitOf, missingFacts, together } from './rule-fit.ts'
import type { PolicyDocument } from '../shapes/policy.ts'
import type { Reason } from '../shapes/state.ts'
import type { PolicyRequest, RecordClass, RecordGroup } from './policy-facts.ts'

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

/** Each record must be permitted by itself; while none is known, a rule about records cannot be evaluated. */
export function judgePolicy (policy: PolicyDocument, request: PolicyRequest, records: readonly RecordClass[]): PolicyJudgement {
  const facts = requestFacts(policy, request)
  const groups = groupRecords(records)
  const covered = new Set<RecordGroup>()
  const found = { permit: [] as string[], forbid: [] as string[], undecided: [] as PolicyJudgement['undecided'][number][] }
  for (const rule of compilePolicy(policy).rules) {
    const fit = fitOf(rule.request, facts)
    if (fit === 'no') continue
    const fits = groups.map((group) => ({ group, fit: together(fit, fitOf(rule.record, group.facts)) }))
    const applies = fits.filter((f) => f.fit === 'yes')
    if (applies.length > 0) found[rule.effect].push(rule.id)
    if (rule.effect === 'permit') for (const { group } of applies) covered.add(group)
    const unknown = fits.find((f) => f.fit === 'unknown')
    if (unknown !== undefined) found.undecided.push({ rule: rule.id, missing: missingFacts(rule, { ...facts, ...unknown.group.facts }) })
  }
  return { permits: found.permit, forbids: found.forbid, undecided: found.undecided, covered: covered.size === groups.length }
}

/** Why the policy denies; empty when it permits. Forbid beats permit, and so does a rule that cannot be evaluated. */
export function policyFailures ({ forbids, undecided, covered }: PolicyJudgement, { role, purpose }: PolicyRequest): Reason[] {
  return [
    ...(forbids.length > 0 ? [{ rule: DECISION_RULES.policyForbids, facts: [...forbids] }] : []),
    ...undecided.map(({ rule, missing }) => ({ rule: DECISION_RULES.policyUndecided, facts: [rule, ...missing] })),
    ...(covered ? [] : [{ rule: DECISION_RULES.roleMayNotAct, facts: [role ?? 'none', purpose] }])
  ]
}
