import type { Address, Hex } from 'viem'
import { decodeEventLog, encodeEventTopics } from 'viem'
import { VerificationError } from '../errors.ts'
import { ANCHOR_ABI } from './artifact.ts'
import type { Batch, WitnessSet } from './typed-data.ts'

/** What of a log is read here; the caller checks which contract and which block it is of. */
export interface RawLog {
  readonly topics: readonly Hex[]
  readonly data: Hex
}

const MAX_U64 = (1n << 64n) - 1n

/** The one topic of the log of a batch: filter `eth_getLogs` by `[anchoredTopic(batch)]` and the contract's address to find it. */
export function anchoredTopic ({ number, firstBlock, lastBlock }: Pick<Batch, 'number' | 'firstBlock' | 'lastBlock'>): Hex {
  return `0x${(number << 128n | firstBlock << 64n | lastBlock).toString(16).padStart(64, '0')}`
}

/** The first topic of a log of `WitnessesChanged`. */
export const WITNESSES_CHANGED_TOPIC: Hex = encodeEventTopics({ abi: ANCHOR_ABI, eventName: 'WitnessesChanged' })[0]

/** The batch that a log of the contract says was anchored, or null for a log of another kind. */
export function decodeAnchoredLog ({ topics, data }: RawLog): Batch | null {
  const [topic] = topics
  if (topic === undefined || topics.length !== 1 || !/^0x[0-9a-f]{64}$/.test(data)) return null
  const packed = BigInt(topic)
  if (packed >> 192n !== 0n) return null
  return { number: packed >> 128n, firstBlock: packed >> 64n & MAX_U64, lastBlock: packed & MAX_U64, root: data.slice(2) }
}

/** The witnesses that a log of the contract names, or null for a log of another kind; throws `LOG_MALFORMED` for a broken one. */
export function decodeWitnessesChangedLog ({ topics, data }: RawLog): WitnessSet | null {
  const [first, ...others] = topics
  if (first !== WITNESSES_CHANGED_TOPIC) return null
  try {
    const { args } = decodeEventLog({ abi: ANCHOR_ABI, eventName: 'WitnessesChanged', topics: [first, ...others], data })
    return { fromBatch: args.fromBatch, witnesses: args.witnesses.map((witness) => witness.toLowerCase() as Address) }
  } catch (error) {
    throw new VerificationError('LOG_MALFORMED', 'a log that names witnesses cannot be read: ask another RPC', { cause: error })
  }
}
