import t from 'tap'
import fc from 'fast-check'
import { CONSENT_PENDING_MS, DECISION_RULES, POLICY_1, PURPOSES, consentStatus, decide, policyName } from '@epione/protocol'
import type { AccessRequest, Consent, ConsentFacts, Decision, DecisionInput, RequestedRecord } from '@epione/protocol'
import { runs } from '../../helpers/runs.ts'

const RUNS = runs(1000, 20_000)
const MEMBERS = ['AMSP', 'BMSP', 'CMSP', 'DMSP']
const ROLES = [...POLICY_1.roles.map((r) => r.id), 'auditor', 'gardener']
const DEPARTMENTS = ['cardiology', 'oncology', 'emergency-room']
const KEYS = ['02', '03'].map((prefix) => prefix + 'ab'.repeat(32))
const LABELS = ['11', '22', '33'].map((byte) => byte.repeat(32))

// Small alphabets, so that permits are frequent and each rule fails often.
const time = fc.integer({ min: 0, max: 40 })
const person = fc.record({ mspId: fc.constantFrom('AMSP', 'BMSP'), staffId: fc.constantFrom('doctor-1', 'doctor-2') })
const actor = fc.record({ role: fc.constantFrom(...ROLES), department: fc.constantFrom(...DEPARTMENTS) }, { requiredKeys: [] })
const condition = fc.oneof(
  fc.record({
    attribute: fc.constant('role' as const),
    anyOf: fc.uniqueArray(fc.constantFrom(...ROLES), { minLength: 1, maxLength: 4 })
  }),
  fc.record({ attribute: fc.constant('department' as const), anyOf: fc.uniqueArray(fc.constantFrom(...DEPARTMENTS), { minLength: 1 }) })
)
const compartment = fc.record({
  label: fc.constantFrom(...LABELS),
  epoch: fc.integer({ min: 1, max: 2 }),
  precursor: fc.constant({ point: KEYS[0] ?? '', proof: '00'.repeat(65) }),
  shares: fc.constant(MEMBERS.slice(0, 3).map((mspId) => ({ mspId, kfragId: '00'.repeat(32), commitment: KEYS[0] ?? '' })))
})
const consentBody: fc.Arbitrary<Consent> = fc.record({
  type: fc.constant('Consent' as const),
  nonce: fc.constant('00'.repeat(16)),
  issuedAt: fc.constant(0),
  submitBefore: fc.constant(0),
  patientId: fc.constantFrom('a'.repeat(32), 'b'.repeat(32)),
  directoryVersion: fc.constant(1),
  grantee: fc.record({
    kind: fc.constant('practitioner' as const),
    mspId: fc.constantFrom('AMSP', 'BMSP'),
    staffId: fc.constantFrom('doctor-1', 'doctor-2'),
    receivingKey: fc.constantFrom(...KEYS)
  }),
  compartments: fc.uniqueArray(compartment, { minLength: 1, maxLength: 3, selector: (c) => c.label }),
  actions: fc.constant(['read' as const]),
  purposes: fc.uniqueArray(fc.constantFrom(...PURPOSES), { minLength: 1 }),
  notBefore: time,
  notAfter: time,
  conditions: fc.array(condition, { maxLength: 3 }),
  threshold: fc.integer({ min: 2, max: 3 }),
  emergency: fc.constant(false)
})
const facts: fc.Arbitrary<ConsentFacts> = fc.record({
  body: consentBody,
  revoked: fc.boolean(),
  custody: fc.shuffledSubarray(MEMBERS.slice(0, 3)),
  members: fc.shuffledSubarray(MEMBERS, { minLength: 2 }),
  destroyed: fc.shuffledSubarray(MEMBERS.slice(0, 3), { maxLength: 1 })
})
const request: fc.Arbitrary<AccessRequest> = fc.record({
  type: fc.constant('AccessRequest' as const),
  nonce: fc.constant('00'.repeat(16)),
  issuedAt: fc.constant(0),
  submitBefore: fc.constant(0),
  requester: person,
  patientId: fc.constantFrom('a'.repeat(32), 'b'.repeat(32)),
  consentId: fc.constant('cc'.repeat(32)),
  records: fc.constant([]),
  action: fc.constant('read' as const),
  purpose: fc.constantFrom(...PURPOSES),
  receivingKey: fc.constantFrom(...KEYS)
})
const record: fc.Arbitrary<RequestedRecord> = fc.record({
  recordId: fc.constantFrom('01', '02', '03').map((b) => b.repeat(16)),
  version: fc.constant(1),
  label: fc.constantFrom(...LABELS),
  epoch: fc.integer({ min: 1, max: 2 }),
  level: fc.constantFrom('N' as const, 'R' as const, 'V' as const),
  mediaClass: fc.constant('document' as const),
  sizeClass: fc.constant(1),
  wrapHash: fc.constant('00'.repeat(32)),
  origin: fc.constant('AMSP'),
  author: fc.constant({ kind: 'patient' as const })
})
const standing = fc.record({ frozen: fc.boolean(), succeeded: fc.boolean() })
const anyInput: fc.Arbitrary<DecisionInput> = fc.record({
  time,
  policy: fc.constant(POLICY_1),
  request,
  actor,
  patient: standing,
  records: fc.array(record, { minLength: 1, maxLength: 3 }),
  prohibitions: fc.constant([]),
  consent: facts
}, { requiredKeys: ['time', 'policy', 'request', 'actor', 'patient', 'records', 'prohibitions'] })

