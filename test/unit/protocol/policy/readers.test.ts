import t from 'tap'
import fc from 'fast-check'
import { decide, readersOf } from '@epione/protocol'
import type {
  Consent, DecisionInput, KnownPerson, PolicyDocument, PolicyRule, ProhibitionFacts, ReadersCase, RecordReader, RequestedRecord,
  RequestedStream
} from '@epione/protocol'
import { asked, consented, DEPARTMENTS, eventRecord, policy, policyOf } from '../../../helpers/policies.ts'
import type { Asked } from '../../../helpers/policies.ts'
import { runs } from '../../../helpers/runs.ts'

type Grantee = Consent['grantee']

const RUNS = runs(200, 5000)
const permit: Omit<PolicyRule, 'id'> = { effect: 'permit', roles: ['health-professional'], actions: ['read'], purposes: ['TREAT'] }
const nurse: Asked = { mspId: 'NorthMSP', role: 'nurse', department: 'cardiology', purpose: 'TREAT', records: [{ level: 'N', mediaClass: 'document' }] }
const CONSENT = 'cc'.repeat(32)

/** The newest segment of a stream: its readers are told of who may follow, too. */
function segmentOf ({ stream, head, version, label, epoch, level, deviceId }: RequestedStream): Partial<RequestedRecord> {
  const segment = { stream, first: 1, last: head, root: '11'.repeat(32) }
  return { recordId: stream, version, label, epoch, level, mediaClass: 'signal', author: { kind: 'device', deviceId }, segment }
}

/** The case whose only question is the decision of `input`, of somebody whom the log has seen or not. */
function caseOf (input: DecisionInput, isSeen: boolean): ReadersCase {
  const { request: { requester, patientId, receivingKey }, consent, actor, time, policy, patient, prohibitions } = input
  const [compartment] = input.compartments ?? []
  const target = compartment ?? input.records[0] ?? (input.stream && segmentOf(input.stream))
  if (target === undefined || consent === undefined) throw new TypeError('a case has a record and a consent')
  const record = { ...eventRecord('N', 'document'), ...target }
  const person: KnownPerson = { ...requester, receivingKey, ...(isSeen && { seen: actor }) }
  return { time, policy, patient, prohibitions, patientId, record, consents: new Map([[CONSENT, consent]]), people: [person] }
}

function only (readers: readonly RecordReader[]): RecordReader {
  const [reader, ...others] = readers
  if (reader === undefined || others.length > 0) throw new TypeError(`one reader, not ${String(readers.length)}`)
  return reader
}

const ofOne = (a: Asked): Asked => ({ ...a, records: a.records.slice(0, 1) })

t.test('whoever the log has seen gets the one decision, reason for reason', (t) => {
  fc.assert(fc.property(policy, asked, (p, a) => {
    const input = consented(p, ofOne(a))
    const { outcome, reasons, seen, ...reader } = only(readersOf(caseOf(input, true)))
    const decision = decide(input)
    t.strictSame(reader, { consentId: CONSENT, mspId: a.mspId, staffId: 'person-1', action: a.action, purpose: a.purpose })
    t.strictSame(seen, input.actor)
    return outcome === decision.decision && JSON.stringify(reasons) === JSON.stringify(decision.reasons)
  }), { numRuns: RUNS })
  t.end()
})

t.test('of whoever the log has not seen it tells exactly the certificates with which the decision is a permit', (t) => {
  fc.assert(fc.property(policy, asked, (p, a) => {
    const input = consented(p, ofOne(a))
    const { outcome, permitted = [] } = only(readersOf(caseOf(input, false)))
    const certified = p.roles.flatMap(({ id: role }) => [...DEPARTMENTS, undefined].map((department) => ({ role, department })))
    const agree = certified.every(({ role, department }) => {
      const actor = { role, ...(department !== undefined && { department }) }
      const told = permitted.some(({ roles, departments }) => roles.includes(role) && departments.includes(nameOf(p, department)))
      return told === (decide({ ...input, actor }).decision === 'permit')
    })
    return agree && (outcome === 'depends') === (permitted.length > 0)
  }), { numRuns: RUNS })
  t.end()
})

