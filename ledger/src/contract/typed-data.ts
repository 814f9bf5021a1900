import type { Address, Hex } from 'viem'
import { hashTypedData } from 'viem'

/** One deployed anchor of one network; signatures are bound to all three. `networkId` is the genesis header hash, 64 hex digits. */
export interface AnchorDomain {
  readonly chainId: number
  readonly contract: Address
  readonly networkId: string
}

/** Consecutive blocks of the ledger and the root over their leaves (PROTOCOL §7), 64 lowercase hex digits. */
export interface Batch {
  readonly number: bigint
  readonly firstBlock: bigint
  readonly lastBlock: bigint
  readonly root: string
}

/** The witnesses, strictly ascending, who sign from batch `fromBatch` on. */
export interface WitnessSet {
  readonly fromBatch: bigint
  readonly witnesses: readonly Address[]
}

const BATCH_TYPES = {
  Batch: [
    { name: 'number', type: 'uint64' },
    { name: 'firstBlock', type: 'uint64' },
    { name: 'lastBlock', type: 'uint64' },
    { name: 'root', type: 'bytes32' }
  ]
} as const
const WITNESS_SET_TYPES = {
  WitnessSet: [
    { name: 'fromBatch', type: 'uint64' },
    { name: 'witnesses', type: 'address[]' }
  ]
} as const

/** 0x and the given hex digits, the form that viem and RPCs take. */
export function prefixed (hex: string): Hex {
  return `0x${hex}`
}

/** What a witness signs for a batch, as EIP-712 typed data. */
// The return type is what viem infers its own parameters from.
// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types
export function batchTypedData (domain: AnchorDomain, batch: Batch) {
  const { number, firstBlock, lastBlock, root } = batch
  return {
    domain: domainOf(domain),
    types: BATCH_TYPES,
    primaryType: 'Batch',
    message: { number, firstBlock, lastBlock, root: prefixed(root) }
  } as const
}

/** What a present witness signs to replace the witnesses, as EIP-712 typed data. */
// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types
export function witnessSetTypedData (domain: AnchorDomain, { fromBatch, witnesses }: WitnessSet) {
  return { domain: domainOf(domain), types: WITNESS_SET_TYPES, primaryType: 'WitnessSet', message: { fromBatch, witnesses } } as const
}

/** The 32 bytes that are signed for a batch. */
export function batchDigest (domain: AnchorDomain, batch: Batch): Hex {
  return hashTypedData(batchTypedData(domain, batch))
}

/** The 32 bytes that are signed for a change of witnesses. */
export function witnessSetDigest (domain: AnchorDomain, set: WitnessSet): Hex {
  return hashTypedData(witnessSetTypedData(domain, set))
}

function domainOf (
  { chainId, contract, networkId }: AnchorDomain
): { name: string, version: string, chainId: number, verifyingContract: Address, salt: Hex } {
  return { name: 'Epione Anchor', version: '1', chainId, verifyingContract: contract, salt: prefixed(networkId) }
}
