import { endOf, timeOf } from '@epione/protocol/streams'
import type { MeasurementKind, Series } from '@epione/protocol/streams'
import type { ReadWindow } from './assemble-stream.ts'

/** How far two evenly spaced series may be apart, in parts of their period, and be one. */
const JITTER = 0.01

/** What the values of one kind in a stream are, together. */
export interface SeriesSummary {
  readonly kind: MeasurementKind
  readonly unit: string
  readonly statistic?: Series['statistic']
  readonly values: number
  /** Times at which the sensor gave nothing. */
  readonly missing: number
  readonly startMs: number
  readonly endMs: number
  readonly minimum?: number
  readonly mean?: number
  readonly maximum?: number
  readonly latest?: { readonly time: number, readonly value: number }
}

/**
 * Series of all windows, each kind's in order of time: those that go on without a break are one, so that a file of them is what was
 * measured and not how it was cut. Of a span that a roll-up says twice the later window counts.
 */
export function joinSeries (windows: ReadonlyArray<Pick<ReadWindow, 'series'>>): Series[] {
  const all = windows.flatMap(({ series }) => series)
  return [...Map.groupBy(all, nameOf).values()].flatMap((parts) => joinParts(newestOf(parts).toSorted((a, b) => a.startMs - b.startMs)))
}

/** Statistics of a span, each said once; samples as they are. */
function newestOf (parts: readonly Series[]): readonly Series[] {
  const [first] = parts
  if (first?.statistic === undefined || first.periodMs === undefined || parts.length === 1) return parts
  if (parts.some(({ periodMs }) => periodMs !== first.periodMs)) return parts
  const { values: _, offsetsMs: __, ...description } = first
  const said = new Map(parts.flatMap((part) => part.values.map((value, i) => [timeOf(part, i), value] as const)))
  return [...said].map(([startMs, value]) => ({ ...description, startMs, values: [value] }))
}

const nameOf = ({ kind: { system, code }, unit, statistic }: Series): string => [system, code, unit, statistic ?? ''].join('\n')

function joinParts (parts: readonly Series[]): Series[] {
  const runs: Series[][] = []
  let count = 0
  for (const part of parts) {
    const run = runs.at(-1)
    const before = run?.at(-1)
    if (run !== undefined && before !== undefined && goesOn(run, before, count, part)) {
      run.push(part)
      count += part.values.length
    } else {
      runs.push([part])
      count = part.values.length
    }
  }
  return runs.map(joinRun)
}

/** By the run's first value, and not by the part before: a clock that is a little off would else shift what comes last by minutes. */
function goesOn ([first]: readonly Series[], before: Series, count: number, next: Series): boolean {
  if (first === undefined || before.periodMs !== next.periodMs) return false
  if (before.periodMs === undefined) return endOf(before) <= next.startMs
  return Math.abs(timeOf(first, count) - next.startMs) <= JITTER * before.periodMs
}

function joinRun (run: readonly Series[]): Series {
  const [first] = run
  if (first === undefined) throw new TypeError('a run has series')
  if (run.length === 1) return first
  const { offsetsMs, values: _, ...description } = first
  const values = run.flatMap((series) => series.values)
  if (offsetsMs === undefined) return { ...description, values }
  return { ...description, offsetsMs: run.flatMap((series) => series.values.map((_, i) => timeOf(series, i) - first.startMs)), values }
}

/** What was measured of each kind, in numbers. */
export function summarizeSeries (series: readonly Series[]): SeriesSummary[] {
  return [...Map.groupBy(series, nameOf).values()].map((parts) => summarizeKind(parts))
}

function summarizeKind (parts: readonly Series[]): SeriesSummary {
  const [first] = parts
  if (first === undefined) throw new TypeError('a kind has series')
  let [count, sum, minimum, maximum, missing] = [0, 0, Infinity, -Infinity, 0]
  let latest: SeriesSummary['latest']
  for (const part of parts) {
    part.values.forEach((value, i) => {
      if (value === null) { missing += 1; return }
      count += 1
      sum += value
      minimum = Math.min(minimum, value)
      maximum = Math.max(maximum, value)
      const time = timeOf(part, i)
      if (latest === undefined || time >= latest.time) latest = { time, value }
    })
  }
  return {
    kind: first.kind,
    unit: first.unit,
    ...(first.statistic === undefined ? {} : { statistic: first.statistic }),
    values: count,
    missing,
    startMs: Math.min(...parts.map(({ startMs }) => startMs)),
    endMs: Math.max(...parts.map(endOf)),
    ...(count === 0 ? {} : { minimum, mean: sum / count, maximum }),
    ...(latest === undefined ? {} : { latest })
  }
}
