import { endOf, timeOf } from '@epione/protocol/streams'
import type { Series } from '@epione/protocol/streams'
import { SignalError } from '../errors.ts'
import { requireSeries } from '../series.ts'

/** A value on a chart; null breaks the line. */
export interface Mark { readonly atMs: number, readonly value: number | null }

/** From the first value of any of the series to the last one's end. @throws {SignalError} `SERIES_INVALID` without any value */
export function extentOf (series: readonly Series[]): { fromMs: number, toMs: number } {
  if (series.length === 0) throw new SignalError('SERIES_INVALID', 'there is no series to draw')
  let [fromMs, toMs] = [Infinity, -Infinity]
  for (const one of series) {
    fromMs = Math.min(fromMs, requireSeries(one).startMs)
    toMs = Math.max(toMs, endOf(one))
  }
  return { fromMs, toMs: toMs > fromMs ? toMs : fromMs + 1 }
}

interface Column { count: number, low: Mark | undefined, high: Mark | undefined, gap: boolean }

/* A value longer after the one before than three times the usual distance follows a gap: a window that is missing. */
const MISSING_PERIODS = 3

function fill (series: Series, fromMs: number, toMs: number, columns: number): Column[] {
  const filled = Array.from({ length: columns }, (): Column => ({ count: 0, low: undefined, high: undefined, gap: false }))
  for (const [index, value] of series.values.entries()) {
    const atMs = timeOf(series, index)
    const column = filled[Math.min(columns - 1, Math.max(0, Math.floor((atMs - fromMs) / (toMs - fromMs) * columns)))]
    if (column === undefined) continue
    if (value === null) {
      column.gap = true
      continue
    }
    column.count++
    if (column.low?.value == null || value < column.low.value) column.low = { atMs, value }
    if (column.high?.value == null || value > column.high.value) column.high = { atMs, value }
  }
  return filled
}

/** At most two marks a column, its lowest and highest value, so that no peak is lost; every value where they are few. */
export function thin (series: Series, fromMs: number, toMs: number, columns: number): Mark[] {
  if (series.values.length <= columns * 2) {
    return breakAtJumps(series.values.map((value, index) => ({ atMs: timeOf(series, index), value })))
  }
  return fill(series, fromMs, toMs, columns).flatMap(({ low, high, gap, count }, index): Mark[] => {
    const atMs = fromMs + (index + 0.5) / columns * (toMs - fromMs)
    if (low === undefined || high === undefined) return gap || count === 0 ? [{ atMs, value: null }] : []
    const ends = low.atMs <= high.atMs ? [low, high] : [high, low]
    return low === high ? [low] : ends
  })
}

function breakAtJumps (marks: readonly Mark[]): Mark[] {
  const distances = marks.slice(1).map(({ atMs }, index) => atMs - (marks[index]?.atMs ?? 0)).sort((a, b) => a - b)
  const usual = distances[Math.floor(distances.length / 2)] ?? 0
  return marks.flatMap((mark, index) => {
    const before = marks[index - 1]
    const jumps = before !== undefined && usual > 0 && mark.atMs - before.atMs > usual * MISSING_PERIODS
    return jumps ? [{ atMs: mark.atMs, value: null }, mark] : [mark]
  })
}
