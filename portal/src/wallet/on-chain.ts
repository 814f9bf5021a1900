import { parseProof, VerificationError, verifyProof } from '@epione/ledger/proof'
import type { Pins, ProofVerdict } from '@epione/ledger/proof'
import { WalletError } from './errors.ts'
import type { Wallet } from './wallet.ts'

/** What is known of the contract: where the consortium publishes no address, the proof's own word stands for it, with a warning. */
export type ChainPins = Pins & { networkId: string }

/** How far an event has come, as this browser verified; `unsigned`: no batch holds it yet; `waits`: signed, and not on the chain. */
export type Standing =
  | { state: 'unsigned' }
  | { state: 'waits', verdict: ProofVerdict }
  | { state: ProofVerdict['state'], verdict: ProofVerdict }

/** The chain that a proof is of; undefined while no batch holds it. @throws {VerificationError} PROOF_MALFORMED */
export function chainOf (proofText: string): { name: string, chainId: number, contract: string } | undefined {
  return parseProof(proofText).anchor?.chain
}

/** Verifies a proof by itself, without any chain: signatures, trees, pins. @throws {VerificationError} */
export async function verifyOffline (proofText: string, pins: ChainPins): Promise<Standing> {
  const proof = parseProof(proofText)
  const judged = verifyProof(proof, { pins })
  if (proof.anchor !== undefined) return standingOf(await judged)
  // What no batch holds yet is judged as far as it goes, and that is what it ends with.
  const error: unknown = await judged.then(() => undefined, (thrown: unknown) => thrown)
  if (error instanceof VerificationError && error.code === 'PROOF_PENDING') return { state: 'unsigned' }
  throw error
}

/**
 * The same, and on the chain itself by the wallet's own node: the contract's code byte by byte, its witnesses, and the batch.
 * @throws {WalletError} @throws {VerificationError}
 */
export async function verifyByWallet (wallet: Wallet, proofText: string, pins: ChainPins): Promise<Standing> {
  const pinned = { ...pins, chainId: wallet.chainId }
  const offline = await verifyOffline(proofText, pinned)
  if (offline.state === 'unsigned') return offline
  try {
    return standingOf(await verifyProof(parseProof(proofText), { pins: pinned, rpc: wallet.rpc }))
  } catch (error) {
    if (!(error instanceof VerificationError && error.code === 'PROOF_PENDING')) throw error
    // By then the chain has shown the contract and these very witnesses.
    const witnesses = parseProof(proofText).anchor?.witnesses ?? []
    return { state: 'waits', verdict: await verifyProof(parseProof(proofText), { pins: { ...pinned, witnesses } }) }
  }
}

const standingOf = (verdict: ProofVerdict): Standing => ({ state: verdict.state, verdict })

/** Time in ms between two looks at a transaction. */
const LOOK_MS = 1_000

/**
 * Waits until the chain took a transaction, for as long as nobody stops it.
 * @throws {WalletError} REFUSED where it failed there, CHAIN_WRONG, UNUSABLE
 */
export async function awaitTransaction (wallet: Wallet, transactionHash: string, signal: AbortSignal, lookMs = LOOK_MS): Promise<void> {
  while (!signal.aborted) {
    const receipt = await wallet.rpc('eth_getTransactionReceipt', [transactionHash])
    const { status } = Object(receipt) as { status?: unknown }
    if (status === '0x1') return
    if (status !== undefined) throw new WalletError('REFUSED', 'The contract did not take it: somebody else was first.')
    await new Promise((resolve) => { setTimeout(resolve, lookMs) })
  }
}