/** Any input whose consent and role fit the request, so that it is permitted unless it is past or has conditions. */
const fittingInput: fc.Arbitrary<DecisionInput> = fc.record({ base: anyInput, consent: facts }).map(({ base, consent }) => {
  const { request: asked } = base
  const asks = { ...asked, purpose: 'TREAT' as const }
  const body: Consent = {
    ...consent.body,
    patientId: asks.patientId,
    grantee: { kind: 'practitioner', ...asks.requester, receivingKey: asks.receivingKey },
    purposes: ['TREAT'],
    compartments: base.records.map((r) =>
      ({
        label: r.label,
        epoch: r.epoch,
        precursor: { point: KEYS[0] ?? '', proof: '00'.repeat(65) },
        shares: consent.body.compartments[0]?.shares ?? []
      })),
    notBefore: 0,
    notAfter: 40,
    conditions: []
  }
  return {
    ...base,
    request: asks,
    actor: { role: 'physician', department: 'cardiology' },
    patient: { frozen: false, succeeded: false },
    consent: { body, revoked: false, custody: MEMBERS.slice(0, 3), members: MEMBERS, destroyed: [] }
  }
})
const input = fc.oneof(anyInput, fittingInput)

const isPermit = ({ decision }: Decision): boolean => decision === 'permit'
const withConsent = (
  base: DecisionInput,
  change: (facts: ConsentFacts) => ConsentFacts
): DecisionInput => base.consent === undefined ? base : { ...base, consent: change(base.consent) }
const property = <T>(
  arbitrary: fc.Arbitrary<T>,
  holds: (value: T) => boolean
): void => { fc.assert(fc.property(arbitrary, holds), { numRuns: RUNS }) }

t.test('a fitting request is permitted, and the permit says by which rules', (t) => {
  property(fittingInput, (i) => isPermit(decide(i)))
  const [sample] = fc.sample(fittingInput, 1)
  if (sample === undefined) throw new Error('fast-check gives samples')
  t.strictSame(decide(sample), {
    decision: 'permit',
    reasons: [
      { rule: DECISION_RULES.roleMayAct, facts: ['physician', 'TREAT', 'professionals-treat'] },
      { rule: DECISION_RULES.consentGrants, facts: ['cc'.repeat(32)] }
    ],
    policyVersion: policyName(POLICY_1)
  })
  t.end()
})

t.test('the same input gives the same decision, reason for reason', (t) => {
  property(input, (i) => JSON.stringify(decide(i)) === JSON.stringify(decide(structuredClone(i))))
  t.end()
})

t.test('a denial has a reason, and default is deny', (t) => {
  property(input, (i) => decide(i).reasons.length > 0)
  property(input, (i) => { const { consent: _, ...without } = i; return !isPermit(decide(without)) })
  t.pass()
  t.end()
})

