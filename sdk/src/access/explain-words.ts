import type { ExplainedRule, Explanation, Reason, RuleFact } from '@epione/protocol'
import type { AccessExplanation, RequestExplanation } from '@epione/protocol/api'
import { PURPOSE_WORDS, RULE_WORDS } from './rule-words.ts'

/** An explanation in sentences: for staff the codes that they can act on, for the patient who, what and why. */
export function explainInWords (explained: AccessExplanation, reader: 'staff' | 'patient'): string[] {
  return reader === 'staff' ? forStaff(explained) : forPatient(explained)
}

/** The same of a request that nobody made. */
export function explainQuestionInWords (explained: RequestExplanation, reader: 'staff' | 'patient'): string[] {
  const { explanation, policyHash, more } = explained
  const { decision, reasons } = explanation
  const isPermit = decision === 'permit'
  const outcome = reader === 'staff'
    ? [`${isPermit ? 'Would be permitted' : 'Would be denied'}: ${askedBy(explanation)}.`, ...rulesInWords(explanation, reasons, policyHash, 'is')]
    : [
        `If ${whoOf(explanation)} asked now to ${whatOf(explanation)} ${whatForOf(explanation)}:`,
        isPermit ? 'That would be allowed:' : 'That would be refused:',
        ...reasons.map(({ rule }) => RULE_WORDS[rule].patient)
      ]
  return [...outcome, ...doubtsOf(explained), ...(more ? ['There are more consents to this person than were looked at.'] : [])]
}

/** What the answer rests on that another could say otherwise. */
function doubtsOf ({ able, certifiedBy }: RequestExplanation): string[] {
  const unseen = 'The log has not seen this person: role and department are taken for none, unless they are said.'
  return [
    ...(able ? [] : ['They cannot ask for anything: no key of theirs is in force.']),
    ...(certifiedBy === 'nobody' ? [unseen] : []),
    ...(certifiedBy === 'last-request' ? ['Role and department are those of their last request.'] : [])
  ]
}

function forStaff ({ recorded, explanation, policyHash, agrees, assumed }: AccessExplanation): string[] {
  return [
    `${titleOf(recorded.decision)}: ${askedBy(explanation)}.`,
    ...rulesInWords(explanation, recorded.reasons, policyHash, 'was'),
    ...assumed.map(({ detail }) => detail),
    ...disagreement(agrees, explanation.decision)
  ]
}

function askedBy ({ request, time }: Explanation): string {
  const { mspId, staffId, role = 'no role', department = 'no department', action, purpose } = request
  return `${mspId}/${staffId} (${role}, ${department}), ${action} for ${purpose}, ${isoOf({ time })}`
}

function rulesInWords ({ policy, consent, policyVersion }: Explanation, reasons: readonly Reason[], policyHash: string, verb: 'is' | 'was'): string[] {
  return [
    ...reasons.map(({ rule, facts = [] }) => `${RULE_WORDS[rule].staff}${listOf(facts)}.`),
    ...policy.decided.map(({ rule, effect }) => `Rule ${rule} ${effect === 'permit' ? 'permits' : 'forbids'} it.`),
    ...policy.undecided.map((rule) => `Rule ${rule.rule} cannot be evaluated: ${lacksOf(rule)}.`),
    ...policy.nearly.map((rule) => `Rule ${rule.rule} would ${rule.effect} it, but: ${lacksOf(rule)}.`),
    ...(consent === undefined ? [] : [`Consent ${consent.consentId} ${verb} ${consent.status}, for ${consent.purposes.join(', ')}.`]),
    `Policy in force: ${policyVersion} (${policyHash}).`
  ]
}

function forPatient ({ recorded, explanation, agrees, assumed }: AccessExplanation): string[] {
  return [
    `On ${isoOf(explanation)}, ${whoOf(explanation)} asked to ${whatOf(explanation)} ${whatForOf(explanation)}.`,
    recorded.decision === 'permit' ? 'That was allowed:' : 'That was refused, and nothing was shown:',
    ...recorded.reasons.map(({ rule }) => RULE_WORDS[rule].patient),
    ...(assumed.length === 0 ? [] : ['A prohibition or freeze that ended since counts here only where the record of the decision names it.']),
    ...disagreement(agrees, explanation.decision)
  ]
}

function whoOf ({ request: { mspId, staffId, role = 'member of staff', department } }: Explanation): string {
  return `${role} ${staffId} of ${mspId}${department === undefined ? '' : `, department ${department},`}`
}

function whatOf ({ request: { action, records, compartments = [] } }: Explanation): string {
  if (action === 'search') return `search ${compartments.length === 1 ? 'one of your categories' : 'your categories'}`
  return `read ${['records', 'one of your records'][records.length] ?? `${records.length} of your records`}`
}

const whatForOf = ({ request: { purpose } }: Explanation): string => PURPOSE_WORDS[purpose] ?? `for ${purpose}`

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
