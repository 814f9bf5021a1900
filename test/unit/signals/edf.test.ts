import t from 'tap'
import { KINDS, SignalError } from '@epione/signals'
import { readEdf, writeEdf } from '@epione/signals/formats'
import { codeOf, loadTrace, START_MS } from './fixtures.ts'

const trace = loadTrace('smart-ring-ppg.csv')
const wave = { ...trace, kind: KINDS.pulseWave, values: trace.values.slice(2_000, 6_001) }
const rate = { kind: KINDS.heartRate, unit: '/min', startMs: START_MS, periodMs: 1_000, values: Array.from({ length: 126 }, (_, index) => 60 + index % 7 + 0.5) }

t.test('what is written is read back: gaps, parts of a record, kinds and units', (t) => {
  const { bytes, roundedBy } = writeEdf([wave, rate])
  t.strictSame(roundedBy, [0, 0])
  t.strictSame(readEdf(bytes), { series: [wave, rate], leftOut: [] })
  const late = { ...rate, kind: { system: 'urn:mine', code: 'x' }, unit: '1', startMs: START_MS + 250, values: [1, null, null, 4] }
  const kind = { ...late.kind, display: 'x 1' }
  t.strictSame(readEdf(writeEdf([late]).bytes).series, [{ ...late, kind }], 'a start between seconds, and the label as words of an unknown code')
  t.strictSame(readEdf(writeEdf([{ ...rate, values: [null, null] }]).bytes).series[0]?.values, [null, null])
  t.end()
})

t.test('what 16 bits cannot say is rounded by less than a step, and said', (t) => {
  const values = Array.from({ length: 1_000 }, (_, index) => Math.sin(index / 50) * 3.7)
  const { bytes, roundedBy: [roundedBy = 0] } = writeEdf([{ kind: KINDS.ecg, unit: 'mV', startMs: START_MS, periodMs: 4, values }])
  t.ok(roundedBy > 0 && roundedBy < 7.5 / 65_535, `${roundedBy}`)
  const { series: [back] } = readEdf(bytes)
  t.ok(back?.values.every((value, index) => Math.abs((value ?? NaN) - (values[index] ?? NaN)) <= roundedBy + 1e-9))
  t.strictSame([back?.kind, back?.unit, back?.periodMs], [KINDS.ecg, 'mV', 4])
  t.end()
})

t.test('a rate that no 8 characters say drifts by less than half a sample', (t) => {
  const periodMs = 8.547331
  const { series: [back] } = readEdf(writeEdf([{ ...wave, periodMs }]).bytes)
  t.ok(back?.periodMs !== undefined && Math.abs(back.periodMs - periodMs) * wave.values.length < periodMs / 2)
  t.end()
})

t.test('plain EDF of other programs is read, and an interrupted recording in its runs', (t) => {
  const { bytes } = writeEdf([rate])
  const text = (from: number, to: number): string => new TextDecoder('latin1').decode(bytes.subarray(from, to))
  t.match([text(0, 8), text(168, 184), text(192, 197)], ['0       ', '29.11.2608.00.00', 'EDF+C'])
  const named = bytes.slice()
  named.set(new TextEncoder().encode('MCH-0234567 F 02-MAY-1951 Haagse_Harry'), 8)
  t.strictSame(readEdf(named).leftOut, ['patient identification'])
  // Discontinuous: the onset of the second record, ten seconds later.
  const broken = bytes.slice()
  broken[196] = 'D'.charCodeAt(0)
  const onset = text(0, bytes.length).indexOf('+1\u0014\u0014', 256 + 2 * 256)
  t.ok(onset > 0)
  broken.set(new TextEncoder().encode('+2'), onset)
  t.throws(() => readEdf(broken), { code: 'FORMAT_INVALID', message: /begins before/ }, 'the third record begins where the second is')
  t.end()
})