t.test('adding a condition never widens a consent', (t) => {
  property(fc.tuple(input, condition), ([i, added]) => {
    const narrowed = withConsent(i, (c) => ({ ...c, body: { ...c.body, conditions: [...c.body.conditions, added] } }))
    return !isPermit(decide(narrowed)) || isPermit(decide(i))
  })
  t.end()
})

t.test('taking a value, a purpose or a compartment away never widens a consent', (t) => {
  property(input, (i) => {
    const narrowed = [
      withConsent(i, (c) => ({ ...c, body: { ...c.body, purposes: c.body.purposes.slice(1) } })),
      withConsent(i, (c) => ({ ...c, body: { ...c.body, compartments: c.body.compartments.slice(1) } })),
      withConsent(i, (c) => ({ ...c, body: { ...c.body, conditions: c.body.conditions.map((d) => ({ ...d, anyOf: d.anyOf.slice(1) })) } }))
    ]
    return isPermit(decide(i)) || narrowed.every((n) => !isPermit(decide(n)))
  })
  t.end()
})

t.test('the order of conditions, purposes, compartments, custody and members is irrelevant', (t) => {
  const turned = <T>(list: readonly T[]): T[] => [...list].reverse()
  property(input, (i) => {
    const reordered = withConsent({ ...i, records: turned(i.records) }, (c) => ({
      ...c,
      custody: turned(c.custody),
      members: turned(c.members),
      body: {
        ...c.body,
        conditions: turned(c.body.conditions),
        purposes: turned(c.body.purposes),
        compartments: turned(c.body.compartments)
      }
    }))
    const rules = (d: Decision): string => JSON.stringify([d.decision, d.reasons.map((r) => JSON.stringify(r)).sort()])
    return rules(decide(reordered)) === rules(decide(i))
  })
  t.end()
})

t.test('revoking is monotone: it never permits, and denies whatever was permitted', (t) => {
  property(input, (i) => !isPermit(decide(withConsent(i, (c) => ({ ...c, revoked: true })))))
  t.end()
})

t.test('a frozen or succeeded patient is never read', (t) => {
  property(fc.tuple(
    input,
    fc.constantFrom({ frozen: true, succeeded: false }, { frozen: false, succeeded: true }, { frozen: true, succeeded: true })
  ), ([i, patient]) => !isPermit(decide({ ...i, patient })))
  t.end()
})

t.test('what was erased or withdrawn is never read, and each way is named with its versions', (t) => {
  const ended = fc.array(
    fc.record({ recordId: fc.constantFrom('01', '02').map((b) => b.repeat(16)), version: fc.constant(1), cause: fc.constantFrom('erased' as const, 'withdrawn' as const) }),
    { minLength: 1, maxLength: 3 }
  )
  property(fc.tuple(input, ended), ([i, e]) => !isPermit(decide({ ...i, ended: e })))
  const [sample] = fc.sample(fittingInput, 1)
  if (sample === undefined) throw new Error('fast-check gives samples')
  const causes = ['withdrawn', 'erased', 'withdrawn'] as const
  const { reasons } = decide({ ...sample, ended: causes.map((cause, index) => ({ recordId: 'ab', version: index + 1, cause })) })
  t.strictSame(reasons, [
    { rule: DECISION_RULES.recordErased, facts: ['ab/2'] }, { rule: DECISION_RULES.recordWithdrawn, facts: ['ab/1', 'ab/3'] }
  ])
  t.end()
})

t.test('asking for one record more never turns a denial into a permit', (t) => {
  property(fc.tuple(input, record), ([i, more]) => isPermit(decide(i)) || !isPermit(decide({ ...i, records: [...i.records, more] })))
  t.end()
})

t.test('losing custody, a member or a kfrag never permits', (t) => {
  property(fc.tuple(input, fc.constantFrom(...MEMBERS)), ([i, lost]) => {
    const fewer = [
      withConsent(i, (c) => ({ ...c, custody: c.custody.filter((m) => m !== lost) })),
      withConsent(i, (c) => ({ ...c, members: c.members.filter((m) => m !== lost) })),
      withConsent(i, (c) => ({ ...c, destroyed: [...c.destroyed, lost] }))
    ]
    return isPermit(decide(i)) || fewer.every((n) => !isPermit(decide(n)))
  })
  t.end()
})

