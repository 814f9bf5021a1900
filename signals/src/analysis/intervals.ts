import { average, deviation } from './peaks.ts'

/** Measures of heart rate variability, of intervals between accepted beats. */
export interface HeartMeasures {
  /** Beats a minute: 60,000 by the mean interval. */
  readonly heartRate: number
  readonly meanIntervalMs: number
  /** Standard deviation of intervals. */
  readonly sdnnMs: number
  /** Root mean square of differences of successive intervals; undefined where no two follow each other. */
  readonly rmssdMs: number | undefined
  /** Share (0 to 1) of those differences that are above 20 and above 50 ms. */
  readonly pnn20: number | undefined
  readonly pnn50: number | undefined
}

/** Intervals in their order; null where a beat was rejected or the trace has a gap. */
export type Intervals = ReadonlyArray<number | null>

/** @returns undefined when there is no interval */
export function measureIntervals (intervals: Intervals): HeartMeasures | undefined {
  const accepted = intervals.filter((one) => one !== null)
  if (accepted.length === 0) return undefined
  const differences = intervals.slice(1).flatMap((one, index) => {
    const before = intervals[index]
    return one === null || before === null || before === undefined ? [] : [Math.abs(one - before)]
  })
  const share = (ms: number): number | undefined =>
    differences.length === 0 ? undefined : differences.filter((difference) => difference > ms).length / differences.length
  const meanIntervalMs = average(accepted)
  return {
    heartRate: 60_000 / meanIntervalMs,
    meanIntervalMs,
    sdnnMs: deviation(accepted),
    rmssdMs: differences.length === 0 ? undefined : Math.sqrt(average(differences.map((difference) => difference ** 2))),
    pnn20: share(20),
    pnn50: share(50)
  }
}

/**
 * Of each beat, whether it is accepted: its interval to the one before is within 30 % (at least 300 ms) of the mean. HeartPy's rule; of
 * two that were refined to one place it takes neither.
 */
export function acceptBeats (intervals: readonly number[]): boolean[] {
  const mean = average(intervals)
  const range = Math.max(300, 0.3 * mean)
  const fits = [true, ...intervals.map((interval) => interval > mean - range && interval < mean + range)]
  return fits.map((fit, index) => fit && intervals[index] !== 0)
}

/** Intervals between two accepted beats; null for the others. */
export function maskIntervals (intervals: readonly number[], accepted: readonly boolean[]): Array<number | null> {
  return intervals.map((interval, index) => accepted[index] === true && accepted[index + 1] === true ? interval : null)
}

/** Leaves out intervals that differ from the next by more than a fifth, twice (Piskorski and Guzik, "Filtering Poincaré plots", 2005). */
export function filterQuotients (intervals: Intervals): Array<number | null> {
  const left = [...intervals]
  for (let round = 0; round < 2; round++) {
    for (let index = 0; index + 1 < left.length; index++) {
      const [one, next] = [left[index], left[index + 1]]
      if (one === null || next === null || one === undefined || next === undefined) continue
      if (!(one / next >= 0.8 && one / next <= 1.2)) left[index] = null
    }
  }
  return left
}
