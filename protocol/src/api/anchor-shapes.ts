import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Hash, Hex, MspId, TimeMs } from '../shapes/primitives.ts'
import { strict } from './common.ts'

/**
 * What the anchor service of an organisation and its gateway say to each other, and what a proof is made of; all bytes are lowercase hex.
 */

/** Blocks of one batch: their leaf hashes, in hex, fit a JSON body of 1 MiB. */
const BLOCKS_PER_BATCH_MAX = 10_000
/** Witnesses of a batch: many times what a consortium has. */
const WITNESSES_MAX = 256
const NAME_LENGTH_MAX = 64

const BlockNumber = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
export const BatchNumber = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
const Address = Hex(20)
/** Compact form of EIP-2098. */
const Signature = Hex(64)

const BatchHead = { number: BatchNumber, firstBlock: BlockNumber, lastBlock: BlockNumber, root: Hash }
export const AnchorProposal = Type.Object({ ...BatchHead, witness: Address, signature: Signature }, strict)
export type AnchorProposal = Static<typeof AnchorProposal>

/** A proposal with who handed it in, and when; its signature is for the reader to check. */
export const KeptProposal = Type.Object({ ...AnchorProposal.properties, mspId: MspId, receivedAt: TimeMs })
export type KeptProposal = Static<typeof KeptProposal>

/** How far a batch has come: not yet signed by a majority, sent to the EVM chain, in a block of it, final there. */
export const AnchorState = Type.Union([Type.Literal('pending'), Type.Literal('submitted'), Type.Literal('included'), Type.Literal('final')])
const Witnesses = Type.Array(Address, { minItems: 1, maxItems: WITNESSES_MAX })
const WitnessSignature = { witness: Address, signature: Signature }
const Chain = {
  name: Type.String({ minLength: 1, maxLength: NAME_LENGTH_MAX }),
  chainId: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  contract: Address,
  transactionHash: Type.Optional(Hash),
  blockNumber: Type.Optional(BlockNumber),
  blockHash: Type.Optional(Hash)
}

export const PublishedBatch = Type.Object({
  ...BatchHead,
  /** Hash of each block's leaf, in order. */
  blockLeaves: Type.Array(Hash, { minItems: 1, maxItems: BLOCKS_PER_BATCH_MAX }),
  witnesses: Witnesses,
  signatures: Type.Array(Type.Object(WitnessSignature, strict), { maxItems: WITNESSES_MAX }),
  chain: Type.Object(Chain, strict),
  state: AnchorState
}, strict)
export type PublishedBatch = Static<typeof PublishedBatch>

/** What needs an operator of an anchor service; each is a metric with an alert rule (anchor/alerts.yml). */
export const ANCHOR_ALARMS = [
  'disagreement', 'equivocation', 'anchored_root_differs', 'missing_majority', 'submission_waits', 'ledger_broken',
  'envelope_malformed', 'storage_full'
] as const
export type AnchorAlarm = (typeof ANCHOR_ALARMS)[number]

const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
/** As decimal text, of up to 2^256. */
const Wei = Type.String({ pattern: '^(?:0|[1-9][0-9]{0,77})$' })

/** How far an organisation's anchor service is behind its peer's ledger, and what it costs: what `make anchor-status` shows, too. */
export const AnchorStatus = Type.Object({
  network: Chain.name,
  chainId: Chain.chainId,
  contract: Address,
  /** The newest batch on the chain and its last block; 0 and -1 before the first. */
  head: Type.Object({ batch: Count, lastBlock: Type.Integer({ minimum: -1, maximum: Number.MAX_SAFE_INTEGER }) }, strict),
  ledgerHeight: Count,
  /** Blocks that wait for an anchor, and the age of the oldest of them that counts. */
  lagBlocks: Count,
  lagSeconds: Type.Number({ minimum: 0 }),
  /** Of the account that pays for submissions, and what all of them cost. */
  balanceWei: Wei,
  costWei: Wei,
  /** Batches that are final, published and recorded. */
  batches: Count,
  /** Conditions that hold now and need an operator. */
  alarms: Type.Array(Type.Enum(ANCHOR_ALARMS), { maxItems: ANCHOR_ALARMS.length })
}, strict)
export type AnchorStatus = Static<typeof AnchorStatus>

/** The same, with when the service told it. */
export const ToldAnchorStatus = Type.Object({ ...AnchorStatus.properties, toldAt: TimeMs })
export type ToldAnchorStatus = Static<typeof ToldAnchorStatus>

/** One of a transaction's events, and what leads to the root in the transaction's leaf. */
export const EventItem = Type.Object({
  event: Type.Record(Type.String(), Type.Unknown()),
  envelopeHash: Hash,
  channel: Type.String(),
  chaincode: Type.String(),
  index: Type.Integer({ minimum: 0 }),
  count: Type.Integer({ minimum: 1 }),
  salt: Hash,
  path: Type.Array(Hash),
  root: Hash
}, { description: 'in place of the envelope where the transaction carries events of several patients: this one, and hashes of the others' })

/** All that a proof bundle of one access event needs, and of no other event. The verifier of proofs judges it, whole. */
export const EventAnchor = Type.Object({
  envelope: Type.Optional(Type.String({ description: 'base64' })),
  item: Type.Optional(EventItem),
  transaction: Type.Object({
    blockNumber: BlockNumber,
    index: Type.Integer({ minimum: 0 }),
    code: Type.Integer({ minimum: 0, maximum: 255 }),
    txPath: Type.Array(Hash)
  }),
  block: Type.Object({
    number: BlockNumber,
    previousHash: Type.String({ description: 'empty for block 0' }),
    dataHash: Hash,
    commitHash: Hash,
    txRoot: Hash,
    txCount: Type.Integer({ minimum: 1 }),
    batchPath: Type.Array(Hash)
  }),
  batch: Type.Optional(Type.Object(BatchHead)),
  witnesses: Type.Optional(Witnesses),
  signatures: Type.Optional(Type.Array(Type.Object(WitnessSignature), { maxItems: WITNESSES_MAX })),
  chain: Type.Optional(Type.Object(Chain)),
  state: AnchorState
})
export type EventAnchor = Static<typeof EventAnchor>
