import { contentBytesOf, SERIES_PER_WINDOW, timeOf, WINDOW_SAMPLES_BYTES_MAX } from '@epione/protocol/streams'
import type { Series } from '@epione/protocol/streams'

/**
 * Series cut into windows of `windowMs`, counted from the first value of all: each window has the parts of all series that fall into it.
 * The same series always give the same windows.
 */
export function cutWindows (series: readonly Series[], windowMs: number): Series[][] {
  const startMs = Math.min(...series.map((one) => one.startMs))
  const windows = new Map<number, Series[]>()
  for (const one of series) {
    for (const [index, part] of cutOne(one, startMs, windowMs)) windows.set(index, [...windows.get(index) ?? [], part])
  }
  return [...windows].sort(([a], [b]) => a - b).flatMap(([, parts]) => inGroups(parts))
}

function cutOne (series: Series, startMs: number, windowMs: number): Array<[number, Series]> {
  const parts: Array<[number, Series]> = []
  let from = 0
  while (from < series.values.length) {
    const index = Math.floor((timeOf(series, from) - startMs) / windowMs)
    let to = from + 1
    while (to < series.values.length && Math.floor((timeOf(series, to) - startMs) / windowMs) === index) to += 1
    parts.push([index, sliceSeries(series, from, to)])
    from = to
  }
  return parts
}

/**
 * The series of one window as several windows where their values need more bytes than a window has, each a part of the time; the same
 * series always give the same windows. Values of one moment stay together: only where those alone are too many is a window too large.
 */
export function fitWindow (series: readonly Series[]): Series[][] {
  if (contentBytesOf(series) <= WINDOW_SAMPLES_BYTES_MAX) return [[...series]]
  const times = series.flatMap((one) => one.values.map((_, i) => timeOf(one, i))).sort((a, b) => a - b)
  const middle = times[Math.floor(times.length / 2)] ?? 0
  // The median may be the first of many equal times.
  const cut = middle > (times[0] ?? 0) ? middle : times.find((time) => time > middle)
  if (cut === undefined) return [[...series]]
  return [...fitWindow(partsOf(series, (time) => time < cut)), ...fitWindow(partsOf(series, (time) => time >= cut))]
}

/** Of each series the values whose time fits, which lie together. */
function partsOf (series: readonly Series[], fits: (time: number) => boolean): Series[] {
  return series.flatMap((one) => {
    const from = one.values.findIndex((_, i) => fits(timeOf(one, i)))
    if (from === -1) return []
    let to = from + 1
    while (to < one.values.length && fits(timeOf(one, to))) to += 1
    return [sliceSeries(one, from, to)]
  })
}

/** Values `from` to `to` (exclusive) of a series, at their times. */
export function sliceSeries (series: Series, from: number, to: number): Series {
  const { offsetsMs, values, ...description } = series
  if (from === 0 && to === values.length) return series
  const startMs = timeOf(series, from)
  const offsets = offsetsMs?.slice(from, to).map((offset) => offset - (offsetsMs[from] ?? 0))
  return { ...description, startMs, ...(offsets === undefined ? {} : { offsetsMs: offsets }), values: values.slice(from, to) }
}

function inGroups (parts: Series[]): Series[][] {
  return Array.from({ length: Math.ceil(parts.length / SERIES_PER_WINDOW) }, (_, i) =>
    parts.slice(i * SERIES_PER_WINDOW, (i + 1) * SERIES_PER_WINDOW))
}
