import { keccak256, TransactionReceiptNotFoundError } from 'viem'
import { AnchorError } from '../errors.ts'
import { requireChain } from './client.ts'
import { chooseFees } from './fees.ts'
import { finalizedBlock } from './finality.ts'
import type { Address, Hex, LocalAccount, PublicClient } from 'viem'
import type { Journal, JournalEntry } from '../store/journal.ts'
import type { AnchorChain, AnchoredBatch } from './anchor-chain.ts'
import type { Fees } from './fees.ts'
import type { EvmNetwork } from './networks.ts'

/** A batch that a majority has signed, as the call that anchors it. */
export interface SignedCall { number: number, root: string, lastBlock: number, to: Address, data: Hex }

/** Why nothing could be sent now; the next pass tries again. */
export type WaitReason = 'batch-before-missing' | 'call-refused' | 'fees-too-high' | 'balance-low' | 'cost-too-high'

/** Where a batch stands after a pass. */
export type Progress =
  | { state: 'waiting', reason: WaitReason }
  | { state: 'submitted', transactionHash: Hex }
  | { state: 'included' | 'final', batch: AnchoredBatch }

export interface SubmitterOptions {
  client: PublicClient
  chain: AnchorChain
  network: EvmNetwork
  account: LocalAccount
  journal: Journal
  clock: () => number
  /** Told of a node's error after a transaction was handed to it: its fate shows at the next pass. */
  onSendError?: (error: unknown) => void
}

/** Room above the estimate: the head's slot may differ by then. */
const GAS_MARGIN_PERCENT = 120n

/**
 * Brings signed batches onto the chain, one at a time. Nothing is remembered that the chain can tell: each pass asks
 * whether the batch is there and acts on the answer, so a reorganisation or a lost transaction is simply seen. The nonce
 * is the account's `latest` count; every signed transaction is journalled before it is sent.
 */
export class Submitter {
  readonly #options: SubmitterOptions

  constructor (options: SubmitterOptions) {
    this.#options = options
  }

  get address (): Address {
    return this.#options.account.address
  }

  /** Where the batch of this number stands on the chain; undefined when it is not there. Sends nothing. Throws `CHAIN_MISMATCH`. */
  async find (number: number): Promise<Extract<Progress, { batch: AnchoredBatch }> | undefined> {
    const { client, chain, network } = this.#options
    await requireChain(client, network)
    const batch = await chain.find(number)
    if (batch === undefined) return undefined
    const final = await finalizedBlock(client, network.finality)
    return { state: final !== undefined && batch.blockNumber <= final ? 'final' : 'included', batch }
  }

  /**
   * Looks for the batch and, while it is not there, sends, sends again or replaces its transaction. Throws `CHAIN_MISMATCH`,
   * `ANCHOR_DIFFERS`.
   */
  async advance (call: SignedCall): Promise<Progress> {
    const found = await this.find(call.number)
    if (found !== undefined) return requireSameBatch(found, call)
    const head = await this.#options.chain.head()
    if (head.number >= call.number) {
      throw new AnchorError(
        'ANCHOR_DIFFERS',
        `The contract is at batch ${head.number}, but its log shows no batch ${call.number}: ask another RPC.`
      )
    }
    if (head.number !== call.number - 1) return { state: 'waiting', reason: 'batch-before-missing' }
    return await this.#send(call)
  }

  /** Wei of the account. */
  async balance (): Promise<bigint> {
    return await this.#options.client.getBalance({ address: this.address })
  }

  /** Wei spent so far, after asking what newly mined transactions cost. */
  async cost (): Promise<bigint> {
    const { client, journal, account } = this.#options
    const count = await client.getTransactionCount({ address: account.address, blockTag: 'latest' })
    for (const hash of journal.unpriced(count)) {
      const receipt = await client.getTransactionReceipt({ hash }).catch((error: unknown) => {
        // One that another of its nonce replaced has none; a node that does not answer is asked again.
        if (error instanceof TransactionReceiptNotFoundError) return undefined
        throw error
      })
      journal.price(hash, receipt === undefined ? 0n : receipt.gasUsed * receipt.effectiveGasPrice)
    }
    return journal.totalCost()
  }

  async #send (call: SignedCall): Promise<Progress> {
    const { client, journal, account, network, clock } = this.#options
    const nonce = await client.getTransactionCount({ address: account.address, blockTag: 'latest' })
    const [former] = journal.ofNonce(nonce)
    const { baseFeePerGas } = await client.getBlock({ blockTag: 'latest' })
    const baseFee = baseFeePerGas ?? 0n
    const isFresh = former !== undefined && clock() - former.createdAt < network.replaceAfterMs && former.maxFeePerGas >= baseFee
    if (former?.batch === call.number && isFresh) return await this.#broadcast(former)
    const fees = chooseFees(network, baseFee, former)
    if (fees === undefined) {
      return former?.batch === call.number ? await this.#broadcast(former) : { state: 'waiting', reason: 'fees-too-high' }
    }
    const prepared = await this.#prepare(call, fees)
    if (typeof prepared === 'string') return { state: 'waiting', reason: prepared }
    const raw = await account.signTransaction({
      type: 'eip1559',
      chainId: network.chainId,
      nonce,
      to: call.to,
      data: call.data,
      gas: prepared.gas,
      ...fees
    })
    const entry: JournalEntry = { hash: keccak256(raw), nonce, batch: call.number, raw, ...fees, createdAt: clock() }
    // Written before it is sent: whatever happens in between, these bytes and no others are known by this nonce.
    journal.add(entry)
    return await this.#broadcast(entry)
  }

  /** Gas for the call, or why it cannot be sent: what it would revert on, or what the account cannot pay. */
  async #prepare ({ to, data }: SignedCall, { maxFeePerGas }: Fees): Promise<{ gas: bigint } | WaitReason> {
    const { client, account, network, onSendError } = this.#options
    let gas: bigint
    try {
      gas = await client.estimateGas({ account: account.address, to, data, blockTag: 'latest' }) * GAS_MARGIN_PERCENT / 100n
    } catch (error) {
      onSendError?.(error)
      return await this.balance() === 0n ? 'balance-low' : 'call-refused'
    }
    if (gas * maxFeePerGas > await this.balance()) return 'balance-low'
    return gas * maxFeePerGas > network.fees.batchCostMax ? 'cost-too-high' : { gas }
  }

  /** Hands the bytes to the node, as often as wanted: a node that has them says so, and one that lies shows at the next pass. */
  async #broadcast ({ raw, hash }: JournalEntry): Promise<Progress> {
    const { client, onSendError } = this.#options
    await client.sendRawTransaction({ serializedTransaction: raw }).catch((error: unknown) => { onSendError?.(error) })
    return { state: 'submitted', transactionHash: hash }
  }
}

function requireSameBatch (found: Extract<Progress, { batch: AnchoredBatch }>, { number, root, lastBlock }: SignedCall): Progress {
  const { batch } = found
  if (batch.root === root && batch.lastBlock === lastBlock) return found
  throw new AnchorError(
    'ANCHOR_DIFFERS',
    `The chain has batch ${number} up to block ${batch.lastBlock} with root ${batch.root}; this service holds block ${lastBlock} and ${root}.`
  )
}
