import { fromHex } from '@epione/crypto'
import { createPublicClient, http } from 'viem'
import { checkDeployedCode, decodeAnchoredLog, readHead } from '../contract/index.ts'
import { VerificationError } from '../errors.ts'
import type { Address, PublicClient } from 'viem'
import type { AnchoredBatch } from './compare-anchors.ts'

export interface AnchorsWanted {
  rpcUrl: string
  /** Pinned: the RPC's own word is compared with it. */
  chainId: number
  contract: Address
  networkId: string
  /** EVM block to search from, 0 unless told. */
  fromBlock?: bigint
}

/** What public RPCs answer at most in one search. */
const BLOCKS_PER_SEARCH = 10_000n
const TIMEOUT_MS = 20_000

/**
 * Reads every batch from the contract's logs, after checking that chain and code are those of this network's anchor, and
 * that the logs reach the contract's own head. Throws `CHAIN_UNREACHABLE`, `CHAIN_MISMATCH`, `CONTRACT_MISSING`,
 * `CONTRACT_REPLACED`, `ANCHOR_GAP`.
 */
export async function readAnchors ({ rpcUrl, chainId, contract, networkId, fromBlock = 0n }: AnchorsWanted): Promise<AnchoredBatch[]> {
  const client = createPublicClient({ transport: http(rpcUrl, { timeout: TIMEOUT_MS }) })
  try {
    const served = await client.getChainId()
    if (served !== chainId) {
      throw new VerificationError('CHAIN_MISMATCH', `The RPC serves chain ${served}, not ${chainId}; name another RPC.`)
    }
    const blockNumber = await client.getBlockNumber()
    checkDeployedCode({ chainId, contract, networkId }, await client.getCode({ address: contract, blockNumber }))
    const batches = await readLogs(client, contract, fromBlock, blockNumber)
    const head = await readHead(client, { contract, blockNumber })
    checkHead(batches, Number(head.number), Number(head.nextBlock))
    return batches
  } catch (error) {
    if (error instanceof VerificationError) throw error
    throw new VerificationError('CHAIN_UNREACHABLE', `The RPC ${rpcUrl} does not answer: ${error instanceof Error
      ? error.message
      : String(error)}`, { cause: error })
  }
}

async function readLogs (client: PublicClient, address: Address, from: bigint, to: bigint): Promise<AnchoredBatch[]> {
  const batches: AnchoredBatch[] = []
  for (let start = from; start <= to; start += BLOCKS_PER_SEARCH) {
    const end = start + BLOCKS_PER_SEARCH - 1n
    for (const log of await client.getLogs({ address, fromBlock: start, toBlock: end < to ? end : to })) {
      const batch = decodeAnchoredLog(log)
      if (batch !== null) {
        batches.push({
          number: Number(batch.number),
          firstBlock: Number(batch.firstBlock),
          lastBlock: Number(batch.lastBlock),
          root: fromHex(batch.root)
        })
      }
    }
  }
  return batches
}

/** An RPC that leaves logs out is found by the contract's state. */
function checkHead (batches: readonly AnchoredBatch[], number: number, nextBlock: number): void {
  const last = batches.at(-1)
  if ((last?.number ?? 0) === number && (last === undefined ? 0 : last.lastBlock + 1) === nextBlock) return
  throw new VerificationError('ANCHOR_GAP', `The contract says that batch ${number} ends before block ${nextBlock}, but the logs found end with batch ${last?.number ??
    0}; search from an earlier EVM block or ask another RPC.`, { place: { batch: number } })
}
