import { readFileSync } from 'node:fs'
import type { PrivateKeyAccount } from 'viem/accounts'
import type { AnchorDomain } from '@epione/ledger/contract'
import type { Proof } from '@epione/ledger/proof'
import type { PeerBlock } from '@epione/ledger/blocks'
import { batchRoot, blockLeafHash, headerHashOf, parseBlock, proveTransaction, readEnvelope } from '@epione/ledger/blocks'
import { inclusionProof, toHex } from '@epione/crypto'
import { addressesOf, signBatch } from './anchor.ts'

interface Recorded { blocks: Array<{ number: number, bytes: string }> }

const recorded = JSON.parse(readFileSync(new URL('../vectors/fabric-blocks.json', import.meta.url), 'utf8')) as Recorded

/** A block of the recorded ledger. */
export function recordedBlock (number: number): PeerBlock {
  const found = recorded.blocks.find((block) => block.number === number)
  if (found === undefined) throw new RangeError(`block ${number} is not recorded`)
  return parseBlock(Buffer.from(found.bytes, 'base64'))
}

/** Network id of the recorded ledger. */
export const RECORDED_NETWORK_ID = toHex(headerHashOf(recordedBlock(0)))

/** What a test's batch is made of: consecutive blocks, the one with the event among them. */
export interface ProofRequest {
  blocks: readonly PeerBlock[]
  /** Block and index of the event's transaction. */
  block: number
  index: number
  batchNumber: number
  domain: AnchorDomain
  witnesses: readonly PrivateKeyAccount[]
  /** Who of them signs; all unless told. */
  signers?: readonly PrivateKeyAccount[]
}

const bare = (address: string): string => address.slice(2).toLowerCase()

/** The proof that honest hospitals would give. */
export async function makeProof (
  { blocks, block: number, index, batchNumber, domain, witnesses, signers = witnesses }: ProofRequest
): Promise<Proof & { anchor: NonNullable<Proof['anchor']> }> {
  const block = blocks.find((candidate) => candidate.number === BigInt(number))
  const [first, last] = [blocks[0], blocks.at(-1)]
  if (block === undefined || first === undefined || last === undefined) throw new RangeError('the block is not in the batch')
  const leaves = blocks.map(blockLeafHash)
  const { code, envelope, txRoot, txPath } = proveTransaction(block, index)
  const batch = { number: BigInt(batchNumber), firstBlock: first.number, lastBlock: last.number, root: toHex(batchRoot(leaves)) }
  const signatures = await signBatch(signers, domain, batch)
  return {
    version: 'epione-proof/1',
    networkId: domain.networkId,
    state: 'submitted',
    event: JSON.parse(Buffer.from(readEnvelope(envelope)?.event?.payload ?? []).toString()) as Record<string, unknown>,
    envelope: Buffer.from(envelope).toString('base64'),
    transaction: { index, code, path: txPath.map(toHex) },
    block: {
      number,
      previousHash: toHex(block.previousHash),
      dataHash: toHex(block.dataHash),
      commitHash: toHex(block.commitHash),
      txRoot: toHex(txRoot),
      txCount: block.envelopes.length
    },
    anchor: {
      batch: { number: batchNumber, firstBlock: Number(first.number), lastBlock: Number(last.number), root: batch.root },
      batchPath: inclusionProof(leaves, number - Number(first.number)).map(toHex),
      witnesses: addressesOf(witnesses).map(bare),
      signatures: signatures.map(({ witness, signature }) => ({ witness: bare(witness), signature })),
      chain: { name: 'goerli', chainId: domain.chainId, contract: bare(domain.contract) }
    }
  }
}
