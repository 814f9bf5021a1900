import t from 'tap'
import { timeOf } from '@epione/protocol/streams'
import { joinSeries } from '@epione/sdk'
import type { ReadWindow } from '@epione/sdk'

const kind = { system: 'http://loinc.org', code: '8867-4' }

/** A window of a minute, a value a second. */
function windowAt (number: number, startMs: number): ReadWindow {
  const series = [{ kind, unit: '/min', startMs, periodMs: 1000, values: Array.from({ length: 60 }, () => number) }]
  return { number, grade: 'on-ledger', startMs, endMs: startMs + 60_000, times: 'measured', series }
}

t.test('windows without a break are one series', (t) => {
  const [joined, ...more] = joinSeries([windowAt(2, 60_004), windowAt(1, 0), windowAt(3, 120_000)])
  t.strictSame(more, [])
  t.equal(joined?.values.length, 180)
  t.equal(joinSeries([windowAt(1, 0), windowAt(2, 61_000)]).length, 2)
  t.end()
})

t.test('a clock that is a little off shifts no value by more than a hundredth of its period, however long the run', (t) => {
  const windows = Array.from({ length: 1440 }, (_, i) => windowAt(i, i * 60_009))
  const joined = joinSeries(windows)
  const last = joined.at(-1)
  if (last === undefined) throw new Error('something was measured')
  t.equal(joined.reduce((sum, { values }) => sum + values.length, 0), 1440 * 60)
  for (const series of joined) {
    series.values.forEach((number, i) => {
      if (i % 60 === 0) t.ok(Math.abs(timeOf(series, i) - (number ?? 0) * 60_009) <= 10)
    })
  }
  t.end()
})
