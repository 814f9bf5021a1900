import { createPublicClient, http } from 'viem'
import { AnchorError } from '../errors.ts'
import type { PublicClient } from 'viem'
import type { EvmNetwork } from './networks.ts'

/** How long (ms) an RPC may take to answer. */
const TIMEOUT_MS = 10_000

/** A client of the network's RPC. It retries nothing: whoever asks does so again at the next pass. */
export function connectChain ({ rpcUrl }: Pick<EvmNetwork, 'rpcUrl'>): PublicClient {
  return createPublicClient({ transport: http(rpcUrl, { timeout: TIMEOUT_MS, retryCount: 0 }), cacheTime: 0 })
}

/** Asks the RPC which chain it serves; throws `CHAIN_MISMATCH` when it is another. */
export async function requireChain (client: PublicClient, { name, chainId }: Pick<EvmNetwork, 'name' | 'chainId'>): Promise<void> {
  const served = await client.getChainId()
  if (served !== chainId) {
    throw new AnchorError(
      'CHAIN_MISMATCH',
      `The RPC serves chain ${served}, but ${name} is chain ${chainId}; name the right RPC or network.`
    )
  }
}
