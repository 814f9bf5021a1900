import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { KINDS, rollUp } from '@epione/signals'
import { readFhir, writeFhir } from '@epione/signals/formats'
import { byKind, codeOf, DATA, loadTrace, START_MS } from './fixtures.ts'

const observation = (members: object): string => JSON.stringify({
  resourceType: 'Observation', status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] }, effectiveDateTime: '2026-11-29T08:00:00Z', ...members
}, null, 1)
const quantity = { value: 61, system: 'http://unitsofmeasure.org', code: '/min' }
const sampled = (data: string, members: object = {}): object =>
  ({ valueSampledData: { origin: { value: 2048, system: 'http://unitsofmeasure.org', code: 'uV' }, period: 10, factor: 1.612, dimensions: 1, data, ...members } })

t.test('examples of the specification say when by the day only, and are refused for it; with a time they are read', (t) => {
  for (const [file, count] of [['Observation-heart-rate.json', 1], ['Observation-blood-pressure.json', 2]] as const) {
    const text = readFileSync(join(DATA, 'fhir', file), 'utf8')
    t.equal(codeOf(() => readFhir(text)), 'TIME_MISSING', file)
    const { series, leftOut } = readFhir(text.replace(/("effectiveDateTime": "[\d-]+)"/, '$1T08:00:00Z"'))
    t.equal(series.length, count, file)
    t.ok(leftOut.includes('subject'), leftOut.join(', '))
  }
  t.end()
})

t.test('sampled data is scaled, its words for no value are gaps, and its decimals leave no dust', (t) => {
  const { series: [wave] } = readFhir(observation(sampled('1 2 E 3 L U 0')))
  t.strictSame(wave, {
    kind: { system: 'http://loinc.org', code: '8867-4' }, unit: 'uV', startMs: START_MS, periodMs: 10, values: [2049.612, 2051.224, null, 2052.836, null, null, 2048]
  })
  t.equal(codeOf(() => readFhir(observation(sampled('1 x 2')))), 'FORMAT_INVALID')
  t.equal(codeOf(() => readFhir(observation(sampled('1 2', { dimensions: 2 })))), 'FORMAT_INVALID')
  t.equal(codeOf(() => readFhir(observation(sampled('1 2', { period: 0 })))), 'FORMAT_INVALID')
  // What no window could hold is refused when it is read, and not when it is sent.
  t.equal(codeOf(() => readFhir(observation(sampled('1 2', { period: 1e23 })))), 'SERIES_INVALID')

  t.end()
})

t.test('what is no measurement is refused with its line', (t) => {
  t.throws(() => readFhir(observation({ status: 'entered-in-error', valueQuantity: quantity })), { code: 'FORMAT_INVALID', line: 3, message: /entered-in-error/ })
  t.throws(() => readFhir(observation({ valueQuantity: { value: 72 } })), { code: 'UNIT_UNKNOWN', message: /no unit/ })
  t.throws(() => readFhir(observation({ valueQuantity: { ...quantity, code: 'bpm' } })), { code: 'UNIT_UNKNOWN', line: 16 })
  t.throws(() => readFhir(observation({ valueQuantity: { ...quantity, comparator: '<' } })), { code: 'NOT_EXPRESSIBLE' })
  t.throws(() => readFhir(observation({ valueQuantity: { ...quantity, value: '61' } })), { code: 'FORMAT_INVALID', line: 14 })
  t.throws(() => readFhir(observation({ effectiveDateTime: '2026-11-31T08:00:00Z', valueQuantity: quantity })), { code: 'TIME_MISSING' })
  t.throws(() => readFhir(observation({ code: { text: 'pulse' }, valueQuantity: quantity })), { code: 'FORMAT_INVALID' })
  t.throws(() => readFhir(observation({ dataAbsentReason: { text: 'asleep' } })), { code: 'FORMAT_INVALID', message: /no measurement/ })
  t.throws(() => readFhir('{"resourceType": "Patient"}'), { code: 'FORMAT_INVALID' })
  t.end()
})

t.test('observations of a bundle become one series by time', (t) => {
  const at = (time: string, value: number): object =>
    ({ resource: JSON.parse(observation({ effectiveDateTime: time, valueQuantity: { ...quantity, value } })) as object })
  const { series, leftOut } = readFhir(JSON.stringify({
    resourceType: 'Bundle', entry: [at('2026-11-29T08:02:00Z', 63), at('2026-11-29T09:00:00+01:00', 61), at('2026-11-29T08:01:00Z', 62), { resource: { resourceType: 'Patient' } }]
  }))
  t.strictSame(series, [{ kind: { system: 'http://loinc.org', code: '8867-4' }, unit: '/min', startMs: START_MS, periodMs: 60_000, values: [61, 62, 63] }])
  t.strictSame(leftOut, ['Patient'])
  t.end()
})

t.test('what is written is read back: waves, single values, pressures and roll-ups', (t) => {
  const trace = loadTrace('smart-ring-ppg.csv')
  const wave = { ...trace, kind: KINDS.pulseWave, values: trace.values.slice(2_000, 6_000) }
  t.ok(wave.values.includes(null), 'it has gaps')
  const pressures = [KINDS.systolic, KINDS.diastolic].map((kind, index) => ({ kind, unit: 'mm[Hg]', startMs: START_MS, offsetsMs: [0, 90_000], values: [120 - index * 40, 125.5 - index * 40] }))
  const series = [wave, ...pressures, ...rollUp([wave], 'minute')]
  const text = writeFhir(series, { subject: 'Patient/p' })
  t.strictSame(byKind(readFhir(text).series), byKind(series))
  t.strictSame(readFhir(text).leftOut, ['subject'])
  const entries = (JSON.parse(text) as { entry: Array<{ resource: { component?: unknown[], category?: unknown } }> }).entry
  t.equal(entries.filter(({ resource }) => resource.component?.length === 2).length, 2, 'a panel for each measurement of blood pressure')
  t.equal(codeOf(() => writeFhir([{ ...wave, unit: 'furlong' }])), 'UNIT_UNKNOWN')
  t.equal(codeOf(() => writeFhir([{ ...wave, values: [NaN] }])), 'SERIES_INVALID')
  t.end()
})

t.test('what a modifier extension changes is refused, also in a component', (t) => {
  const modifierExtension = [{ url: 'http://example.org/not-done', valueBoolean: true }]
  t.throws(() => readFhir(observation({ valueQuantity: quantity, modifierExtension })), { code: 'NOT_EXPRESSIBLE', message: /modifierExtension/ })
  const code = { coding: [{ system: 'http://loinc.org', code: '8867-4' }] }
  t.throws(() => readFhir(observation({ component: [{ code, valueQuantity: quantity, modifierExtension }] })), { code: 'NOT_EXPRESSIBLE' })
  t.end()
})

t.test('JSON nested however deeply is refused and breaks nothing', (t) => {
  for (const depth of [1_000, 2_000, 3_000, 4_000, 10_000, 100_000]) {
    t.equal(codeOf(() => readFhir('['.repeat(depth) + ']'.repeat(depth))), 'FORMAT_INVALID', String(depth))
  }
  t.end()
})
