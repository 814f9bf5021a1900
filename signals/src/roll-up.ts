import { SPANS, STATISTICS, timeOf } from '@epione/protocol/streams'
import type { MeasurementKind, Series, Span } from '@epione/protocol/streams'
import { SignalError } from './errors.ts'
import { nameOf, requireSeries } from './series.ts'
import type { Statistic } from './series.ts'

interface Sum { minimum: number, maximum: number, sum: number, count: number }

/**
 * Sums up samples by spans of UTC: minimum, maximum, mean and count, a series each, from the first span with a value to the last; a span
 * without one is a gap, and counts 0. `series` are pieces of one stream in any order (the windows of a day). Roll-ups themselves can be
 * summed up again: minima of minima, and means weighted by their counts.
 * @throws {SignalError} `SERIES_INVALID` when the pieces differ in kind or unit, or are some statistics without the others
 */
export function rollUp (series: readonly Series[], span: Span): Series[] {
  const [first] = series
  if (first === undefined) throw new SignalError('SERIES_INVALID', 'there is no series to sum up')
  for (const one of series) requireSame(requireSeries(one), first)
  const sums = first.statistic === undefined ? sumSamples(series, SPANS[span]) : sumStatistics(series, SPANS[span])
  if (sums.size === 0) return []
  // A loop: a month of minutes is more than a call takes as arguments.
  let [from, to] = [Infinity, -Infinity]
  for (const at of sums.keys()) [from, to] = [Math.min(from, at), Math.max(to, at)]
  return statisticsOf({ kind: first.kind, unit: unitOf(series), sums }, { span, from, to })
}

/** One kind of measurement in one unit, with the sums of its spans by their numbers from 1970. */
interface KindSums { readonly kind: MeasurementKind, readonly unit: string, readonly sums: ReadonlyMap<number, Sum> }

function statisticsOf ({ kind, unit, sums }: KindSums, { span, from, to }: { span: Span, from: number, to: number }): Series[] {
  const spans = Array.from({ length: to - from + 1 }, (_, index) => sums.get(from + index))
  const value = (statistic: Statistic, sum: Sum | undefined): number | null => {
    if (statistic === 'count') return sum?.count ?? 0
    if (sum === undefined) return null
    return statistic === 'mean' ? sum.sum / sum.count : sum[statistic]
  }
  return STATISTICS.map((statistic) => ({
    kind,
    unit: statistic === 'count' ? '1' : unit,
    statistic,
    startMs: from * SPANS[span],
    periodMs: SPANS[span],
    values: spans.map((sum) => value(statistic, sum))
  }))
}

/**
 * The same of samples that come piece by piece, of any kinds: what is kept is a sum a span, however many samples there are. Numbers of
 * spans count from 1970, UTC.
 */
export class SpanSums {
  readonly span: Span
  readonly #kinds = new Map<string, { kind: MeasurementKind, unit: string, sums: Map<number, Sum> }>()
  #newestMs = -Infinity

  constructor (span: Span) {
    this.span = span
  }

  /** Time (ms) of the last sample, a gap of the sensor too; -Infinity while there is none. */
  get newestMs (): number {
    return this.#newestMs
  }

  /** @throws {SignalError} `SERIES_INVALID` for statistics, or more spans than one sums up */
  add (series: readonly Series[]): void {
    for (const one of series) {
      const { kind, unit, statistic, values } = requireSeries(one)
      if (statistic !== undefined) throw new SignalError('SERIES_INVALID', `${nameOf(kind)}: these are sums already, no samples`)
      const key = JSON.stringify([kind.system, kind.code])
      const known = this.#kinds.get(key) ?? { kind, unit, sums: new Map<number, Sum>() }
      if (known.unit !== unit) throw new SignalError('SERIES_INVALID', `${nameOf(kind)}: ${unit} and ${known.unit} are not summed up together: convert one`)
      this.#kinds.set(key, known)
      addSamples(known.sums, one, SPANS[this.span])
      this.#newestMs = Math.max(this.#newestMs, timeOf(one, values.length - 1))
    }
  }

