import type { PublicClient } from 'viem'
import type { Finality } from './networks.ts'

/** Number of the newest EVM block that is final by the network's rule; undefined while there is none. */
export async function finalizedBlock (client: PublicClient, finality: Finality): Promise<bigint | undefined> {
  if ('tag' in finality) return (await client.getBlock({ blockTag: finality.tag })).number
  const newest = await client.getBlockNumber({ cacheTime: 0 }) - BigInt(finality.depth - 1)
  return newest < 0n ? undefined : newest
}
