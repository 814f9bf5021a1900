import t from 'tap'
import { Place } from '@epione/crypto'
import {
  ANY_OTHER, asksForTime, causeOf, certifiedOf, datingVersion, decide, departmentFacts, endOf, erasedBy, granteeKey, isConsentOver,
  nameGrantee, NO_DEPARTMENT, ORGANIZATION_GRANTEE, readersDiff, readersOf, recordPlace, searchKeyPlace, windowPlace
} from '@epione/protocol'
import type {
  Consent, DecisionInput, DepartmentFacts, KnownPerson, PolicyDocument, PolicyRule, ReadersCase, Reason, RecordReader, RequestedRecord,
  StoredStatement
} from '@epione/protocol'
import { consented, eventRecord, policyOf } from '../../../helpers/policies.ts'
import type { Asked } from '../../../helpers/policies.ts'

/* What a decision is made of, and what of two decisions differs, case by case. */

const KEY = '02'.padEnd(66, 'a')
const permit: Omit<PolicyRule, 'id'> = { effect: 'permit', roles: ['health-professional'], actions: ['read'], purposes: ['TREAT'] }
const nurse: Asked = { mspId: 'NorthMSP', role: 'nurse', department: 'cardiology', purpose: 'TREAT', records: [{ level: 'N', mediaClass: 'document' }] }
type Grantee = Consent['grantee']
const person: Grantee = { kind: 'practitioner', mspId: 'NorthMSP', staffId: 'dr-b', receivingKey: KEY }
const department: Grantee = { kind: 'department', mspId: 'NorthMSP', department: 'cardiology', keyVersion: 2, receivingKey: KEY }
const organization: Grantee = { kind: 'organization', mspId: 'NorthMSP', keyVersion: 1, receivingKey: KEY }

t.test('a grantee is listed and told of by its name', (t) => {
  t.equal(granteeKey(person), 'dr-b')
  t.equal(granteeKey(organization), ORGANIZATION_GRANTEE)
  t.equal(ORGANIZATION_GRANTEE, '*')
  t.strictSame([person, department, organization].map(nameGrantee), ['NorthMSP/dr-b', 'department NorthMSP/cardiology', 'NorthMSP'])
  t.end()
})

t.test('a consent is over once it was revoked, has expired or never came into force', (t) => {
  t.strictSame((['revoked', 'expired', 'void'] as const).filter(isConsentOver), ['revoked', 'expired', 'void'])
  t.strictSame((['pending', 'active', 'suspended', 'not-started'] as const).filter((status) => isConsentOver(status)), [])
  t.end()
})

t.test('certified is what is said of role and department, and nothing where nothing is', (t) => {
  t.strictSame(certifiedOf({}), {})
  t.strictSame(certifiedOf({ role: undefined, department: undefined }), {})
  t.strictSame(certifiedOf({ role: 'nurse' }), { role: 'nurse' })
  t.strictSame(certifiedOf({ department: 'oncology' }), { department: 'oncology' })
  t.strictSame(certifiedOf({ role: 'nurse', department: 'oncology' }), { role: 'nurse', department: 'oncology' })
  t.end()
})

t.test('an order is an erasure or a withdrawal, and ends the version that carries it', (t) => {
  const order = (type: string): StoredStatement =>
    ({ id: '0', txId: '0', time: 1, submittedBy: 'CoreMSP', statement: { body: JSON.stringify({ type }), signatures: [] } })
  t.equal(causeOf(order('Erasure')), 'erased')
  t.equal(causeOf(order('Withdrawal')), 'withdrawn')
  const version = { recordId: 'ab', version: 3 }
  t.equal(endOf(version), undefined)
  t.strictSame(endOf({ ...version, end: order('Erasure') }), { ...version, cause: 'erased' })
  t.strictSame(endOf({ ...version, end: order('Withdrawal') }), { ...version, cause: 'withdrawn' })
  t.end()
})

const rulesOf = (input: DecisionInput, prefix: string): Reason[] => decide(input).reasons.filter(({ rule }) => rule.startsWith(prefix))