t.test('nobody reads without a role', (t) => {
  property(fc.tuple(input, actor), ([i, { department }]) =>
    !isPermit(decide({ ...i, actor: department === undefined ? {} : { department } })))
  t.end()
})

t.test('each rule denies alone what it is about', (t) => {
  const [fitting] = fc.sample(fittingInput, 1)
  if (fitting?.consent === undefined) throw new Error('fast-check gives samples')
  const { request: asked } = fitting
  const body = (change: Partial<Consent>): DecisionInput => withConsent(fitting, (c) => ({ ...c, body: { ...c.body, ...change } }))
  const { consentId: _, ...unnamed } = asked
  const { consent: __, ...unknown } = fitting
  const cases: [string, DecisionInput][] = [
    [DECISION_RULES.patientFrozen, { ...fitting, patient: { frozen: true, succeeded: false } }],
    [DECISION_RULES.patientSucceeded, { ...fitting, patient: { frozen: false, succeeded: true } }],
    [DECISION_RULES.roleMayNotAct, { ...fitting, actor: { role: 'researcher' } }],
    [DECISION_RULES.noConsent, { ...fitting, request: unnamed }],
    [DECISION_RULES.consentUnknown, unknown],
    [DECISION_RULES.consentOfAnotherPatient, body({ patientId: 'z'.repeat(32) })],
    [DECISION_RULES.consentRevoked, withConsent(fitting, (c) => ({ ...c, revoked: true }))],
    [DECISION_RULES.consentPending, withConsent(fitting, (c) => ({ ...c, custody: [] }))],
    [DECISION_RULES.consentSuspended, withConsent(fitting, (c) => ({ ...c, destroyed: MEMBERS }))],
    [
      DECISION_RULES.consentVoid,
      {
        ...withConsent(body({ submitBefore: 0, notAfter: CONSENT_PENDING_MS * 2 }), (c) => ({ ...c, custody: [] })),
        time: CONSENT_PENDING_MS + 1
      }
    ],
    [DECISION_RULES.consentNotStarted, body({ notBefore: 41, notAfter: 42 })],
    [DECISION_RULES.consentExpired, { ...fitting, time: 41 }],
    [
      DECISION_RULES.granteeMismatch,
      body({ grantee: { kind: 'practitioner', mspId: 'DMSP', staffId: asked.requester.staffId, receivingKey: asked.receivingKey } })
    ],
    [
      DECISION_RULES.receivingKeyMismatch,
      body({ grantee: { kind: 'practitioner', ...asked.requester, receivingKey: `02${'ff'.repeat(32)}` } })
    ],
    [DECISION_RULES.actionNotGranted, body({ actions: [] })],
    [DECISION_RULES.purposeNotGranted, body({ purposes: ['HRESCH'] })],
    [DECISION_RULES.compartmentNotGranted, body({ compartments: [] })],
    [DECISION_RULES.conditionFailed, body({ conditions: [{ attribute: 'department', anyOf: ['oncology'] }] })]
  ]
  for (const [rule, i] of cases) t.strictSame(decide(i).reasons.map((r) => r.rule), [rule], rule)
  t.ok(
    isPermit(
      decide(
        body({ conditions: [{ attribute: 'role', anyOf: ['health-professional'] }, { attribute: 'department', anyOf: ['cardiology'] }] })
      )
    ),
    'a role also matches by inheritance'
  )
  t.end()
})

t.test('a consent\'s state goes by revocation, then expiry, then custody, then its beginning', (t) => {
  const [fitting] = fc.sample(fittingInput, 1)
  const base = fitting?.consent
  if (base === undefined) throw new Error('fast-check gives samples')
  t.equal(consentStatus(base, 40), 'active')
  t.equal(consentStatus(base, 41), 'expired')
  t.equal(consentStatus({ ...base, revoked: true }, 41), 'revoked')
  t.equal(consentStatus({ ...base, custody: [] }, 41), 'expired')
  t.equal(consentStatus({ ...base, members: [] }, 0), 'suspended')
  t.end()
})
