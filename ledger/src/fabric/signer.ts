import { createPrivateKey, sign } from 'node:crypto'
import type { Signer } from '@hyperledger/fabric-gateway'

/** Order of P-256 (FIPS 186-5). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
const SCALAR_BYTES = 32
const DER = { sequence: 0x30, integer: 0x02 } as const
/** Ecdsa-Sig-Value over P-256: two numbers of at most 33 bytes. */
const SIGNATURE_BYTES_MAX = 72

/**
 * Signs whole messages with ECDSA over P-256 and SHA-256, by the platform's OpenSSL: a tenth of what the library's own signer costs.
 * Fabric takes the lower of the two values of s alone. `privateKey` is PEM. @throws {TypeError} for a key of another kind
 */
export function createSigner (privateKey: string): Signer {
  const key = createPrivateKey(privateKey)
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new TypeError('An identity of the ledger has a key of P-256: enrol it anew at the hospital\'s CA.')
  }
  return (message) => Promise.resolve(encodeSignature(sign('sha256', message, { key, dsaEncoding: 'ieee-p1363' })))
}

/** r and s, 32 bytes each, as the DER of Ecdsa-Sig-Value (RFC 3279 §2.2.3), with the lower s. */
export function encodeSignature (signature: Uint8Array): Uint8Array {
  const r = Buffer.from(signature.subarray(0, SCALAR_BYTES))
  const s = BigInt(`0x${Buffer.from(signature.subarray(SCALAR_BYTES)).toString('hex')}`)
  const low = s > ORDER / 2n ? ORDER - s : s
  const parts = Buffer.concat([encodeInteger(r), encodeInteger(Buffer.from(low.toString(16).padStart(2 * SCALAR_BYTES, '0'), 'hex'))])
  return Buffer.concat([Uint8Array.of(DER.sequence, parts.length), parts])
}

/** An unsigned number as DER: no leading zeros, but one before a first bit that would be a sign. */
function encodeInteger (bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0)
  const digits = bytes.subarray(first === -1 ? bytes.length - 1 : first)
  const value = (digits[0] ?? 0) >= 0x80 ? Buffer.concat([Uint8Array.of(0), digits]) : digits
  return Buffer.concat([Uint8Array.of(DER.integer, value.length), value])
}

/** Whether a signature is DER as `encodeSignature` makes it: Fabric takes the lower s alone. */
export function isLowSignature (signature: Uint8Array): boolean {
  const [sequence, length, ...rest] = signature
  if (signature.length > SIGNATURE_BYTES_MAX || sequence !== DER.sequence || length !== rest.length) return false
  const [r, s] = [readInteger(rest), readInteger(rest.slice(2 + (rest[1] ?? 0)))]
  // What is spelt in another way, or goes on after both, is not the same bytes.
  return isWithin(r, ORDER) && isWithin(s, ORDER / 2n + 1n) && Buffer.from(signature).equals(encodeSignature(concatScalars(r, s)))
}

/** The number at the beginning; 0 for what is none. */
function readInteger ([tag, size = 0, ...digits]: readonly number[]): bigint {
  if (tag !== DER.integer || size === 0 || size > SCALAR_BYTES + 1 || digits.length < size) return 0n
  return BigInt(`0x${Buffer.from(digits.slice(0, size)).toString('hex')}`)
}

const isWithin = (value: bigint, limit: bigint): boolean => value > 0n && value < limit

function concatScalars (...scalars: bigint[]): Uint8Array {
  return Buffer.from(scalars.map((scalar) => scalar.toString(16).padStart(2 * SCALAR_BYTES, '0')).join(''), 'hex')
}
