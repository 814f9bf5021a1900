import type { Hex } from 'viem'

/** A batch as the contract's event tells it; `root` is 64 hex digits. */
export interface AnchoredBatch {
  number: number
  firstBlock: number
  lastBlock: number
  root: string
  transactionHash: Hex
  blockNumber: bigint
  blockHash: Hex
}

/** How far the contract says the ledger is anchored. */
export interface ChainHead { number: number, nextBlock: number }

/** What the submitter asks of the contract. */
export interface AnchorChain {
  /** The batch of this number as the chain has it now; undefined when it has none. */
  find: (number: number) => Promise<AnchoredBatch | undefined>
  head: () => Promise<ChainHead>
}
