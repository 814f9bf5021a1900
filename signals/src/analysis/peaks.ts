/*
 * Finding beats as HeartPy does (P. van Gent et al., "HeartPy: A novel heart rate algorithm for the analysis of noisy signals",
 * Transportation Research Part F, 2019; MIT licence, test/data/LICENSES/HeartPy.MIT.txt), edges and all, so that figures can be compared:
 * a beat is the highest value of each stretch above a moving average, and the average is raised to where intervals vary least.
 */

/** Of the moving average, in s. */
const WINDOW_S = 0.75
/** By how much the average is raised, in per cent of its mean. */
const RAISES = [5, 10, 15, 20, 25, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 150, 200, 300]
/** A first peak this early may be the end of a beat that began before, in ms. */
const EARLY_MS = 150
/** As many beats may be evenly spaced. */
const REGULAR_PEAKS = 5
/** Heart rates that are looked for, in beats a minute. */
export const RATE_MIN = 40
export const RATE_MAX = 180
/** Around a peak, when its place is refined: 100 ms on each side, 1,000 values a second. */
const FINE_S = 0.1
const FINE_HZ = 1_000

/** Moves values so that nearly all are above 0: the average is raised by a share of itself. */
export function liftAboveZero (values: Float64Array): Float64Array {
  const sorted = values.toSorted()
  const place = (sorted.length - 1) * 0.001
  const low = sorted[Math.floor(place)] ?? 0
  const base = low + ((sorted[Math.ceil(place)] ?? low) - low) * (place - Math.floor(place))
  return base < 0 ? values.map((value) => value - base) : values
}

function movingAverage (values: Float64Array, width: number): Float64Array {
  const count = values.length - width + 1
  const sums = new Float64Array(values.length + 1)
  for (let index = 0; index < values.length; index++) sums[index + 1] = (sums[index] ?? 0) + (values[index] ?? 0)
  const mean = (index: number): number => ((sums[index + width] ?? 0) - (sums[index] ?? 0)) / width
  const missing = Math.trunc((width - 1) / 2)
  // The ends repeat the first and last whole window; of an even width the very last value is 0, as in HeartPy.
  return Float64Array.from(values, (_, index) => index < missing
    ? mean(0)
    : index < missing + count ? mean(index - missing) : index < count + 2 * missing ? mean(count - 1) : 0)
}

function peaksAbove (values: Float64Array, threshold: (index: number) => number): number[] {
  const above: number[] = []
  for (let index = 0; index < values.length; index++) if ((values[index] ?? 0) > threshold(index)) above.push(index)
  // A stretch reaches from the last value of the one before to its own last but one: HeartPy's edges.
  const edges = [0]
  for (let index = 0; index + 1 < above.length; index++) if ((above[index + 1] ?? 0) - (above[index] ?? 0) > 1) edges.push(index)
  edges.push(above.length)
  const peaks: number[] = []
  for (let edge = 0; edge + 1 < edges.length; edge++) {
    const stretch = above.slice(edges[edge], edges[edge + 1])
    const [first] = stretch
    if (first === undefined) continue
    peaks.push(stretch.reduce((best, index) => (values[index] ?? 0) > (values[best] ?? 0) ? index : best, first))
  }
  return peaks
}

const withoutEarly = (peaks: readonly number[], sampleRateHz: number): number[] =>
  (peaks[0] ?? Infinity) <= sampleRateHz / 1_000 * EARLY_MS ? peaks.slice(1) : [...peaks]

/** ms between peaks. */
export const intervalsOf = (peaks: readonly number[], sampleRateHz: number): number[] =>
  peaks.slice(1).map((peak, index) => (peak - (peaks[index] ?? 0)) / sampleRateHz * 1_000)

/** Places of beats as fractional indices, or none when no raise gives a rate between 40 and 180. `fine` refines them between samples. */
export function findPeaks (values: Float64Array, sampleRateHz: number, fine: boolean): number[] {
  const width = Math.trunc(WINDOW_S * sampleRateHz)
  if (width < 1 || values.length < width) return []
  const lifted = liftAboveZero(values)
  const peaks = fitPeaks(lifted, movingAverage(lifted, width), sampleRateHz)
  if (!fine || sampleRateHz >= FINE_HZ) return peaks
  return withoutEarly(peaks.map((peak) => refine(lifted, peak, sampleRateHz)), sampleRateHz)
}

function fitPeaks (values: Float64Array, average: Float64Array, sampleRateHz: number): number[] {
  const share = average.reduce((sum, one) => sum + one / 100, 0) / average.length
  let best: { peaks: number[], spread: number } = { peaks: [], spread: Infinity }
  for (const raise of RAISES) {
    const peaks = withoutEarly(peaksAbove(values, (index) => (average[index] ?? 0) + share * raise), sampleRateHz)
    if (peaks.length < 2) continue
    const spread = deviation(intervalsOf(peaks, sampleRateHz))
    const rate = peaks.length / (values.length / sampleRateHz) * 60
    // HeartPy takes no spread below 0.1 ms, that of one interval; of several it is a pacemaker's, or a simulator's.
    const counts = spread > 0.1 || peaks.length >= REGULAR_PEAKS
    if (counts && rate >= RATE_MIN && rate <= RATE_MAX && spread < best.spread) best = { peaks, spread }
  }
  return best.peaks
}

/* The highest value of the band-limited curve through the samples around a peak (SciPy's resample, by its Fourier sum). */
function refine (values: Float64Array, peak: number, sampleRateHz: number): number {
  const reach = Math.trunc(FINE_S * sampleRateHz)
  const start = Math.max(0, peak - reach)
  const slice = values.slice(start, peak + reach)
  const count = slice.length
  const total = Math.trunc(count * (FINE_HZ / sampleRateHz))
  const waves = Array.from({ length: Math.floor(count / 2) + 1 }, (_, k) => {
    const angle = (index: number): number => 2 * Math.PI * k * index / count
    const weight = k === 0 || k * 2 === count ? 1 : 2
    return {
      re: weight * slice.reduce((sum, value, index) => sum + value * Math.cos(angle(index)), 0),
      im: weight * slice.reduce((sum, value, index) => sum - value * Math.sin(angle(index)), 0)
    }
  })
  let highest = -Infinity
  let place = 0
  for (let index = 0; index < total; index++) {
    const value = waves.reduce((sum, { re, im }, k) => {
      const angle = 2 * Math.PI * k * index / total
      return sum + re * Math.cos(angle) - im * Math.sin(angle)
    }, 0)
    if (value > highest) [highest, place] = [value, index]
  }
  return start + place * (sampleRateHz / FINE_HZ)
}

/** Standard deviation of the values themselves, not of a population that they are drawn from: HeartPy's. */
export function deviation (values: readonly number[]): number {
  const mean = average(values)
  return Math.sqrt(average(values.map((value) => (value - mean) ** 2)))
}

export const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
