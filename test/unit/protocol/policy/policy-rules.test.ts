import t from 'tap'
import { decide, DECISION_RULES } from '@epione/protocol'
import type { PolicyDocument, PolicyRule, Reason } from '@epione/protocol'
import { consented, policyOf } from '../../../helpers/policies.ts'
import type { Asked } from '../../../helpers/policies.ts'

const PERMIT = { effect: 'permit', roles: ['health-professional'], actions: ['read'], purposes: ['TREAT'] } as const
const permit: Omit<PolicyRule, 'id'> = { ...PERMIT, roles: [...PERMIT.roles], actions: ['read'], purposes: ['TREAT'] }
const nurse: Asked = { mspId: 'NorthMSP', role: 'nurse', department: 'cardiology', purpose: 'TREAT', records: [{ level: 'N', mediaClass: 'document' }] }

/** What the policy says: the patient's consent allows all. */
function ask (policy: PolicyDocument, change: Partial<Asked> = {}): Reason[] {
  return decide(consented(policy, { ...nurse, ...change })).reasons.filter(({ rule }) => rule.startsWith('policy.'))
}
const allowed = (...rules: string[]): Reason[] => [{ rule: DECISION_RULES.roleMayAct, facts: ['nurse', 'TREAT', ...rules] }]
const SILENT: Reason = { rule: DECISION_RULES.roleMayNotAct, facts: ['nurse', 'TREAT'] }
const forbidden = (...rules: string[]): Reason => ({ rule: DECISION_RULES.policyForbids, facts: rules })
const unevaluated = (rule: string, ...missing: string[]): Reason => ({ rule: DECISION_RULES.policyUndecided, facts: [rule, ...missing] })

t.test('what no rule permits is denied, and a policy without rules permits nothing', (t) => {
  t.strictSame(ask(policyOf([])), [SILENT])
  t.strictSame(ask(policyOf([permit])), allowed('rule-0'))
  t.end()
})

t.test('each member of a rule decides alone, and a value more lets it apply again', (t) => {
  const cases: [string, Omit<PolicyRule, 'id' | 'effect'>, Omit<PolicyRule, 'id' | 'effect'>][] = [
    ['roles', { roles: ['physician'] }, { roles: ['physician', 'nurse'] }],
    ['purposes', { purposes: ['HRESCH'] }, { purposes: ['HRESCH', 'TREAT'] }],
    ['departments', { departments: ['oncology'] }, { departments: ['oncology', 'cardiology'] }],
    ['organizations', { organizations: ['south'] }, { organizations: ['south', 'north'] }],
    ['levels', { levels: ['V'] }, { levels: ['V', 'N'] }],
    ['media classes', { mediaClasses: ['image'] }, { mediaClasses: ['image', 'document'] }],
    ['a condition over the role', { conditions: [{ attribute: 'role', anyOf: ['physician'] }] }, { conditions: [{ attribute: 'role', noneOf: ['physician'] }] }],
    ['a condition over the department', { conditions: [{ attribute: 'department', noneOf: ['cardiology'] }] }, { conditions: [{ attribute: 'department', anyOf: ['cardiology'] }] }],
    ['a condition over the hospital', { conditions: [{ attribute: 'organization', anyOf: ['CoreMSP'] }] }, { conditions: [{ attribute: 'organization', anyOf: ['NorthMSP'] }] }]
  ]
  for (const [name, no, yes] of cases) {
    t.strictSame(ask(policyOf([{ ...permit, ...no }])), [SILENT], `${name}: permit`)
    t.strictSame(ask(policyOf([{ ...permit, ...yes }])), allowed('rule-0'), `${name}: permit again`)
    t.strictSame(ask(policyOf([permit, { effect: 'forbid', ...no }])), allowed('rule-0'), `${name}: forbid`)
    t.strictSame(ask(policyOf([permit, { effect: 'forbid', ...yes }])), [forbidden('rule-1')], `${name}: forbid again`)
  }
  t.end()
})

