import type { Address, Hex } from 'viem'
import { encodeFunctionData } from 'viem'
import { VerificationError } from '../errors.ts'
import { ANCHOR_ABI } from './artifact.ts'
import { checkCompactSignature } from './signatures.ts'
import type { WitnessSignature } from './signatures.ts'
import type { Batch, WitnessSet } from './typed-data.ts'
import { prefixed } from './typed-data.ts'
import { checkWitnesses, majorityOf } from './witnesses.ts'

/** All present witnesses, ascending, and the signatures of some, in any order. */
export interface Seal {
  readonly witnesses: readonly Address[]
  readonly signatures: readonly WitnessSignature[]
}

export interface AnchorCall extends Seal { readonly batch: Batch }

/** A witness that signed is known by its signature alone: the reader recovers its address. */
export type SealEntry = { readonly signature: string } | { readonly witness: Address }

/** What a call says of itself; the entries are in the order of the witnesses. */
export interface DecodedAnchorCall {
  readonly number: bigint
  readonly lastBlock: bigint
  readonly root: string
  readonly entries: readonly SealEntry[]
}

const MAX_END = (1n << 48n) - 1n
const MAX_NUMBER = (1n << 32n) - 1n
const HEAD_DIGITS = 100
const SIGNATURE_DIGITS = 128
const ADDRESS_DIGITS = 40

/**
 * Calldata that anchors a batch, laid out as in decision 0301. All given signatures are sent, and each beyond a majority only
 * costs. Throws `WITNESSES_INVALID`, `SIGNATURE_INVALID`, `SIGNATURES_MISSING` or `BATCH_INVALID`; it does not recover the signers.
 */
export function encodeAnchorCall ({ batch, witnesses, signatures }: AnchorCall): Hex {
  const { number, firstBlock, lastBlock, root } = batch
  const ordered = firstBlock >= 0n && lastBlock >= firstBlock && lastBlock < MAX_END
  if (!ordered || number < 1n || number > MAX_NUMBER || !/^[0-9a-f]{64}$/.test(root)) {
    throw new VerificationError(
      'BATCH_INVALID',
      'a batch has a number from 1, a first and a last block in order, and a root of 64 lowercase hex digits: make it again from the blocks'
    )
  }
  const { signers, entries } = packSeal({ witnesses, signatures })
  return `0x${hexOf(lastBlock + 1n, 6)}${hexOf(number, 4)}${hexOf(signers, 8)}${root}${entries}`
}

/** Calldata that replaces the witnesses from the next batch on, signed by a majority of the present ones; throws as `encodeAnchorCall`. */
export function encodeWitnessChange ({ set, witnesses, signatures }: Seal & { readonly set: WitnessSet }): Hex {
  checkWitnesses(set.witnesses)
  const { signers, entries } = packSeal({ witnesses, signatures })
  return encodeFunctionData({
    abi: ANCHOR_ABI,
    functionName: 'changeWitnesses',
    args: [set.fromBatch, set.witnesses, signers, prefixed(entries)]
  })
}

/** Reads the calldata of a batch back; throws `CALL_MALFORMED` for anything else. It checks no signature. */
export function decodeAnchorCall (data: Hex): DecodedAnchorCall {
  const digits = data.slice(2).toLowerCase()
  if (digits.length < HEAD_DIGITS) throw malformed()
  const integer = (from: number, to: number): bigint => BigInt(prefixed(digits.slice(from, to)))
  const entries: SealEntry[] = []
  let signers = integer(20, 36)
  for (let at = HEAD_DIGITS; at < digits.length; signers >>= 1n) {
    const signed = (signers & 1n) === 1n
    const entry = digits.slice(at, at + (signed ? SIGNATURE_DIGITS : ADDRESS_DIGITS))
    if (entry.length !== (signed ? SIGNATURE_DIGITS : ADDRESS_DIGITS)) throw malformed()
    entries.push(signed ? { signature: entry } : { witness: prefixed(entry) })
    at += entry.length
  }
  const end = integer(0, 12)
  if (signers !== 0n || end === 0n) throw malformed()
  return { number: integer(12, 20), lastBlock: end - 1n, root: digits.slice(36, HEAD_DIGITS), entries }
}

function packSeal ({ witnesses, signatures }: Seal): { signers: bigint, entries: string } {
  checkWitnesses(witnesses)
  const given = new Map<string, string>()
  for (const { witness, signature } of signatures) {
    checkCompactSignature(signature)
    given.set(witness.toLowerCase(), signature)
  }
  const present = witnesses.map((witness) => witness.toLowerCase())
  const strangers = [...given.keys()].filter((witness) => !present.includes(witness))
  if (strangers.length > 0) {
    throw new VerificationError('WITNESSES_INVALID', `${strangers.join(', ')} signed and is no witness: leave the signature out`)
  }
  const needed = majorityOf(present.length)
  if (given.size < needed) {
    throw new VerificationError(
      'SIGNATURES_MISSING',
      `${String(given.size)} of ${String(present.length)} witnesses signed and ${String(needed)} must: wait for the others`
    )
  }
  const signers = present.reduce((bits, witness, index) => given.has(witness) ? bits | 1n << BigInt(index) : bits, 0n)
  return { signers, entries: present.map((witness) => given.get(witness) ?? witness.slice(2)).join('') }
}

function hexOf (value: bigint, bytes: number): string {
  return value.toString(16).padStart(2 * bytes, '0')
}

function malformed (): VerificationError {
  return new VerificationError('CALL_MALFORMED', 'the transaction is no call that anchors a batch: look at the contract it goes to')
}
