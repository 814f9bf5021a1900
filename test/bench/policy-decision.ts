import { decide, PURPOSES } from '@epione/protocol'
import type { PolicyRule } from '@epione/protocol'
import { consented, DEPARTMENTS, HOSPITALS, policyOf, ROLES, TREE } from '../helpers/policies.ts'
import { median } from './measure.ts'

const RULES = 200
const BATCHES = 21

/** Every second one is about the purpose that is asked for, so that it takes further questions to see whether it applies. */
function createRule (i: number): Omit<PolicyRule, 'id'> {
  const pick = <T>(list: readonly T[]): T[] => [list[(i >> 1) % list.length]].filter((value) => value !== undefined)
  const levels: PolicyRule['levels'] = ['N', 'R']
  const conditions: PolicyRule['conditions'] = [{ attribute: 'department', anyOf: ['oncology'] }]
  return {
    effect: i % 10 === 9 ? 'forbid' : 'permit',
    roles: pick(ROLES),
    actions: ['read'],
    purposes: i % 2 === 0 ? ['TREAT', 'ETREAT'] : pick(PURPOSES),
    ...(i % 3 === 0 && { organizations: pick(TREE).map((node) => node.id) }),
    ...(i % 5 === 0 && { levels }),
    ...(i % 10 === 9 && { conditions })
  }
}

/** Microseconds of one decision over 200 rules: the median of batches, each of requests by every role, hospital and department. */
export function measureDecision (): number {
  const policy = policyOf(Array.from({ length: RULES }, (_, i) => createRule(i)))
  const inputs = ROLES.flatMap((role) => HOSPITALS.flatMap((mspId) => DEPARTMENTS.map((department) => consented(policy, {
    mspId, role, department, purpose: 'TREAT', records: [{ level: 'N', mediaClass: 'document' }, { level: 'R', mediaClass: 'image' }]
  }))))
  const batches = Array.from({ length: BATCHES }, () => {
    const started = performance.now()
    for (let round = 0; round < 10; round++) for (const input of inputs) decide(input)
    return (performance.now() - started) * 1000 / (10 * inputs.length)
  })
  return median(batches)
}

if (import.meta.main) console.log(JSON.stringify({ policyDecisionUs: Number(measureDecision().toFixed(2)) }))
