import type { Hex } from 'viem'
import type { PrivateKeyAccount } from 'viem/accounts'
import { encodeAnchorCall, encodeWitnessChange } from '@epione/ledger/contract'
import { addressesOf, deployAnchor, makeWitnesses, rootOf, signBatch, signWitnessSet } from './anchor.ts'
import type { Anvil } from './anvil.ts'

/** Gas of whole transactions, means over batches; the default consortium has three witnesses. */
export interface AnchorGas {
  /** With the two signatures that the default consortium needs. */
  readonly gasPerBatch: number
  /** What a third signature adds to that. */
  readonly gasPerSignature: number
  /** With four signatures of seven witnesses: three addresses travel. */
  readonly gasPerBatchOfSeven: number
  readonly gasPerWitnessChange: number
}

/** Blocks per batch: the gas does not depend on it but by the zero bytes of a number. */
const SIZES = [1n, 100n, 10_000n, 1n, 100n, 10_000n, 1n, 100n]

export async function gasOf (anvil: Anvil, to: Hex, data: Hex): Promise<number> {
  const hash = await anvil.client.sendTransaction({ account: anvil.account(1), to, data })
  const { gasUsed, status } = await anvil.client.waitForTransactionReceipt({ hash })
  if (status !== 'success') throw new Error(`transaction ${hash} failed`)
  return Number(gasUsed)
}

/** Measures on a fresh node; keys, roots and addresses are always the same, so the figures are exact. */
export async function measureAnchorGas (anvil: Anvil): Promise<AnchorGas> {
  const three = makeWitnesses(3)
  const two = await meanPerBatch(anvil, three, 2)
  const gasPerSignature = await meanPerBatch(anvil, three, 3) - two
  const gasPerBatchOfSeven = await meanPerBatch(anvil, makeWitnesses(7), 4)
  const domain = await deployAnchor(anvil, three)
  const set = { fromBatch: 1n, witnesses: addressesOf(makeWitnesses(3, 'next')) }
  const signatures = await signWitnessSet(three.slice(0, 2), domain, set)
  const gasPerWitnessChange = await gasOf(anvil, domain.contract, encodeWitnessChange({ set, witnesses: addressesOf(three), signatures }))
  return {
    gasPerBatch: Math.round(two),
    gasPerSignature: Math.round(gasPerSignature),
    gasPerBatchOfSeven: Math.round(gasPerBatchOfSeven),
    gasPerWitnessChange
  }
}

async function meanPerBatch (anvil: Anvil, witnesses: readonly PrivateKeyAccount[], signers: number): Promise<number> {
  const domain = await deployAnchor(anvil, witnesses)
  let sum = 0
  let firstBlock = 0n
  for (const [index, size] of SIZES.entries()) {
    const batch = { number: BigInt(index + 1), firstBlock, lastBlock: firstBlock + size - 1n, root: rootOf(`batch ${String(index)}`) }
    const data = encodeAnchorCall({
      batch,
      witnesses: addressesOf(witnesses),
      signatures: await signBatch(witnesses.slice(0, signers), domain, batch)
    })
    sum += await gasOf(anvil, domain.contract, data)
    firstBlock += size
  }
  return sum / SIZES.length
}
