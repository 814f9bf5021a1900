import t from 'tap'
import {
  coversWindows, decide, effectiveRecord, explain, hasContent, isOfWrap, isWrapped, mayBeRequested, permittedSegments, permittedWraps,
  policyDiff, readersOf, releasable, wrapNameOf, wrapsOf
} from '@epione/protocol'
import type { DecisionInput, EventRecord, PolicyRule, RecordManifest, RecordState, RequestedStream, Rewrap } from '@epione/protocol'
import { consented, eventRecord, policyOf } from '../../../helpers/policies.ts'

/* Following a stream, and segments in the place of wraps: what decides, names and covers them. */

const permit: Omit<PolicyRule, 'id'> = { effect: 'permit', roles: ['nurse'], actions: ['follow'], purposes: ['TREAT'] }
const input = (rules = [permit]): DecisionInput & { stream: RequestedStream } => {
  const made = consented(policyOf(rules), {
    mspId: 'NorthMSP', role: 'nurse', department: 'cardiology', action: 'follow', purpose: 'TREAT', records: [{ level: 'N', mediaClass: 'signal' }]
  })
  if (made.stream === undefined) throw new TypeError('a stream is followed')
  return { ...made, stream: made.stream }
}
const reasonsOf = (change: Partial<DecisionInput>): unknown => decide({ ...input(), ...change }).reasons
const consentOf = (terms: object): Pick<DecisionInput, 'consent'> => {
  const { consent } = input()
  if (consent === undefined) throw new TypeError('there is a consent')
  return { consent: { ...consent, body: { ...consent.body, ...terms } } }
}

t.test('a follow is decided as a signal of the stream\'s device that is written now', (t) => {
  const made = input()
  t.equal(decide(made).decision, 'permit')
  const { stream } = made
  t.match(reasonsOf({ stream: { ...stream, label: 'ab'.repeat(32) } }), [{ rule: 'consent.compartment-not-granted', facts: [`${'ab'.repeat(32)}/1`] }])
  t.match(reasonsOf({ stream: { ...stream, epoch: 2 } }), [{ rule: 'consent.compartment-not-granted', facts: [`${stream.label}/2`] }])
  t.match(decide({ ...made, policy: policyOf([{ ...permit, mediaClasses: ['image'] }]) }).reasons, [{ rule: 'policy.role-may-not-act' }])
  t.match(decide({ ...made, policy: policyOf([{ ...permit, levels: ['V'] }]) }).reasons, [{ rule: 'policy.role-may-not-act' }])
  t.equal(decide({ ...made, policy: policyOf([{ ...permit, mediaClasses: ['signal'], levels: ['N'] }]) }).decision, 'permit')
  const excepting = (exception: object): unknown => decide({ ...made, ...consentOf({ grade: 'intermediate', exceptions: [exception] }) }).decision
  t.strictSame([{ mediaClasses: ['signal'] }, { records: [stream.stream] }, { actions: ['follow'] }].map(excepting), ['deny', 'deny', 'deny'])
  const author = { mspId: 'NorthMSP', staffId: 'person-1' }
  t.strictSame([{ mediaClasses: ['image'] }, { records: ['ff'.repeat(16)] }, { authors: [author] }].map(excepting), ['permit', 'permit', 'permit'])
  const within = (from: number, until: number): unknown => decide({ ...made, ...consentOf({ grade: 'intermediate', dataPeriod: { from, until } }) }).reasons
  t.match(within(50, 51), [{ rule: 'policy.role-may-act' }, { rule: 'consent.grants' }], 'its time is that of the decision')
  t.match(within(51, 60), [{ rule: 'consent.data-period-not-granted', facts: [`${stream.stream}/1`] }])
  t.end()
})

t.test('what is not there, is over or was erased is followed by nobody', (t) => {
  const { stream, ...without } = input()
  t.strictSame(decide(without).reasons.filter(({ rule }) => rule.startsWith('stream')), [{ rule: 'stream.unknown', facts: [stream.stream] }])
  t.strictSame(reasonsOf({ stream: { ...stream, ended: true } }), [{ rule: 'stream.device-ended', facts: [stream.deviceId] }])
  const ended = [{ recordId: stream.stream, version: 1, cause: 'erased' as const }]
  t.strictSame(reasonsOf({ ended }), [{ rule: 'record.erased', facts: [`${stream.stream}/1`] }])
  const forbids = { actions: ['follow' as const] }
  t.match(reasonsOf({ prohibitions: [{ id: 'ab'.repeat(32), forbids }] }), [{ rule: 'patient.prohibits' }])
  t.end()
})

t.test('it is explained by the version that it is decided on', (t) => {
  const made = input()
  const { request, policy, decision } = explain(made)
  t.equal(decision, 'permit')
  const version = { recordId: made.stream.stream, version: 1 }
  t.match(request, { action: 'follow', records: [{ ...version, level: 'N', mediaClass: 'signal', label: made.stream.label }] })
  t.match(policy.decided, [{ rule: 'rule-0', records: [version] }])
  t.end()
})

t.test('a policy that lets somebody follow lets them do so of signals', (t) => {
  const { gains } = policyDiff(policyOf([], { organizations: [] }), policyOf([permit], { organizations: [] }))
  t.match(gains, [{ actions: ['follow'], mediaClasses: ['signal'], levels: ['N', 'R', 'V'] }])
  t.equal(gains.length, 1)
  t.end()
})

