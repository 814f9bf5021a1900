import { keccak256, stringToBytes } from 'viem'
import type { Address } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { PrivateKeyAccount } from 'viem/accounts'
import type { AnchorDomain, Batch, WitnessSet, WitnessSignature } from '@epione/anchor/contract'
import { batchTypedData, compactSignatureOf, encodeDeployment, witnessSetTypedData } from '@epione/anchor/contract'
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
  return await Promise.all(signers.map(async (signer) => ({ witness: signer.address, signature: compactSignatureOf(await signer.signTypedData(batchTypedData(domain, batch))) })))
}

export async function signWitnessSet (signers: readonly PrivateKeyAccount[], domain: AnchorDomain, set: WitnessSet): Promise<WitnessSignature[]> {
  return await Promise.all(signers.map(async (signer) => ({ witness: signer.address, signature: compactSignatureOf(await signer.signTypedData(witnessSetTypedData(domain, set))) })))
}

/** Deploys the contract for a network of its own with these witnesses. */
export async function deployAnchor (anvil: Anvil, witnesses: readonly { address: Address }[], networkId = NETWORK_ID): Promise<AnchorDomain> {
  const contract = await deployOn(anvil, encodeDeployment({ networkId, witnesses: addressesOf(witnesses) }))
  return { chainId: anvil.chainId, contract, networkId }
}