t.test('what stands in an erased compartment ended with the first order that reached so far', (t) => {
  const erased = [{ label: 'b', epoch: 5, orderId: 'later' }, { label: 'b', epoch: 2, orderId: 'first' }, { label: 'c', epoch: 9, orderId: 'other' }]
  t.strictSame([1, 2, 3, 5, 6].map((epoch) => erasedBy(erased, { label: 'b', epoch })), ['first', 'first', 'later', 'later', undefined])
  t.equal(erasedBy(erased, { label: 'c', epoch: 9 }), 'other')
  t.equal(erasedBy(erased, { label: 'd', epoch: 1 }), undefined)
  t.equal(erasedBy([], { label: 'b', epoch: 1 }), undefined)
  t.end()
})

t.test('of a department a reader is a member, by its present key', (t) => {
  const facts: DepartmentFacts = departmentFacts(
    { receivingKey: KEY, members: [{ staffId: 'person-1', envelopeHash: '0' }] } as never, { keyVersion: 4 }
  )
  t.strictSame(facts, { receivingKey: KEY, keyVersion: 4, members: ['person-1'] })
  const base = consented(policyOf([permit]), nurse)
  const { consent } = base
  if (consent === undefined) throw new TypeError('the case has a consent')
  const by = (receivingKey: string, department?: DepartmentFacts): DecisionInput => {
    const grantee: Grantee = { kind: 'department', mspId: 'NorthMSP', department: 'cardiology', keyVersion: 4, receivingKey }
    const request = { ...base.request, receivingKey }
    const given = { ...consent, body: { ...consent.body, grantee } }
    return { ...base, request, consent: given, ...(department !== undefined && { department }) }
  }
  t.strictSame(rulesOf(by(KEY, facts), 'consent.'), [{ rule: 'consent.grants', facts: [base.request.consentId] }])
  t.strictSame(rulesOf(by(KEY), 'consent.'), [{ rule: 'consent.not-a-member', facts: ['cardiology'] }], 'of none that the ledger has')
  t.strictSame(rulesOf(by(KEY, { ...facts, members: ['other'] }), 'consent.'), [{ rule: 'consent.not-a-member', facts: ['cardiology'] }])
  t.strictSame(rulesOf(by(KEY, { ...facts, receivingKey: '03' }), 'consent.'), [{ rule: 'consent.department-key-outdated', facts: ['4'] }])
  const elsewhere = { ...by(KEY, facts), actor: { role: 'nurse', department: 'oncology' } }
  t.strictSame(rulesOf(elsewhere, 'consent.').map(({ rule }) => rule), ['consent.grantee-mismatch'], 'certified as of another one')
  t.end()
})

t.test('a compartment to search that is not there is named, and no other', (t) => {
  const search = consented(policyOf([{ ...permit, actions: ['search'] }]), { ...nurse, action: 'search' })
  const [first] = search.request.compartments ?? []
  if (first === undefined) throw new TypeError('the case has a compartment')
  t.equal(decide(search).decision, 'permit')
  const others = [{ ...first, epoch: first.epoch + 1 }, { label: 'ff'.repeat(32), epoch: first.epoch }]
  for (const other of others) {
    const input = { ...search, request: { ...search.request, compartments: [first, other] } }
    t.strictSame(rulesOf(input, 'compartment.'), [{ rule: 'compartment.unknown', facts: [`${other.label}/${String(other.epoch)}`] }])
  }
  const all = { ...search, request: { ...search.request, compartments: others }, compartments: [] }
  t.strictSame(rulesOf(all, 'compartment.'), [{ rule: 'compartment.unknown', facts: others.map((o) => `${o.label}/${String(o.epoch)}`) }])
  t.end()
})

t.test('a consent asks for times by its own data period or by that of an exception', (t) => {
  const { body } = consented(policyOf([permit]), nurse).consent ?? {}
  if (body === undefined) throw new TypeError('the case has a consent')
  const dataPeriod = { from: 1, until: 2 }
  t.equal(asksForTime(body), false)
  t.equal(asksForTime({ ...body, dataPeriod }), true)
  t.equal(asksForTime({ ...body, exceptions: [{ purposes: ['TREAT'] }] }), false)
  t.equal(asksForTime({ ...body, exceptions: [{ purposes: ['TREAT'] }, { dataPeriod }] }), true)
  const record = eventRecord('N', 'signal')
  t.equal(datingVersion({ ...record, version: 7 }), 1)
  t.equal(datingVersion({ ...record, version: 7, segment: { stream: record.recordId, first: 1, last: 2, root: '0' } }), 7)
  t.end()
})

