import { keccak256, stringToBytes } from 'viem'
import type { Address } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { PrivateKeyAccount } from 'viem/accounts'
import type { AnchorDomain, Batch, WitnessSet, WitnessSignature } from '@epione/ledger/contract'
import { batchTypedData, compactSignatureOf, encodeDeployment, witnessSetTypedData } from '@epione/ledger/contract'
import type { Anvil } from './anvil.ts'
import { deployOn } from './anvil.ts'

export const NETWORK_ID = 'e1'.repeat(32)

/** `count` witnesses, always the same ones for a seed, in the order of the contract. */
export function makeWitnesses (count: number, seed = 'witness'): PrivateKeyAccount[] {
  return Array.from({ length: count }, (_, index) => privateKeyToAccount(keccak256(stringToBytes(`${seed} ${String(index)}`))))
    .sort((left, right) => left.address.toLowerCase() < right.address.toLowerCase() ? -1 : 1)
}

export function addressesOf (witnesses: readonly { address: Address }[]): Address[] {
  return witnesses.map(({ address }) => address)
}

/** A root that nobody mistakes for another's. */
export function rootOf (text: string): string {
  return keccak256(stringToBytes(text)).slice(2)
}

export async function signBatch (signers: readonly PrivateKeyAccount[], domain: AnchorDomain, batch: Batch): Promise<WitnessSignature[]> {
  return await Promise.all(
    signers.map(async (signer) =>
      ({ witness: signer.address, signature: compactSignatureOf(await signer.signTypedData(batchTypedData(domain, batch))) }))
  )
}

export async function signWitnessSet (
  signers: readonly PrivateKeyAccount[],
  domain: AnchorDomain,
  set: WitnessSet
): Promise<WitnessSignature[]> {
  return await Promise.all(
    signers.map(async (signer) =>
      ({ witness: signer.address, signature: compactSignatureOf(await signer.signTypedData(witnessSetTypedData(domain, set))) }))
  )
}

/** Deploys the contract for a network of its own with these witnesses. */
export async function deployAnchor (
  anvil: Anvil,
  witnesses: readonly { address: Address }[],
  networkId = NETWORK_ID
): Promise<AnchorDomain> {
  const contract = await deployOn(anvil, encodeDeployment({ networkId, witnesses: addressesOf(witnesses) }))
  return { chainId: anvil.chainId, contract, networkId }
}

/** One witness's part of a call as raw hex digits: 128 of a signature or 40 of an address, right or not. */
export interface RawEntry { readonly signed: boolean, readonly digits: string }

/** Entries and bits of the signers as the contract reads them, without any of the checks that `encodeAnchorCall` makes. */
export function packEntries (entries: readonly RawEntry[]): { signers: bigint, seal: string } {
  return {
    signers: entries.reduce((bits, { signed }, index) => signed ? bits | 1n << BigInt(index) : bits, 0n),
    seal: entries.map(({ digits }) => digits).join('')
  }
}

/** The entries of a right call: the signatures of those who signed, the addresses of the others. */
export function entriesOf (witnesses: readonly { address: Address }[], signatures: readonly WitnessSignature[]): RawEntry[] {
  return witnesses.map(({ address }) => {
    const found = signatures.find(({ witness }) => witness === address)
    return found === undefined ? { signed: false, digits: address.slice(2).toLowerCase() } : { signed: true, digits: found.signature }
  })
}

/** Calldata of a batch from raw parts. */
export function packBatch (
  batch: { number: bigint, end: bigint, root: string },
  { signers, seal }: { signers: bigint, seal: string }
): `0x${string}` {
  const hex = (value: bigint, bytes: number): string => value.toString(16).padStart(2 * bytes, '0')
  return `0x${hex(batch.end, 6)}${hex(batch.number, 4)}${hex(signers, 8)}${batch.root}${seal}`
}
