import t from 'tap'
import { consentFacts, consentStatus, CONSENT_PENDING_MS, decide, DECISION_RULES as R, POLICY_1 } from '@epione/protocol'
import type { Consent, ConsentState, DecisionInput, Reason } from '@epione/protocol'
import { consented } from '../../../helpers/policies.ts'

const nurse = { mspId: 'NorthMSP', role: 'nurse', department: 'cardiology', purpose: 'TREAT' } as const
const input = consented(POLICY_1, { ...nurse, records: [{ level: 'N', mediaClass: 'document' }, { level: 'N', mediaClass: 'image' }] })
const [first, second] = input.records
if (first === undefined || second === undefined || input.consent === undefined) throw new Error('two records and a consent')
const { consent } = input

const reasons = (change: Partial<DecisionInput>): Reason[] => decide({ ...input, ...change }).reasons
const under = (change: Partial<Consent>): Partial<DecisionInput> => ({ consent: { ...consent, body: { ...consent.body, ...change } } })

t.test('records that are not there are named, by id and version both', (t) => {
  const facts = [`${second.recordId}/1`]
  t.strictSame(reasons({ records: [first] }), [{ rule: R.recordUnknown, facts }])
  t.strictSame(reasons({ records: [first, { ...second, version: 2 }] }), [{ rule: R.recordUnknown, facts }])
  t.strictSame(reasons({ records: [first, { ...second, recordId: 'ab'.repeat(16) }] }), [{ rule: R.recordUnknown, facts }])
  t.end()
})

t.test('a compartment that is not granted is named by label and epoch, each once and sorted', (t) => {
  const [granted] = consent.body.compartments
  if (granted === undefined) throw new Error('a compartment')
  const at = (label: string, epoch: number): Partial<DecisionInput> => ({ records: [{ ...first, label }, { ...second, label: '11'.repeat(32), epoch }] })
  t.strictSame(reasons(at('22'.repeat(32), 1)), [{ rule: R.compartmentNotGranted, facts: [`${'22'.repeat(32)}/1`] }])
  t.strictSame(reasons(at('22'.repeat(32), 2)), [
    { rule: R.compartmentNotGranted, facts: [`${'11'.repeat(32)}/2`, `${'22'.repeat(32)}/1`] }
  ])
  t.strictSame(reasons({ records: [{ ...first, epoch: 2 }, { ...second, epoch: 2 }] }), [
    { rule: R.compartmentNotGranted, facts: [`${'11'.repeat(32)}/2`] }
  ])
  t.end()
})

t.test('what the consent does not cover is named', (t) => {
  t.strictSame(reasons(under({ actions: [] })), [{ rule: R.actionNotGranted, facts: ['read'] }])
  t.strictSame(reasons(under({ purposes: ['HRESCH'] })), [{ rule: R.purposeNotGranted, facts: ['TREAT'] }])
  t.strictSame(reasons(under({ conditions: [{ attribute: 'role', anyOf: ['physician'] }] })), [{ rule: R.conditionFailed, facts: ['role'] }])
  const otherPerson = { ...input.request, requester: { mspId: 'NorthMSP', staffId: 'person-2' } }
  t.strictSame(reasons({ request: otherPerson }), [{ rule: R.granteeMismatch }])
  t.strictSame(reasons({ ...under({ conditions: [{ attribute: 'department', anyOf: ['nurse'] }] }), actor: { role: 'nurse', department: 'x' } }), [
    { rule: R.conditionFailed, facts: ['department'] }
  ])
  t.strictSame(reasons({ ...under({ conditions: [{ attribute: 'department', anyOf: ['health-professional'] }] }), actor: { role: 'nurse', department: 'physician' } }), [
    { rule: R.conditionFailed, facts: ['department'] }
  ], 'a department is no role')
  t.end()
})

t.test('a consent\'s facts are what the ledger\'s state of it says', (t) => {
  const by = (mspId: string): ConsentState['consent'] =>
    ({ statement: { body: '', signatures: [] }, id: '', txId: '', time: 0, submittedBy: mspId })
  const state: ConsentState = { consent: by('AMSP'), custody: [by('AMSP'), by('BMSP')], destructions: [by('CMSP')] }
  const facts = { body: consent.body, custody: ['AMSP', 'BMSP'], members: ['AMSP'], destroyed: ['CMSP'] }
  t.strictSame(consentFacts(consent.body, state, ['AMSP']), { ...facts, revoked: false })
  t.strictSame(consentFacts(consent.body, { ...state, revocation: by('AMSP') }, ['AMSP']), { ...facts, revoked: true })
  t.end()
})

t.test('a consent without custody is void from the moment after its time', (t) => {
  const waiting = { ...consent, custody: [], body: { ...consent.body, submitBefore: 5, notAfter: CONSENT_PENDING_MS * 2 } }
  t.equal(consentStatus(waiting, CONSENT_PENDING_MS + 5), 'pending')
  t.equal(consentStatus(waiting, CONSENT_PENDING_MS + 6), 'void')
  t.end()
})
