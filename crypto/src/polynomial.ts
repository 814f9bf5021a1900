import type { RandomSource } from './bytes.ts'
import { equalConstantTime } from './bytes.ts'
import type { SecretScalar } from './curve.ts'
import { addSecrets, invertSecret, multiplySecrets, negateSecret, ONE, randomSecret, subtractSecrets } from './curve.ts'
import { CryptoError } from './errors.ts'

/** f(0) = `constant` and `threshold - 1` further random non-zero coefficients, lowest first. */
export function randomPolynomial (constant: SecretScalar, threshold: number, rng?: RandomSource): SecretScalar[] {
  return [constant, ...Array.from({ length: threshold - 1 }, () => randomSecret(rng))]
}

export function evaluate (coefficients: readonly SecretScalar[], argument: SecretScalar): SecretScalar {
  return coefficients.reduceRight((sum, coefficient) => addSecrets(multiplySecrets(sum, argument), coefficient))
}

/**
 * Lagrange's factors: the value at `target`, 0 when none is given, of the polynomial through points with these
 * arguments is the sum of factor times value. Throws `KFRAGS_INCONSISTENT` when two arguments are equal.
 */
export function interpolationFactors (args: readonly SecretScalar[], target?: SecretScalar): SecretScalar[] {
  if (args.length === 1) return [ONE]
  const numerators: SecretScalar[] = []
  const denominators: SecretScalar[] = []
  args.forEach((own, index) => {
    let [numerator, denominator] = [ONE, ONE]
    args.forEach((other, position) => {
      if (position === index) return
      if (equalConstantTime(other, own)) throw new CryptoError('KFRAGS_INCONSISTENT', 'two fragments have the same argument')
      numerator = multiplySecrets(numerator, target === undefined ? negateSecret(other) : subtractSecrets(target, other))
      denominator = multiplySecrets(denominator, subtractSecrets(own, other))
    })
    numerators.push(numerator)
    denominators.push(denominator)
  })
  return invertAll(denominators).map((inverse, index) => multiplySecrets(numerators[index] ?? ONE, inverse))
}

export function interpolate (factors: readonly SecretScalar[], values: readonly SecretScalar[]): SecretScalar {
  if (factors.length !== values.length) throw new RangeError('as many factors as values')
  return factors.map((factor, index) => multiplySecrets(factor, values[index] ?? ONE)).reduce(addSecrets)
}

/* One inversion costs as much as a multiplication of a point: all share it (Montgomery). */
function invertAll (values: readonly SecretScalar[]): SecretScalar[] {
  let product = ONE
  const before = values.map((value) => {
    const soFar = product
    product = multiplySecrets(product, value)
    return soFar
  })
  let rest = invertSecret(product)
  return values.map((_, index) => values.length - 1 - index).map((index) => {
    const inverse = multiplySecrets(rest, before[index] ?? ONE)
    rest = multiplySecrets(rest, values[index] ?? ONE)
    return inverse
  }).reverse()
}