t.test('who may follow is told of segments alone', (t) => {
  const { request: { requester, patientId, receivingKey }, consent, actor, time, policy, patient, prohibitions, stream } = input()
  if (consent === undefined) throw new TypeError('there is a consent')
  const both = { ...consent, body: { ...consent.body, actions: ['read' as const, 'follow' as const] } }
  const record = eventRecord('N', 'signal')
  const facts = {
    time,
    policy,
    patient,
    prohibitions,
    patientId,
    record,
    consents: new Map([['cc'.repeat(32), both]]),
    people: [{ ...requester, receivingKey, seen: actor }]
  }
  t.strictSame(readersOf(facts).map(({ action }) => action), ['read'])
  const { wrapHash: _, ...rest } = record
  const segment = { stream: record.recordId, first: 1, last: 9, root: '11'.repeat(32) }
  const ofDevice = { ...rest, segment, author: { kind: 'device' as const, deviceId: stream.deviceId } }
  t.strictSame(readersOf({ ...facts, record: ofDevice }).map(({ action, outcome }) => [action, outcome]), [['read', 'deny'], ['follow', 'permit']])
  const erased = { ended: [{ recordId: record.recordId, version: 1, cause: 'erased' as const }] }
  t.strictSame(readersOf({ ...facts, ...erased, record: ofDevice }).map(({ outcome }) => outcome), ['deny', 'deny'])
  t.end()
})

const [label, other] = ['11'.repeat(32), '22'.repeat(32)]
const place = { label, epoch: 1 }
const segment = { stream: '00'.repeat(16), first: 4, last: 6, root: 'aa'.repeat(32) }
const { wrapHash = '', ...described } = eventRecord('N', 'document')
const [wrapped, windows]: EventRecord[] = [{ ...described, wrapHash }, { ...described, recordId: segment.stream, label: other, segment }]
const compartment = { ...place, level: 'N' as const, issue: 1, wrapHash: 'bb'.repeat(32) }
const stream = { stream: segment.stream, head: 6, version: 2, lastsMs: 1000, ...place, level: 'N' as const, deviceId: 'dd'.repeat(32) }

t.test('a permit names wraps, and segments by their roots', (t) => {
  if (wrapped === undefined || windows === undefined) throw new TypeError('two records')
  t.strictSame(permittedWraps({ records: [wrapped, windows] }), [{ ...place, wrapHash }])
  t.strictSame(permittedWraps({ records: [], compartments: [compartment] }).map((w) => w.wrapHash), ['bb'.repeat(32)])
  t.strictSame(permittedSegments({ records: [wrapped, windows] }), [windows])
  t.strictSame(releasable({ records: [wrapped, windows] }), [wrapHash, segment.root])
  t.strictSame([wrapped, windows].map(isWrapped), [true, false])
  t.strictSame([wrapped, windows].map(wrapNameOf), [wrapHash, segment.root])
  t.throws(() => wrapNameOf({}), TypeError)
  t.end()
})

t.test('a wrap may be asked for that the event names in its compartment, or that may be a window\'s there', (t) => {
  if (wrapped === undefined || windows === undefined) throw new TypeError('two records')
  const unknown = 'cc'.repeat(32)
  const may = (event: Parameters<typeof mayBeRequested>[0], hash: string, at: object = place): boolean =>
    mayBeRequested(event, { ...place, ...at, wrapHash: hash })
  t.strictSame([may({ records: [wrapped] }, wrapHash), may({ records: [wrapped] }, unknown)], [true, false])
  t.equal(may({ records: [wrapped] }, wrapHash, { label: other }), false)
  t.equal(may({ records: [wrapped] }, wrapHash, { epoch: 2 }), false)
  t.strictSame([may({ records: [windows] }, unknown), may({ records: [windows] }, unknown, { label: other })], [false, true])
  t.equal(may({ records: [windows] }, unknown, { label: other, epoch: 2 }), false)
  t.strictSame([may({ records: [], stream }, unknown), may({ records: [], stream }, unknown, { label: other })], [true, false])
  t.end()
})

t.test('a follow covers what is above its head', (t) => {
  t.strictSame([6, 7].map((first) => coversWindows({ stream }, { first })), [false, true])
  t.equal(coversWindows({}, { first: 7 }), false)
  t.end()
})

t.test('a segment keeps its root, and a rewrap of its windows adds theirs', (t) => {
  const manifest = { segment, recordId: segment.stream, version: 2, patientId: 'a'.repeat(32), label, epoch: 1 } as RecordManifest
  const rewrap = { segment: { root: 'ee'.repeat(32) }, patientId: 'b'.repeat(32), label: other, epoch: 3 } as Rewrap
  t.strictSame(wrapsOf(manifest), { segment })
  t.strictSame(wrapsOf(manifest, rewrap), { segment: { ...segment, wrapsRoot: 'ee'.repeat(32) } })
  t.strictSame([hasContent(manifest), isOfWrap(rewrap)], [false, false])
  const state = { level: 'N', manifest: { submittedBy: 'AMSP' } } as RecordState
  t.match(effectiveRecord(state, manifest, rewrap), {
    owner: rewrap.patientId, record: { label: other, epoch: 3, segment: { wrapsRoot: 'ee'.repeat(32) } }
  })
  t.notOk('wrapHash' in effectiveRecord(state, manifest).record)
  const content = { cid: 'x', contentHash: 'y', wrapHash: 'z' } as RecordManifest
  t.strictSame([hasContent(content), isOfWrap({ wrapHash: 'z' } as Rewrap)], [true, true])
  t.end()
})