  /** Spans `from` to `to` of each kind: minimum, maximum, mean and count, a series each; a span without a value is a gap, and counts 0. */
  seriesOf (from: number, to: number): Series[] {
    return to < from ? [] : [...this.#kinds.values()].flatMap((known) => statisticsOf(known, { span: this.span, from, to }))
  }

  /** Numbers of the spans that have a value of any kind, ascending. */
  spans (): number[] {
    return [...new Set([...this.#kinds.values()].flatMap(({ sums }) => [...sums.keys()]))].sort((a, b) => a - b)
  }
}

/** Spans that have values: more than this one call does not sum up (two years of minutes). */
const SPANS_MAX = 1_051_200

function requireSame (series: Series, first: Series): void {
  const { kind, unit, statistic } = series
  if (kind.system !== first.kind.system || kind.code !== first.kind.code || (statistic === undefined) !== (first.statistic === undefined)) {
    throw new SignalError('SERIES_INVALID', `${nameOf(kind)} is summed up apart from ${nameOf(first.kind)}`)
  }
  if (statistic === undefined && unit !== first.unit) throw new SignalError('SERIES_INVALID', `${nameOf(kind)}: ${unit} and ${first.unit} are not summed up together: convert one`)
}

const unitOf = (series: readonly Series[]): string => series.find(({ statistic }) => statistic !== 'count')?.unit ?? '1'

function spanOf (sums: Map<number, Sum>, atMs: number, spanMs: number): Sum {
  const number = Math.floor(atMs / spanMs)
  const sum = sums.get(number) ?? { minimum: Infinity, maximum: -Infinity, sum: 0, count: 0 }
  if (!sums.has(number) && sums.size >= SPANS_MAX) throw new SignalError('SERIES_INVALID', `more than ${SPANS_MAX} spans: sum up a shorter time, or longer spans`)
  sums.set(number, sum)
  return sum
}

function sumSamples (series: readonly Series[], spanMs: number): Map<number, Sum> {
  const sums = new Map<number, Sum>()
  for (const one of series) addSamples(sums, one, spanMs)
  return requireBounded(sums)
}

function addSamples (sums: Map<number, Sum>, one: Series, spanMs: number): void {
  for (const [index, value] of one.values.entries()) {
    if (value === null) continue
    const sum = spanOf(sums, timeOf(one, index), spanMs)
    sum.minimum = Math.min(sum.minimum, value)
    sum.maximum = Math.max(sum.maximum, value)
    sum.sum += value
    sum.count++
  }
}

/* A mean counts as often as its span had values, and that is what the count of the same time says. */
function sumStatistics (series: readonly Series[], spanMs: number): Map<number, Sum> {
  const counts = new Map<number, number>()
  for (const one of series.filter(({ statistic }) => statistic === 'count')) {
    for (const [index, value] of one.values.entries()) counts.set(timeOf(one, index), value ?? 0)
  }
  const sums = new Map<number, Sum>()
  for (const one of series.filter(({ statistic }) => statistic !== 'count')) {
    for (const [index, value] of one.values.entries()) {
      if (value === null) continue
      const atMs = timeOf(one, index)
      const count = counts.get(atMs)
      if (count === undefined) throw new SignalError('SERIES_INVALID', `${nameOf(one.kind)}: a roll-up is summed up with its counts`)
      addStatistic(spanOf(sums, atMs, spanMs), one.statistic, value, count)
    }
  }
  for (const { minimum, maximum, count } of sums.values()) {
    if (!(minimum <= maximum && count > 0)) throw new SignalError('SERIES_INVALID', 'a roll-up is summed up of its minimum, maximum, mean and count')
  }
  return requireBounded(sums)
}

function addStatistic (sum: Sum, statistic: Statistic | undefined, value: number, count: number): void {
  if (statistic === 'minimum') sum.minimum = Math.min(sum.minimum, value)
  else if (statistic === 'maximum') sum.maximum = Math.max(sum.maximum, value)
  else {
    sum.sum += value * count
    sum.count += count
  }
}

function requireBounded (sums: Map<number, Sum>): Map<number, Sum> {
  const keys = [...sums.keys()]
  const reach = keys.reduce((max, key) => Math.max(max, key), -Infinity) - keys.reduce((min, key) => Math.min(min, key), Infinity)
  if (reach >= SPANS_MAX) throw new SignalError('SERIES_INVALID', `these values reach over more than ${SPANS_MAX} spans: sum up a shorter time, or longer spans`)
  return sums
}
