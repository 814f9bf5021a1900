import t from 'tap'
import fc from 'fast-check'
import { DECISION_RULES as R, POLICY_1, asksForTime, decide } from '@epione/protocol'
import type { Consent, Decision, DecisionInput, ProhibitionFacts, RequestedRecord } from '@epione/protocol'
import { runs } from '../../helpers/runs.ts'

const RUNS = runs(1000, 20_000)
const PATIENT = 'a'.repeat(32)
const KEY = `02${'ab'.repeat(32)}`
const MEMBERS = ['AMSP', 'BMSP', 'CMSP']
const LABELS = ['11', '22'].map((byte) => byte.repeat(32))
const RECORDS = ['01', '02', '03'].map((byte) => byte.repeat(16))
const READER = { mspId: 'AMSP', staffId: 'doctor-1' }
const COLLEAGUE = { mspId: 'AMSP', staffId: 'doctor-2' }
const STRANGER = { mspId: 'BMSP', staffId: 'doctor-1' }
const PEOPLE = [READER, COLLEAGUE, STRANGER]
type Exception = NonNullable<Consent['exceptions']>[number]
type Forbids = ProhibitionFacts['forbids']

const bounds = { nonce: '00'.repeat(16), issuedAt: 0, submitBefore: 0 }
const RECORD: RequestedRecord = {
  recordId: RECORDS[0] ?? '',
  version: 1,
  label: LABELS[0] ?? '',
  epoch: 1,
  level: 'N',
  mediaClass: 'document',
  sizeClass: 1,
  wrapHash: '00'.repeat(32),
  origin: 'AMSP',
  author: { kind: 'practitioner', ...COLLEAGUE },
  takenAt: 10
}
const BODY: Consent = {
  type: 'Consent',
  ...bounds,
  patientId: PATIENT,
  directoryVersion: 1,
  grantee: { kind: 'practitioner', ...READER, receivingKey: KEY },
  compartments: LABELS.map((label) => ({
    label,
    epoch: 1,
    precursor: { point: KEY, proof: '00'.repeat(65) },
    shares: MEMBERS.map((mspId) => ({ mspId, kfragId: '00'.repeat(32), commitment: KEY }))
  })),
  actions: ['read'],
  purposes: ['TREAT', 'ETREAT'],
  notBefore: 0,
  notAfter: 40,
  conditions: [],
  threshold: 2,
  emergency: false
}

/** A request that a basic consent permits, with what is said otherwise. */
function input ({ body = {}, records = [RECORD], prohibitions = [], time = 20, purpose = 'TREAT' }: {
  body?: Partial<Consent>
  records?: readonly RequestedRecord[]
  prohibitions?: readonly ProhibitionFacts[]
  time?: number
  purpose?: 'TREAT' | 'ETREAT'
} = {}): DecisionInput {
  return {
    time,
    policy: POLICY_1,
    request: {
      ...bounds,
      requester: READER,
      patientId: PATIENT,
      consentId: 'cc'.repeat(32),
      records: records.map(({ recordId, version }) => ({ recordId, version })),
      action: 'read',
      purpose,
      receivingKey: KEY
    },
    actor: { role: 'physician', department: 'cardiology' },
    patient: { frozen: false, succeeded: false },
    records,
    prohibitions,
    consent: { body: { ...BODY, ...body }, revoked: false, custody: MEMBERS, members: MEMBERS, destroyed: [] }
  }
}

const isPermit = ({ decision }: Decision): boolean => decision === 'permit'
const rulesOf = (i: DecisionInput): string[] => decide(i).reasons.map(({ rule }) => rule)
const forbidding = (forbids: Forbids, notAfter?: number): ProhibitionFacts =>
  ({ id: 'dd'.repeat(32), forbids, ...(notAfter === undefined ? {} : { notAfter }) })

