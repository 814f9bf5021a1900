import { Type } from 'typebox'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import type { Hex } from 'viem'
import {
  anchoredTopic, checkDeployedCode, decodeAnchoredLog, decodeHead, decodeWitnessesChangedLog, HEAD_CALL,
  WITNESSES_CHANGED_TOPIC
} from '../contract/index.ts'
import { VerificationError } from '../errors.ts'
import type { ProofAnchor } from './proof-schema.ts'
import type { Rpc } from './rpc.ts'
import { batchOf, domainOf } from './verify-signatures.ts'

/** When a block counts as final: by the chain's own tag, or by so many blocks above it. */
export type Finality = { readonly tag: 'finalized' } | { readonly depth: number }

/** Where the chain has the batch. */
export interface ChainFacts { transactionHash: string, blockNumber: number, /** Time of the EVM block. */ since: Date, isFinal: boolean }

const Quantity = Type.String({ pattern: '^0x(?:0|[1-9a-f][0-9a-f]{0,12})$' })
const HexData = Type.String({ pattern: '^0x[0-9a-f]*$' })
const PrefixedHash = Type.String({ pattern: '^0x[0-9a-f]{64}$' })
const Block = Type.Object({ number: Quantity, hash: PrefixedHash, timestamp: Quantity })
const Logs = Type.Array(Type.Object({
  address: HexData,
  topics: Type.Array(HexData),
  data: HexData,
  transactionHash: PrefixedHash,
  blockNumber: Quantity,
  blockHash: PrefixedHash
}), { maxItems: 1000 })

/**
 * Looks the batch up on the chain itself: its id, the contract's code byte by byte (which binds network, chain and address), its
 * witnesses, the one
 * log of this batch in a block that is still part of the chain, and how deep it lies.
 * @throws {VerificationError} CHAIN_MISMATCH, CONTRACT_MISSING, CONTRACT_REPLACED, WITNESSES_MISMATCH, BATCH_NOT_ANCHORED, PROOF_PENDING,
 * RPC_UNUSABLE
 */
export async function verifyChain (rpc: Rpc, anchor: ProofAnchor, networkId: string, finality: Finality): Promise<ChainFacts> {
  const domain = domainOf(anchor, networkId)
  const chainId = numberOf(await ask(rpc, Quantity, 'eth_chainId', []))
  if (chainId !== domain.chainId) {
    throw new VerificationError(
      'CHAIN_MISMATCH',
      `This RPC is of chain ${chainId}, the proof of chain ${domain.chainId}: name an RPC of that chain.`
    )
  }
  checkDeployedCode(domain, await ask(rpc, HexData, 'eth_getCode', [domain.contract, 'latest']) as Hex)
  await requireWitnesses(rpc, anchor)
  const log = await findLog(rpc, anchor)
  const block = await ask(rpc, Block, 'eth_getBlockByNumber', [log.blockNumber, false])
  if (block.hash !== log.blockHash) {
    throw new VerificationError('RPC_UNUSABLE', 'The chain was reorganised while it was asked: verify again.')
  }
  const blockNumber = numberOf(log.blockNumber)
  return {
    transactionHash: log.transactionHash.slice(2),
    blockNumber,
    since: new Date(1000 * numberOf(block.timestamp)),
    isFinal: blockNumber <= await finalBlock(rpc, finality)
  }
}

/** Those who could sign this batch, as the contract was told last before it. */
async function requireWitnesses (rpc: Rpc, anchor: ProofAnchor): Promise<void> {
  const { contract } = domainOf(anchor, '')
  const logs = await ask(rpc, Logs, 'eth_getLogs', [
    { address: contract, topics: [WITNESSES_CHANGED_TOPIC], fromBlock: '0x0', toBlock: 'latest' }
  ])
  const sets = logs.map(({ topics, data }) => decodeWitnessesChangedLog({ topics: topics as Hex[], data: data as Hex }))
  const counting = sets.findLast((set) => set !== null && set.fromBatch <= BigInt(anchor.batch.number))
  if (counting?.witnesses.join() === anchor.witnesses.map((witness) => `0x${witness}`).join()) return
  throw new VerificationError(
    'WITNESSES_MISMATCH',
    `The contract ${contract} had other witnesses for batch ${anchor.batch.number} than the proof names.`
  )
}

async function findLog (rpc: Rpc, anchor: ProofAnchor): Promise<Static<typeof Logs>[number]> {
  const { contract } = domainOf(anchor, '')
  const batch = batchOf(anchor)
  const logs = await ask(rpc, Logs, 'eth_getLogs', [
    { address: contract, topics: [anchoredTopic(batch)], fromBlock: '0x0', toBlock: 'latest' }
  ])
  const log = logs.find((
    { address, topics, data }
  ) => address === contract && decodeAnchoredLog({ topics: topics as Hex[], data: data as Hex })?.root === batch.root)
  if (log !== undefined) return log
  const named = `Batch ${anchor.batch.number} of blocks ${anchor.batch.firstBlock} to ${anchor.batch.lastBlock}`
  const { number } = decodeHead(await ask(rpc, HexData, 'eth_call', [{ to: contract, data: HEAD_CALL }, 'latest']) as Hex)
  // The contract takes batches in sequence, each once: what comes after its last one can still be accepted.
  if (number < anchor.batch.number) {
    throw new VerificationError(
      'PROOF_PENDING',
      `${named} is signed, but not yet anchored at ${contract}, whose last one is ${number}: verify again later.`
    )
  }
  throw new VerificationError(
    'BATCH_NOT_ANCHORED',
    `${named} is not what ${contract} anchored: it has another root or other blocks under that number, or had it in a block that is gone.`
  )
}

async function finalBlock (rpc: Rpc, finality: Finality): Promise<number> {
  if ('tag' in finality) return numberOf((await ask(rpc, Block, 'eth_getBlockByNumber', [finality.tag, false])).number)
  return numberOf(await ask(rpc, Quantity, 'eth_blockNumber', [])) - finality.depth
}

async function ask<S extends TSchema> (rpc: Rpc, schema: S, method: string, parameters: readonly unknown[]): Promise<Static<S>> {
  const answer = await rpc(method, parameters)
  if (Value.Check(schema, answer)) return answer
  throw new VerificationError('RPC_UNUSABLE', `The RPC answers ${method} with ${JSON.stringify(answer).slice(0, 200)}: ask another one.`)
}

const numberOf = (quantity: string): number => Number(quantity)
