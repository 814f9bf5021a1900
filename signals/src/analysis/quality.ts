import { average, RATE_MAX, RATE_MIN } from './peaks.ts'

/** How far a trace can be trusted. */
export interface SignalQuality {
  /** 0 to 1: correlation × accepted × covered. A figure of ours: not HeartPy's, and no clinical one. */
  readonly index: number
  /** 0 to 1: mean correlation of each accepted beat's shape with their average (C. Orphanidou et al., IEEE J-BHI 19(3), 2015). */
  readonly correlation: number
  /** 0 to 1: beats that were not rejected. */
  readonly accepted: number
  /** 0 to 1: values that are no gap and stand in a stretch long enough to be analysed. */
  readonly covered: number
  /** Orphanidou's rules: rate 40 to 180, no interval above 3 s, longest at most 2.2 times the shortest, correlation high enough. */
  readonly usable: boolean
}

/** Correlation that a usable trace has, by what it shows. */
const CORRELATION_MIN = { pulse: 0.86, ecg: 0.66 } as const

export type TraceKind = keyof typeof CORRELATION_MIN

/** Shapes of beats: each the values around it, as many as fit the middle interval. */
export function shapesOf (values: Float64Array, peaks: readonly number[], accepted: readonly boolean[]): Float64Array[] {
  const gaps = peaks.slice(1).map((peak, index) => peak - (peaks[index] ?? 0)).sort((a, b) => a - b)
  const width = Math.round(gaps[Math.floor(gaps.length / 2)] ?? 0)
  return peaks.flatMap((peak, index) => {
    const start = Math.round(peak - width / 2)
    return accepted[index] === true && width > 2 && start >= 0 && start + width <= values.length ? [values.slice(start, start + width)] : []
  })
}

/** Mean correlation of shapes of one length with their average; 0 where fewer than two are there. */
export function meanCorrelation (shapes: readonly Float64Array[]): number {
  const [first] = shapes
  if (first === undefined || shapes.length < 2) return 0
  const template = first.map((_, index) => average(shapes.map((shape) => shape[index] ?? 0)))
  return Math.max(0, average(shapes.map((shape) => correlation(shape, template))))
}

function correlation (a: Float64Array, b: Float64Array): number {
  const [meanA, meanB] = [average([...a]), average([...b])]
  let [ab, aa, bb] = [0, 0, 0]
  for (let index = 0; index < a.length; index++) {
    const [da, db] = [(a[index] ?? 0) - meanA, (b[index] ?? 0) - meanB]
    ab += da * db
    aa += da * da
    bb += db * db
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb)
}

export function judgeQuality (
  kind: TraceKind, parts: Pick<SignalQuality, 'correlation' | 'accepted' | 'covered'>, intervals: readonly number[]
): SignalQuality {
  let [shortest, longest] = [Infinity, 0]
  for (const interval of intervals) [shortest, longest] = [Math.min(shortest, interval), Math.max(longest, interval)]
  const rate = 60_000 / average(intervals)
  const steady = rate >= RATE_MIN && rate <= RATE_MAX && longest <= 3_000 && longest <= 2.2 * shortest
  const index = parts.correlation * parts.accepted * parts.covered
  return { index, ...parts, usable: steady && parts.correlation >= CORRELATION_MIN[kind] }
}
