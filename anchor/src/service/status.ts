import type { AnchorStatus } from '@epione/protocol/api'
import type { Assembly } from './assemble.ts'

/** How far anchoring is behind the own peer's ledger, and what it costs. */
export async function readStatus (
  { network, chain, submitter, blocks, batches, alarms }: Pick<Assembly, 'network' | 'chain' | 'submitter' | 'blocks' | 'batches' | 'alarms'>,
  now: number
): Promise<AnchorStatus> {
  const { number, nextBlock } = await chain.head()
  const height = blocks.height()
  const { counting } = blocks.since(nextBlock)
  return {
    network: network.name,
    chainId: network.chainId,
    contract: chain.domain.contract.slice(2).toLowerCase(),
    head: { batch: number, lastBlock: nextBlock - 1 },
    ledgerHeight: height,
    lagBlocks: Math.max(0, height - nextBlock),
    lagSeconds: counting === undefined ? 0 : Math.max(0, now - counting) / 1000,
    balanceWei: String(await submitter.balance()),
    costWei: String(await submitter.cost()),
    batches: batches.settled(),
    alarms: alarms.active()
  }
}
