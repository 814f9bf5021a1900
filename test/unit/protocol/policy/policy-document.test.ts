import t from 'tap'
import fc from 'fast-check'
import { canonicalize } from '@epione/crypto'
import { AUTHOR_ROLE, checkPolicy, checkSchema, POLICY_1, policyHash, policyName, PolicyDocument, REVIEW_ROLE } from '@epione/protocol'
import type { PolicyDocument as Policy, PolicyOrganization, PolicyRule } from '@epione/protocol'
import { policy, policyOf, TREE } from '../../../helpers/policies.ts'
import { runs } from '../../../helpers/runs.ts'

const permit: PolicyRule = { id: 'p', effect: 'permit', roles: ['nurse'], actions: ['read'], purposes: ['TREAT'] }
const check = (value: unknown): unknown => checkSchema(PolicyDocument, value, 'PolicyDocument')

t.test('policy 1 and every generated policy fit the schema and have no faults', (t) => {
  t.same(checkPolicy(POLICY_1), [])
  t.equal(check(POLICY_1), POLICY_1)
  fc.assert(fc.property(policy, (p) => check(p) === p && checkPolicy(p).length === 0), { numRuns: runs(200, 2000) })
  t.end()
})

t.test('a policy\'s hash is that of its canonical bytes, and its name in events has the version before it', (t) => {
  t.equal(policyHash(POLICY_1), policyHash(structuredClone(POLICY_1)))
  t.equal(policyName(POLICY_1), `1/${policyHash(POLICY_1)}`)
  t.equal(policyName({ ...POLICY_1, version: 2 }), `2/${policyHash({ ...POLICY_1, version: 2 })}`)
  t.not(policyHash({ ...POLICY_1, rules: POLICY_1.rules.toReversed() }), policyHash(POLICY_1))
  t.equal(policyHash(POLICY_1), '1fb21a0dbb50a04b635d8a01fa6a4983d71c2c8bcc1484eceeac4a52bd61f211', 'of every network that begins with it')
  t.end()
})

t.test('what is unknown, empty, double or too much does not fit the schema', (t) => {
  const rule = (change: object): unknown => ({ ...POLICY_1, rules: [{ ...permit, ...change }] })
  const wrong: [string, unknown][] = [
    ['an unknown member', { ...POLICY_1, comment: 'x' }],
    ['an unknown member of a rule', rule({ comment: 'x' })],
    ['an unknown effect', rule({ effect: 'allow' })],
    ['no roles at all', { ...POLICY_1, roles: [] }],
    ['an empty list', rule({ roles: [] })],
    ['no conditions in the list', rule({ conditions: [] })],
    ['a value twice', rule({ roles: ['nurse', 'nurse'] })],
    ['an unknown action', rule({ actions: ['write'] })],
    ['an unknown purpose', rule({ purposes: ['CURIOSITY'] })],
    ['an unknown level', rule({ levels: ['U'] })],
    ['an unknown media class', rule({ mediaClasses: ['video'] })],
    ['an attribute that no certificate carries', rule({ conditions: [{ attribute: 'age', anyOf: ['18'] }] })],
    ['a condition both ways', rule({ conditions: [{ attribute: 'role', anyOf: ['nurse'], noneOf: ['nurse'] }] })],
    ['257 rules', { ...POLICY_1, rules: Array.from({ length: 257 }, (_, i) => ({ ...permit, id: `r${String(i)}` })) }],
    ['a core hospital below something', { ...POLICY_1, organizations: [{ id: 'core', kind: 'core', mspId: 'CoreMSP', parent: 'core' }] }],
    ['a box of five hours', { ...POLICY_1, emergency: { ...POLICY_1.emergency, boxHours: 5 } }]
  ]
  for (const [name, value] of wrong) t.throws(() => check(value), { name: 'SchemaMismatch' }, name)
  t.end()
})

