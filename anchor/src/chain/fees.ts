import type { EvmNetwork } from './networks.ts'

/** Price of a transaction per gas, in wei. */
export interface Fees { maxFeePerGas: bigint, maxPriorityFeePerGas: bigint }

/** Nodes take a replacement only when both fees rise by a tenth; an eighth leaves room for rounding. */
const raise = (fee: bigint): bigint => fee + (fee + 7n) / 8n
const larger = (a: bigint, b: bigint): bigint => a > b ? a : b

/**
 * Fees for a block of this base fee: room for it to double. With `previous`, fees that replace a transaction: both raised
 * by an eighth at least. Undefined when the network's cap allows neither.
 */
export function chooseFees ({ fees: { priority, max } }: Pick<EvmNetwork, 'fees'>, baseFee: bigint, previous?: Fees): Fees | undefined {
  const tip = previous === undefined ? priority : larger(priority, raise(previous.maxPriorityFeePerGas))
  const least = larger(baseFee + tip, previous === undefined ? 0n : raise(previous.maxFeePerGas))
  if (least > max) return undefined
  const wanted = larger(least, 2n * baseFee + tip)
  return { maxFeePerGas: wanted < max ? wanted : max, maxPriorityFeePerGas: tip }
}