/** None, any other than those that the policy names, or this one. */
function nameOf (p: PolicyDocument, department: string | undefined): string {
  if (department === undefined) return '-'
  return JSON.stringify(p).includes(`"${department}"`) ? department : '*'
}

t.test('a prohibition more adds no reader', (t) => {
  fc.assert(fc.property(policy, asked, fc.boolean(), fc.constantFrom(...DEPARTMENTS), (p, a, isSeen, department) => {
    const facts = caseOf(consented(p, ofOne(a)), isSeen)
    const more: ProhibitionFacts = { id: 'ab'.repeat(32), forbids: { departments: [{ mspId: a.mspId, department }] } }
    const before = only(readersOf(facts))
    const after = only(readersOf({ ...facts, prohibitions: [more] }))
    return before.outcome !== 'deny' || after.outcome === 'deny'
  }), { numRuns: RUNS })
  t.end()
})

t.test('whoever has no key in force cannot ask, and without a consent there is nobody', (t) => {
  const facts = caseOf(consented(policyOf([permit]), nurse), true)
  const { outcome, reasons } = only(readersOf({ ...facts, people: [{ mspId: 'NorthMSP', staffId: 'person-1' }] }))
  t.strictSame({ outcome, reasons }, { outcome: 'unable', reasons: [] })
  t.equal(only(readersOf({ ...facts, people: [] })).outcome, 'unable')
  t.strictSame(readersOf({ ...facts, consents: new Map() }), [])
  t.end()
})

t.test('each consent is judged for each of its actions and purposes', (t) => {
  const facts = caseOf(consented(policyOf([permit]), nurse), true)
  const [consent] = facts.consents.values()
  if (consent === undefined) throw new TypeError('there is one consent')
  const wide = { ...consent, body: { ...consent.body, purposes: ['TREAT', 'HRESCH'] as const } }
  const revoked = { ...consent, revoked: true }
  const readers = readersOf({
    ...facts, consents: new Map([['01'.repeat(32), { ...wide, body: { ...wide.body, purposes: [...wide.body.purposes] } }], ['02'.repeat(32), revoked]])
  })
  t.strictSame(readers.map(({ consentId, purpose, outcome }) => [consentId.slice(0, 2), purpose, outcome]), [
    ['01', 'TREAT', 'permit'], ['01', 'HRESCH', 'deny'], ['02', 'TREAT', 'deny']
  ])
  t.strictSame(readers.at(-1)?.reasons, [{ rule: 'consent.revoked' }])
  t.end()
})

t.test('a condition of the consent and a prohibition tell departments apart that the policy does not know', (t) => {
  const facts = caseOf(consented(policyOf([permit], { organizations: [] }), nurse), false)
  const [consent] = facts.consents.values()
  if (consent === undefined) throw new TypeError('there is one consent')
  const conditions = [{ attribute: 'department' as const, anyOf: ['burns', 'ward-7'] }]
  const consents = new Map([[CONSENT, { ...consent, body: { ...consent.body, conditions } }]])
  const forbids = { departments: [{ mspId: 'NorthMSP', department: 'ward-7' }] }
  const { permitted } = only(readersOf({ ...facts, consents, prohibitions: [{ id: 'ab'.repeat(32), forbids }] }))
  t.strictSame(permitted?.map(({ departments }) => departments), [['burns']])
  t.strictSame(permitted?.[0]?.roles.includes('nurse'), true)
  t.end()
})

t.test('what no certificate would change is told without asking for every certificate', (t) => {
  const facts = caseOf(consented(policyOf([permit]), nurse), false)
  const { outcome, reasons } = only(readersOf({ ...facts, patient: { frozen: true, succeeded: false } }))
  t.equal(outcome, 'deny')
  t.ok(reasons.some(({ rule }) => rule === 'patient.frozen'))
  t.equal(only(readersOf({ ...facts, policy: policyOf([{ ...permit, purposes: ['HRESCH'] }]) })).outcome, 'deny')
  t.end()
})

