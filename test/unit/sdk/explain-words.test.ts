import t from 'tap'
import { DECISION_RULES, explain, POLICY_1, policyHash } from '@epione/protocol'
import type { DecisionInput } from '@epione/protocol'
import type { AccessExplanation } from '@epione/protocol/api'
import { explainInWords } from '@epione/sdk'
import { PURPOSE_WORDS } from '../../../sdk/dist/access/rule-words.js'
import { consented, policyOf } from '../../helpers/policies.ts'
import type { Asked } from '../../helpers/policies.ts'

const nurse: Asked = { mspId: 'NorthMSP', role: 'nurse', department: 'cardiology', purpose: 'TREAT', records: [{ level: 'N', mediaClass: 'document' }] }

function explained (input: DecisionInput, more: Partial<AccessExplanation> = {}): AccessExplanation {
  const explanation = explain(input)
  const { decision, reasons, policyVersion } = explanation
  return {
    eventId: `${'a'.repeat(32)}.0000000000050.${'00'.repeat(32)}`,
    patientId: 'a'.repeat(32),
    blockNumber: 7,
    recorded: { decision, reasons, policyVersion, decider: 1 },
    explanation,
    agrees: true,
    policyHash: policyHash(input.policy),
    assumed: [],
    ...more
  }
}

t.test('a permit is told to the patient as who, what and why', (t) => {
  t.strictSame(explainInWords(explained(consented(POLICY_1, { ...nurse, role: 'physician' })), 'patient'), [
    'On 1970-01-01T00:00:00.050Z, physician person-1 of NorthMSP, department cardiology, asked to read one of your records to treat you.',
    'That was allowed:',
    'The hospitals\' common rules allow this to somebody in that role.',
    'You consented to it.'
  ])
  t.end()
})

t.test('staff are told the rules that decided, those that nearly did and what they lacked', (t) => {
  const policy = policyOf([
    { effect: 'permit', roles: ['physician'], actions: ['read'], purposes: ['TREAT'] },
    { effect: 'forbid', departments: ['oncology'] }
  ])
  const denied = explainInWords(explained(consented(policy, { ...nurse, department: undefined })), 'staff')
  t.match(denied[0], /^Denied: NorthMSP\/person-1 \(nurse, no department\), read for TREAT, 1970-/)
  t.match(denied, [
    String,
    /certificate does not say what it asks \(rule-1, department\)/,
    'No rule of the policy permits this role, for this purpose, each record (nurse, TREAT).',
    /^Rule rule-1 cannot be evaluated: departments one of oncology \(nothing says\)\.$/,
    /^Rule rule-0 would permit it, but: roles one of physician \(is .*nurse.*\)\.$/,
    /^Consent [0-9a-f]+ was active, for TREAT\.$/,
    /^Policy in force: /
  ])
  t.end()
})

t.test('each rule of the decision has words for staff and for the patient', (t) => {
  const base = explained(consented(POLICY_1, nurse))
  for (const rule of Object.values(DECISION_RULES)) {
    const one = { ...base, recorded: { ...base.recorded, reasons: [{ rule, facts: ['a fact'] }] } }
    t.match(explainInWords(one, 'staff')[1], /^[A-Z].* \(a fact\)\.$/, rule)
    t.match(explainInWords(one, 'patient')[2], /^[A-Z][^()]*\.$/, rule)
  }
  t.end()
})

t.test('what is assumed, and a recorded decision that does not follow, is said to both', (t) => {
  const detail = 'Prohibitions that ended since are not seen.'
  const doubtful = explained(consented(POLICY_1, { ...nurse, records: [] }), { agrees: false, assumed: [{ fact: 'prohibitions', from: 'now', detail }] })
  t.match(explainInWords(doubtful, 'staff').slice(-2), [detail, /^Taken again, the decision is .*not the one that was recorded/])
  const words = explainInWords(doubtful, 'patient')
  t.match(words[0], /asked to read records to treat you/)
  t.equal(PURPOSE_WORDS['BTG'], 'in an emergency in which nobody could ask you')
  t.match(words.slice(-2), [/ended since counts here only/, /^Taken again/])
  t.end()
})
