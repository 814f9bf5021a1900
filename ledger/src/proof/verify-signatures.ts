import type { Address } from 'viem'
import { checkWitnesses, majorityOf, recoverBatchSigner } from '../contract/index.ts'
import type { AnchorDomain, Batch } from '../contract/index.ts'
import { VerificationError } from '../errors.ts'
import type { ProofAnchor } from './proof-schema.ts'

/** The batch as witnesses sign it. */
export function batchOf ({ batch }: ProofAnchor): Batch {
  return { number: BigInt(batch.number), firstBlock: BigInt(batch.firstBlock), lastBlock: BigInt(batch.lastBlock), root: batch.root }
}

export function domainOf ({ chain }: ProofAnchor, networkId: string): AnchorDomain {
  return { chainId: chain.chainId, contract: `0x${chain.contract}`, networkId }
}

/**
 * More than half of the listed witnesses signed this batch for this network, chain and contract; whether these are the network's
 * witnesses, only a pinned list or the chain tells. Returns the signers. @throws {VerificationError} WITNESSES_INVALID,
 * SIGNATURE_INVALID, SIGNATURES_MISSING
 */
export async function verifySignatures (anchor: ProofAnchor, networkId: string): Promise<string[]> {
  const witnesses = anchor.witnesses.map((witness): Address => `0x${witness}`)
  checkWitnesses(witnesses)
  const signers = new Set<string>()
  for (const { witness, signature } of anchor.signatures) {
    if (!anchor.witnesses.includes(witness)) {
      throw new VerificationError('SIGNATURE_INVALID', `${witness} signed and is none of the witnesses.`)
    }
    const signer = await recoverBatchSigner(domainOf(anchor, networkId), batchOf(anchor), signature)
    if (signer.toLowerCase() !== `0x${witness}`) {
      throw new VerificationError('SIGNATURE_INVALID', `The signature of ${witness} is not of this batch on this chain and contract.`)
    }
    signers.add(witness)
  }
  const needed = majorityOf(witnesses.length)
  if (signers.size < needed) {
    throw new VerificationError('SIGNATURES_MISSING', `${signers.size} of ${witnesses.length} witnesses signed and ${needed} must.`)
  }
  return [...signers].sort()
}