t.test('all conditions of a rule must hold', (t) => {
  const holds = { attribute: 'role' as const, anyOf: ['nurse'] }
  const fails = { attribute: 'organization' as const, noneOf: ['NorthMSP'] }
  t.strictSame(ask(policyOf([{ ...permit, conditions: [holds, holds] }])), allowed('rule-0'))
  t.strictSame(ask(policyOf([{ ...permit, conditions: [holds, fails] }])), [SILENT])
  t.strictSame(ask(policyOf([{ ...permit, conditions: [fails, holds] }])), [SILENT])
  t.end()
})

t.test('forbid beats permit, and both name all their rules by id', (t) => {
  const rules: PolicyRule[] = [
    { ...permit, id: 'b' }, { id: 'd', effect: 'forbid' }, { ...permit, id: 'a' }, { id: 'c', effect: 'forbid', roles: ['nurse'] }
  ]
  t.strictSame(ask(policyOf([], { rules })), [forbidden('c', 'd')])
  t.strictSame(ask(policyOf([], { rules: rules.filter((r) => r.effect === 'permit') })), allowed('a', 'b'))
  t.strictSame(ask(policyOf([{ effect: 'forbid' }])), [forbidden('rule-0'), SILENT])
  t.end()
})

t.test('a node of the tree covers all below it, and nothing above or beside', (t) => {
  const reads = (node: string, who: Partial<Asked>): boolean => ask(policyOf([{ ...permit, organizations: [node] }]), who).length === 1 &&
    ask(policyOf([{ ...permit, organizations: [node] }]), who)[0]?.rule === DECISION_RULES.roleMayAct
  const people: [string, Partial<Asked>, string[]][] = [
    ['the core hospital', { mspId: 'CoreMSP', department: 'kitchen' }, ['core']],
    ['its department', { mspId: 'CoreMSP', department: 'cardiology' }, ['core', 'core-cardiology']],
    ['a regional hospital', { mspId: 'SouthMSP', department: 'cardiology' }, ['core', 'south']],
    ['a department of one', { mspId: 'NorthMSP', department: 'cardiology' }, ['core', 'north', 'north-cardiology']],
    ['a department of a department', { mspId: 'NorthMSP', department: 'cath-lab' }, ['core', 'north', 'north-cardiology', 'north-cath-lab']],
    ['a hospital that is not in the tree', { mspId: 'FarMSP', department: 'cardiology' }, []]
  ]
  const nodes = ['core', 'north', 'south', 'core-cardiology', 'north-cardiology', 'north-cath-lab']
  for (const [name, who, within] of people) t.strictSame(nodes.filter((node) => reads(node, who)), within, name)
  t.end()
})

t.test('a role counts as all above it, by each of several parents', (t) => {
  const roles: PolicyDocument['roles'] = [
    ...policyOf([]).roles, { id: 'study-nurse', kind: 'functional', parents: ['nurse', 'researcher'] }
  ]
  for (const role of ['study-nurse', 'nurse', 'researcher', 'health-professional']) {
    t.strictSame(ask(policyOf([{ ...permit, roles: [role] }], { roles }), { role: 'study-nurse' }), [
      { rule: DECISION_RULES.roleMayAct, facts: ['study-nurse', 'TREAT', 'rule-0'] }
    ], role)
  }
  t.strictSame(ask(policyOf([{ ...permit, roles: ['physician'] }], { roles }), { role: 'study-nurse' }).length, 1)
  t.strictSame(ask(policyOf([permit, { effect: 'forbid', conditions: [{ attribute: 'role', noneOf: ['researcher'] }] }], { roles }), { role: 'study-nurse' })[0]?.rule, DECISION_RULES.roleMayAct)
  t.end()
})

