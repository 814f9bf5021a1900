import type { Abi, Hex } from 'viem'
import { BaseError, decodeErrorResult } from 'viem'
import { ANCHOR_ABI } from './artifact.ts'

/** A custom error of the contract: its name and arguments. */
export interface Refusal {
  readonly name: string
  readonly args: readonly bigint[]
}

/** The contract's own error in revert data, or null for data of any other kind. */
export function decodeRefusal (data: Hex): Refusal | null {
  try {
    // By the wide type: errors without parameters come without arguments, which the narrow type does not say.
    const { errorName, args = [] } = decodeErrorResult<Abi>({ abi: ANCHOR_ABI, data })
    return { name: errorName, args: args.filter((argument) => typeof argument === 'bigint') }
  } catch (error) {
    if (error instanceof BaseError) return null
    throw error
  }
}

/** The contract's own error behind what viem threw for a call, an estimate or a simulation, or null. */
export function refusalOf (error: unknown): Refusal | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const data = 'data' in cause ? cause.data : undefined
    if (typeof data === 'string' && /^0x[0-9a-f]{8,}$/i.test(data)) return decodeRefusal(data as Hex)
  }
  return null
}
