import t from 'tap'
import fc from 'fast-check'
import { checkSeries, decodeWindow, encodeWindow, kindsHashOf, StreamError } from '@epione/protocol/streams'
import type { Series, WindowContent } from '@epione/protocol/streams'

const HEART_RATE = { system: 'http://loinc.org', code: '8867-4' }
const ECG = { system: 'urn:iso:std:iso:11073:10101', code: '131328', display: 'MDC_ECG_ELEC_POTL' }
const kinds = [HEART_RATE, { system: ECG.system, code: ECG.code }]
const clock = { bootId: '00'.repeat(16), by: 'device', monotonicMs: 12_500.25, offsetMs: -3 } as const
const contentOf = (...series: Series[]): WindowContent => ({ clock, kinds, salt: 'ab'.repeat(32), series })
const evenly = (values: readonly (number | null)[]): Series =>
  ({ kind: HEART_RATE, unit: '/min', startMs: 1_764_450_000_000, periodMs: 1000, values })

const value = fc.oneof(
  fc.constant(null), fc.integer({ min: -200, max: 200 }), fc.integer(), fc.integer({ min: -3000, max: 3000 }).map((k) => k / 100),
  fc.float({ noNaN: true, noDefaultInfinity: true }), fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0.1, 1 / 3, Math.PI)
)
const spaced = fc.record({
  startMs: fc.double({ min: 0, max: 4e12, noNaN: true }), periodMs: fc.double({ min: 0.1, max: 1e6, noNaN: true })
})
const seriesOf = fc.array(value, { minLength: 1, maxLength: 60 }).chain((values) => fc.oneof(
  spaced.map((times): Series => ({ kind: ECG, unit: 'mV', ...times, values })),
  fc.array(fc.double({ min: 0, max: 60_000, noNaN: true }), { minLength: values.length, maxLength: values.length })
    .map((offsets): Series => ({
      kind: HEART_RATE, unit: 'ms', statistic: 'mean', startMs: 0, offsetsMs: offsets.map((o) => o === 0 ? 0 : o).sort((a, b) => a - b), values
    }))
))
const withoutMinusZero = (series: Series): Series => ({ ...series, values: series.values.map((v) => v === 0 ? 0 : v) })

t.test('a window gives back exactly what it was made of, whatever was measured', (t) => {
  fc.assert(fc.property(fc.array(seriesOf, { minLength: 1, maxLength: 4 }), (series) => {
    const content = contentOf(...series.map(withoutMinusZero))
    t.strictSame(decodeWindow(encodeWindow(content)), content)
  }), { numRuns: 300 })
  t.end()
})

t.test('every value stands in as few bytes as it needs', (t) => {
  const lengthOf = (values: readonly (number | null)[]): number => encodeWindow(contentOf(evenly(values))).length
  const base = lengthOf(Array<number>(100).fill(1)) - 100
  const cases: [string, (i: number) => number | null, number][] = [
    ['heart rates and gaps', (i) => i % 7 === 0 ? null : 60 + i % 30, 1],
    ['temperatures', (i) => 36.5 + Math.round(i % 10) / 10, 2],
    ['counts', (i) => 100_000 + i, 4],
    ['floats of a sensor', (i) => Math.fround(Math.sin(i)), 4],
    ['doubles', (i) => Math.sin(i), 8]
  ]
  for (const [what, at, bytes] of cases) {
    const length = lengthOf(Array.from({ length: 100 }, (_, i) => at(i)))
    t.ok(Math.abs(length - base - 100 * bytes) < 24, `${what}: ${bytes} bytes each`)
  }
  const steps = Array.from({ length: 5000 }, (_, i) => (i * 7919 % 200) * (10 / 4095) - 5)
  t.ok(lengthOf(steps) < base + 5000 + 200 * 8 + 32, 'steps of a converter: an index of one byte and a table')
  t.end()
})

t.test('bytes that no encoder made are refused, wherever they were changed', (t) => {
  const bytes = encodeWindow(contentOf(evenly([61, null, 63.5, 1e-9]), { kind: ECG, unit: 'mV', startMs: 5, offsetsMs: [0, 1, 2.5], values: [1 / 3, null, 0.1] }))
  fc.assert(fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
    const changed = bytes.map((byte, i) => i === at ? byte ^ flip : byte)
    try {
      const content = decodeWindow(changed)
      t.strictSame(encodeWindow(content), changed, 'what is taken is spelt as its content is')
    } catch (error) {
      if (!(error instanceof StreamError) || error.code !== 'WINDOW_CONTENT_INVALID') throw error
    }
  }), { numRuns: 1500 })
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (junk) => {
    t.throws(() => decodeWindow(junk), { code: 'WINDOW_CONTENT_INVALID' })
  }), { numRuns: 300 })
  for (const length of [0, 3, 4, 100, bytes.length - 1]) {
    t.throws(() => decodeWindow(bytes.subarray(0, length)), { code: 'WINDOW_CONTENT_INVALID' }, `cut after ${length}`)
  }
  t.throws(() => decodeWindow(new Uint8Array([...bytes, 0])), { code: 'WINDOW_CONTENT_INVALID' }, 'a byte behind')
  t.throws(() => decodeWindow(new Uint8Array(393_001)), { code: 'WINDOW_CONTENT_INVALID' }, 'more than any window')
  t.end()
})

