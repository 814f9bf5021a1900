import t from 'tap'
import { checkProhibitions, DECISION_RULES as R, prohibitionFacts } from '@epione/protocol'
import type { Prohibition, ProhibitionFacts } from '@epione/protocol'

type Case = Parameters<typeof checkProhibitions>[0]
const [ONE, OTHER] = ['11'.repeat(32), '22'.repeat(32)]
const asked: Omit<Case, 'prohibitions'> = {
  time: 10,
  request: { requester: { mspId: 'CoreMSP', staffId: 'person-1' }, action: 'read', purpose: 'TREAT' },
  actor: { department: 'cardiology' },
  records: [{ label: ONE, level: 'N' }, { label: OTHER, level: 'R' }]
}
const check = (forbids: ProhibitionFacts['forbids'], change: Partial<Case> = {}): string[] =>
  checkProhibitions({ ...asked, prohibitions: [{ id: 'aa', forbids }], ...change }).map((r) => r.rule)

t.test('what a prohibition says becomes its facts; one that only ends another has none', (t) => {
  const body: Prohibition = {
    type: 'Prohibition', nonce: '00'.repeat(16), issuedAt: 0, submitBefore: 1, patientId: 'a'.repeat(32), forbids: { levels: ['V'] }
  }
  t.strictSame(prohibitionFacts('aa', body), { id: 'aa', forbids: { levels: ['V'] } })
  t.strictSame(prohibitionFacts('aa', { ...body, notAfter: 5 }), { id: 'aa', forbids: { levels: ['V'] }, notAfter: 5 })
  const { forbids: _, ...ending } = body
  t.equal(prohibitionFacts('aa', { ...ending, ends: 'bb'.repeat(32) }), undefined)
  t.end()
})

t.test('a record is forbidden by label and level both, and one of several is enough', (t) => {
  t.strictSame(check({ labels: [OTHER] }), [R.patientProhibits])
  t.strictSame(check({ levels: ['R'] }), [R.patientProhibits])
  t.strictSame(check({ labels: ['33'.repeat(32)] }), [])
  t.strictSame(check({ levels: ['V'] }), [])
  t.strictSame(check({ labels: [OTHER], levels: ['R'] }), [R.patientProhibits])
  t.strictSame(check({ labels: [OTHER], levels: ['N'] }), [])
  t.end()
})

t.test('one that names neither label nor level forbids whatever is asked for, records or not', (t) => {
  t.strictSame(check({ organizations: ['CoreMSP'] }, { records: [] }), [R.patientProhibits])
  t.strictSame(check({ labels: [ONE] }, { records: [] }), [])
  t.strictSame(check({ levels: ['N'] }, { records: [] }), [])
  t.end()
})

t.test('one of several departments is enough, certified or not said', (t) => {
  const departments = [{ mspId: 'CoreMSP', department: 'cardiology' }, { mspId: 'NorthMSP', department: 'oncology' }]
  t.strictSame(check({ departments }), [R.patientProhibits])
  t.strictSame(check({ departments }, { actor: {} }), [R.prohibitionUndecided])
  t.strictSame(check({ departments }, { actor: { department: 'oncology' } }), [])
  t.strictSame(check({ departments: departments.slice(1) }, { actor: {} }), [])
  t.end()
})

t.test('prohibitions are named by id, each once and ascending', (t) => {
  const forbids = { levels: ['N' as const] }
  const prohibitions = ['cc', 'aa', 'bb', 'aa'].map((id) => ({ id, forbids }))
  t.strictSame(checkProhibitions({ ...asked, prohibitions }), [{ rule: R.patientProhibits, facts: ['aa', 'bb', 'cc'] }])
  t.end()
})