t.test('a fault names its byte, and what EDF cannot say is refused', (t) => {
  const { bytes } = writeEdf([rate])
  const faultAt = (at: number, text: string): number | undefined => {
    const wrong = bytes.slice()
    wrong.set(new TextEncoder().encode(text), at)
    try {
      readEdf(wrong)
    } catch (error) {
      if (error instanceof SignalError && error.code === 'FORMAT_INVALID') return error.byte
      throw error
    }
    return undefined
  }
  t.equal(faultAt(0, '1'), 0)
  t.equal(faultAt(168, '31.02.26'), 168)
  t.equal(faultAt(176, '24.00.00'), 176)
  t.equal(faultAt(184, '999'), 184)
  t.equal(faultAt(236, '9'), 236, 'another number of records than there are')
  t.equal(faultAt(244, 'x'), 244)
  t.equal(faultAt(244, '0   '), 244)
  t.equal(faultAt(252, '9999'), 252)
  t.equal(faultAt(8, 'é'), 8)
  t.equal(codeOf(() => readEdf(new Uint8Array(100))), 'FORMAT_INVALID')
  t.equal(codeOf(() => readEdf(bytes.subarray(0, bytes.length - 1))), 'FORMAT_INVALID')
  const unit = bytes.slice()
  unit.set(new TextEncoder().encode('furlong '), 256 + 2 * 96)
  t.equal(codeOf(() => readEdf(unit)), 'UNIT_UNKNOWN')
  t.equal(codeOf(() => writeEdf([{ kind: KINDS.heartRate, unit: '/min', startMs: START_MS, offsetsMs: [0], values: [1] }])), 'NOT_EXPRESSIBLE')
  t.equal(codeOf(() => writeEdf([{ ...rate, statistic: 'mean' }])), 'NOT_EXPRESSIBLE')
  t.equal(codeOf(() => writeEdf([rate, { ...wave, startMs: START_MS + 1 }])), 'NOT_EXPRESSIBLE')
  t.equal(codeOf(() => writeEdf([{ ...rate, values: [1e12] }])), 'NOT_EXPRESSIBLE')
  t.equal(codeOf(() => writeEdf([{ ...rate, startMs: Date.UTC(1980, 0, 1) }])), 'NOT_EXPRESSIBLE')
  t.end()
})

/** An interrupted recording of `records` seconds, one sample and one gap each, three seconds apart. */
function interrupted (records: number): Uint8Array {
  const all = (fields: string[], width: number): string => fields.map((field) => field.padEnd(width)).join('')
  const file = [['0', 8], ['X X X X', 80], ['Startdate X X X X', 80], ['29.11.26', 8], ['08.00.00', 8], ['768', 8], ['EDF+D', 44], [String(records), 8], ['1', 8],
    ['2', 4]] as const
  const signals = [[['EDF Annotations', 'a'], 16], [['', ''], 80], [['', 'mV'], 8], [['-1', '-1'], 8], [['1', '1'], 8], [['-32768', '-32768'], 8],
    [['32767', '32767'], 8], [['', ''], 80], [['20', '1'], 8], [['', ''], 32]] as Array<[string[], number]>
  const header = file.map(([field, width]) => field.padEnd(width)).join('') + signals.map(([fields, width]) => all(fields, width)).join('')
  const bytes = Buffer.alloc(header.length + records * 42)
  bytes.write(header, 'latin1')
  for (let i = 0; i < records; i += 1) {
    const gap = i % 2 === 0 ? `+${i * 3}\u00151\u0014Sensor gap@@a\u0014\u0000` : ''
    bytes.write(`+${i * 3}\u0014\u0014\u0000${gap}`, header.length + i * 42, 'latin1')
  }
  return bytes
}

t.test('as many interruptions as gaps take time by their number, and each run has its own', (t) => {
  const began = performance.now()
  const { series } = readEdf(interrupted(20_000))
  t.ok(performance.now() - began < 10_000)
  t.equal(series.length, 20_000)
  t.ok(series.every(({ values }, i) => values.length === 1 && (values[0] === null) === (i % 2 === 0)))
  t.end()
})
