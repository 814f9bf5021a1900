import t from 'tap'
import fc from 'fast-check'
import { checkSchema, decide, explain, Explanation, POLICY_1 } from '@epione/protocol'
import type { DecisionInput, PolicyRule } from '@epione/protocol'
import { asked, consented, policy, policyOf } from '../../../helpers/policies.ts'
import type { Asked } from '../../../helpers/policies.ts'
import { runs } from '../../../helpers/runs.ts'

const RUNS = runs(200, 5000)
const permit: Omit<PolicyRule, 'id'> = { effect: 'permit', roles: ['health-professional'], actions: ['read'], purposes: ['TREAT'] }
const nurse: Asked = { mspId: 'NorthMSP', role: 'nurse', department: 'cardiology', purpose: 'TREAT', records: [{ level: 'N', mediaClass: 'document' }] }
const [first, second] = ['00', '01'].map((b) => ({ recordId: b.repeat(16), version: 1 }))

t.test('an explanation has the decision\'s own words, fits its shape, and is the same bytes for the same input', (t) => {
  fc.assert(fc.property(policy, asked, (p, a) => {
    const input = consented(p, a)
    const told = explain(input)
    const { decision, reasons, policyVersion } = told
    checkSchema(Explanation, told, 'Explanation')
    return JSON.stringify({ decision, reasons, policyVersion }) === JSON.stringify(decide(input)) &&
      JSON.stringify(told) === JSON.stringify(explain(structuredClone(input)))
  }), { numRuns: RUNS })
  t.end()
})

t.test('the rules that decided are those of the reasons, and no rule is told as near that applied', (t) => {
  fc.assert(fc.property(policy, asked, (p, a) => {
    const { reasons, policy: told } = explain(consented(p, a))
    const named = reasons.filter((r) => r.rule.startsWith('policy.')).flatMap((r) => r.facts ?? [])
    const effects = (effect: string): string[] => told.decided.filter((r) => r.effect === effect).map((r) => r.rule)
    return effects('forbid').every((id) => named.includes(id)) && told.undecided.every((r) => named.includes(r.rule)) &&
      told.nearly.length <= 8 && told.nearly.every((r) => r.facts.length >= 1 && r.facts.length <= 2) &&
      told.nearly.every(({ records, compartments = [] }) => records.length + compartments.length > 0)
  }), { numRuns: RUNS })
  t.end()
})

t.test('a permit tells what each rule asked and what was so, and the prohibition that was near', (t) => {
  const { decision, request, policy: told, consent } = explain(consented(policyOf([
    { ...permit, organizations: ['core'], levels: ['N', 'R'], conditions: [{ attribute: 'department', noneOf: ['oncology'] }] },
    { effect: 'forbid', departments: ['oncology'] },
    { effect: 'forbid', departments: ['oncology'], levels: ['V'], purposes: ['HRESCH'] }
  ]), nurse))
  t.equal(decision, 'permit')
  t.strictSame(request, {
    mspId: 'NorthMSP',
    staffId: 'person-1',
    role: 'nurse',
    department: 'cardiology',
    action: 'read',
    purpose: 'TREAT',
    records: [{ ...first, level: 'N', mediaClass: 'document', label: '11'.repeat(32) }]
  })
  t.strictSame(told, {
    decided: [{
      rule: 'rule-0',
      effect: 'permit',
      records: [first],
      facts: [
        { member: 'purposes', asks: 'any', values: ['TREAT'], has: ['TREAT'] },
        { member: 'actions', asks: 'any', values: ['read'], has: ['read'] },
        { member: 'roles', asks: 'any', values: ['health-professional'], has: ['health-professional', 'nurse'] },
        { member: 'organizations', asks: 'any', values: ['core'], has: ['core', 'north', 'north-cardiology'] },
        { member: 'conditions.department', asks: 'none', values: ['oncology'], has: ['cardiology'] },
        { member: 'levels', asks: 'any', values: ['N', 'R'], has: ['N'] }
      ]
    }],
    undecided: [],
    nearly: [{
      rule: 'rule-1', effect: 'forbid', records: [first], facts: [{ member: 'departments', asks: 'any', values: ['oncology'], has: ['cardiology'] }]
    }]
  })
  t.strictSame(consent, { consentId: 'cc'.repeat(32), status: 'active', actions: ['read'], purposes: ['TREAT'], notBefore: 0, notAfter: 100 })
  t.end()
})

t.test('a denial tells which permits were near and what they lacked, nearest first', (t) => {
  const { decision, policy: told } = explain(consented(policyOf([
    { ...permit, roles: ['physician'], purposes: ['HRESCH'] },
    { ...permit, roles: ['physician'] },
    { ...permit, roles: ['physician'], purposes: ['HRESCH'], levels: ['V'] },
    { effect: 'forbid', roles: ['physician'] }
  ]), nurse))
  t.equal(decision, 'deny')
  t.strictSame(told.decided, [])
  t.strictSame(told.nearly.map((r) => [r.rule, r.effect, r.facts.map((f) => f.member)]), [
    ['rule-1', 'permit', ['roles']], ['rule-0', 'permit', ['purposes', 'roles']]
  ])
  t.strictSame(told.nearly[0]?.facts, [{ member: 'roles', asks: 'any', values: ['physician'], has: ['health-professional', 'nurse'] }])
  t.end()
})

