import { compilePolicy } from './compiled-policy.ts'
import { consentStatus } from './consent-status.ts'
import { decide, policyRequest, withComing } from './decision.ts'
import { isGrantee } from './grantee.ts'
import { groupRecords, requestFacts } from './policy-facts.ts'
import { answer } from './rule-fit.ts'
import { targetsOf } from './targets.ts'
import type { ExplainedRule, Explanation } from '../shapes/explanation.ts'
import type { CompiledRule, RuleCheck } from './compiled-rule.ts'
import type { DecidedRecord, TermsCompartment } from './consent-terms.ts'
import type { DecisionInput } from './decision.ts'
import type { Facts } from './rule-fit.ts'

/** In how many things at most a rule may have failed to be told as near. */
const NEAR = 2
/** How many near rules are told: those that lacked least. */
const NEARLY_MAX = 8

/** Why `decide` decides as it does: its reasons, the rules of the policy with the facts that they used, and those that nearly applied. */
export function explain (asked: DecisionInput): Explanation {
  const { decision, reasons, policyVersion } = decide(asked)
  const input = withComing(asked)
  return {
    decision,
    policyVersion,
    time: input.time,
    reasons,
    request: explainRequest(input),
    policy: explainPolicy(input),
    ...explainConsent(input)
  }
}

function explainRequest (input: DecisionInput): Explanation['request'] {
  const { requester, action, purpose } = input.request
  const records = input.records.map(({ recordId, version, level, mediaClass, label }) => ({ recordId, version, level, mediaClass, label }))
  const compartments = input.compartments?.map(({ label, epoch, level }) => ({ label, epoch, level }))
  return { ...requester, ...input.actor, action, purpose, records, ...(compartments !== undefined && { compartments }) }
}

/** Naming a consent of another patient, or to somebody else, tells nothing of it. */
function explainConsent ({ request, consent, time, actor }: DecisionInput): Pick<Explanation, 'consent'> {
  if (request.consentId === undefined || consent === undefined) return {}
  const { patientId, grantee, actions, purposes, notBefore, notAfter, levels, dataPeriod, exceptions } = consent.body
  const { mspId, staffId } = request.requester
  if (patientId !== request.patientId || !isGrantee(grantee, { mspId, staffId, ...actor })) return {}
  const terms = { ...(levels && { levels }), ...(dataPeriod && { dataPeriod }), ...(exceptions && { exceptions }) }
  const granted = { actions: [...actions], purposes: [...purposes], notBefore, notAfter, ...terms }
  return { consent: { consentId: request.consentId, status: consentStatus(consent, time), ...granted } }
}

/** A rule beside the records of one class, with those of its questions that were not answered with yes. */
interface Trial { group: number, facts: Facts, records: ReadonlyArray<DecidedRecord | TermsCompartment>, open: readonly RuleCheck[] }
interface TriedRule { rule: CompiledRule, trials: readonly Trial[] }

const applies = ({ open }: Trial): boolean => open.length === 0
const fails = ({ open, facts }: Trial): boolean => open.some((check) => answer(check, facts) === 'no')
const isUndecided = (trial: Trial): boolean => !applies(trial) && !fails(trial)
const checksOf = ({ request, record }: CompiledRule): RuleCheck[] => [...request, ...record]

function explainPolicy (input: DecisionInput): Explanation['policy'] {
  const tried = tryRules(input)
  return {
    decided: tried.flatMap(({ rule, trials }) => describe(rule, trials.filter(applies), checksOf(rule))),
    undecided: tried.flatMap(({ rule, trials }) => describe(rule, trials.filter(isUndecided))),
    nearly: nearlyApplied(tried)
      .map(({ rule, trials }) => ({ rule, trials, lacks: new Set(trials.flatMap((t) => t.open)).size }))
      .filter(({ lacks }) => lacks > 0 && lacks <= NEAR)
      .sort((a, b) => a.lacks - b.lacks)
      .slice(0, NEARLY_MAX)
      .flatMap(({ rule, trials }) => describe(rule, trials))
  }
}

function tryRules (input: DecisionInput): TriedRule[] {
  const facts = requestFacts(input.policy, policyRequest(input))
  const groups = groupRecords(targetsOf(input)).map(
    ({ records, facts: known }, group) => ({ group, records, facts: { ...facts, ...known } })
  )
  return compilePolicy(input.policy).rules.map((rule) => ({
    rule,
    trials: groups.map((group) => ({ ...group, open: checksOf(rule).filter((check) => answer(check, group.facts) !== 'yes') }))
  }))
}

/**
 * Rules that would have changed what the policy says, beside the records at which they failed: permits, while a record has none; rules that
 * forbid, when all records have one and nothing else denies.
 */
function nearlyApplied (tried: readonly TriedRule[]): TriedRule[] {
  const of = (effect: CompiledRule['effect']): TriedRule[] => tried.filter(({ rule }) => rule.effect === effect)
  const covered = new Set(of('permit').flatMap(({ trials }) => trials.filter(applies).map((t) => t.group)))
  const at = (rules: TriedRule[], isAt: (trial: Trial) => boolean): TriedRule[] =>
    rules.map(({ rule, trials }) => ({ rule, trials: trials.filter((t) => isAt(t) && fails(t)) }))
  if (tried.some(({ trials }) => trials.some((t) => !covered.has(t.group)))) return at(of('permit'), (t) => !covered.has(t.group))
  const denies = tried.some(({ rule, trials }) => trials.some((t) => isUndecided(t) || (rule.effect === 'forbid' && applies(t))))
  return denies ? [] : at(of('forbid'), () => true)
}

/** The rule as a list of one, with the questions given, or else those that its trials left open; of no trials an empty list. */
function describe (rule: CompiledRule, trials: readonly Trial[], checks?: readonly RuleCheck[]): ExplainedRule[] {
  if (trials.length === 0) return []
  const targets = trials.flatMap((t) => t.records)
  const records = targets.flatMap((t) => 'recordId' in t ? [{ recordId: t.recordId, version: t.version }] : [])
  const compartments = targets.flatMap((t) => 'recordId' in t ? [] : [{ label: t.label, epoch: t.epoch }])
  const told = checks ?? [...new Set(trials.flatMap((t) => t.open))]
  const of = { records, ...(compartments.length > 0 && { compartments }) }
  return [{ rule: rule.id, effect: rule.effect, ...of, facts: told.map((check) => describeFact(check, trials)) }]
}

function describeFact ({ member, fact, values, negated }: RuleCheck, trials: readonly Trial[]): ExplainedRule['facts'][number] {
  const known = trials.flatMap(({ facts }) => [...facts[fact] ?? []])
  return {
    member,
    asks: negated ? 'none' : 'any',
    values: [...values],
    ...(trials.some(({ facts }) => facts[fact] !== undefined) && { has: [...new Set(known)].sort() })
  }
}
