/*
 * A Butterworth band pass run forwards and backwards, so that it moves no peak: what HeartPy's filter_signal does by SciPy's butter and
 * filtfilt, edges included. No library for browsers has both.
 */

export interface Band {
  readonly lowHz: number
  readonly highHz: number
}

interface Complex { readonly re: number, readonly im: number }

const add = (a: Complex, b: Complex): Complex => ({ re: a.re + b.re, im: a.im + b.im })
const sub = (a: Complex, b: Complex): Complex => ({ re: a.re - b.re, im: a.im - b.im })
const mul = (a: Complex, b: Complex): Complex => ({ re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re })
const real = (re: number): Complex => ({ re, im: 0 })

function div (a: Complex, b: Complex): Complex {
  const norm = b.re * b.re + b.im * b.im
  return { re: (a.re * b.re + a.im * b.im) / norm, im: (a.im * b.re - a.re * b.im) / norm }
}

function sqrt ({ re, im }: Complex): Complex {
  const size = Math.hypot(re, im)
  return { re: Math.sqrt((size + re) / 2), im: Math.sign(im || 1) * Math.sqrt((size - re) / 2) }
}

/** Coefficients of the polynomial with these roots, highest power first. */
function polynomial (roots: readonly Complex[]): number[] {
  let coefficients: Complex[] = [real(1)]
  for (const root of roots) {
    const shifted = [...coefficients, real(0)]
    coefficients = shifted.map((one, index) => index === 0 ? one : sub(one, mul(root, coefficients[index - 1] ?? real(0))))
  }
  return coefficients.map(({ re }) => re)
}

/** Numerator and denominator of a digital Butterworth band pass of `order` (its polynomials have twice that degree). */
export function butterworth (order: number, { lowHz, highHz }: Band, sampleRateHz: number): { b: number[], a: number[] } {
  // Analogue prototype, moved to the band, then the bilinear transform with SciPy's sampling rate of 2.
  const warp = (hz: number): number => 4 * Math.tan(Math.PI * hz / sampleRateHz)
  const width = warp(highHz) - warp(lowHz)
  const centre = real(warp(highHz) * warp(lowHz))
  const poles: Complex[] = []
  for (let m = 1 - order; m < order; m += 2) {
    const angle = Math.PI * m / (2 * order)
    const half = { re: -Math.cos(angle) * width / 2, im: -Math.sin(angle) * width / 2 }
    const root = sqrt(sub(mul(half, half), centre))
    poles.push(add(half, root), sub(half, root))
  }
  const gain = poles.reduce((product, pole) => mul(product, sub(real(4), pole)), real(1))
  const scale = div(real((4 * width) ** order), gain).re
  const digital = poles.map((pole) => div(add(real(4), pole), sub(real(4), pole)))
  const zeros = [...Array<Complex>(order).fill(real(1)), ...Array<Complex>(order).fill(real(-1))]
  return { b: polynomial(zeros).map((one) => one * scale), a: polynomial(digital) }
}

function run (b: readonly number[], a: readonly number[], values: Float64Array, start: readonly number[]): Float64Array {
  const state = [...start, 0]
  return values.map((value) => {
    const out = (b[0] ?? 0) * value + (state[0] ?? 0)
    for (let index = 1; index < b.length; index++) state[index - 1] = (b[index] ?? 0) * value + (state[index] ?? 0) - (a[index] ?? 0) * out
    return out
  })
}

/* State of the filter after an endless step of height 1. */
function settled (b: readonly number[], a: readonly number[]): number[] {
  const b0 = b[0] ?? 0
  const rest = b.slice(1).map((one, index) => one - (a[index + 1] ?? 0) * b0)
  const first = rest.reduce((sum, one) => sum + one, 0) / a.reduce((sum, one) => sum + one, 0)
  const state = [first]
  let aSum = 1
  let rSum = 0
  for (let index = 1; index < rest.length; index++) {
    aSum += a[index] ?? 0
    rSum += rest[index - 1] ?? 0
    state.push(aSum * first - rSum)
  }
  return state
}

/** Values within the band, without delay; undefined for fewer than its edges need. Order 3, HeartPy's for rings and watches. */
export function bandPass (values: Float64Array, band: Band, sampleRateHz: number, order = 3): Float64Array | undefined {
  const { b, a } = butterworth(order, band, sampleRateHz)
  const edge = 3 * b.length
  const count = values.length
  if (count <= edge) return undefined
  const extended = new Float64Array(count + 2 * edge)
  extended.set(values, edge)
  const [first = 0, last = 0] = [values[0], values[count - 1]]
  for (let index = 1; index <= edge; index++) {
    extended[edge - index] = 2 * first - (values[index] ?? 0)
    extended[edge + count - 1 + index] = 2 * last - (values[count - 1 - index] ?? 0)
  }
  const state = settled(b, a)
  const pass = (piece: Float64Array): Float64Array => run(b, a, piece, state.map((one) => one * (piece[0] ?? 0))).reverse()
  return pass(pass(extended)).slice(edge, edge + count)
}
