import t from 'tap'
import fc from 'fast-check'
import { contentBytesOf, encodeWindow, timeOf, WINDOW_SAMPLES_BYTES_MAX } from '@epione/protocol/streams'
import type { Series } from '@epione/protocol/streams'
import { cutWindows, fitWindow } from '@epione/sdk'

const kind = { system: 'http://loinc.org', code: '8867-4' }
const pointsOf = (series: readonly Series[]): [number, number | null][] =>
  series.flatMap((one) => one.values.map((value, i): [number, number | null] => [Math.round(timeOf(one, i) * 1000), value]))
    .sort((a, b) => a[0] - b[0])

t.test('cut series have every value once, at its time, in windows no longer than asked', (t) => {
  const values = fc.array(fc.integer(), { minLength: 1, maxLength: 50 })
  const evenly = fc.record({ startMs: fc.nat(100_000), periodMs: fc.integer({ min: 1, max: 5000 }), values })
  const each = fc.array(fc.nat(100_000), { minLength: 1, maxLength: 50 }).map((offsets) => {
    const offsetsMs = offsets.sort((a, b) => a - b)
    return { startMs: 7, offsetsMs, values: offsetsMs.map((_, i) => i) }
  })
  const several = fc.array(fc.oneof(evenly, each), { minLength: 1, maxLength: 3 })
  fc.assert(fc.property(several, fc.integer({ min: 1000, max: 60_000 }), (parts, windowMs) => {
    const series = parts.map((part): Series => ({ kind, unit: '1', ...part }))
    const windows = cutWindows(series, windowMs)
    t.strictSame(pointsOf(windows.flat()), pointsOf(series))
    for (const window of windows) {
      const times = pointsOf(window).map(([time]) => time / 1000)
      t.ok(Math.max(...times) - Math.min(...times) < windowMs)
    }
  }), { numRuns: 60 })
  t.end()
})

t.test('series of one time share a window, sixteen at most', (t) => {
  const series = Array.from({ length: 17 }, (): Series => ({ kind, unit: '1', startMs: 0, periodMs: 1000, values: [1, 2] }))
  t.strictSame(cutWindows(series, 60_000).map((window) => window.length), [16, 1])
  t.strictSame(cutWindows(series.slice(0, 2), 1000).map((window) => window.length), [2, 2])
  t.end()
})

t.test('a window of more values than one takes is several, with every value once, at its time', (t) => {
  const noise = Array.from({ length: 50_000 }, (_, i) => Math.sin(i) * Math.sqrt(i))
  const evenly: Series = { kind, unit: '1', startMs: 0, periodMs: 0.5, values: noise }
  const each: Series = { kind, unit: '1', startMs: 10, offsetsMs: noise.map((_, i) => i * 0.37), values: noise }
  for (const series of [[evenly], [each], [evenly, each]]) {
    const windows = fitWindow(series)
    t.ok(windows.length > 1)
    t.equal(JSON.stringify(pointsOf(windows.flat())), JSON.stringify(pointsOf(series)))
    for (const window of windows) t.ok(contentBytesOf(window) <= WINDOW_SAMPLES_BYTES_MAX)
    const ends = windows.map((window) => pointsOf(window).map(([time]) => time))
    ends.slice(1).forEach((times, i) => { t.ok((times[0] ?? 0) > (ends[i]?.at(-1) ?? 0), 'each after the one before') })
    t.ok(encodeWindow({ clock: { bootId: '00'.repeat(16), by: 'source', monotonicMs: 0 }, kinds: [kind], salt: '00'.repeat(32), series: windows[0] ?? [] }))
  }
  t.strictSame(fitWindow([{ ...evenly, values: [1, 2] }]), [[{ ...evenly, values: [1, 2] }]], 'one that fits stays one')
  const moment: Series = { kind, unit: '1', startMs: 0, offsetsMs: noise.map(() => 0), values: noise }
  t.equal(fitWindow([moment]).length, 1, 'values of one moment')
  t.throws(() => encodeWindow({ clock: { bootId: '00'.repeat(16), by: 'source', monotonicMs: 0 }, kinds: [kind], salt: '00'.repeat(32), series: [moment] }), { code: 'SERIES_INVALID' })
  t.end()
})