t.test('of a compartment nobody can tell authors, records, media and times: terms that ask for them deny a search', (t) => {
  const search = consented(policyOf([{ ...permit, actions: ['search'] }]), { ...nurse, action: 'search' })
  const { consent, request: { compartments: [at] = [] } } = search
  if (consent === undefined || at === undefined) throw new TypeError('the case has a consent and a compartment')
  const under = (terms: Partial<Consent>): Reason[] => rulesOf({ ...search, consent: { ...consent, body: { ...consent.body, ...terms } } }, 'consent.')
  const permitted = [{ rule: 'consent.grants', facts: [search.request.consentId] }]
  const unevaluated = (...facts: string[]): Reason[] => [{ rule: 'consent.exception-cannot-be-evaluated', facts }]
  t.strictSame(under({}), permitted)
  t.strictSame(under({ dataPeriod: { from: 0, until: 9 } }), [{ rule: 'consent.data-time-unknown', facts: [`${at.label}/${String(at.epoch)}`] }])
  for (const exception of [
    { authors: [{ mspId: 'NorthMSP', staffId: 'dr-a' }] }, { records: ['ab'.repeat(16)] }, { mediaClasses: ['image' as const] }, { dataPeriod: { from: 0, until: 9 } }
  ]) t.strictSame(under({ exceptions: [{ purposes: ['HRESCH'] }, exception] }), unevaluated('2'), JSON.stringify(exception))
  t.strictSame(under({ exceptions: [{ purposes: ['HRESCH'] }] }), permitted)
  t.strictSame(under({ exceptions: [{ purposes: ['HRESCH'], records: ['ab'.repeat(16)] }] }), permitted, 'what cannot hold anyway')
  t.strictSame(under({ exceptions: [{ levels: ['V'] }] }), permitted)
  t.strictSame(under({ exceptions: [{ levels: ['V'], mediaClasses: ['image'] }] }), permitted)
  t.strictSame(under({ exceptions: [{ levels: ['N'] }] }), [{ rule: 'consent.excepted', facts: ['1'] }])
  t.strictSame(under({ levels: ['R'] }), [{ rule: 'consent.level-not-granted', facts: ['N'] }])
  t.end()
})

/** Who gains or loses by another policy: a nurse of cardiology, seen by the log or not, with a key or none. */
function caseOf (policy: PolicyDocument, known: Partial<KnownPerson> = {}): ReadersCase {
  const { time, patient, prohibitions, request, consent, records: [record] } = consented(policy, nurse)
  if (consent === undefined || record === undefined) throw new TypeError('a case has a consent and a record')
  return {
    time,
    policy,
    patient,
    prohibitions,
    patientId: request.patientId,
    record: { ...eventRecord('N', 'document'), ...record },
    consents: new Map([[request.consentId ?? '', consent]]),
    people: [{ ...request.requester, receivingKey: request.receivingKey, ...known }]
  }
}

t.test('another policy tells who gains and who loses, with what was and what would be', (t) => {
  const [open, shut] = [policyOf([permit]), policyOf([])]
  const seen = { role: 'nurse', department: 'cardiology' }
  const { request: { consentId, requester } } = consented(open, nurse)
  const named = { consentId, ...requester, action: 'read', purpose: 'TREAT' }
  const was = readersDiff(caseOf(open, { seen }), shut)
  t.match(was, [{ ...named, seen, change: 'loses', before: { outcome: 'permit' }, after: { outcome: 'deny' } }])
  t.equal(was[0]?.after.reasons[0]?.rule, 'policy.role-may-not-act')
  t.equal('permitted' in (was[0]?.before ?? {}), false)
  t.match(readersDiff(caseOf(shut, { seen }), open), [{ ...named, seen, change: 'gains', before: { outcome: 'deny' }, after: { outcome: 'permit' } }])
  t.strictSame(readersDiff(caseOf(open, { seen }), open), [])
  t.strictSame(readersDiff(caseOf(shut, { seen }), shut), [])
  t.end()
})