t.test('another spelling of the same header is refused', (t) => {
  const bytes = encodeWindow(contentOf(evenly([61, 62])))
  const headerLength = new DataView(bytes.buffer).getUint32(0)
  const text = new TextDecoder().decode(bytes.subarray(4, 4 + headerLength))
  const respelt = (header: string): Uint8Array => {
    const encoded = new TextEncoder().encode(header)
    const length = new Uint8Array(4)
    new DataView(length.buffer).setUint32(0, encoded.length)
    return new Uint8Array([...length, ...encoded, ...bytes.subarray(4 + headerLength)])
  }
  t.strictSame(decodeWindow(respelt(text)), contentOf(evenly([61, 62])), 'as it was')
  const cases: [string, string][] = [
    ['a space', text.replace('{', '{ ')], ['another order', text.replace('"count":2,', '').replace('"gaps":0', '"gaps":0,"count":2')],
    ['a member twice', text.replace('"gaps":0', '"gaps":0,"gaps":0')], ['a number spelt otherwise', text.replace('"count":2', '"count":2.0')],
    ['another end', text.replace(/"end":(\d+)/, (_, end) => `"end":${Number(end) + 1}`)], ['gaps that are none', text.replace('"gaps":0', '"gaps":1')],
    ['a member more', text.replace('"gaps":0', '"gaps":0,"note":"x"')], ['another format', text.replace('window/1', 'window/2')],
    ['a kind that is not measured', text.replace('"code":"8867-4","system"', '"code":"8867-5","system"')],
    ['a codec that wastes bytes', text.replace('"type":"i8"', '"type":"i16"')]
  ]
  for (const [what, changed] of cases) {
    t.not(changed, text, what)
    t.throws(() => decodeWindow(respelt(changed)), { code: 'WINDOW_CONTENT_INVALID' }, what)
  }
  t.end()
})

t.test('a series that contradicts itself is refused by name', (t) => {
  const good = evenly([1, 2, 3])
  t.equal(checkSeries(good), good)
  const { periodMs, ...timeless } = good
  t.equal(periodMs, 1000)
  const cases: [Series, RegExp][] = [
    [{ ...good, values: [] }, /values/], [{ ...good, values: [NaN] }, /values/], [{ ...good, values: [Infinity] }, /values/],
    [timeless, /exactly one/], [{ ...good, offsetsMs: [0, 1, 2] }, /exactly one/], [{ ...timeless, offsetsMs: [0, 1] }, /offsetsMs/],
    [{ ...timeless, offsetsMs: [0, 2, 1] }, /offsetsMs/], [{ ...timeless, offsetsMs: [-1, 2, 3] }, /offsetsMs/],
    [{ ...good, periodMs: 0 }, /periodMs/], [{ ...good, periodMs: NaN }, /periodMs/], [{ ...good, startMs: -1 }, /startMs/],
    [{ ...good, unit: '' }, /unit/], [{ ...good, unit: '\ud800' }, /surrogate/], [{ ...good, startMs: 8.64e15 }, /later/],
    [{ ...good, kind: { system: 'http://loinc.org', code: '' } }, /kind.code/]
  ]
  for (const [series, message] of cases) t.throws(() => checkSeries(series), { code: 'SERIES_INVALID', message }, String(message))
  t.throws(() => encodeWindow(contentOf()), { code: 'SERIES_INVALID' }, 'no series')
  t.throws(() => encodeWindow(contentOf(...Array<Series>(17).fill(good))), { code: 'SERIES_INVALID' }, 'too many series')
  t.throws(() => encodeWindow({ ...contentOf(good), kinds: [ECG] }), { code: 'SERIES_INVALID' }, 'a kind that the device does not measure')
  const noise = Array.from({ length: 200_000 }, (_, i) => Math.sin(i))
  t.throws(() => encodeWindow(contentOf(evenly(noise))), { code: 'SERIES_INVALID', message: /cut shorter/ }, 'too many bytes')
  t.end()
})

t.test('kinds are hashed with their salt, whatever their order and words', (t) => {
  const salt = '01'.repeat(32)
  const hash = kindsHashOf([HEART_RATE, ECG], salt)
  t.equal(hash, kindsHashOf([ECG, HEART_RATE, { ...HEART_RATE, ...{ display: 'Heart rate' } }], salt))
  t.not(hash, kindsHashOf([HEART_RATE], salt))
  t.not(hash, kindsHashOf([HEART_RATE, ECG], '02'.repeat(32)))
  t.end()
})
