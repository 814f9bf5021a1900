import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { checkSeries } from '@epione/protocol/streams'
import type { Series } from '@epione/protocol/streams'
import { checkRules, KINDS, SignalError } from '@epione/signals'
import { FORMATS, readFile, writeFile } from '@epione/signals/formats'
import type { Format } from '@epione/signals/formats'
import { DATA, START_MS } from './fixtures.ts'

const RUNS = process.env['SLOW'] === '1' ? 20_000 : 400
const utf8 = new TextEncoder()

const rate: Series = { kind: KINDS.heartRate, unit: '/min', startMs: START_MS, periodMs: 1_000, values: Array.from({ length: 70 }, (_, index) => index % 9 === 4 ? null : 60 + index % 5) }
const written = FORMATS.map((format) => [format, writeFile([rate], format).bytes])
const valid = Object.fromEntries(written) as Record<Format, Uint8Array>
const point = readFileSync(join(DATA, 'biofeedback', 'openmhealth', 'blood-pressure__4.0__shouldPass__with-posture-location-relation.json'))

/* Either series that the protocol takes, or the one error with a code and its place. */
function readOrRefuse (bytes: Uint8Array, format: Format): boolean {
  try {
    const { series } = readFile(bytes, format)
    for (const one of series) checkSeries(one)
    return series.length > 0
  } catch (error) {
    if (!(error instanceof SignalError)) throw error
    return error.message.length < 2_000
  }
}

const cut = (bytes: Uint8Array, at: number, remove: number, insert: Uint8Array): Uint8Array =>
  new Uint8Array([...bytes.subarray(0, at), ...insert, ...bytes.subarray(at + remove)])

const edit = (length: number): fc.Arbitrary<[number, number, Uint8Array]> =>
  fc.tuple(fc.nat(length), fc.nat(12), fc.oneof(fc.uint8Array({ maxLength: 6 }), fc.constantFrom('null', '-1', '1e999', '{}', '""', ',', '\n', '9'.repeat(20), '"\\u0000"').map((word) => utf8.encode(word))))

for (const format of FORMATS) {
  t.test(`${format}: damaged files are read or refused, and no other error comes out`, (t) => {
    for (const bytes of format === 'omh' ? [valid.omh, new Uint8Array(point)] : [valid[format]]) {
      fc.assert(fc.property(fc.array(edit(bytes.length), { minLength: 1, maxLength: 4 }), (edits) =>
        readOrRefuse(edits.reduce((now, [at, remove, insert]) => cut(now, at, remove, insert), bytes), format)), { numRuns: RUNS })
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => readOrRefuse(bytes, format)), { numRuns: RUNS })
    t.end()
  })
}

t.test('any JSON is refused or read, however deep, as measurements and as rules', (t) => {
  fc.assert(fc.property(fc.json({ maxDepth: 6 }), (text) => readOrRefuse(utf8.encode(text), 'omh') && readOrRefuse(utf8.encode(text), 'fhir')), { numRuns: RUNS })
  fc.assert(fc.property(fc.json(), (text) => {
    try {
      checkRules(JSON.parse(text))
    } catch (error) {
      return error instanceof SignalError && error.code === 'RULES_INVALID'
    }
    return true
  }), { numRuns: RUNS })
  for (const [open, close] of [['[', ']'], ['{"a":', '}']] as const) {
    t.ok(readOrRefuse(utf8.encode(open.repeat(100_000) + '1' + close.repeat(100_000)), 'omh'), `100,000 of ${open}`)
  }
  t.end()
})

t.test('any series comes back from every format that can say it', (t) => {
  const tenth = fc.integer({ min: -3_000, max: 3_000 }).map((one) => one / 10)
  const value = fc.oneof({ weight: 6, arbitrary: tenth }, { weight: 1, arbitrary: fc.constant(null) })
  const series = fc.record({
    startMs: fc.integer({ min: START_MS, max: START_MS + 86_400_000 }),
    periodMs: fc.constantFrom(4, 31.25, 1_000, 60_000),
    values: fc.array(value, { minLength: 40, maxLength: 300 })
  })
  fc.assert(fc.property(series, (one) => {
    const whole: Series = { kind: KINDS.ecg, unit: 'mV', ...one }
    for (const format of ['fhir', 'csv', 'edf'] as const) {
      const { bytes, roundedBy } = writeFile([whole], format)
      t.same(roundedBy, [0])
      const [back] = readFile(bytes, format).series
      if (JSON.stringify(back) !== JSON.stringify(whole)) throw new Error(`${format}: ${JSON.stringify(back)}`)
    }
  }), { numRuns: RUNS / 4 })
  t.end()
})
