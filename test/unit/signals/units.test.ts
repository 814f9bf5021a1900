import t from 'tap'
import { KINDS } from '@epione/signals'
import { convert, convertSeries, formatInstant, isUnit, parseInstant } from '@epione/signals/formats'
import { codeOf, START_MS } from './fixtures.ts'

t.test('units are those of UCUM, in their very letters', (t) => {
  for (const unit of ['/min', 'mm[Hg]', 'Cel', '%', '1', 'ms', 'mV', 'mg/dL', 'mmol/L', '{steps}', '[degF]', 'L/min', 'kg.m/s2']) t.ok(isUnit(unit), unit)
  for (const unit of ['', 'bpm', 'mmHg', 'CEL', 'beats/min', 'm/', ' ', 'furlong', 'µV', '(((((', 'x'.repeat(65)]) t.notOk(isUnit(unit), unit)
  t.end()
})

t.test('values are turned into other units, and never into what they do not measure', (t) => {
  t.ok(Math.abs(convert(98.6, '[degF]', 'Cel') - 37) < 1e-9)
  t.ok(Math.abs(convert(120, 'mm[Hg]', 'kPa') - 15.99864) < 1e-9)
  t.ok(Math.abs(convert(2.5, 'Hz', '/min') - 150) < 1e-9)
  t.equal(codeOf(() => convert(1, 'mg/dL', 'mmol/L')), 'UNIT_MISMATCH', 'mass is no amount, but for one substance')
  t.equal(codeOf(() => convert(1, 'm', 's')), 'UNIT_MISMATCH')
  t.equal(codeOf(() => convert(1, 'm', 'yards')), 'UNIT_UNKNOWN')
  const series = { kind: KINDS.bodyTemperature, unit: 'Cel', startMs: START_MS, periodMs: 1, values: [37, null] }
  t.strictSame(convertSeries(series, 'K'), { ...series, unit: 'K', values: [310.15, null] })
  t.end()
})

t.test('a time has its zone, is a day of the calendar, and comes back', (t) => {
  t.equal(parseInstant('2020-02-05T07:25:00-08:00'), Date.UTC(2020, 1, 5, 15, 25))
  t.equal(parseInstant('2016-12-31T23:59:60Z'), Date.UTC(2017, 0, 1), 'a leap second')
  t.equal(parseInstant('2026-11-29T08:00:00.123456Z'), START_MS + 123.456)
  for (const text of ['2026-11-29', '2026-11-29T08:00:00', '2026-02-29T08:00:00Z', '2026-13-01T08:00:00Z', '1969-12-31T23:59:59Z', '2026-11-29 08:00:00Z', '']) {
    t.equal(parseInstant(text), undefined, text)
  }
  for (const ms of [0, START_MS, START_MS + 0.25, START_MS + 999.999]) t.equal(parseInstant(formatInstant(ms)), ms, formatInstant(ms))
  t.end()
})
