import t from 'tap'
import { boxEnd, decide, DECISION_RULES as R, POLICY_1 } from '@epione/protocol'
import type { BoxFacts, Consent, DecisionInput, OpeningCounts, Reason } from '@epione/protocol'
import { consented } from '../../../helpers/policies.ts'

const HOUR_MS = 3_600_000

interface Asked {
  level?: 'N' | 'R' | 'V'
  emergency?: Partial<NonNullable<DecisionInput['request']['emergency']>>
  box?: Partial<BoxFacts>
  deposit?: Partial<Consent>
  policy?: Partial<typeof POLICY_1.emergency>
  secondRole?: string
  openings?: OpeningCounts
}

/** An emergency in which nothing is wrong but what is said. */
function emergencyOf ({ level = 'N', emergency = {}, box, deposit = {}, policy = {}, ...counted }: Asked): DecisionInput {
  const base = consented({ ...POLICY_1, emergency: { ...POLICY_1.emergency, ...policy } }, {
    mspId: 'AnyMSP', role: 'emergency', purpose: 'BTG', records: [{ level, mediaClass: 'document' }]
  })
  const { consent, request, time } = base
  if (consent === undefined) throw new Error('a consent')
  const { mspId, receivingKey } = consent.body.grantee
  const grantee = { kind: 'organization' as const, mspId, keyVersion: 1, receivingKey }
  const opened = { patientId: request.patientId, requester: request.requester, openUntil: time, closed: false, ...box }
  return {
    ...base,
    ...counted,
    request: { ...request, emergency: { reason: 'covering', ...emergency } },
    consent: { ...consent, body: { ...consent.body, grantee, purposes: ['BTG'], emergency: true, ...deposit } },
    ...(box !== undefined && { box: opened })
  }
}

const reasonsOf = (asked: Asked): Reason[] => decide(emergencyOf(asked)).reasons
const opening = `${'a'.repeat(32)}.1790000000000.${'00'.repeat(32)}`

t.test('a box opens to one person at level N; higher levels, and what the policy says, take a second', (t) => {
  const names = (asked: Asked): string[] => reasonsOf(asked).map(({ rule }) => rule)
  t.strictSame(names({}), [R.roleMayAct, R.emergencyOpens, R.consentGrants])
  t.strictSame(reasonsOf({})[1], { rule: R.emergencyOpens, facts: ['covering'] })
  t.strictSame(reasonsOf({ level: 'R' }), [{ rule: R.secondMissing, facts: ['R'] }])
  t.strictSame(names({ level: 'R', emergency: { second: 'person-2' } }), [R.roleMayAct, R.emergencyOpens, R.consentGrants])
  t.strictSame(reasonsOf({ level: 'R', emergency: { second: 'person-1' } }), [{ rule: R.secondIsRequester }])
  t.strictSame(reasonsOf({ emergency: { second: 'person-1' } }), [{ rule: R.secondIsRequester }], 'also where none is needed')
  t.strictSame(reasonsOf({ policy: { secondPractitioner: ['N', 'R', 'V'] } }), [{ rule: R.secondMissing, facts: ['N'] }])
  t.end()
})

t.test('level V opens only where the patient ticked it', (t) => {
  const second = { emergency: { second: 'person-2' } }
  t.strictSame(reasonsOf({ level: 'V', ...second }), [{ rule: R.levelNotGranted, facts: ['V'] }])
  t.strictSame(reasonsOf({ level: 'V' }), [{ rule: R.secondMissing, facts: ['V'] }, { rule: R.levelNotGranted, facts: ['V'] }])
  t.equal(decide(emergencyOf({ level: 'V', ...second, deposit: { levels: ['V'] } })).decision, 'permit')
  t.strictSame(reasonsOf({ deposit: { levels: ['V'] } }), [{ rule: R.levelNotGranted, facts: ['N'] }], 'what is ticked, and no more')
  t.end()
})