t.test('a rule that cannot be evaluated denies under a name of its own, whatever its effect and whatever else permits', (t) => {
  const { department: _, role: __, ...bare } = nurse
  const noDepartment = { ...bare, role: 'nurse', department: undefined }
  const noRole = { ...bare, role: undefined, department: 'cardiology' }
  const cases: [string, Omit<PolicyRule, 'id'>, Partial<Asked>, string[]][] = [
    ['a department', { effect: 'forbid', departments: ['oncology'] }, noDepartment, ['department']],
    ['a permit for a department', { ...permit, departments: ['oncology'] }, noDepartment, ['department']],
    ['a node that is a department', { effect: 'forbid', organizations: ['north-cath-lab'] }, noDepartment, ['department']],
    ['a condition', { effect: 'forbid', conditions: [{ attribute: 'department', anyOf: ['oncology'] }] }, noDepartment, ['department']],
    ['a negated condition', { effect: 'forbid', conditions: [{ attribute: 'department', noneOf: ['oncology'] }] }, noDepartment, ['department']],
    ['two of them', { effect: 'forbid', departments: ['oncology'], organizations: ['north-cardiology'] }, noDepartment, ['department']]
  ]
  for (const [name, rule, who, missing] of cases) t.strictSame(ask(policyOf([permit, rule]), who), [unevaluated('rule-1', ...missing)], name)
  const silent = { rule: DECISION_RULES.roleMayNotAct, facts: ['none', 'TREAT'] }
  t.strictSame(ask(policyOf([permit]), noRole), [unevaluated('rule-0', 'role'), silent])
  t.strictSame(ask(policyOf([{ ...permit, departments: ['x'] }]), { role: undefined, department: undefined }), [unevaluated('rule-0', 'department', 'role'), silent])
  t.end()
})

t.test('what is not certified does not matter to a rule that does not apply anyway', (t) => {
  const who = { department: undefined }
  const rules: Omit<PolicyRule, 'id'>[] = [
    { effect: 'forbid', departments: ['oncology'], purposes: ['HRESCH'] },
    { effect: 'forbid', departments: ['oncology'], levels: ['V'] },
    { effect: 'forbid', conditions: [{ attribute: 'department', anyOf: ['oncology'] }, { attribute: 'role', anyOf: ['physician'] }] },
    { effect: 'forbid', organizations: ['core-cardiology'] },
    { effect: 'forbid', organizations: ['south'] }
  ]
  t.strictSame(ask(policyOf([permit, ...rules]), who), allowed('rule-0'))
  t.strictSame(ask(policyOf([{ ...permit, organizations: ['north', 'north-cath-lab'] }]), who), allowed('rule-0'), 'the hospital is enough')
  t.end()
})

t.test('each record must be permitted by itself, and one that is forbidden closes them all', (t) => {
  const records = [{ level: 'N', mediaClass: 'document' }, { level: 'R', mediaClass: 'image' }] as const
  const normal = { ...permit, levels: ['N' as const] }
  t.strictSame(ask(policyOf([normal]), { records }), [SILENT])
  t.strictSame(ask(policyOf([normal, { ...permit, levels: ['R'] }]), { records }), allowed('rule-0', 'rule-1'))
  t.strictSame(ask(policyOf([permit, { effect: 'forbid', mediaClasses: ['image'] }]), { records }), [forbidden('rule-1')])
  t.strictSame(ask(policyOf([normal, { effect: 'forbid', levels: ['R'] }]), { records }), [forbidden('rule-1'), SILENT])
  t.end()
})

t.test('of records that are not there no level is known', (t) => {
  const unknown = { rule: DECISION_RULES.policyUndecided, facts: ['rule-1', 'level', 'media-class'] }
  t.strictSame(ask(policyOf([permit, { effect: 'forbid', levels: ['V'], mediaClasses: ['image'] }]), { records: [] }), [unknown])
  t.strictSame(ask(policyOf([permit, { effect: 'forbid', purposes: ['TREAT'] }]), { records: [] }), [forbidden('rule-1')])
  t.end()
})