t.test('of somebody whom the log has not seen certificates are compared, one by one', (t) => {
  const only = (role: string, more: Partial<PolicyRule> = {}): PolicyDocument => policyOf([{ ...permit, roles: [role], ...more }])
  const [first, ...rest] = readersDiff(caseOf(only('nurse')), only('pharmacist'))
  t.strictSame(rest, [])
  t.equal(first?.change, 'both')
  t.equal(first !== undefined && 'seen' in first, false)
  t.match(first, { before: { outcome: 'depends', permitted: [{ roles: ['nurse'] }] }, after: { outcome: 'depends', permitted: [{ roles: ['pharmacist'] }] } })
  t.equal(readersDiff(caseOf(only('nurse')), policyOf([]))[0]?.change, 'loses')
  t.equal(readersDiff(caseOf(policyOf([])), only('nurse'))[0]?.change, 'gains')
  t.strictSame(readersDiff(caseOf(only('nurse')), only('nurse')), [])
  const narrower = readersDiff(caseOf(only('nurse')), only('nurse', { departments: ['oncology'] }))
  t.match(narrower, [{ change: 'loses', after: { permitted: [{ roles: ['nurse'], departments: ['oncology'] }] } }], 'a department alone')
  t.equal(readersDiff(caseOf(only('nurse', { departments: ['oncology'] })), only('nurse', { departments: ['cardiology'] }))[0]?.change, 'both')
  const { people: [somebody] } = caseOf(only('nurse'))
  const unable = { ...caseOf(only('nurse')), people: [{ mspId: somebody?.mspId ?? '', staffId: somebody?.staffId ?? '' }] }
  t.strictSame(readersDiff(unable, policyOf([])), [], 'who cannot ask loses nothing')
  t.end()
})

/** Who could do what with one record, by a consent to read, search and follow. */
function readersFor (change: (facts: ReadersCase) => Partial<ReadersCase> = () => ({}), actions: Consent['actions'] = ['read', 'search', 'follow']): RecordReader[] {
  const base = caseOf(policyOf([{ ...permit, actions: ['read', 'search', 'follow'] }]), { seen: { role: 'nurse', department: 'cardiology' } })
  const consents = new Map([...base.consents].map(([id, facts]) => [id, { ...facts, body: { ...facts.body, actions } }]))
  const facts = { ...base, consents }
  return readersOf({ ...facts, ...change(facts) })
}
const told = (readers: readonly RecordReader[]): string[] => readers.map(({ action, outcome }) => `${action} ${outcome}`)

t.test('a record is read and searched, a segment of a stream is followed, too, while its device writes there', (t) => {
  t.strictSame(told(readersFor()), ['read permit', 'search permit'])
  const segment = { stream: '00'.repeat(16), first: 1, last: 4, root: '11'.repeat(32) }
  const of = (more: Partial<RequestedRecord>): RecordReader[] => readersFor(({ record }) => ({ record: { ...record, mediaClass: 'signal', segment, ...more } }))
  const device = { kind: 'device', deviceId: 'dd'.repeat(32) } as const
  t.strictSame(told(of({ author: device })), ['read permit', 'search permit', 'follow permit'])
  const [, , follow] = of({ author: { kind: 'patient' } })
  t.match(follow, { action: 'follow', outcome: 'deny', reasons: [{ rule: 'stream.unknown' }] }, 'of no device')
  const erased = readersFor(({ record }) => ({ ended: [{ recordId: record.recordId, version: record.version, cause: 'erased' }] }), ['read'])
  t.match(erased, [{ outcome: 'deny', reasons: [{ rule: 'record.erased' }] }])
  const elsewhere = readersFor(({ record }) => ({ record: { ...record, epoch: record.epoch + 1 } }))
  t.strictSame(told(elsewhere), ['read deny', 'search deny'], 'a consent is to a compartment')
  t.match(elsewhere[1]?.reasons, [{ rule: 'consent.compartment-not-granted' }])
  t.end()
})

