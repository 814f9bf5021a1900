import type { CompiledRule, FactName, RuleCheck } from './compiled-rule.ts'

/** What is known of a request or a record. A fact that is not there is not certified, or nothing has it. */
export type Facts = Readonly<Partial<Record<FactName, ReadonlySet<string>>>> & {
  /** Nodes of the tree that the requester may be below: no certificate says. */
  readonly perhaps?: ReadonlySet<string>
}

/** Whether a rule applies; `unknown` when that hangs on a fact that is not there. */
export type Fit = 'yes' | 'no' | 'unknown'

export function answer ({ fact, values, negated }: RuleCheck, facts: Facts): Fit {
  const has = facts[fact]
  if (has === undefined) return 'unknown'
  if (hasAny(has, values)) return negated ? 'no' : 'yes'
  if (fact === 'organizations' && facts.perhaps !== undefined && hasAny(facts.perhaps, values)) return 'unknown'
  return negated ? 'yes' : 'no'
}

/** A loop: this is asked some hundred times in a decision. */
function hasAny (set: ReadonlySet<string>, values: readonly string[]): boolean {
  for (const value of values) if (set.has(value)) return true
  return false
}

/** A single no settles it, whatever is unknown. */
export function together (a: Fit, b: Fit): Fit {
  if (a === 'no' || b === 'no') return 'no'
  return a === 'unknown' ? a : b
}

export function fitOf (checks: readonly RuleCheck[], facts: Facts): Fit {
  let fit: Fit = 'yes'
  for (const check of checks) {
    fit = together(fit, answer(check, facts))
    if (fit === 'no') return fit
  }
  return fit
}

/** What a certificate or record would have to say for each fact. */
const SAID_BY: Readonly<Record<FactName, string>> = {
  purposes: 'purpose',
  actions: 'action',
  roles: 'role',
  departments: 'department',
  hospital: 'organization',
  organizations: 'department',
  levels: 'level',
  mediaClasses: 'media-class'
}

/** What is missing to answer a rule's questions, each once and sorted. */
export function missingFacts ({ request, record }: CompiledRule, facts: Facts): string[] {
  return [...new Set([...request, ...record].filter((c) => answer(c, facts) === 'unknown').map((c) => SAID_BY[c.fact]))].sort()
}
