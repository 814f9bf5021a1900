import { faultOfDescription } from '@epione/protocol/streams'
import type { MeasurementKind, Series } from '@epione/protocol/streams'
import { SignalError } from './errors.ts'

export type Statistic = NonNullable<Series['statistic']>

/**
 * The series itself when it agrees with itself. As `checkSeries` of the protocol, but for any number of values: a file holds more than a
 * window does. @throws {SignalError} `SERIES_INVALID`
 */
export function requireSeries (series: Series): Series {
  const fault = faultOf(series)
  if (fault !== undefined) throw new SignalError('SERIES_INVALID', `${nameOf(series.kind)}: ${fault}`)
  return series
}

function faultOf ({ values, offsetsMs, ...description }: Series): string | undefined {
  const { startMs, periodMs } = description
  if (values.length === 0) return 'it has no values'
  if (!Number.isFinite(startMs)) return 'startMs is no time'
  const bad = values.findIndex((value) => value !== null && !Number.isFinite(value))
  if (bad >= 0) return `value ${bad + 1} is no number; a gap is null`
  return faultOfSpacing(periodMs, offsetsMs, values.length) ?? faultOfDescription(description)
}

function faultOfSpacing (periodMs: number | undefined, offsetsMs: readonly number[] | undefined, count: number): string | undefined {
  if ((periodMs === undefined) === (offsetsMs === undefined)) return 'exactly one of periodMs and offsetsMs says the times'
  if (offsetsMs === undefined) return Number(periodMs) > 0 && Number.isFinite(periodMs) ? undefined : 'periodMs is no length of time'
  if (offsetsMs.length !== count) return `${offsetsMs.length} offsets for ${count} values`
  const back = offsetsMs.findIndex((offset, index) => !(offset >= (offsetsMs[index - 1] ?? 0) && Number.isFinite(offset)))
  return back >= 0 ? `offset ${back + 1} goes back in time` : undefined
}

/** A kind in words where it has them. */
export const nameOf = ({ display, system, code }: MeasurementKind): string => display ?? `${system} ${code}`

/** One value with its time: what formats of single observations hold. */
export interface Point {
  readonly kind: MeasurementKind
  readonly unit: string
  readonly statistic?: Statistic | undefined
  readonly atMs: number
  /** Length of the interval that the value stands for. */
  readonly lastsMs?: number | undefined
  readonly value: number | null
}

/**
 * Series of points: one for each kind, unit, statistic and length of interval, ordered by time; evenly spaced where the points are, and
 * then by their interval.
 */
export function gather (points: readonly Point[]): Series[] {
  const groups = new Map<string, Point[]>()
  for (const point of points) {
    const key = JSON.stringify([point.kind.system, point.kind.code, point.unit, point.statistic, point.lastsMs])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [point])
    else group.push(point)
  }
  return [...groups.values()].map(seriesOf)
}

function seriesOf (points: Point[]): Series {
  points.sort((a, b) => a.atMs - b.atMs)
  const [{ kind, unit, statistic, atMs, lastsMs }] = points as [Point]
  const offsetsMs = points.map((point) => point.atMs - atMs)
  const periodMs = points.length === 1 ? lastsMs : evenPeriod(offsetsMs, lastsMs === undefined ? 3 : 2)
  const spacing = periodMs !== undefined && (lastsMs ?? periodMs) === periodMs ? { periodMs } : { offsetsMs }
  const values = points.map(({ value }) => value)
  return { kind, unit, ...(statistic === undefined ? {} : { statistic }), startMs: atMs, ...spacing, values }
}

/* Two times are no rhythm. A year is the longest period that a series of the protocol has. */
function evenPeriod (offsetsMs: readonly number[], least: number): number | undefined {
  const periodMs = offsetsMs[1]
  if (offsetsMs.length < least || periodMs === undefined || !(periodMs > 0 && periodMs <= 366 * 86_400_000)) return undefined
  return offsetsMs.every((offset, index) => offset === index * periodMs) ? periodMs : undefined
}
