import type { ExplainedRule, RuleFact } from '@epione/protocol'
import type { AccessExplanation } from '@epione/protocol/api'
import { PURPOSE_WORDS, RULE_WORDS } from './rule-words.ts'

/** An explanation in sentences: for staff the codes that they can act on, for the patient who, what and why. */
export function explainInWords (explained: AccessExplanation, reader: 'staff' | 'patient'): string[] {
  return reader === 'staff' ? forStaff(explained) : forPatient(explained)
}

function forStaff ({ recorded, explanation, policyHash, agrees, assumed }: AccessExplanation): string[] {
  const { request, policy, consent, policyVersion } = explanation
  const { mspId, staffId, role = 'no role', department = 'no department', action, purpose } = request
  return [
    `${titleOf(recorded.decision)}: ${mspId}/${staffId} (${role}, ${department}), ${action} for ${purpose}, ${isoOf(explanation)}.`,
    ...recorded.reasons.map(({ rule, facts = [] }) => `${RULE_WORDS[rule].staff}${listOf(facts)}.`),
    ...policy.decided.map(({ rule, effect }) => `Rule ${rule} ${effect === 'permit' ? 'permits' : 'forbids'} it.`),
    ...policy.undecided.map((rule) => `Rule ${rule.rule} cannot be evaluated: ${lacksOf(rule)}.`),
    ...policy.nearly.map((rule) => `Rule ${rule.rule} would ${rule.effect} it, but: ${lacksOf(rule)}.`),
    ...(consent === undefined ? [] : [`Consent ${consent.consentId} was ${consent.status}, for ${consent.purposes.join(', ')}.`]),
    `Policy in force: ${policyVersion} (${policyHash}).`,
    ...assumed.map(({ detail }) => detail),
    ...disagreement(agrees, explanation.decision)
  ]
}

function forPatient ({ recorded, explanation, agrees, assumed }: AccessExplanation): string[] {
  const { request: { mspId, staffId, role = 'member of staff', department, purpose, records } } = explanation
  const who = `${role} ${staffId} of ${mspId}${department === undefined ? '' : `, department ${department},`}`
  const what = ['records', 'one of your records'][records.length] ?? `${records.length} of your records`
  return [
    `On ${isoOf(explanation)}, ${who} asked to read ${what} ${PURPOSE_WORDS[purpose] ?? `for ${purpose}`}.`,
    recorded.decision === 'permit' ? 'That was allowed:' : 'That was refused, and nothing was shown:',
    ...recorded.reasons.map(({ rule }) => RULE_WORDS[rule].patient),
    ...(assumed.length === 0 ? [] : ['A prohibition or freeze that ended since counts here only where the record of the decision names it.']),
    ...disagreement(agrees, explanation.decision)
  ]
}

function disagreement (agrees: boolean, decision: 'permit' | 'deny'): string[] {
  if (agrees) return []
  return [`Taken again, the decision is ${decision}, or has other reasons: it is not the one that was recorded.`]
}

function lacksOf ({ facts }: ExplainedRule): string {
  return facts.map(describeFact).join('; ')
}

function describeFact ({ member, asks, values, has }: RuleFact): string {
  const wanted = `${member} ${asks === 'none' ? 'none of' : 'one of'} ${values.join(', ')}`
  return `${wanted} (${has === undefined ? 'nothing says' : `is ${has.join(', ') || 'none'}`})`
}

const titleOf = (decision: 'permit' | 'deny'): string => decision === 'permit' ? 'Permitted' : 'Denied'
const listOf = (facts: readonly string[]): string => facts.length === 0 ? '' : ` (${facts.join(', ')})`
const isoOf = ({ time }: { time: number }): string => new Date(time).toISOString()
