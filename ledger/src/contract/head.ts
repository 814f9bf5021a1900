import type { Address, BlockTag, Client, Hex } from 'viem'
import { decodeFunctionResult, encodeFunctionData } from 'viem'
import { call } from 'viem/actions'
import { VerificationError } from '../errors.ts'
import { ANCHOR_ABI } from './artifact.ts'

/**
 * How far a network is anchored: the last batch (0 before the first), the first block not anchored, and the present witnesses' hash (42
 * hex digits).
 */
export interface AnchorHead {
  readonly number: bigint
  readonly nextBlock: bigint
  readonly witnessesHash: string
  /** Whether the witnesses were changed since the last batch; they then cannot change again before the next. */
  readonly changed: boolean
}

export interface HeadRequest {
  readonly contract: Address
  readonly blockTag?: BlockTag
  readonly blockNumber?: bigint
}

/** Call data of `head()`, for `eth_call`. */
export const HEAD_CALL = encodeFunctionData({ abi: ANCHOR_ABI, functionName: 'head' })

/** Reads the contract's head, at the latest block unless told; throws `CONTRACT_MISSING` where nothing answers as the contract does. */
export async function readHead (client: Client, { contract, blockTag = 'latest', blockNumber }: HeadRequest): Promise<AnchorHead> {
  const result = await call(client, { to: contract, data: HEAD_CALL, ...blockNumber === undefined ? { blockTag } : { blockNumber } })
  return decodeHead(result.data ?? '0x')
}

/** The head from what `eth_call` of `head()` gave; throws `CONTRACT_MISSING`. */
export function decodeHead (data: Hex): AnchorHead {
  try {
    const [number, nextBlock, witnessesHash, changed] = decodeFunctionResult({ abi: ANCHOR_ABI, functionName: 'head', data })
    return { number, nextBlock, witnessesHash: witnessesHash.slice(2), changed }
  } catch (error) {
    throw new VerificationError(
      'CONTRACT_MISSING',
      'no anchor contract answers at this address: check address and network, or run make anchor-deploy',
      { cause: error }
    )
  }
}
