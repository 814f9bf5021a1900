import t from 'tap'
import { KINDS, rollUp, SpanSums, SPANS } from '@epione/signals'
import type { Series } from '@epione/protocol/streams'
import { codeOf, loadTrace, START_MS } from './fixtures.ts'

const rate = (startMs: number, values: Array<number | null>, periodMs = 20_000): Series => ({ kind: KINDS.heartRate, unit: '/min', startMs, periodMs, values })
const by = (series: readonly Series[]): Record<string, Series['values']> => Object.fromEntries(series.map(({ statistic = '', values }) => [statistic, values]))

t.test('samples are summed up by spans of UTC, from windows in any order', (t) => {
  const rolled = rollUp([rate(START_MS + 60_000, [70, 80, null]), rate(START_MS + 40_000, [50]), rate(START_MS + 240_000, [90])], 'minute')
  t.strictSame(by(rolled), {
    minimum: [50, 70, null, null, 90], maximum: [50, 80, null, null, 90], mean: [50, 75, null, null, 90], count: [1, 2, 0, 0, 1]
  })
  for (const { startMs, periodMs, unit, statistic } of rolled) t.strictSame([startMs, periodMs, unit], [START_MS, SPANS.minute, statistic === 'count' ? '1' : '/min'])
  t.strictSame(rollUp([rate(START_MS, [null, null])], 'hour'), [])
  t.end()
})

t.test('a roll-up of a roll-up says what one of the samples does', (t) => {
  const trace = loadTrace('smart-ring-ppg.csv')
  const twice = by(rollUp(rollUp([trace], 'minute'), 'hour'))
  const once = by(rollUp([trace], 'hour'))
  const { mean: meanTwice = [], ...restTwice } = twice
  const { mean = [], ...rest } = once
  t.strictSame(restTwice, rest)
  t.ok(mean.length >= 1 && mean.every((value, index) => Math.abs((value ?? 0) - (meanTwice[index] ?? NaN)) < 1e-6), 'means weighted by their counts')
  t.end()
})

t.test('what is not of one kind, or lacks its counts, is refused', (t) => {
  const some = rate(START_MS, [60, 61])
  t.equal(codeOf(() => rollUp([], 'minute')), 'SERIES_INVALID')
  t.equal(codeOf(() => rollUp([some, { ...some, kind: KINDS.respiratoryRate }], 'minute')), 'SERIES_INVALID')
  t.equal(codeOf(() => rollUp([some, { ...some, unit: 'Hz' }], 'minute')), 'SERIES_INVALID')
  const minutes = rollUp([some], 'minute')
  t.equal(codeOf(() => rollUp([some, ...minutes], 'hour')), 'SERIES_INVALID')
  t.equal(codeOf(() => rollUp(minutes.filter(({ statistic }) => statistic !== 'count'), 'hour')), 'SERIES_INVALID')
  t.equal(codeOf(() => rollUp(minutes.filter(({ statistic }) => statistic !== 'minimum'), 'hour')), 'SERIES_INVALID')
  t.equal(codeOf(() => rollUp([some, rate(START_MS + 4e11, [1])], 'minute')), 'SERIES_INVALID', 'a reach of thirteen years of minutes')
  t.end()
})

t.test('samples that come piece by piece are summed up as together', (t) => {
  const pieces = [rate(START_MS + 60_000, [70, 80, null]), rate(START_MS + 40_000, [50]), rate(START_MS + 240_000, [90])]
  const sums = new SpanSums('minute')
  t.equal(sums.newestMs, -Infinity)
  t.strictSame(sums.spans(), [])
  for (const piece of pieces) sums.add([piece])
  const spans = sums.spans()
  t.strictSame(sums.seriesOf(spans[0] ?? 0, spans.at(-1) ?? 0), rollUp(pieces, 'minute'))
  t.strictSame(sums.seriesOf(1, 0), [])
  t.match(sums.seriesOf(0, 1), [{ values: [null, null] }, {}, {}, { statistic: 'count', values: [0, 0] }], 'of spans without values')
  t.equal(sums.newestMs, START_MS + 240_000)
  t.equal(codeOf(() => { sums.add(rollUp(pieces, 'minute')) }), 'SERIES_INVALID', 'these are sums')
  const [piece] = pieces
  if (piece === undefined) throw new Error('there are pieces')
  t.equal(codeOf(() => { sums.add([{ ...piece, unit: 'Hz' }]) }), 'SERIES_INVALID', 'another unit')
  t.equal(codeOf(() => { sums.add([{ ...piece, values: [] }]) }), 'SERIES_INVALID')
  t.end()
})
