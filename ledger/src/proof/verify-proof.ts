import { VerificationError } from '../errors.ts'
import type { Proof, ProofAnchor } from './proof-schema.ts'
import { requireProof } from './proof-schema.ts'
import type { Rpc } from './rpc.ts'
import { verifyChain } from './verify-chain.ts'
import type { ChainFacts, Finality } from './verify-chain.ts'
import { verifyEvent } from './verify-event.ts'
import type { ProvenEvents, ProvenKind } from './verify-event.ts'
import { verifyBlockPath, verifyTransactionPath } from './verify-paths.ts'
import { verifySignatures } from './verify-signatures.ts'

/**
 * What the verifier knows from elsewhere, such as the consortium's published page. What is not pinned is believed to the proof, with a
 * warning.
 */
export interface Pins {
  networkId?: string
  chainId?: number
  /** 40 hex digits. */
  contract?: string
  /** The network's witnesses at that batch, 40 hex digits each, ascending. */
  witnesses?: readonly string[]
}

export interface VerifyOptions {
  pins?: Pins
  /** An EVM node of the proof's chain; without it all but the chain is checked. */
  rpc?: Rpc
  /** When a block of that chain counts as final; its own tag unless told. */
  finality?: Finality
}

/** What a proof shows, check by check in this order. */
export interface ProofVerdict<K extends ProvenKind = 'access'> {
  /** `signed`: so say the witnesses, and the chain was not asked. */
  state: 'signed' | 'included' | 'final'
  event: ProvenEvents[K]
  networkId: string
  channel: string
  chaincode: string
  block: number
  batch: number
  /** Witnesses that signed, 40 hex digits each. */
  signedBy: string[]
  witnesses: number
  chain: { name: string, chainId: number, contract: string, transactionHash?: string, blockNumber?: number }
  /** Nobody changed the event after this moment, ISO 8601; absent offline. */
  since?: string
  checks: string[]
  warnings: string[]
}

const SHUT_DOWN_CHAIN = 5
const DEFAULT_FINALITY: Finality = { tag: 'finalized' }

/** Verifies the proof of an access event, as `verifyProofOf` does. @throws {VerificationError} */
export async function verifyProof (value: unknown, options: VerifyOptions = {}): Promise<ProofVerdict> {
  return await verifyProofOf('access', value, options)
}

/**
 * Verifies the proof of such an event from the file alone, and on the chain when an RPC is given. Throws the first thing wrong:
 * @throws {VerificationError} PROOF_MALFORMED, NETWORK_MISMATCH, ENVELOPE_MALFORMED, EVENT_MISMATCH, EVENT_NOT_VALID,
 * TRANSACTION_PATH_FALSE,
 *   PROOF_PENDING, BLOCK_PATH_FALSE, WITNESSES_INVALID, SIGNATURE_INVALID, SIGNATURES_MISSING, CHAIN_MISMATCH, CONTRACT_MISMATCH,
 *   WITNESSES_MISMATCH, and with an RPC what `verifyChain` throws
 */
export async function verifyProofOf<K extends ProvenKind> (
  kind: K,
  value: unknown,
  { pins = {}, rpc, finality = DEFAULT_FINALITY }: VerifyOptions = {}
): Promise<ProofVerdict<K>> {
  const proof = requireProof(value)
  if (pins.networkId !== undefined && proof.networkId !== pins.networkId) {
    throw new VerificationError('NETWORK_MISMATCH', `The proof is of network ${proof.networkId}, expected was ${pins.networkId}.`)
  }
  const { event, channel, chaincode, ...leaf } = verifyEvent(proof, kind)
  verifyTransactionPath(proof, leaf)
  const anchor = requireAnchor(proof)
  verifyBlockPath(proof, anchor)
  const signedBy = await verifySignatures(anchor, proof.networkId)
  requirePins(anchor, pins)
  const facts = rpc === undefined ? undefined : await verifyChain(rpc, anchor, proof.networkId, finality)
  const { chain, batch, witnesses } = anchor
  return {
    state: facts === undefined ? 'signed' : facts.isFinal ? 'final' : 'included',
    event,
    networkId: proof.networkId,
    channel,
    chaincode,
    block: proof.block.number,
    batch: batch.number,
    signedBy,
    witnesses: witnesses.length,
    chain: {
      name: chain.name,
      chainId: chain.chainId,
      contract: `0x${chain.contract}`,
      ...facts !== undefined && { transactionHash: facts.transactionHash, blockNumber: facts.blockNumber }
    },
    ...facts !== undefined && { since: facts.since.toISOString() },
    checks: listChecks(proof, facts),
    warnings: listWarnings(anchor, pins, facts)
  }
}

function requireAnchor ({ anchor, block }: Proof): ProofAnchor {
  if (anchor !== undefined) return anchor
  throw new VerificationError(
    'PROOF_PENDING',
    `Block ${block.number} is in no batch yet: so far Fabric alone vouches for it. Ask for the proof again later.`
  )
}

function requirePins ({ chain, witnesses }: ProofAnchor, pins: Pins): void {
  if (pins.chainId !== undefined && chain.chainId !== pins.chainId) {
    throw new VerificationError('CHAIN_MISMATCH', `The proof is anchored on chain ${chain.chainId}, expected was ${pins.chainId}.`)
  }
  if (pins.contract !== undefined && chain.contract !== pins.contract) {
    throw new VerificationError(
      'CONTRACT_MISMATCH',
      `The proof is anchored at 0x${chain.contract}, the network's contract is 0x${pins.contract}.`
    )
  }
  if (pins.witnesses !== undefined && witnesses.join() !== pins.witnesses.join()) {
    throw new VerificationError(
      'WITNESSES_MISMATCH',
      'The proof names other witnesses than the network has: verify it on the chain, which knows who they were at that batch.'
    )
  }
}

function listChecks ({ item }: Proof, facts: ChainFacts | undefined): string[] {
  const offline = [
    item === undefined ? 'the event is in the transaction\'s envelope' : 'the event is in the transaction\'s list, as the witnesses read it',
    'the ledger found the transaction valid',
    'the transaction is in the block',
    'the block is in the batch',
    'a majority of the witnesses named signed the batch'
  ]
  if (facts === undefined) return offline
  return [
    ...offline, 'the contract on the chain is the anchor of this network', 'the contract accepted the batch',
    facts.isFinal ? 'the chain cannot change this any more' : 'the chain has it in a block that is not final yet'
  ]
}

function listWarnings ({ chain }: ProofAnchor, pins: Pins, facts: ChainFacts | undefined): string[] {
  const warnings: string[] = []
  if (pins.contract === undefined) {
    warnings.push(
      `The contract 0x${chain.contract} is as the proof names it: compare it with the one that the consortium publishes, or anybody's contract would do.`
    )
  }
  if (facts === undefined && pins.witnesses === undefined) {
    warnings.push('Without RPC the chain was not asked: that these witnesses are the network\'s, and that it has this batch, is as the proof says.')
  }
  if (chain.chainId === SHUT_DOWN_CHAIN) {
    warnings.push('Chain 5 (Goerli) is shut down in public, this is a local node: it shows the mechanism and proves nothing to outsiders.')
  }
  return warnings
}
