import { encodeAnchorCall } from '@epione/ledger/contract'
import { parseProof, verifyProof } from '@epione/ledger/proof'
import type { Pins } from '@epione/ledger/proof'
import { WalletError } from './errors.ts'
import type { Wallet } from './wallet.ts'

export interface BatchSubmitted { batch: number, transactionHash: string }

/**
 * Brings a batch that the witnesses signed and nobody has anchored yet to the chain, from the proof of an event in it. Signatures are
 * verified and the call is tried without cost before the person is asked to pay. `pins` are the network's own.
 * @throws {WalletError} CHAIN_WRONG, REFUSED where the contract would not take it, REJECTED, LOCKED; VerificationError for a false proof
 */
export async function submitBatch (
  wallet: Wallet, proofText: string, pins: Pins & { networkId: string, contract: string }
): Promise<BatchSubmitted> {
  const proof = parseProof(proofText)
  await verifyProof(proof, { pins: { ...pins, chainId: wallet.chainId } })
  const { anchor } = proof
  if (anchor === undefined) throw new WalletError('REFUSED', 'The event is in no signed batch yet.')
  const { batch: { number, firstBlock, lastBlock, root }, witnesses, signatures } = anchor
  const data = encodeAnchorCall({
    batch: { number: BigInt(number), firstBlock: BigInt(firstBlock), lastBlock: BigInt(lastBlock), root },
    witnesses: witnesses.map((witness) => `0x${witness}` as const),
    signatures: signatures.map(({ witness, signature }) => ({ witness: `0x${witness}` as const, signature }))
  })
  await wallet.requireChain()
  const call = { from: await wallet.account(), to: `0x${pins.contract}`, data }
  await wallet.rpc('eth_call', [call, 'latest']).catch((cause: unknown) => {
    if (cause instanceof WalletError && cause.code !== 'UNUSABLE') throw cause
    throw new WalletError('REFUSED', 'The contract would not take this batch: it is anchored already, or an earlier one is not yet.', { cause })
  })
  return { batch: number, transactionHash: await wallet.send(call) }
}
