import type { RandomSource } from './bytes.ts'
import type { Scalar } from './curve.ts'
import { addScalars, invertScalar, multiplyScalars, randomScalar, subtractScalars } from './curve.ts'
import { CryptoError } from './errors.ts'

const ZERO = 0n as Scalar
const ONE = 1n as Scalar

/** f(0) = `constant` and `threshold - 1` further random non-zero coefficients, lowest first. */
export function randomPolynomial (constant: Scalar, threshold: number, rng?: RandomSource): Scalar[] {
  return [constant, ...Array.from({ length: threshold - 1 }, () => randomScalar(rng))]
}

export function evaluate (coefficients: readonly Scalar[], argument: Scalar): Scalar {
  return coefficients.reduceRight((sum, coefficient) => addScalars(multiplyScalars(sum, argument), coefficient), ZERO)
}

/**
 * Lagrange's factors: the value at `target` of the polynomial through points with these arguments is the sum of
 * factor times value. Throws `KFRAGS_INCONSISTENT` when two arguments are equal.
 */
export function interpolationFactors (args: readonly Scalar[], target: Scalar = ZERO): Scalar[] {
  return args.map((own, index) => {
    let [numerator, denominator] = [ONE, ONE]
    args.forEach((other, position) => {
      if (position === index) return
      if (other === own) throw new CryptoError('KFRAGS_INCONSISTENT', 'two fragments have the same argument')
      numerator = multiplyScalars(numerator, subtractScalars(target, other))
      denominator = multiplyScalars(denominator, subtractScalars(own, other))
    })
    return multiplyScalars(numerator, invertScalar(denominator))
  })
}

export function interpolate (factors: readonly Scalar[], values: readonly Scalar[]): Scalar {
  if (factors.length !== values.length) throw new RangeError('as many factors as values')
  return factors.reduce((sum, factor, index) => addScalars(sum, multiplyScalars(factor, values[index] ?? ZERO)), ZERO)
}