t.test('a consent to an organisation tells of nobody, one to a department of its members', (t) => {
  const to = (grantee: Grantee, more: Partial<ReadersCase> = {}): RecordReader[] => readersFor(({ consents }) => ({
    consents: new Map([...consents].map(([id, facts]) => [id, { ...facts, body: { ...facts.body, grantee } }])), ...more
  }), ['read'])
  t.strictSame(to(organization), [])
  t.strictSame(to(department), [], 'that the ledger has not')
  const [id = ''] = readersFor().map(({ consentId }) => consentId)
  const departments = new Map([[id, { receivingKey: KEY, keyVersion: 2, members: ['person-1', 'person-2'] }]])
  const seen = { role: 'nurse', department: 'cardiology' }
  const people = [{ mspId: 'NorthMSP', staffId: 'person-1', receivingKey: 'their own', seen }]
  t.match(to(department, { departments, people }), [
    { staffId: 'person-1', seen, outcome: 'permit' }, { staffId: 'person-2', outcome: 'unable', reasons: [] }
  ])
  const moved = [{ mspId: 'NorthMSP', staffId: 'person-1', receivingKey: 'their own', seen: { role: 'nurse', department: 'oncology' } }]
  t.match(to(department, { departments, people: moved })[0], { outcome: 'deny', reasons: [{ rule: 'consent.grantee-mismatch' }] })
  const unseen = to(department, { departments, people: [{ mspId: 'NorthMSP', staffId: 'person-1', receivingKey: 'their own' }] })
  t.match(unseen[0], { outcome: 'depends', permitted: [{ departments: ['cardiology'] }] })
  t.equal(unseen[0] !== undefined && 'seen' in unseen[0], false)
  t.end()
})

t.test('departments are told apart that a condition, a prohibition or either policy names', (t) => {
  const departmentsOf = (change: (facts: ReadersCase) => Partial<ReadersCase>): string[] => {
    const bare = policyOf([permit], { organizations: [] })
    const [reader] = readersFor((facts) => ({ policy: bare, people: facts.people.map(({ seen: _, ...known }) => known), ...change(facts) }), ['read'])
    return [...new Set((reader?.permitted ?? []).flatMap(({ departments }) => departments))]
  }
  t.strictSame(departmentsOf(() => ({})), [ANY_OTHER, NO_DEPARTMENT])
  const named = policyOf([{ ...permit, departments: ['oncology'] }], { organizations: [] })
  t.strictSame(departmentsOf(() => ({ beside: named })), ['oncology', ANY_OTHER, NO_DEPARTMENT])
  const conditioned = departmentsOf(({ consents }) => ({
    consents: new Map([...consents].map(([id, facts]) => [id, {
      ...facts,
      body: {
        ...facts.body, conditions: [{ attribute: 'department', anyOf: ['cardiology'] }, { attribute: 'role', anyOf: ['nurse'] }]
      }
    }]))
  }))
  t.strictSame(conditioned, ['cardiology'])
  const forbids = (mspId: string): Partial<ReadersCase> => ({ prohibitions: [{ id: '1', forbids: { departments: [{ mspId, department: 'cath-lab' }] } }] })
  t.strictSame(departmentsOf(() => forbids('NorthMSP')), [ANY_OTHER], 'all but that, and whoever has none')
  t.strictSame(departmentsOf(() => forbids('SouthMSP')), [ANY_OTHER, NO_DEPARTMENT], 'one of another hospital')
  t.end()
})

t.test('a wrap is of the place of its record version, window or search key', (t) => {
  const networkId = new Uint8Array(32).fill(7)
  const author = { kind: 'patient' } as const
  const places = [
    [recordPlace(networkId, { recordId: 'ab'.repeat(16), version: 2, author }), { kind: 'record', recordId: 'ab'.repeat(16), version: 2, author }],
    [windowPlace(networkId, { stream: 'cd'.repeat(16), number: 3, deviceId: 'ef'.repeat(32) }), { kind: 'window', stream: 'cd'.repeat(16), number: 3, deviceId: 'ef'.repeat(32) }],
    [searchKeyPlace(networkId, 'a'.repeat(32), { label: '11'.repeat(32), epoch: 1, issue: 2 }), { kind: 'search-key', patientId: 'a'.repeat(32), label: '11'.repeat(32), epoch: 1, issue: 2 }]
  ] as const
  for (const [place, name] of places) t.strictSame(place, Place.of(networkId, name))
  t.end()
})
