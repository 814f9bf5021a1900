import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { checkSeries } from '@epione/protocol/streams'
import { KINDS, SignalError } from '@epione/signals'
import { readOpenMHealth, writeOpenMHealth } from '@epione/signals/formats'
import { byKind, codeOf } from './fixtures.ts'

const FOLDER = join(import.meta.dirname, '..', '..', 'data', 'biofeedback', 'openmhealth')
const read = (file: string): string => readFileSync(join(FOLDER, file), 'utf8')
const FILES = readdirSync(FOLDER)
/* Valid by their schema, and beyond what a stream can hold: each with the code that says so. */
const BEYOND: Record<string, string> = {
  'rr-interval__1.0__shouldPass__rr-interval-only.json': 'TIME_MISSING',
  'body-temperature__4.0__shouldPass__valid-temperature-with-statistic.json': 'FORMAT_INVALID', // its interval ends three years before it begins
  'step-count__3.0__shouldPass__with-average.json': 'NOT_EXPRESSIBLE',
  'step-count__3.0__shouldPass__with-maximum.json': 'NOT_EXPRESSIBLE',
  'step-count__3.0__shouldPass__with-session.json': 'NOT_EXPRESSIBLE'
}

t.test('every published data point that should pass is read, and every one that should fail is refused with its place', (t) => {
  t.ok(FILES.length > 50, `${FILES.length} files`)
  for (const file of FILES) {
    const text = read(file)
    if (file.includes('__shouldPass__') && BEYOND[file] === undefined) {
      const { series } = readOpenMHealth(text)
      t.ok(series.length >= 1 && series.every(({ values }) => values.length === 1), file)
      for (const one of series) checkSeries(one)
      continue
    }
    try {
      readOpenMHealth(text)
      t.fail(`${file} was read`)
    } catch (error) {
      t.ok(error instanceof SignalError && Number(error.line) >= 1 && Number(error.column) >= 1, `${file}: ${(error as Error).message}`)
      if (BEYOND[file] !== undefined) t.equal((error as SignalError).code, BEYOND[file], file)
    }
  }
  t.end()
})

t.test('a fault names the line and column of the value that is wrong', (t) => {
  t.throws(() => readOpenMHealth(read('heart-rate__2.0__shouldFail__incorrect-unit.json')), { code: 'FORMAT_INVALID', line: 4, column: 17, message: /heart_rate\/unit/ })
  t.throws(() => readOpenMHealth(read('heart-rate__2.0__shouldFail__missing-effective-time-frame.json')), { line: 1, column: 1, message: /effective_time_frame/ })
  t.throws(() => readOpenMHealth('[\n {"heart_rate": {"value": "x"}}\n]'), { line: 2, message: /\/0/ })
  t.throws(() => readOpenMHealth('{\n "heart_rate": 1,\n}'), { code: 'FORMAT_INVALID', line: 3, column: 1 })
  t.throws(() => readOpenMHealth('{"heart_rate": 1, "heart_rate": 2}'), { code: 'FORMAT_INVALID', column: 19, message: /twice/ })
  t.throws(() => readOpenMHealth('[]'), { code: 'FORMAT_INVALID' })
  t.throws(() => readOpenMHealth('{"body_weight": {"value": 1, "unit": "kg"}}'), { code: 'KIND_UNKNOWN' })
  t.end()
})

t.test('units are UCUM, an interval is its length, and what a series has no place for is named', (t) => {
  const pressure = readOpenMHealth(read('blood-pressure__4.0__shouldPass__with-posture-location-relation.json'))
  t.strictSame(pressure.series.map(({ kind, unit, values }) => [kind.code, unit, values]), [['8480-6', 'mm[Hg]', [125]], ['8462-4', 'mm[Hg]', [60]]])
  t.strictSame(pressure.leftOut, ['body_posture', 'measurement_location', 'temporal_relationship_to_physical_activity'])
  const [lowest] = readOpenMHealth(read('heart-rate__2.0__shouldPass__with-descriptive-statistic.json')).series
  t.match(lowest, { statistic: 'minimum', startMs: Date.parse('2020-02-05T05:00:00Z'), periodMs: 86_400_000, values: [50] })
  t.end()
})

t.test('a data point is read by its header, and refused in another version or namespace', (t) => {
  const body = { heart_rate: { value: 61, unit: 'beats/min' }, effective_time_frame: { date_time: '2026-11-29T08:00:00Z' } }
  const point = (name: string, version: string, namespace = 'omh'): string => JSON.stringify([{ header: { schema_id: { namespace, name, version } }, body }])
  t.strictSame(readOpenMHealth(point('heart-rate', '2.0')).series[0]?.values, [61])
  t.equal(codeOf(() => readOpenMHealth(point('heart-rate', '1.0'))), 'FORMAT_INVALID')
  t.equal(codeOf(() => readOpenMHealth(point('body-height', '1.0'))), 'KIND_UNKNOWN')
  t.equal(codeOf(() => readOpenMHealth(point('heart-rate', '2.0', 'granola'))), 'KIND_UNKNOWN')
  t.equal(codeOf(() => readOpenMHealth(point('rr-interval', '1.0'))), 'FORMAT_INVALID', 'a body of another schema')
  t.end()
})

t.test('what is written is read back, and a wave form is refused', (t) => {
  const startMs = Date.parse('2026-11-29T08:00:00Z')
  const pressures = [{ kind: KINDS.systolic, values: [120, 131] }, { kind: KINDS.diastolic, values: [80, 85] }]
    .map((one) => ({ ...one, unit: 'mm[Hg]', startMs, offsetsMs: [0, 3_601_000.25] }))
  const rates = { kind: KINDS.heartRate, unit: '/min', startMs, periodMs: 1_000, values: [60, null, 62.5] }
  const sparse = { kind: KINDS.heartRate, unit: '/min', startMs, offsetsMs: [0, 2_000], values: [60, 62.5] }
  const temperature = { kind: KINDS.bodyTemperature, unit: '[degF]', startMs, offsetsMs: [0], values: [98.6] }
  const minimum = { kind: KINDS.heartRate, unit: '/min', statistic: 'minimum' as const, startMs, periodMs: 60_000, values: [55, 58] }
  const steps = { kind: KINDS.steps, unit: '{steps}', startMs, periodMs: 60_000, values: [100, 90] }
  const back = readOpenMHealth(writeOpenMHealth([...pressures, rates, temperature, minimum, steps])).series
  t.strictSame(byKind(back), byKind([...pressures, sparse, temperature, minimum, steps]))
  t.equal(codeOf(() => writeOpenMHealth([{ ...rates, kind: KINDS.ecg, unit: 'mV' }])), 'NOT_EXPRESSIBLE')
  t.equal(codeOf(() => writeOpenMHealth(pressures.slice(0, 1))), 'NOT_EXPRESSIBLE', 'systolic alone')
  t.equal(codeOf(() => writeOpenMHealth([{ ...minimum, statistic: 'count', unit: '1' }])), 'NOT_EXPRESSIBLE')
  t.equal(codeOf(() => writeOpenMHealth([{ ...rates, unit: 'mV' }])), 'UNIT_MISMATCH')
  t.end()
})