// Small alphabets, so that each term holds of about half the requests.
const level = fc.constantFrom('N' as const, 'R' as const, 'V' as const)
const mediaClass = fc.constantFrom('document' as const, 'image' as const)
const person = fc.constantFrom(...PEOPLE)
const purpose = fc.constantFrom('TREAT' as const, 'ETREAT' as const)
const period = fc.tuple(fc.integer({ min: 0, max: 19 }), fc.integer({ min: 1, max: 20 }))
  .map(([from, length]) => ({ from, until: from + length }))
const some = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(values, { minLength: 1, maxLength: 2 })
const record: fc.Arbitrary<RequestedRecord> = fc.record({
  recordId: fc.constantFrom(...RECORDS),
  label: fc.constantFrom(...LABELS),
  level,
  mediaClass,
  author: fc.oneof(fc.constant({ kind: 'patient' as const }), person.map((p) => ({ kind: 'practitioner' as const, ...p }))),
  takenAt: fc.option(fc.integer({ min: 0, max: 39 }), { nil: undefined, freq: 9 })
}).map(({ takenAt, ...members }) => {
  const { takenAt: _, ...base } = RECORD
  return { ...base, ...members, ...(takenAt === undefined ? {} : { takenAt }) }
})
const exception: fc.Arbitrary<Exception> = fc.record({
  purposes: some(purpose),
  requesters: some(person),
  authors: some(person),
  records: some(fc.constantFrom(...RECORDS)),
  mediaClasses: some(mediaClass),
  levels: some(level),
  dataPeriod: period
}, { requiredKeys: [] }).filter((e) => Object.keys(e).length > 0)
const forbids: fc.Arbitrary<Forbids> = fc.record({
  organizations: some(fc.constantFrom('AMSP', 'BMSP')),
  departments: some(fc.record({ mspId: fc.constantFrom('AMSP', 'BMSP'), department: fc.constantFrom('cardiology', 'oncology') })),
  requesters: some(person),
  labels: some(fc.constantFrom(...LABELS)),
  levels: some(level),
  purposes: some(purpose)
}, { requiredKeys: [] }).filter((f) => Object.keys(f).length > 0)
const prohibition: fc.Arbitrary<ProhibitionFacts> = fc.record({
  id: fc.constantFrom('d1', 'd2', 'd3').map((byte) => byte.repeat(32)),
  forbids,
  notAfter: fc.integer({ min: 0, max: 40 })
}, { requiredKeys: ['id', 'forbids'] })
const terms = fc.record({
  levels: fc.uniqueArray(level, { minLength: 1 }),
  dataPeriod: period,
  exceptions: fc.array(exception, { minLength: 1, maxLength: 2 })
}, { requiredKeys: [] })
const anyInput = fc.record({
  body: terms,
  records: fc.array(record, { minLength: 1, maxLength: 3 }),
  prohibitions: fc.array(prohibition, { maxLength: 2 }),
  time: fc.integer({ min: 0, max: 40 }),
  purpose
}).map(input)
const withBody = (i: DecisionInput, change: (body: Consent) => Partial<Consent>): DecisionInput =>
  i.consent === undefined ? i : { ...i, consent: { ...i.consent, body: { ...i.consent.body, ...change(i.consent.body) } } }
const never = <T>(more: fc.Arbitrary<T>, widens: (i: DecisionInput, value: T) => DecisionInput): void => {
  fc.assert(fc.property(anyInput, more, (i, value) => isPermit(decide(i)) || !isPermit(decide(widens(i, value)))), { numRuns: RUNS })
}

t.test('about half of what is generated is permitted, so that the properties say something', (t) => {
  const permits = fc.sample(anyInput, 1000).filter((i) => isPermit(decide(i))).length
  t.ok(permits > 50 && permits < 950, `${String(permits)} of 1000`)
  t.end()
})

t.test('adding a prohibition never widens', (t) => {
  never(prohibition, (i, more) => ({ ...i, prohibitions: [...i.prohibitions, more] }))
  t.pass()
  t.end()
})

t.test('adding an exception never widens', (t) => {
  never(exception, (i, more) => withBody(i, ({ exceptions = [] }) => ({ exceptions: [...exceptions, more] })))
  t.pass()
  t.end()
})

