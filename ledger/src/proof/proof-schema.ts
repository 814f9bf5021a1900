import { Hash, Hex } from '@epione/protocol'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Value } from 'typebox/value'
import { VerificationError } from '../errors.ts'

const strict = { additionalProperties: false }
const Whole = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
/** 20-byte EVM address, lowercase hex without 0x. */
const Address = Hex(20)
const Path = Type.Array(Hash, { maxItems: 64 })
const Name = Type.String({ minLength: 1, maxLength: 256 })

/**
 * How far a batch has come: `pending` is in no batch yet, `submitted` waits for inclusion, `included` may still be reorganised, `final`
 * not.
 */
export const ProofState = Type.Union([Type.Literal('pending'), Type.Literal('submitted'), Type.Literal('included'), Type.Literal('final')])

/** One batch, who signed it, and where it is. Hashes and addresses are lowercase hex without 0x, signatures EIP-2098. */
export const ProofAnchor = Type.Object({
  batch: Type.Object(
    { number: Type.Integer({ minimum: 1, maximum: 0xffffffff }), firstBlock: Whole, lastBlock: Whole, root: Hash },
    strict
  ),
  /** Path of the event's block to the batch's root. */
  batchPath: Path,
  witnesses: Type.Array(Address, { minItems: 1, maxItems: 64 }),
  signatures: Type.Array(Type.Object({ witness: Address, signature: Hex(64) }, strict), { minItems: 1, maxItems: 64 }),
  chain: Type.Object({
    name: Type.String({ minLength: 1, maxLength: 64 }),
    chainId: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
    contract: Address,
    transactionHash: Type.Optional(Hash),
    blockNumber: Type.Optional(Whole),
    blockHash: Type.Optional(Hash)
  }, strict)
}, strict)

/**
 * One of the events of a transaction that carries several: its place among them, the salt that hides it from whoever has no envelope, and
 * the path to the root in the transaction's leaf.
 */
export const ProofItem = Type.Object({
  envelopeHash: Hash,
  channel: Name,
  chaincode: Name,
  index: Type.Integer({ minimum: 0, maximum: 0xffffffff }),
  count: Type.Integer({ minimum: 1, maximum: 0xffffffff }),
  salt: Hash,
  path: Path,
  root: Hash
}, strict)

/**
 * Proof that one access event is in the anchored log (PROTOCOL §7): one JSON file that stands for itself. It holds the event's own
 * envelope, or its item where the envelope holds others, and, of all else in the log, hashes alone.
 */
export const Proof = Type.Object({
  version: Type.Literal('epione-proof/1'),
  /** Header hash of block 0. */
  networkId: Hash,
  state: ProofState,
  /** The access event, as the chaincode emitted it. */
  event: Type.Record(Type.String(), Type.Unknown()),
  /** The transaction's envelope, base64: this or `item`. */
  envelope: Type.Optional(Type.String({ minLength: 4, maxLength: 8_000_000, pattern: '^[A-Za-z0-9+/]+={0,2}$' })),
  item: Type.Optional(ProofItem),
  transaction: Type.Object(
    { index: Type.Integer({ minimum: 0, maximum: 0xffffffff }), code: Type.Integer({ minimum: 0, maximum: 255 }), path: Path },
    strict
  ),
  block: Type.Object({
    number: Whole,
    /** Empty for block 0 alone. */
    previousHash: Type.Union([Hash, Type.Literal('')]),
    dataHash: Hash,
    commitHash: Hash,
    txRoot: Hash,
    txCount: Type.Integer({ minimum: 1, maximum: 0xffffffff })
  }, strict),
  /** Absent while pending. */
  anchor: Type.Optional(ProofAnchor)
}, strict)
export type Proof = Static<typeof Proof>
export type ProofAnchor = Static<typeof ProofAnchor>
export type ProofItem = Static<typeof ProofItem>
export type ProofState = Static<typeof ProofState>

/** Reads a proof file's text. @throws {VerificationError} PROOF_MALFORMED */
export function parseProof (text: string): Proof {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new VerificationError('PROOF_MALFORMED', 'This is no JSON: take the file that `epione audit proof` wrote.', { cause: error })
  }
  return requireProof(value)
}

/** @throws {VerificationError} PROOF_MALFORMED, naming what does not fit */
export function requireProof (value: unknown): Proof {
  const isProof = Value.Check(Proof, value)
  if (isProof && (value.envelope === undefined) !== (value.item === undefined)) return value
  const faults = isProof
    ? ['/: must have an envelope or an item, not both']
    : [...Value.Errors(Proof, value)].slice(0, 4).map((e) => `${e.instancePath === '' ? '/' : e.instancePath}: ${e.message}`)
  throw new VerificationError(
    'PROOF_MALFORMED',
    `This is no proof of the version epione-proof/1 (${faults.join('; ')}): take the file that \`epione audit proof\` wrote.`
  )
}