t.test('a permit that covers some records is told with those, and as near with the rest', (t) => {
  const records: Asked['records'] = [{ level: 'N', mediaClass: 'document' }, { level: 'R', mediaClass: 'document' }]
  const { policy: told } = explain(consented(policyOf([{ ...permit, levels: ['N'] }, { effect: 'forbid', levels: ['V'] }]), { ...nurse, records }))
  t.strictSame(told.decided.map((r) => [r.rule, r.records]), [['rule-0', [first]]])
  t.strictSame(told.nearly, [
    { rule: 'rule-0', effect: 'permit', records: [second], facts: [{ member: 'levels', asks: 'any', values: ['N'], has: ['R'] }] }
  ])
  const both = explain(consented(policyOf([permit, { effect: 'forbid', levels: ['V'] }]), { ...nurse, records })).policy
  t.strictSame(both.decided[0]?.records, [first, second])
  t.strictSame(both.nearly[0]?.facts[0]?.has, ['N', 'R'])
  t.end()
})

t.test('what nothing says is left out of the facts, and a rule that hangs on it is told apart', (t) => {
  const { policy: told } = explain(consented(policyOf([permit, { effect: 'forbid', departments: ['oncology'] }]), { ...nurse, department: undefined }))
  t.strictSame(told.undecided, [
    { rule: 'rule-1', effect: 'forbid', records: [first], facts: [{ member: 'departments', asks: 'any', values: ['oncology'] }] }
  ])
  t.strictSame(told.nearly, [], 'all is permitted, and a prohibition less would not help')
  t.strictSame(told.decided.map((r) => r.rule), ['rule-0'])
  t.end()
})

t.test('where a rule forbids, no prohibition more is told', (t) => {
  const { policy: told } = explain(consented(policyOf([permit, { effect: 'forbid', levels: ['N'] }, { effect: 'forbid', levels: ['V'] }]), nurse))
  t.strictSame(told.decided.map((r) => r.rule), ['rule-0', 'rule-1'])
  t.strictSame(told.nearly, [])
  t.end()
})

t.test('at most eight near rules are told, and none that lacks three things', (t) => {
  const rules = Array.from({ length: 10 }, (): Omit<PolicyRule, 'id'> => ({ ...permit, roles: ['physician'] }))
  t.equal(explain(consented(policyOf(rules), nurse)).policy.nearly.length, 8)
  t.strictSame(explain(consented(policyOf([{ ...permit, roles: ['physician'], departments: ['x'], levels: ['V'] }]), nurse)).policy.nearly, [])
  t.end()
})

t.test('rules that cannot be evaluated take no place among the near ones', (t) => {
  const hanging = Array.from({ length: 9 }, (): Omit<PolicyRule, 'id'> => ({ ...permit, departments: ['oncology'] }))
  const near = { ...permit, roles: ['physician'] }
  const { policy: told } = explain(consented(policyOf([...hanging, near]), { ...nurse, department: undefined }))
  t.equal(told.undecided.length, 9)
  t.strictSame(told.nearly.map((r) => r.rule), ['rule-9'])
  t.end()
})

t.test('a consent that is not there, or that the request does not name, is not explained', (t) => {
  const { consent: _, ...unknown } = consented(POLICY_1, nurse)
  t.notOk('consent' in explain(unknown))
  const named = consented(POLICY_1, nurse)
  const { consentId: __, ...request } = named.request
  t.notOk('consent' in explain({ ...named, request }))
  t.end()
})

t.test('a consent says its terms, and one of another patient or to somebody else nothing', (t) => {
  const named = consented(POLICY_1, nurse)
  const { consent } = named
  if (consent === undefined) throw new Error('a consent')
  const terms = { levels: ['N' as const], dataPeriod: { from: 1, until: 9 }, exceptions: [{ levels: ['R' as const] }] }
  const withBody = (members: Partial<typeof consent.body>): DecisionInput =>
    ({ ...named, consent: { ...consent, body: { ...consent.body, ...members } } })
  t.match(explain(withBody({ grade: 'advanced', ...terms })).consent, { status: 'active', ...terms })
  t.notOk('consent' in explain(withBody({ patientId: 'b'.repeat(32) })))
  const { grantee } = consent.body
  if (grantee.kind !== 'practitioner') throw new Error('a person')
  t.notOk('consent' in explain(withBody({ grantee: { ...grantee, staffId: 'person-2' } })))
  t.notOk('consent' in explain(withBody({ grantee: { ...grantee, mspId: 'OtherMSP' } })))
  t.end()
})