/** The nurse's case with another grantee of the consent. */
function grantedTo (grantee: Grantee, isSeen: boolean): ReadersCase {
  const facts = caseOf(consented(policyOf([permit]), nurse), isSeen)
  const [consent] = facts.consents.values()
  if (consent === undefined) throw new TypeError('there is one consent')
  return { ...facts, consents: new Map([[CONSENT, { ...consent, body: { ...consent.body, grantee } }]]) }
}

t.test('a person is one of a hospital: their namesake elsewhere is somebody else', (t) => {
  const facts = caseOf(consented(policyOf([permit]), nurse), true)
  const [person] = facts.people
  if (person === undefined) throw new TypeError('there is one person')
  const others = [{ ...person, mspId: 'SouthMSP' }, { ...person, staffId: 'person-2' }]
  t.equal(only(readersOf({ ...facts, people: others })).outcome, 'unable')
  t.equal(only(readersOf({ ...facts, people: [...others, person] })).outcome, 'permit')
  t.end()
})

t.test('of a consent to a department each member reads as of it, with its key; whom a deposit brings nobody knows', (t) => {
  const department = { kind: 'department' as const, mspId: 'NorthMSP', department: 'cardiology', keyVersion: 1, receivingKey: 'theirs' }
  const facts = grantedTo(department, false)
  const members = new Map([[CONSENT, { receivingKey: 'theirs', keyVersion: 1, members: ['person-1', 'person-2'] }]])
  const [first, second, ...none] = readersOf({ ...facts, departments: members })
  t.strictSame([first?.staffId, first?.outcome, first?.permitted?.map((p) => p.departments)], ['person-1', 'depends', [['cardiology']]])
  t.strictSame([second?.staffId, second?.outcome, none], ['person-2', 'unable', []], 'who has no key bound asks for nothing')
  const rotated = new Map([[CONSENT, { receivingKey: 'newer', keyVersion: 2, members: ['person-1'] }]])
  const { outcome, reasons } = only(readersOf({ ...facts, departments: rotated }))
  t.strictSame([outcome, reasons.map(({ rule }) => rule).includes('consent.department-key-outdated')], ['deny', true])
  t.strictSame(readersOf(facts), [], 'a department that is not there has no members')
  t.strictSame(readersOf(grantedTo({ kind: 'organization', mspId: 'NorthMSP', keyVersion: 1, receivingKey: 'theirs' }, false)), [])
  t.end()
})

t.test('departments are told apart by what asks for them: another policy too, another hospital\'s not', (t) => {
  const facts = caseOf(consented(policyOf([permit]), nurse), false)
  const told = (more: Partial<ReadersCase>): (readonly string[])[] =>
    (only(readersOf({ ...facts, ...more })).permitted ?? []).map((p) => p.departments)
  const before = told({})
  t.notOk(before.flat().includes('burns'))
  const beside = policyOf([{ ...permit, departments: ['burns'] }])
  t.ok(told({ beside }).every((departments) => departments.includes('burns')))
  const forbids = (mspId: string): ProhibitionFacts[] => [{ id: 'ab'.repeat(32), forbids: { departments: [{ mspId, department: 'burns' }] } }]
  t.strictSame(told({ prohibitions: forbids('SouthMSP') }), before)
  t.not(JSON.stringify(told({ prohibitions: forbids('NorthMSP') })), JSON.stringify(before), 'the own hospital\'s are')
  const sorted = told({ beside: policyOf([{ ...permit, departments: ['ward-9', 'burns'] }]) })
  t.strictSame(sorted.map((departments) => departments.filter((d) => d === 'ward-9' || d === 'burns')), sorted.map(() => ['burns', 'ward-9']))
  t.end()
})
