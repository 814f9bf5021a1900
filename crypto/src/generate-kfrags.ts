import type { RandomSource } from './bytes.ts'
import { copyBytes, equalConstantTime, randomBytes, toHex } from './bytes.ts'
import type { SecretScalar } from './curve.ts'
import {
  addPoints, encodePoint, invertSecret, multiplyGenerator, multiplySecret, multiplySecrets, PARAMETER_U, pointsEqual, randomSecret
} from './curve.ts'
import { CryptoError } from './errors.ts'
import type { PublicKey, SecretKey } from './keys.ts'
import { pointOf, scalarOf, signWith } from './keys.ts'
import type { KfragOrigin, SignedKeys } from './kfrag.ts'
import { BOTH_KEYS, kfragMessage, kfragOrigin, kfragParts, polynomialArgument, sharedSecret, VerifiedKfrag } from './kfrag.ts'
import { evaluate, interpolate, interpolationFactors, randomPolynomial } from './polynomial.ts'

const MAX_SHARES = 255

/** What a patient's client needs to make the kfrags of one compartment for one reader. */
export interface KfragRequest {
  readonly delegatingKey: SecretKey
  readonly receivingKey: PublicKey
  readonly signingKey: SecretKey
  readonly threshold: number
  readonly shares: number
  /** Which keys the signatures for the proxies cover: both, unless another user of Umbral wants fewer. */
  readonly signedKeys?: SignedKeys
  readonly rng?: RandomSource
}

/**
 * Makes `shares` kfrags of which `threshold` re-encrypt together (Umbral, ReKeyGen; key and bytes as umbral-pre).
 * With both public keys in it, one RFC 6979 signature fills both fields. Run by the patient.
 */
export function generateKfrags (request: KfragRequest): VerifiedKfrag[] {
  const { threshold, shares, receivingKey, signedKeys = BOTH_KEYS, rng = randomBytes } = request
  requireShares(threshold, shares)
  const delegatingKey = request.delegatingKey.publicKey()
  const ephemeral = randomSecret(rng)
  const precursor = encodePoint(multiplyGenerator(ephemeral))
  const shared = multiplySecret(pointOf(receivingKey), ephemeral)
  const d = sharedSecret(precursor, receivingKey, shared)
  const coefficients = randomPolynomial(multiplySecrets(scalarOf(request.delegatingKey), invertSecret(d)), threshold, rng)
  return Array.from({ length: shares }, () => {
    const id = copyBytes(rng(32))
    const argument = polynomialArgument(precursor, receivingKey, shared, id)
    const key = evaluate(coefficients, argument)
    const commitmentPoint = multiplySecret(PARAMETER_U, key)
    const commitment = encodePoint(commitmentPoint)
    const sign = (signed: SignedKeys): Uint8Array =>
      signWith(request.signingKey, kfragMessage({ id, commitment, precursor }, { delegatingKey, receivingKey }, signed))
    const signatureForReceiver = sign(BOTH_KEYS)
    const signatureForProxy = signedKeys.delegating && signedKeys.receiving ? signatureForReceiver : sign(signedKeys)
    const fields = { id, key, precursor, commitment, signatureForProxy, signatureForReceiver }
    return VerifiedKfrag.of({
      fields,
      key,
      commitmentPoint,
      signed: signedKeys
    }, { argument, sharedSecret: d, ephemeral, delegatingKey, receivingKey })
  })
}

/**
 * The maker's check before a consent is submitted: all kfrags lie on one polynomial of degree exactly
 * `threshold - 1` (as commitments U1, by interpolation in the exponent), and its value at 0 opens the delegating
 * key. Throws `KFRAGS_INCONSISTENT`, also for kfrags that were received: where the polynomial was evaluated, only
 * the one who made them and the reader know.
 */
export function checkKfragsConsistent (kfrags: readonly VerifiedKfrag[], threshold: number): void {
  requireShares(threshold, kfrags.length)
  const made = kfrags.map((kfrag) => ({ ...kfragParts(kfrag), origin: requireOrigin(kfrag) }))
  if (new Set(made.map(({ origin }) => toHex(origin.argument))).size !== made.length) refuse('one kfrag is there twice')
  const base = made.slice(0, threshold)
  const args = base.map(({ origin }) => origin.argument)
  for (const { origin, commitmentPoint } of made.slice(threshold)) {
    const factors = interpolationFactors(args, origin.argument)
    const expected = addPoints(...base.map((kfrag, index) => multiplySecret(kfrag.commitmentPoint, factors[index] ?? unreachable())))
    if (!pointsEqual(expected, commitmentPoint)) refuse('a kfrag lies beside the polynomial of the others')
  }
  requireDegree(base)
  const constant = interpolate(interpolationFactors(args), base.map(({ key }) => key))
  for (const { origin } of made) {
    if (!pointsEqual(multiplyGenerator(multiplySecrets(constant, origin.sharedSecret)), pointOf(origin.delegatingKey))) {
      refuse('the kfrags do not open the delegating key')
    }
  }
}

/* A polynomial of lower degree would let fewer proxies than the threshold open. */
function requireDegree (base: readonly { key: SecretScalar, origin: KfragOrigin }[]): void {
  const last = base.at(-1)
  const others = base.slice(0, -1)
  if (last === undefined || others.length === 0) return
  const factors = interpolationFactors(others.map(({ origin }) => origin.argument), last.origin.argument)
  if (equalConstantTime(interpolate(factors, others.map(({ key }) => key)), last.key)) refuse('fewer kfrags than the threshold suffice')
}

function requireOrigin (kfrag: VerifiedKfrag): KfragOrigin {
  return kfragOrigin(kfrag) ?? refuse('only the maker of kfrags can check that they belong together')
}

function requireShares (threshold: number, shares: number): void {
  if (!Number.isInteger(shares) || shares < 1 || shares > MAX_SHARES) {
    throw new RangeError(`shares: expected 1 to ${MAX_SHARES}, got ${shares}`)
  }
  if (!Number.isInteger(threshold) || threshold < 1 || threshold > shares) {
    throw new RangeError(`threshold: expected 1 to ${shares}, got ${threshold}`)
  }
}

function refuse (message: string): never {
  throw new CryptoError('KFRAGS_INCONSISTENT', message)
}

function unreachable (): never {
  throw new TypeError('as many factors as kfrags')
}