t.test('each fault of a policy is told in a sentence', (t) => {
  const tree = (...added: PolicyOrganization[]): { organizations: PolicyOrganization[] } => ({ organizations: [...TREE, ...added] })
  const roles = (id: string, ...parents: string[]): { roles: typeof POLICY_1.roles } =>
    ({ roles: [...POLICY_1.roles, { id, kind: 'functional', parents }] })
  const cases: [string, ReturnType<typeof policyOf>][] = [
    ['List each role once: nurse is there twice.', policyOf([], roles('nurse'))],
    ['List the role chief: it is a parent of deputy.', policyOf([], roles('deputy', 'chief'))],
    ['Let no role inherit from itself, as ward-nurse does.', policyOf([], roles('ward-nurse', 'nurse', 'ward-nurse'))],
    ['Leave out auditor: an office is no role of a policy.', policyOf([], roles('auditor'))],
    ['List the role health-professional: only who is of it writes records.', policyOf([], { roles: [{ id: REVIEW_ROLE, kind: 'structural', parents: [] }] })],
    ['List the role privacy-officer: only who is of it reviews emergencies.', policyOf([], { roles: [{ id: AUTHOR_ROLE, kind: 'structural', parents: [] }] })],
    ['List each organization once: far is there twice.', policyOf([], tree({ id: 'far', kind: 'core', mspId: 'FarMSP' }, { id: 'far', kind: 'core', mspId: 'OtherMSP' }))],
    ['Give each hospital one place: CoreMSP has two.', policyOf([], tree({ id: 'again', kind: 'core', mspId: 'CoreMSP' }))],
    ['Give each department one place: cath-lab of NorthMSP has two.', policyOf([], tree({ id: 'again', kind: 'department', department: 'cath-lab', parent: 'north' }))],
    ['List the organization west: it is the parent of west-ward.', policyOf([], tree({ id: 'west-ward', kind: 'department', department: 'ward', parent: 'west' }))],
    ['Put east below a core hospital: north is none.', policyOf([], tree({ id: 'east', kind: 'regional', mspId: 'EastMSP', parent: 'north' }))],
    ['Give each rule an id of its own: p is there twice.', policyOf([], { rules: [permit, permit] })],
    ['List the role gardener: rule p names it.', policyOf([], { rules: [{ ...permit, roles: ['gardener'] }] })],
    ['List the role gardener: rule p names it.', policyOf([], { rules: [{ ...permit, conditions: [{ attribute: 'role', noneOf: ['gardener'] }] }] })],
    ['List the role gardener: rule p names it.', policyOf([], { rules: [{ ...permit, conditions: [{ attribute: 'role', anyOf: ['gardener'] }] }] })],
    ['List the organization mars: rule p names it.', policyOf([], { rules: [{ ...permit, organizations: ['mars'] }] })],
    ['List the role gardener: second practitioners are of it.', policyOf([], { emergency: { ...POLICY_1.emergency, secondRoles: ['gardener'] } })],
    ...(['R', 'V'] as const).map((level): [string, ReturnType<typeof policyOf>] => [
      `Ask for a second practitioner at level ${level}: no policy goes without.`,
      policyOf([], { emergency: { ...POLICY_1.emergency, secondPractitioner: (['N', 'R', 'V'] as const).filter((l) => l !== level) } })
    ])
  ]
  for (const [sentence, document] of cases) t.strictSame(checkPolicy(document), [sentence], sentence)
  t.end()
})

t.test('a permit says for whom, what and why; a forbid may forbid all', (t) => {
  const bare = policyOf([{ effect: 'permit' }, { effect: 'forbid' }])
  t.strictSame(checkPolicy(bare), ['roles', 'actions', 'purposes'].map((member) =>
    `Say in rule rule-0 which ${member} it permits: what nobody thought of is not permitted.`))
  t.strictSame(checkPolicy(policyOf([{ effect: 'permit', departments: ['oncology'], conditions: [{ attribute: 'department', anyOf: ['x'] }] }])).length, 3)
  t.end()
})

t.test('departments in a ring are told, and belong to no hospital', (t) => {
  const ring: PolicyOrganization[] = [
    { id: 'a', kind: 'department', department: 'ward', parent: 'b' }, { id: 'b', kind: 'department', department: 'ward', parent: 'a' }
  ]
  t.strictSame(checkPolicy(policyOf([], { organizations: ring })), [
    'Give each department one place: ward of no hospital has two.',
    'Let no organization be below itself, as a is.',
    'Let no organization be below itself, as b is.'
  ])
  t.end()
})

t.test('a policy is no longer than any canonical text', (t) => {
  const departments = (bytes: number): string[] => Array.from({ length: 8 }, (_, i) => `${String(i)}${'d'.repeat(bytes)}`)
  const rules = Array.from({ length: 140 }, (_, i): PolicyRule => ({ ...permit, id: `rule-${String(i)}`, departments: departments(25) }))
  const padded = (values: string[]): Policy => policyOf([], { rules: [...rules, { ...permit, id: 'last', departments: values }] })
  const sizeOf = (values: string[]): number => canonicalize(padded(values)).length
  while (sizeOf(departments(0)) < 65_100) rules.push({ ...permit, id: `rule-${String(rules.length)}`, departments: departments(25) })
  const room = 65_536 - sizeOf(departments(0))
  t.ok(room > 0, 'the last rule takes what is left')
  const values = departments(0).map((v, i) => v + 'd'.repeat(Math.floor(room / 8) + (i < room % 8 ? 1 : 0)))
  t.equal(sizeOf(values), 65_536)
  t.same(checkPolicy(padded(values)), [])
  const [first = '', ...rest] = values
  t.strictSame(checkPolicy(padded([`${first}d`, ...rest])), ['Shorten the policy: it has 65537 bytes of at most 65536.'])
  t.end()
})