t.test('a box is one person\'s, of one patient, until its last moment or until it is closed', (t) => {
  const within = (box?: Partial<BoxFacts>): Reason[] => reasonsOf({ emergency: { opening }, ...(box && { box }) })
  const { time, request: { requester } } = emergencyOf({})
  t.strictSame(within({})[1], { rule: R.emergencyWithin, facts: ['covering'] }, 'in its last moment')
  t.strictSame(within(), [{ rule: R.boxUnknown }])
  t.strictSame(within({ openUntil: time - 1 }), [{ rule: R.boxOver }])
  t.strictSame(within({ closed: true }), [{ rule: R.boxClosed }])
  t.strictSame(within({ openUntil: time - 1, closed: true }), [{ rule: R.boxOver }, { rule: R.boxClosed }])
  for (const other of [{ patientId: 'b'.repeat(32) }, { requester: { ...requester, staffId: 'person-2' } }, { requester: { ...requester, mspId: 'OtherMSP' } }]) {
    t.strictSame(within({ ...other, closed: true, openUntil: 0 }), [{ rule: R.boxOfAnother }], 'and nobody learns more of it')
  }
  t.equal(boxEnd({ emergency: { ...POLICY_1.emergency, boxHours: 2 } }, 5), 5 + 2 * HOUR_MS)
  t.end()
})

t.test('a box that a request does not name opens nothing, and one without an emergency is none of its business', (t) => {
  t.strictSame(reasonsOf({ box: { closed: true } }).map(({ rule }) => rule), [R.roleMayAct, R.emergencyOpens, R.consentGrants])
  const treat = consented(POLICY_1, { mspId: 'AnyMSP', role: 'emergency', purpose: 'TREAT', records: [{ level: 'V', mediaClass: 'document' }] })
  t.equal(decide(treat).decision, 'permit')
  const { emergency: _, ...request } = emergencyOf({}).request
  t.strictSame(decide({ ...emergencyOf({}), request: { ...request, purpose: 'TREAT' } }).reasons, [{ rule: R.purposeNotGranted, facts: ['TREAT'] }])
  t.end()
})

t.test('the second practitioner is of a role that the policy asks for, or of one below it', (t) => {
  const policy = { secondRoles: ['physician', 'nurse'] }
  const second = { emergency: { second: 'person-2' }, policy }
  const missing = [{ rule: R.secondRole, facts: ['nurse', 'physician'] }]
  t.strictSame(reasonsOf(second), missing, 'who bound keys under a certificate without a role')
  t.strictSame(reasonsOf({ ...second, secondRole: 'researcher' }), missing)
  t.strictSame(reasonsOf({ ...second, secondRole: 'health-professional' }), missing, 'nor of one above it')
  const decided = (asked: Asked): string => decide(emergencyOf(asked)).decision
  t.equal(decided({ ...second, secondRole: 'nurse' }), 'permit')
  t.equal(decided({ ...second, policy: { secondRoles: ['health-professional'] }, secondRole: 'nurse' }), 'permit')
  t.equal(decided({ emergency: { second: 'person-2' }, secondRole: 'researcher' }), 'permit', 'anybody where it asks for none')
  t.equal(decided({ policy }), 'permit', 'where no second is needed')
  t.end()
})

t.test('an organisation and each of its people open no more boxes than the policy says', (t) => {
  const policy = { openingsPerDay: 3, openingsPerPerson: 2 }
  const counted = (organization: number, person: number, more: Asked = {}): Reason[] =>
    reasonsOf({ policy, openings: { organization, person }, ...more }).filter(({ rule }) => rule.startsWith('emergency.limit'))
  const [ofAll, ofOne] = [{ rule: R.organizationLimit, facts: ['3'] }, { rule: R.personLimit, facts: ['2'] }]
  t.strictSame(counted(2, 1), [])
  t.strictSame(counted(2, 2), [ofOne])
  t.strictSame(counted(3, 0), [ofAll])
  t.strictSame(counted(3, 2), [ofAll, ofOne])
  t.strictSame(counted(3, 3, { emergency: { opening }, box: {} }), [], 'within a box')
  t.end()
})
