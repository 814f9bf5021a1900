import { timeOf } from '@epione/protocol/streams'
import type { Series } from '@epione/protocol/streams'

/** Values of one kind of measurement by time (ms), to be drawn: nothing stands where the sensor or the device left a gap. */
export interface Line {
  system: string
  code: string
  display?: string
  unit: string
  times: number[]
  values: Array<number | null>
  /** Lowest and highest of each span, where values are means. */
  low?: Array<number | null>
  high?: Array<number | null>
}

/** More points than a chart has pixels; more than these are drawn as spans of them. */
const POINTS_MAX = 4_000
const SPANS_MAX = 1_000

type Named = Pick<Line, 'system' | 'code' | 'display' | 'unit'>
const namedOf = ({ kind: { system, code, display }, unit }: Series): Named =>
  ({ system, code, ...(display === undefined ? {} : { display }), unit })
const keyOf = ({ system, code, unit }: Named): string => [system, code, unit].join('\n')

/** Lines of samples, each kind's in order of time; many are drawn as mean, lowest and highest of equal spans. */
export function linesOfSamples (series: readonly Series[]): Line[] {
  return [...groupByKind(series.filter(({ statistic }) => statistic === undefined)).values()].map((parts) => {
    const line: Line = { ...parts[0].named, times: [], values: [] }
    for (const { series: one } of parts) {
      if (line.times.length > 0) put(line, one.startMs, null)
      one.values.forEach((value, at) => { put(line, timeOf(one, at), value) })
    }
    return line.times.length > POINTS_MAX ? inSpans(line) : line
  })
}

function put (line: Line, time: number, value: number | null): void {
  // A chart goes from left to right, whatever two pieces say of one moment.
  line.times.push(Math.max(time, line.times.at(-1) ?? time))
  line.values.push(value)
}

/** Lines of a roll-up: the mean of each span with its lowest and highest. */
export function linesOfRollUp (series: readonly Series[]): Line[] {
  const counted = series.filter(({ statistic }) => statistic !== undefined && statistic !== 'count')
  return [...groupByKind(counted).values()].map((parts) => {
    const spans = new Map<number, { mean?: number | null, minimum?: number | null, maximum?: number | null }>()
    for (const { series: one } of parts) {
      one.values.forEach((value, at) => {
        const time = timeOf(one, at)
        spans.set(time, { ...spans.get(time), [one.statistic ?? 'mean']: value })
      })
    }
    const times = [...spans.keys()].sort((a, b) => a - b)
    const of = (name: 'mean' | 'minimum' | 'maximum'): Array<number | null> => times.map((time) => spans.get(time)?.[name] ?? null)
    return { ...parts[0].named, times, values: of('mean'), low: of('minimum'), high: of('maximum') }
  })
}

/** Lines of a roll-up that samples go on from. */
export function joinLines (rolled: readonly Line[], fresh: readonly Line[]): Line[] {
  const begun = rolled.map((line): Line => {
    const { times, values, low = values, high = values } = fresh.find((other) => keyOf(other) === keyOf(line)) ?? { times: [], values: [] }
    return {
      ...line,
      times: [...line.times, ...times],
      values: [...line.values, ...values],
      low: [...line.low ?? line.values, ...low],
      high: [...line.high ?? line.values, ...high]
    }
  })
  return [...begun, ...fresh.filter((line) => !rolled.some((other) => keyOf(other) === keyOf(line)))]
}

interface Part { named: Named, series: Series }

function groupByKind (series: readonly Series[]): Map<string, [Part, ...Part[]]> {
  const groups = new Map<string, [Part, ...Part[]]>()
  for (const one of series.toSorted((a, b) => a.startMs - b.startMs)) {
    const part = { named: namedOf(one), series: one }
    const group = groups.get(keyOf(part.named))
    if (group === undefined) groups.set(keyOf(part.named), [part])
    else group.push(part)
  }
  return groups
}

function inSpans ({ times, values, ...named }: Line): Line {
  const [from, to] = [times[0] ?? 0, times.at(-1) ?? 0]
  const widthMs = Math.max(1, (to - from) / SPANS_MAX)
  const sums = new Map<number, { sum: number, count: number, low: number, high: number }>()
  values.forEach((value, at) => {
    if (value === null) return
    const span = Math.floor(((times[at] ?? from) - from) / widthMs)
    const { sum, count, low, high } = sums.get(span) ?? { sum: 0, count: 0, low: Infinity, high: -Infinity }
    sums.set(span, { sum: sum + value, count: count + 1, low: Math.min(low, value), high: Math.max(high, value) })
  })
  const spans = Array.from({ length: SPANS_MAX + 1 }, (_, span) => sums.get(span))
  return {
    ...named,
    times: spans.map((_, span) => from + span * widthMs),
    values: spans.map((one) => one === undefined ? null : one.sum / one.count),
    low: spans.map((one) => one?.low ?? null),
    high: spans.map((one) => one?.high ?? null)
  }
}
