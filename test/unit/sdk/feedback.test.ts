import t from 'tap'
import { ClientError, getRecord, makeCard, MemoryDestination } from '@epione/sdk'
import { Feedback, sealAlarms } from '@epione/sdk/feedback'
import type { FeedbackOptions, Notice } from '@epione/sdk/feedback'
import { checkRules, KINDS } from '@epione/signals'
import type { Series } from '@epione/protocol/streams'
import { Hospitals } from '../../helpers/client/hospitals.ts'

const START_MS = Date.parse('2026-11-29T08:00:00Z')
const STREAM = 'ab'.repeat(16)
const kind = { system: KINDS.heartRate.system, code: KINDS.heartRate.code }
const rules = checkRules({
  format: 'epione/rules/1',
  rules: [
    { type: 'threshold', name: 'Fast heart', kind, unit: '/min', above: 120, forMs: 0, severity: 'high', silentMs: 0, text: 'The heart beats fast' },
    { type: 'missing', name: 'Sensor off', kind, forMs: 60_000, severity: 'low', silentMs: 0, text: 'Nothing was measured' }
  ]
})
const rates = (fromS: number, ...values: number[]): Series => ({ kind: KINDS.heartRate, unit: '/min', startMs: START_MS + fromS * 1_000, periodMs: 1_000, values })

function start (seal: FeedbackOptions['seal'], patientId = 'P'): { feedback: Feedback, notices: Notice[], types: () => string[] } {
  const notices: Notice[] = []
  const feedback = new Feedback({ rules, patientId, stream: STREAM, startMs: START_MS, seal, notify: (notice) => { notices.push(notice) } })
  return { feedback, notices, types: () => notices.splice(0).map(({ type, alarm }) => `${type} ${alarm.rule}`) }
}

t.test('an alarm is told at once and sealed after, and what no gateway takes is tried again, once each', async (t) => {
  let open = false
  const sealed: string[] = []
  const { feedback, types } = start(async (document) => {
    if (!open) throw new ClientError('UNAVAILABLE', 'No gateway answers.')
    sealed.push(new TextDecoder().decode(document))
    return await Promise.resolve({ recordId: 'r', version: 1 })
  })
  await feedback.take([rates(0, 80, 130)])
  t.strictSame(types(), ['raised Fast heart', 'unsealed Fast heart'])
  await feedback.tick(START_MS + 90_000)
  t.strictSame(types(), ['raised Sensor off', 'unsealed Fast heart'], 'the first stands in front')
  t.equal(feedback.pending, 2)
  open = true
  await Promise.all([feedback.tick(START_MS + 91_000), feedback.tick(START_MS + 92_000), feedback.take([rates(93, 80)])])
  t.strictSame(types(), ['sealed Fast heart', 'sealed Sensor off'])
  t.equal(sealed.length, 2, 'none twice')
  t.equal(feedback.pending, 0)
})

t.test('more alarms than can wait are given up by name, the oldest first', async (t) => {
  const { feedback, notices } = start(async () => await Promise.reject(new ClientError('UNAVAILABLE', 'No gateway answers.')))
  for (let at = 0; at < 520; at += 2) await feedback.take([rates(at, 130, 80)])
  t.equal(feedback.pending, 256)
  const dropped = notices.filter(({ type }) => type === 'dropped')
  t.strictSame(dropped.map(({ alarm }) => (alarm.atMs - START_MS) / 1_000), [0, 2, 4, 6])
})

t.test('an alarm that is refused for good ends with that notice, and the next one gets its record', async (t) => {
  let code: 'PATIENT_SUCCEEDED' | 'PATIENT_FROZEN' = 'PATIENT_SUCCEEDED'
  let tries = 0
  const { feedback, types, notices } = start(async () => {
    tries++
    if (tries === 2) return await Promise.resolve({ recordId: 'r', version: 1 })
    throw new ClientError(code, 'It is refused.')
  })
  await feedback.take([rates(0, 130)])
  t.match(notices.at(-1), { type: 'refused', code: 'PATIENT_SUCCEEDED', message: 'It is refused.' })
  t.strictSame(types(), ['raised Fast heart', 'refused Fast heart'])
  await feedback.take([rates(10, 80, 130)])
  t.strictSame(types(), ['raised Fast heart', 'sealed Fast heart'])
  t.equal(tries, 2, 'not tried again')
  code = 'PATIENT_FROZEN'
  await feedback.take([rates(20, 80, 130)])
  t.strictSame(types(), ['raised Fast heart', 'unsealed Fast heart'], 'a freeze ends')
  t.equal(feedback.pending, 1)
})

t.test('series that no rule of this unit fits are refused', async (t) => {
  const { feedback } = start(async () => await Promise.resolve({ recordId: 'r', version: 1 }))
  await t.rejects(feedback.take([{ ...rates(0, 80), unit: 'mV' }]), { name: 'SignalError', code: 'UNIT_MISMATCH' })
})

t.test('the record of an alarm is the patient\'s: a DetectedIssue that the patient opens, written by the patient or a carer with the card', async (t) => {
  const hospitals = await Hospitals.open(t)
  const patient = await hospitals.patient()
  const carer = await hospitals.physician(hospitals.regional1)
  const { card } = await makeCard(patient)
  for (const seal of [sealAlarms(patient, { category: 'summary' }), sealAlarms(carer, { category: 'summary', card })]) {
    const { feedback, notices } = start(seal, patient.patientId)
    await feedback.take([rates(0, 80, 131)])
    const last = notices.at(-1)
    if (last?.type !== 'sealed') return t.fail(JSON.stringify(last))
    const to = new MemoryDestination()
    await getRecord(patient, { recordId: last.record.recordId, to })
    t.match(JSON.parse(Buffer.concat(to.pieces ?? []).toString()), {
      resourceType: 'DetectedIssue',
      severity: 'high',
      detail: 'The heart beats fast',
      patient: { identifier: { value: patient.patientId } },
      evidence: [{ detail: [{ identifier: { value: STREAM } }] }],
      contained: [{ resourceType: 'Observation', code: { coding: [kind] }, valueQuantity: { value: 131, code: '/min' } }]
    })
  }
  const { feedback, notices } = start(sealAlarms(carer, { category: 'summary' }), patient.patientId)
  await feedback.take([rates(0, 131)])
  t.match(notices.map(({ type }) => type), ['raised', 'refused'], 'a carer without the card')
})