t.test('narrowing levels never widens', (t) => {
  never(level, (i, one) => withBody(i, ({ levels = ['N', 'R', 'V'] }) => ({ levels: levels.filter((l) => l !== one) })))
  t.pass()
  t.end()
})

t.test('narrowing the data period never widens', (t) => {
  never(period, (i, other) => withBody(i, ({ dataPeriod = { from: 0, until: Number.MAX_SAFE_INTEGER } }) => {
    const from = Math.max(dataPeriod.from, other.from)
    return { dataPeriod: { from, until: Math.max(from, Math.min(dataPeriod.until, other.until)) } }
  }))
  t.pass()
  t.end()
})

t.test('losing sight of when a record was taken never permits', (t) => {
  never(fc.nat(2), (i, lost) => ({
    ...i,
    records: i.records.map((r, index) => { const { takenAt: _, ...rest } = r; return index === lost ? rest : r })
  }))
  t.pass()
  t.end()
})

t.test('the order of exceptions, levels, prohibitions and records is irrelevant', (t) => {
  const turned = <T>(list: readonly T[]): T[] => [...list].reverse()
  const rules = (d: Decision): string[] => d.reasons.map(({ rule }) => rule).sort()
  fc.assert(fc.property(anyInput, (i) => {
    const other = withBody({ ...i, records: turned(i.records), prohibitions: turned(i.prohibitions) }, ({ exceptions, levels }) => ({
      ...(exceptions === undefined ? {} : { exceptions: turned(exceptions) }), ...(levels === undefined ? {} : { levels: turned(levels) })
    }))
    return rules(decide(i)).join() === rules(decide(other)).join()
  }), { numRuns: RUNS })
  t.pass()
  t.end()
})

t.test('each rule of terms and prohibitions denies alone what it is about', (t) => {
  const { takenAt: _, ...undated } = RECORD
  const cases: [string, DecisionInput, string[]][] = [
    [R.levelNotGranted, input({ body: { levels: ['R'] } }), ['N']],
    [R.dataPeriodNotGranted, input({ body: { dataPeriod: { from: 11, until: 12 } } }), [`${RECORDS[0] ?? ''}/1`]],
    [R.dataPeriodNotGranted, input({ body: { dataPeriod: { from: 0, until: 10 } } }), [`${RECORDS[0] ?? ''}/1`]],
    [R.dataTimeUnknown, input({ body: { dataPeriod: { from: 0, until: 40 } }, records: [undated] }), [`${RECORDS[0] ?? ''}/1`]],
    [
      R.dataTimeUnknown, input({ body: { exceptions: [{ dataPeriod: { from: 0, until: 40 } }] }, records: [undated] }),
      [`${RECORDS[0] ?? ''}/1`]
    ],
    [R.excepted, input({ body: { exceptions: [{ levels: ['V'] }, { actions: ['read'] }] } }), ['2']],
    [R.patientProhibits, input({ prohibitions: [forbidding({ organizations: ['AMSP'] })] }), ['dd'.repeat(32)]],
    [
      R.prohibitionUndecided,
      { ...input({ prohibitions: [forbidding({ departments: [{ mspId: 'AMSP', department: 'oncology' }] })] }), actor: { role: 'physician' } },
      ['dd'.repeat(32)]
    ]
  ]
  for (const [rule, i, facts] of cases) t.strictSame(decide(i).reasons, [{ rule, facts }], rule)
  t.ok(isPermit(decide(input())))
  t.ok(isPermit(decide(input({ body: { dataPeriod: { from: 10, until: 11 }, levels: ['N'] } }))), 'from is included, until is not')
  t.end()
})

