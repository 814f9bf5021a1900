import t from 'tap'
import fc from 'fast-check'
import { ANY_OTHER, decide, NO_DEPARTMENT, POLICY_1, policyDiff } from '@epione/protocol'
import type { PolicyDocument, PolicyRule, PolicyScope } from '@epione/protocol'
import { asked, consented, policy, policyOf } from '../../../helpers/policies.ts'
import type { Asked } from '../../../helpers/policies.ts'
import { runs } from '../../../helpers/runs.ts'

const RUNS = runs(25, 2000)
const permit: Omit<PolicyRule, 'id'> = { effect: 'permit', roles: ['nurse'], actions: ['read'], purposes: ['TREAT'] }
const ALL = { levels: ['N', 'R', 'V'], mediaClasses: ['document', 'image', 'signal', 'structured'] }

t.test('a policy differs from itself in nothing, in whatever order it says it', (t) => {
  t.strictSame(policyDiff(POLICY_1, POLICY_1), { gains: [], loses: [] })
  fc.assert(fc.property(policy, (p) => {
    const emergency = { ...p.emergency, secondPractitioner: p.emergency.secondPractitioner.toReversed() }
    const turned = { ...p, rules: p.rules.toReversed(), emergency }
    return JSON.stringify(policyDiff(p, turned)) === '{"gains":[],"loses":[]}'
  }), { numRuns: RUNS })
  t.end()
})

t.test('a rule more tells whom it lets do what, a rule less the same of whom it stops', (t) => {
  const less = policyOf([], { organizations: [] })
  const more = policyOf([{ ...permit, purposes: ['TREAT', 'ETREAT'] }], { organizations: [] })
  const scope = {
    roles: ['nurse'], organizations: [ANY_OTHER], departments: [ANY_OTHER, NO_DEPARTMENT], actions: ['read'], purposes: ['ETREAT', 'TREAT'], ...ALL
  }
  t.strictSame(policyDiff(less, more), { gains: [scope], loses: [] })
  t.strictSame(policyDiff(more, less), { gains: [], loses: [scope] })
  t.end()
})

t.test('roles that inherit, hospitals below and departments are told by name', (t) => {
  const before = policyOf([{ ...permit, roles: ['health-professional'] }])
  const after = policyOf([
    { ...permit, roles: ['health-professional'] }, { effect: 'forbid', organizations: ['north'], levels: ['V'], conditions: [{ attribute: 'department', noneOf: ['oncology'] }] }
  ])
  t.strictSame(policyDiff(before, after), {
    gains: [],
    loses: [{
      roles: ['dentist', 'emergency', 'health-professional', 'nurse', 'pharmacist', 'physician'],
      organizations: ['NorthMSP'],
      departments: ['cardiology', 'cath-lab', ANY_OTHER, NO_DEPARTMENT],
      actions: ['read'],
      purposes: ['TREAT'],
      levels: ['V'],
      mediaClasses: ALL.mediaClasses
    }]
  })
  t.end()
})

t.test('a role that only one of them lists, and hospitals and departments of conditions, are told apart', (t) => {
  const roles: PolicyDocument['roles'] = [...POLICY_1.roles, { id: 'midwife', kind: 'structural', parents: [] }]
  const conditions: PolicyRule['conditions'] = [
    { attribute: 'organization', anyOf: ['EastMSP'] }, { attribute: 'department', anyOf: ['maternity'] }
  ]
  const after = policyOf([{ ...permit, roles: ['midwife'], mediaClasses: ['image'], conditions }], { roles, organizations: [] })
  t.strictSame(policyDiff(policyOf([], { organizations: [] }), after).gains, [{
    roles: ['midwife'], organizations: ['EastMSP'], departments: ['maternity'], actions: ['read'], purposes: ['TREAT'], levels: ALL.levels, mediaClasses: ['image']
  }])
  const wards = policyOf([{ ...permit, departments: ['maternity'] }], { organizations: [] })
  t.strictSame(policyDiff(policyOf([], { organizations: [] }), wards).gains.map((g) => g.departments), [['maternity']])
  t.end()
})

t.test('other limits of break-glass are told with both', (t) => {
  const stricter = { ...POLICY_1, emergency: { ...POLICY_1.emergency, boxHours: 2 } }
  const emergency = { before: POLICY_1.emergency, after: stricter.emergency }
  t.strictSame(policyDiff(POLICY_1, stricter), { gains: [], loses: [], emergency })
  for (const change of [{ openingsPerDay: 1 }, { openingsPerPerson: 1 }, { secondRoles: ['nurse'] }, { secondPractitioner: ['N' as const, 'R' as const, 'V' as const] }]) {
    const changed = { ...POLICY_1, emergency: { ...POLICY_1.emergency, ...change } }
    t.ok(policyDiff(POLICY_1, changed).emergency)
  }
  t.end()
})

t.test('a diff has each request of which the two policies say otherwise, and no other', (t) => {
  fc.assert(fc.property(policy, policy, asked, (before, after, a) => {
    const text = JSON.stringify([before, after])
    /** Whom neither policy names stands behind `*`. */
    const is = (list: readonly string[], value: string): boolean => list.includes(value === NO_DEPARTMENT || text.includes(`"${value}"`) ? value : ANY_OTHER)
    const covers = (scopes: readonly PolicyScope[], { level, mediaClass }: Asked['records'][number]): boolean => scopes.some((s) =>
      s.roles.includes(a.role ?? '') && s.actions.includes(a.action ?? 'read') && s.purposes.includes(a.purpose) &&
      s.levels.includes(level) && s.mediaClasses.includes(mediaClass) &&
      is(s.organizations, a.mspId) && is(s.departments, a.department ?? NO_DEPARTMENT))
    const { gains, loses } = policyDiff(before, after)
    return a.records.every((record) => {
      const [was, now] = [before, after].map((p) => decide(consented(p, { ...a, records: [record] })).decision === 'permit')
      return covers(gains, record) === (now === true && was === false) && covers(loses, record) === (was === true && now === false)
    })
  }), { numRuns: RUNS })
  t.end()
})
