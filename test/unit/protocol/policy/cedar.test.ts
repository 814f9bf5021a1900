import t from 'tap'
import fc from 'fast-check'
import { decide, DECISION_RULES } from '@epione/protocol'
import type { Decision } from '@epione/protocol'
import { askCedar } from '../../../helpers/cedar-policy.ts'
import type { CedarVerdict } from '../../../helpers/cedar-policy.ts'
import { asked, consented, policy } from '../../../helpers/policies.ts'
import { runs } from '../../../helpers/runs.ts'

const RUNS = runs(300, 10_000)

/** The policy's half of a decision in Cedar's terms: the rules that determined it. */
function verdictOf ({ decision, reasons }: Decision): CedarVerdict {
  const rules = reasons.flatMap(({ rule, facts = [] }) => {
    if (rule === DECISION_RULES.roleMayAct) return facts.slice(2)
    if (rule === DECISION_RULES.policyForbids) return facts
    return rule === DECISION_RULES.policyUndecided ? [`${facts[0] ?? ''} unknown`] : []
  })
  return { decision, rules: rules.sort() }
}

t.test('Cedar decides the same over generated policies and requests, by the same rules', (t) => {
  const seen = { permit: 0, deny: 0 }
  fc.assert(fc.property(policy, asked, (p, a) => {
    const verdicts = a.records.map((record) => {
      const theirs = askCedar(p, a, record)
      const ours = verdictOf(decide(consented(p, { ...a, records: [record] })))
      if (JSON.stringify(ours) !== JSON.stringify(theirs)) throw new Error(`ours ${JSON.stringify(ours)}, Cedar's ${JSON.stringify(theirs)}`)
      return theirs.decision
    })
    for (const verdict of verdicts) seen[verdict] += 1
    return (decide(consented(p, a)).decision === 'permit') === verdicts.every((v) => v === 'permit')
  }), { numRuns: RUNS })
  t.ok(seen.permit > RUNS / 20, 'it permits often enough to say something')
  t.ok(seen.deny > RUNS / 20)
  t.end()
})

t.test('Cedar decides the same of requests whose records are not known', (t) => {
  // A stream that is not known is denied whatever the policy says.
  fc.assert(fc.property(policy, asked.filter(({ action }) => action !== 'follow'), (p, a) => {
    const ours = verdictOf(decide(consented(p, { ...a, records: [] })))
    return JSON.stringify(ours) === JSON.stringify(askCedar(p, a))
  }), { numRuns: RUNS })
  t.end()
})