t.test('an exception holds when all that it says holds, and of one record', (t) => {
  const all: Exception = {
    actions: ['read'],
    purposes: ['TREAT'],
    requesters: [READER],
    authors: [STRANGER, COLLEAGUE],
    records: [RECORDS[0] ?? ''],
    mediaClasses: ['document'],
    levels: ['N'],
    dataPeriod: { from: 10, until: 11 }
  }
  t.strictSame(rulesOf(input({ body: { exceptions: [all] } })), [R.excepted])
  const misses: Exception[] = [
    { ...all, purposes: ['ETREAT'] }, { ...all, requesters: [COLLEAGUE] }, { ...all, authors: [STRANGER] },
    { ...all, records: [RECORDS[1] ?? ''] }, { ...all, mediaClasses: ['image'] }, { ...all, levels: ['R'] },
    { ...all, dataPeriod: { from: 11, until: 12 } }, { ...all, actions: [] }
  ]
  for (const miss of misses) t.ok(isPermit(decide(input({ body: { exceptions: [miss] } }))), JSON.stringify(miss))
  const own = { ...RECORD, author: { kind: 'patient' as const } }
  const high = { ...RECORD, recordId: RECORDS[1] ?? '', level: 'V' as const }
  t.ok(isPermit(decide(input({ records: [own], body: { exceptions: [{ authors: PEOPLE }] } }))), 'a patient is none of the people')
  const both: Exception = { records: [RECORDS[0] ?? ''], levels: ['V'] }
  t.ok(isPermit(decide(input({ records: [RECORD, high], body: { exceptions: [both] } }))), 'no record is both')
  t.strictSame(rulesOf(input({ records: [RECORD, high], body: { exceptions: [{ levels: ['V'] }] } })), [R.excepted], 'one record denies all')
  t.end()
})

t.test('a prohibition holds when all that it says holds, while its time is not over', (t) => {
  const all: Forbids = {
    organizations: ['AMSP'],
    departments: [{ mspId: 'AMSP', department: 'cardiology' }],
    requesters: [READER],
    labels: [LABELS[0] ?? ''],
    levels: ['N'],
    actions: ['read'],
    purposes: ['TREAT']
  }
  t.strictSame(rulesOf(input({ prohibitions: [forbidding(all)] })), [R.patientProhibits])
  const misses: Forbids[] = [
    { ...all, organizations: ['BMSP'] }, { ...all, departments: [{ mspId: 'BMSP', department: 'cardiology' }] },
    { ...all, departments: [{ mspId: 'AMSP', department: 'oncology' }] }, { ...all, requesters: [COLLEAGUE, STRANGER] },
    { ...all, labels: [LABELS[1] ?? ''] }, { ...all, levels: ['R', 'V'] }, { ...all, actions: [] }, { ...all, purposes: ['ETREAT'] }
  ]
  for (const miss of misses) t.ok(isPermit(decide(input({ prohibitions: [forbidding(miss)] }))), JSON.stringify(miss))
  t.strictSame(rulesOf(input({ prohibitions: [forbidding({ purposes: ['TREAT'] }, 20)] })), [R.patientProhibits], 'its last moment')
  t.ok(isPermit(decide(input({ prohibitions: [forbidding({ purposes: ['TREAT'] }, 19)] }))), 'over')
  const elsewhere = input({ prohibitions: [forbidding({ departments: [{ mspId: 'BMSP', department: 'oncology' }] })] })
  t.ok(isPermit(decide({ ...elsewhere, actor: { role: 'physician' } })), 'who is of another hospital is of no department of this one')
  const { consentId: _, ...request } = input().request
  const { consent: __, ...unnamed } = { ...input({ prohibitions: [forbidding(all)] }), request }
  t.strictSame(rulesOf(unnamed), [R.patientProhibits, R.noConsent], 'it needs no consent to hold')
  t.end()
})

t.test('only a consent that speaks of times asks for them', (t) => {
  t.notOk(asksForTime(BODY))
  t.notOk(asksForTime({ exceptions: [{ levels: ['V'] }], levels: ['N'] }))
  t.ok(asksForTime({ dataPeriod: { from: 0, until: 1 } }))
  t.ok(asksForTime({ exceptions: [{ levels: ['V'] }, { dataPeriod: { from: 0, until: 1 } }] }))
  t.end()
})
