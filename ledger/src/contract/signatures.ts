import type { Address, Hex } from 'viem'
import {
  compactSignatureToSignature, parseCompactSignature, parseSignature, recoverAddress, serializeCompactSignature,
  signatureToCompactSignature
} from 'viem'
import { VerificationError } from '../errors.ts'
import type { AnchorDomain, Batch, WitnessSet } from './typed-data.ts'
import { batchDigest, prefixed, witnessSetDigest } from './typed-data.ts'

/** A witness and its EIP-2098 signature: r (32 bytes) and s with the parity in its top bit (32 bytes), 128 lowercase hex digits. */
export interface WitnessSignature {
  readonly witness: Address
  readonly signature: string
}

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

/** The 64-byte form of a 65-byte signature as viem's accounts make it; throws `SIGNATURE_INVALID` when s is high or a part out of range. */
export function compactSignatureOf (signature: Hex): string {
  if (!/^0x[0-9a-f]{130}$/i.test(signature)) {
    throw new VerificationError('SIGNATURE_INVALID', 'the signature is none of 65 bytes: make it with the witness key')
  }
  const parsed = parseSignature(signature)
  // The compact form has no room for a high s: its top bit would be read as the parity.
  if (BigInt(parsed.s) > ORDER / 2n) throw outOfRange()
  const compact = serializeCompactSignature(signatureToCompactSignature(parsed)).slice(2)
  checkCompactSignature(compact)
  return compact
}

/** Throws `SIGNATURE_INVALID` unless the signature has its one spelling: 128 lowercase hex digits, r in range, s in range and low. */
export function checkCompactSignature (signature: string): void {
  if (!/^[0-9a-f]{128}$/.test(signature)) {
    throw new VerificationError('SIGNATURE_INVALID', 'a signature is 128 lowercase hex digits (EIP-2098): ask its witness for it again')
  }
  const r = BigInt(prefixed(signature.slice(0, 64)))
  const s = BigInt.asUintN(255, BigInt(prefixed(signature.slice(64))))
  if (r === 0n || r >= ORDER || s === 0n || s > ORDER / 2n) throw outOfRange()
}

/**
 * The address that signed the batch; a signature of something else gives some other address. Throws `SIGNATURE_INVALID` for a malformed
 * one.
 */
export async function recoverBatchSigner (domain: AnchorDomain, batch: Batch, signature: string): Promise<Address> {
  return await recoverSigner(batchDigest(domain, batch), signature)
}

/** The address that signed the change of witnesses, as `recoverBatchSigner`. */
export async function recoverWitnessSetSigner (domain: AnchorDomain, set: WitnessSet, signature: string): Promise<Address> {
  return await recoverSigner(witnessSetDigest(domain, set), signature)
}

async function recoverSigner (hash: Hex, signature: string): Promise<Address> {
  checkCompactSignature(signature)
  try {
    return await recoverAddress({ hash, signature: compactSignatureToSignature(parseCompactSignature(prefixed(signature))) })
  } catch (error) {
    throw new VerificationError('SIGNATURE_INVALID', 'the signature gives no key: ask its witness for it again', { cause: error })
  }
}

function outOfRange (): VerificationError {
  return new VerificationError('SIGNATURE_INVALID', 'the signature is out of range or has a high s: ask its witness for it again')
}
