import t from 'tap'
import fc from 'fast-check'
import { decide } from '@epione/protocol'
import type { DecisionInput, PolicyDocument } from '@epione/protocol'
import { asked, condition, consented, forbidding, policy } from '../../../helpers/policies.ts'
import { runs } from '../../../helpers/runs.ts'

const RUNS = runs(500, 20_000)
const input = fc.tuple(policy, asked).map(([p, a]) => consented(p, a))

const permits = (i: DecisionInput): boolean => decide(i).decision === 'permit'
const under = (i: DecisionInput, change: (p: PolicyDocument) => PolicyDocument): DecisionInput => ({ ...i, policy: change(i.policy) })
const without = (i: DecisionInput, attribute: 'role' | 'department'): DecisionInput => {
  const { [attribute]: _, ...actor } = i.actor
  return { ...i, actor }
}
const holds = <T>(arbitrary: fc.Arbitrary<T>, property: (value: T) => boolean): void => {
  fc.assert(fc.property(arbitrary, property), { numRuns: RUNS })
}

t.test('generated policies permit and deny often enough to say something', (t) => {
  const decisions = fc.sample(input, { numRuns: 200, seed: 1 }).map(permits)
  t.ok(decisions.filter((d) => d).length > 20)
  t.ok(decisions.filter((d) => !d).length > 20)
  t.end()
})

t.test('the same policy and request give the same bytes', (t) => {
  holds(input, (i) => JSON.stringify(decide(i)) === JSON.stringify(decide(structuredClone(i))))
  t.end()
})

t.test('adding a rule that forbids never widens', (t) => {
  holds(fc.tuple(input, forbidding), ([i, rule]) => permits(i) || !permits(under(i, (p) => ({ ...p, rules: [...p.rules, rule] }))))
  t.end()
})

/** Whoever is certified in full: every rule can be evaluated. */
const certified = fc.tuple(policy, asked.filter((a) => a.role !== undefined && a.department !== undefined)).map(([p, a]) => consented(p, a))

t.test('of whoever is certified in full, fewer permits or a condition more on each never widen', (t) => {
  holds(fc.tuple(certified, fc.nat()), ([i, n]) => permits(i) || !permits(under(i, (p) => {
    const gone = p.rules.filter((r) => r.effect === 'permit')[n % 8]
    return { ...p, rules: p.rules.filter((r) => r !== gone) }
  })))
  holds(fc.tuple(certified, condition), ([i, added]) => permits(i) || !permits(under(i, (p) => ({
    ...p, rules: p.rules.map((r) => r.effect === 'permit' ? { ...r, conditions: [...(r.conditions ?? []), added] } : r)
  }))))
  t.end()
})

t.test('the order of rules, roles, nodes, values and records does not matter', (t) => {
  const turned = <T>(list: T[]): T[] => [...list].reverse()
  holds(input, (i) => {
    const other = under({ ...i, records: [...i.records].reverse() }, (p) => ({
      ...p,
      roles: turned(p.roles).map((r) => ({ ...r, parents: turned(r.parents) })),
      organizations: turned(p.organizations),
      rules: turned(p.rules).map((r) => ({
        ...r,
        ...(r.roles !== undefined && { roles: turned(r.roles) }),
        ...(r.organizations !== undefined && { organizations: turned(r.organizations) }),
        ...(r.levels !== undefined && { levels: turned(r.levels) }),
        ...(r.conditions !== undefined && { conditions: turned(r.conditions) })
      }))
    }))
    return JSON.stringify({ ...decide(other), policyVersion: '' }) === JSON.stringify({ ...decide(i), policyVersion: '' })
  })
  t.end()
})

t.test('a certificate that says less never opens more', (t) => {
  holds(fc.tuple(input, fc.constantFrom('role' as const, 'department' as const)), ([i, gone]) => permits(i) || !permits(without(i, gone)))
  t.end()
})

t.test('asking for one record more never turns a denial into a permit', (t) => {
  holds(fc.tuple(policy, asked, asked), ([p, a, more]) =>
    permits(consented(p, a)) || !permits(consented(p, { ...a, records: [...a.records, ...more.records] })))
  t.end()
})

t.test('revoking a consent is monotone under every policy', (t) => {
  holds(input, (i) => i.consent !== undefined && !permits({ ...i, consent: { ...i.consent, revoked: true } }))
  t.end()
})

t.test('a permit names rules that permit, a denial at least one reason', (t) => {
  holds(input, (i) => {
    const { decision, reasons } = decide(i)
    const effects = new Map(i.policy.rules.map((r) => [r.id, r.effect]))
    if (decision === 'deny') return reasons.length > 0
    return reasons[0]?.facts !== undefined && reasons[0].facts.length > 2 && reasons[0].facts.slice(2).every((id) => effects.get(id) === 'permit')
  })
  t.end()
})
