import t from 'tap'
import { AUTHOR_ROLE, decide, DECISION_RULES, isRole, POLICY_1, policyName, PURPOSES, roleIs, rolesUpward } from '@epione/protocol'
import type { Reason } from '@epione/protocol'
import { consented, LEVELS, MEDIA } from '../../../helpers/policies.ts'

/** Who reads for what, by the base rules. */
const READERS: Readonly<Record<string, readonly string[]>> = {
  'health-professional': ['TREAT', 'ETREAT'],
  physician: ['TREAT', 'ETREAT'],
  nurse: ['TREAT', 'ETREAT'],
  pharmacist: ['TREAT', 'ETREAT'],
  dentist: ['TREAT', 'ETREAT'],
  emergency: ['TREAT', 'ETREAT'],
  researcher: ['HRESCH'],
  'privacy-officer': [],
  registrar: [],
  auditor: [],
  gateway: [],
  gardener: []
}

t.test('policy 1 permits and denies what the base rules do, whatever the record, the hospital and the department', (t) => {
  for (const [role, reads] of Object.entries(READERS)) {
    for (const purpose of PURPOSES) {
      for (const department of [undefined, 'cardiology']) {
        const records = LEVELS.flatMap((level) => MEDIA.map((mediaClass) => ({ level, mediaClass })))
        const { decision, reasons, policyVersion } = decide(consented(POLICY_1, { mspId: 'AnyMSP', role, department, purpose, records }))
        const permitted = reads.includes(purpose)
        const rule = role === 'researcher' ? 'researchers-study' : 'professionals-treat'
        const expected: Reason = permitted
          ? { rule: DECISION_RULES.roleMayAct, facts: [role, purpose, rule] }
          : { rule: DECISION_RULES.roleMayNotAct, facts: [role, purpose] }
        t.equal(decision, permitted ? 'permit' : 'deny', `${role} ${purpose}`)
        t.strictSame(reasons[0], expected)
        t.equal(reasons.length, permitted ? 2 : 1)
        t.equal(policyVersion, policyName(POLICY_1))
      }
    }
  }
  t.end()
})

t.test('without a certified role nobody reads: no rule for the purpose can be evaluated', (t) => {
  for (const purpose of PURPOSES) {
    const { decision, reasons } = decide(consented(POLICY_1, { mspId: 'AnyMSP', purpose, records: [{ level: 'N', mediaClass: 'document' }] }))
    t.equal(decision, 'deny')
    t.strictSame(reasons.at(-1), { rule: DECISION_RULES.roleMayNotAct, facts: ['none', purpose] })
    const rule = purpose === 'HRESCH' ? 'researchers-study' : 'professionals-treat'
    t.strictSame(reasons.slice(0, -1), ['TREAT', 'ETREAT', 'HRESCH'].includes(purpose)
      ? [{ rule: DECISION_RULES.policyUndecided, facts: [rule, 'role'] }]
      : [])
  }
  t.end()
})

t.test('roles inherit upwards only, and offices are none', (t) => {
  t.strictSame([...rolesUpward(POLICY_1, 'physician')], ['physician', 'health-professional'])
  t.strictSame([...rolesUpward(POLICY_1, 'gardener')], ['gardener'])
  t.ok(roleIs(POLICY_1, 'physician', AUTHOR_ROLE))
  t.ok(roleIs(POLICY_1, AUTHOR_ROLE, AUTHOR_ROLE))
  t.notOk(roleIs(POLICY_1, AUTHOR_ROLE, 'physician'))
  t.notOk(roleIs(POLICY_1, 'gardener', 'gardener'))
  t.notOk(roleIs(POLICY_1, undefined, AUTHOR_ROLE))
  for (const role of ['gateway', 'registrar', 'auditor', 'constructor']) t.notOk(isRole(POLICY_1, role), role)
  t.ok(isRole(POLICY_1, 'privacy-officer'))
  t.end()
})
