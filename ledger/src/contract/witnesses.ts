import type { Address } from 'viem'
import { encodePacked, isAddress, keccak256 } from 'viem'
import { VerificationError } from '../errors.ts'

export const MAX_WITNESSES = 64
const ZERO = `0x${'0'.repeat(40)}`

/** How many of `count` witnesses must sign: more than half. */
export function majorityOf (count: number): number {
  return Math.floor(count / 2) + 1
}

/** Throws `WITNESSES_INVALID` unless these are 1 to 64 addresses, strictly ascending and not zero, as the contract demands. */
export function checkWitnesses (witnesses: readonly Address[]): void {
  const lower = witnesses.map((witness) => witness.toLowerCase())
  const valid = lower.length > 0 && lower.length <= MAX_WITNESSES &&
    lower.every((witness, index) => isAddress(witness) && witness > (lower[index - 1] ?? ZERO))
  if (!valid) {
    throw new VerificationError(
      'WITNESSES_INVALID',
      `witnesses are 1 to ${String(MAX_WITNESSES)} addresses, strictly ascending and not zero: sort them and name each once`
    )
  }
}

/** First 21 bytes of the Keccak-256 of the addresses, 32 bytes each, in lowercase hex: the contract's `head().witnessesHash`. */
export function witnessesHashOf (witnesses: readonly Address[]): string {
  return keccak256(encodePacked(['address[]'], [witnesses])).slice(2, 44)
}
