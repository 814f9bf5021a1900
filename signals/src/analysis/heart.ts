import { timeOf } from '@epione/protocol/streams'
import type { Series } from '@epione/protocol/streams'
import { SignalError } from '../errors.ts'
import { nameOf, requireSeries } from '../series.ts'
import { bandPass } from './filter.ts'
import type { Band } from './filter.ts'
import { acceptBeats, filterQuotients, maskIntervals, measureIntervals } from './intervals.ts'
import type { HeartMeasures } from './intervals.ts'
import { findPeaks, intervalsOf } from './peaks.ts'
import { judgeQuality, meanCorrelation, shapesOf } from './quality.ts'
import type { SignalQuality, TraceKind } from './quality.ts'

export interface HeartOptions {
  /** What the trace shows; `pulse` by default. */
  readonly trace?: TraceKind
  /** Passes this band only, before anything else: 0.8 to 2.5 Hz for rings and watches; of an ECG 5 to 15 Hz, where QRS is, unless told. */
  readonly band?: Band
  /** Refines each beat between samples: for fewer than some 100 samples a second. */
  readonly fine?: boolean
  /** Leaves out intervals that differ from the next by more than a fifth. */
  readonly clean?: boolean
}

export interface Beat {
  /** ms since 1970. */
  readonly atMs: number
  readonly accepted: boolean
}

export interface HeartAnalysis extends HeartMeasures {
  readonly beats: readonly Beat[]
  readonly quality: SignalQuality
}

/** Where most of QRS is and little of T waves (J. Pan, W. Tompkins, 1985). */
const QRS_BAND: Band = { lowHz: 5, highHz: 15 }
/** A stretch between gaps that is shorter tells too little, in s. */
const STRETCH_MIN_S = 5

interface Stretch { readonly first: number, readonly values: Float64Array }

/**
 * Heart rate, its variability and the quality of a trace of pulse or ECG, evenly spaced. Each stretch between gaps is analysed by itself;
 * no interval reaches over a gap. Without a gap the figures are HeartPy's.
 * @throws {SignalError} `SERIES_INVALID` for an uneven series or a band that it cannot have; `NO_BEATS` when none are found
 */
export function analyseHeart (series: Series, options: HeartOptions = {}): HeartAnalysis {
  const { trace = 'pulse', clean = false, fine = false } = options
  const band = options.band ?? (trace === 'ecg' ? QRS_BAND : undefined)
  const sampleRateHz = rateOf(requireSeries(series), band)
  const intervals: Array<number | null> = []
  const beats: Beat[] = []
  const shapes: Float64Array[][] = []
  const stretches = stretchesOf(series.values, Math.ceil(STRETCH_MIN_S * sampleRateHz))
  for (const { first, values: raw } of stretches) {
    const stretch = within(raw, band, sampleRateHz)
    const peaks = findPeaks(stretch, sampleRateHz, fine)
    if (peaks.length < 2) continue
    const all = intervalsOf(peaks, sampleRateHz)
    const accepted = acceptBeats(all)
    const masked = maskIntervals(all, accepted)
    intervals.push(null, ...clean ? filterQuotients(masked) : masked)
    beats.push(...peaks.map((peak, index) => ({ atMs: timeOf(series, first + peak), accepted: accepted[index] === true })))
    shapes.push(shapesOf(stretch, peaks, accepted))
  }
  const measures = measureIntervals(intervals)
  if (measures === undefined) {
    throw new SignalError('NO_BEATS', `${nameOf(series.kind)}: no heart beats at 40 to 180 a minute were found: is the sensor in place?`)
  }
  const quality = judgeQuality(trace, {
    correlation: correlationOf(shapes),
    accepted: beats.filter(({ accepted }) => accepted).length / beats.length,
    covered: stretches.reduce((sum, { values }) => sum + values.length, 0) / series.values.length
  }, intervals.filter((one) => one !== null))
  return { ...measures, beats, quality }
}

const within = (values: Float64Array, band: Band | undefined, sampleRateHz: number): Float64Array =>
  band === undefined ? values : bandPass(values, band, sampleRateHz) ?? values

function rateOf ({ periodMs, kind }: Series, band: Band | undefined): number {
  if (periodMs === undefined) throw new SignalError('SERIES_INVALID', `${nameOf(kind)}: a trace is evenly spaced`)
  const sampleRateHz = 1_000 / periodMs
  if (band !== undefined && !(band.lowHz > 0 && band.lowHz < band.highHz && band.highHz < sampleRateHz / 2)) {
    throw new SignalError('SERIES_INVALID', `a band of ${band.lowHz} to ${band.highHz} Hz is none of ${sampleRateHz.toFixed(1)} samples a second`)
  }
  return sampleRateHz
}

/** Variability of intervals that a sensor has measured itself (RR intervals, in ms). @throws {SignalError} `NO_BEATS`, `SERIES_INVALID` */
export function analyseIntervals (series: Series, { clean = false }: Pick<HeartOptions, 'clean'> = {}): HeartMeasures {
  const { values, unit, kind } = requireSeries(series)
  if (unit !== 'ms') throw new SignalError('SERIES_INVALID', `${nameOf(kind)}: intervals are in ms, not ${unit}`)
  const whole = values.filter((value) => value !== null && value > 0) as number[]
  if (whole.length < 2) throw new SignalError('NO_BEATS', `${nameOf(kind)}: at least two intervals are needed`)
  const accepted = acceptBeats(whole).slice(1)
  let next = 0
  const masked = values.map((value) => value === null || value <= 0 || accepted[next++] !== true ? null : value)
  const measures = measureIntervals(clean ? filterQuotients(masked) : masked)
  if (measures === undefined) throw new SignalError('NO_BEATS', `${nameOf(kind)}: no interval is like the others`)
  return measures
}

function stretchesOf (values: Series['values'], least: number): Stretch[] {
  const stretches: Stretch[] = []
  for (let first = 0; first < values.length; first++) {
    let end = first
    while (end < values.length && values[end] !== null) end++
    if (end - first >= least) stretches.push({ first, values: Float64Array.from(values.slice(first, end), (value) => value ?? 0) })
    first = end
  }
  return stretches
}

/* Stretches may have shapes of different lengths: each has its own average, weighted by its beats. */
function correlationOf (stretches: ReadonlyArray<readonly Float64Array[]>): number {
  const count = stretches.reduce((sum, shapes) => sum + shapes.length, 0)
  return count === 0 ? 0 : stretches.reduce((sum, shapes) => sum + meanCorrelation(shapes) * shapes.length, 0) / count
}
