import { toHex } from '@epione/crypto'
import { batchTypedData, compactSignatureOf, encodeAnchorCall, majorityOf } from '@epione/ledger/contract'
import { AnchorError } from '../errors.ts'
import { judgeVotes, VoteSigners } from './votes.ts'
import { turnDelay } from './turn.ts'
import type { Address, LocalAccount } from 'viem'
import type { AnchorRecord } from '@epione/protocol'
import type { PublishedBatch } from '@epione/protocol/api'
import type { AnchoredBatch } from '../chain/anchor-chain.ts'
import type { ContractChain } from '../chain/contract-chain.ts'
import type { EvmNetwork } from '../chain/networks.ts'
import type { Submitter } from '../chain/submitter.ts'
import type { BatchStore, Vote } from '../store/batch-store.ts'
import type { BlockStore } from '../store/block-store.ts'
import type { Alarms } from './alarms.ts'
import type { Mailbox } from './mailbox.ts'
import type { Candidate } from './votes.ts'

/** Most blocks of a batch: what a gateway takes. */
const BATCH_BLOCKS_MAX = 10_000

export interface ServiceOptions {
  mspId: string
  /** MSP ids of all organisations that anchor. */
  members: readonly string[]
  network: EvmNetwork
  chain: ContractChain
  submitter: Submitter
  witness: LocalAccount
  blocks: BlockStore
  batches: BatchStore
  mailbox: Mailbox
  /** Says on the ledger, for the own organisation, that a batch is final. */
  record: (record: AnchorRecord) => Promise<unknown>
  alarms: Alarms
  clock: () => number
  timing: {
    /** Shortest time from a block to its batch. */ batchIntervalMs: number
    /** Silence after which the next organisation steps in. */ turnTimeoutMs: number
    /** Age at which even blocks are anchored that hold nothing but records of anchors. */ maxAgeMs: number
  }
}

/** One organisation's anchoring: each pass looks at chain, mailbox and own blocks, and does what is due. */
export class AnchorService {
  readonly #options: ServiceOptions
  readonly #published = new Map<number, string>()
  readonly #signers: VoteSigners
  #majority: { number: number, since: number } | undefined

  constructor (options: ServiceOptions) {
    this.#options = options
    this.#signers = new VoteSigners(options.chain.domain)
  }

  /** One pass. Whatever it throws, the next one begins anew from what chain, mailbox and store hold. */
  async pass (): Promise<void> {
    const { chain, blocks, alarms } = this.#options
    const head = await chain.head()
    await this.#settle(head.number)
    if (blocks.height() < head.nextBlock) return
    const number = head.number + 1
    const witnesses = await chain.witnesses(number)
    const votes = await this.#collect(number, head.nextBlock, witnesses)
    alarms.set('missing_majority', this.#isLate(head.nextBlock) && !votes.some((c) => c.signatures.size >= majorityOf(witnesses.length)))
    const cast = await this.#vote(number, head.nextBlock, votes, witnesses)
    const signed = cast.find((c) => c.signatures.size >= majorityOf(witnesses.length))
    if (signed !== undefined) await this.#submit(number, head.nextBlock, signed, witnesses)
  }

  /** Follows anchored batches until they are final, published and recorded. */
  async #settle (headNumber: number): Promise<void> {
    const { submitter, batches, blocks } = this.#options
    for (let number = batches.settled() + 1; number <= headNumber; number++) {
      const found = await submitter.find(number)
      // A reorganisation took it since the head was read.
      if (found === undefined) return
      const { batch, state } = found
      const leaves = blocks.leaves(batch.firstBlock, batch.lastBlock)
      if (leaves === undefined) return
      this.#requireOwnRoot(batch)
      await this.#publish(await this.#describe(batch, leaves, state))
      if (state !== 'final') continue
      await this.#options.record(this.#toRecord(batch))
      if (number === batches.settled() + 1) batches.settle(number)
    }
  }

  /** A majority signed what the own peer does not have: nothing of it is confirmed from here. */
  #requireOwnRoot ({ number, firstBlock, lastBlock, root }: AnchoredBatch): void {
    const { blocks, alarms } = this.#options
    const own = blocks.root(firstBlock, lastBlock)
    alarms.set('anchored_root_differs', own !== root)
    if (own !== root) {
      throw new AnchorError(
        'ANCHOR_DIFFERS',
        `Batch ${number} is anchored with root ${root}, but the own peer's blocks have ${own ?? 'none'}: compare the ledgers of the organisations.`
      )
    }
  }

  async #collect (number: number, firstBlock: number, witnesses: readonly Address[]): Promise<Candidate[]> {
    const { blocks, batches, mailbox, alarms } = this.#options
    const listed = await mailbox.list(number)
    for (const vote of batches.votes(number)) {
      if (!listed.some(({ signature }) => signature === vote.signature)) await mailbox.propose(vote)
    }
    const {
      candidates,
      disagreements,
      equivocators
    } = await judgeVotes([...listed, ...batches.votes(number)], { signers: this.#signers, blocks, witnesses, number, firstBlock })
    alarms.set('disagreement', disagreements.length > 0)
    alarms.set('equivocation', equivocators.length > 0)
    return candidates
  }

  /**
   * Signs the shortest batch that anybody proposed, or proposes one when it is the own turn. Signed once, a longer one of
   * the same number is never signed: so proposals made at once come together on the shortest.
   */
  async #vote (number: number, firstBlock: number, candidates: Candidate[], witnesses: readonly Address[]): Promise<Candidate[]> {
    const { batches, blocks, witness, mailbox } = this.#options
    if (!witnesses.includes(witness.address.toLowerCase() as Address)) return candidates
    const [own] = batches.votes(number)
    const [shortest] = candidates
    const lastBlock = shortest?.lastBlock ??
      (own === undefined && this.#isOwnTurn(number, firstBlock)
        ? Math.min(blocks.height() - 1, firstBlock + BATCH_BLOCKS_MAX - 1)
        : undefined)
    const root = lastBlock === undefined || (own !== undefined && own.lastBlock <= lastBlock)
      ? undefined
      : blocks.root(firstBlock, lastBlock)
    if (lastBlock === undefined || root === undefined) return candidates
    const vote = await this.#sign({ number, firstBlock, lastBlock, root })
    batches.addVote(vote)
    await mailbox.propose(vote)
    return await this.#collect(number, firstBlock, witnesses)
  }

  async #sign ({ number, firstBlock, lastBlock, root }: Omit<Vote, 'witness' | 'signature'>): Promise<Vote> {
    const { witness, chain } = this.#options
    const typed = batchTypedData(chain.domain, {
      number: BigInt(number),
      firstBlock: BigInt(firstBlock),
      lastBlock: BigInt(lastBlock),
      root
    })
    const signature = compactSignatureOf(await witness.signTypedData(typed))
    return { number, firstBlock, lastBlock, root, witness: witness.address.slice(2).toLowerCase(), signature }
  }

  /** Whether blocks are due, and those before in turn have been silent long enough. */
  #isOwnTurn (number: number, firstBlock: number): boolean {
    const { clock, mspId, members, timing } = this.#options
    const due = this.#dueAt(firstBlock)
    return due !== undefined && clock() >= due + turnDelay(mspId, members, number, timing.turnTimeoutMs)
  }

  /** Overdue by more than a round of all organisations. */
  #isLate (firstBlock: number): boolean {
    const { clock, members, timing } = this.#options
    const due = this.#dueAt(firstBlock)
    return due !== undefined && clock() > due + (members.length + 1) * timing.turnTimeoutMs
  }

  #dueAt (firstBlock: number): number | undefined {
    const { blocks, timing } = this.#options
    const { oldest, counting } = blocks.since(firstBlock)
    const times = [
      ...(counting === undefined ? [] : [counting + timing.batchIntervalMs]),
      ...(oldest === undefined ? [] : [oldest + timing.maxAgeMs])
    ]
    return times.length === 0 ? undefined : Math.min(...times)
  }

  async #submit (number: number, firstBlock: number, { lastBlock, root, signatures }: Candidate, witnesses: Address[]): Promise<void> {
    const { chain, submitter, blocks, clock, mspId, members, timing, alarms } = this.#options
    if (this.#majority?.number !== number) this.#majority = { number, since: clock() }
    if (clock() < this.#majority.since + turnDelay(mspId, members, number, timing.turnTimeoutMs)) return
    // Each signature beyond the majority only costs gas.
    const sent = [...signatures].sort(([a], [b]) => a < b ? -1 : 1).slice(0, majorityOf(witnesses.length)).map(([witness, signature]) =>
      ({ witness, signature }))
    const batch = { number: BigInt(number), firstBlock: BigInt(firstBlock), lastBlock: BigInt(lastBlock), root }
    const progress = await submitter.advance({
      number,
      root,
      lastBlock,
      to: chain.domain.contract,
      data: encodeAnchorCall({ batch, witnesses, signatures: sent })
    })
    alarms.set('submission_waits', progress.state === 'waiting')
    if (progress.state !== 'submitted') return
    const leaves = blocks.leaves(firstBlock, lastBlock) ?? []
    await this.#publish({
      ...this.#publishable({ number, firstBlock, lastBlock, root }, leaves, witnesses, sent),
      chain: { ...this.#chainName(), transactionHash: progress.transactionHash.slice(2) },
      state: 'submitted'
    })
  }

  async #describe (batch: AnchoredBatch, leaves: readonly Uint8Array[], state: 'included' | 'final'): Promise<PublishedBatch> {
    const { chain } = this.#options
    const [witnesses, signatures] = [await chain.witnesses(batch.number), await chain.signatures(batch)]
    return {
      ...this.#publishable(batch, leaves, witnesses, signatures),
      chain: {
        ...this.#chainName(),
        transactionHash: batch.transactionHash.slice(2),
        blockNumber: Number(batch.blockNumber),
        blockHash: batch.blockHash.slice(2)
      },
      state
    }
  }

  #publishable (
    { number, firstBlock, lastBlock, root }: Pick<AnchoredBatch, 'number' | 'firstBlock' | 'lastBlock' | 'root'>,
    leaves: readonly Uint8Array[],
    witnesses: readonly Address[],
    signatures: readonly { witness: Address, signature: string }[]
  ): Omit<PublishedBatch, 'chain' | 'state'> {
    const plain = (address: Address): string => address.slice(2).toLowerCase()
    return {
      number,
      firstBlock,
      lastBlock,
      root,
      blockLeaves: leaves.map((leaf) => toHex(leaf)),
      witnesses: witnesses.map(plain),
      signatures: signatures.map(({ witness, signature }) => ({ witness: plain(witness), signature }))
    }
  }

  #chainName (): { name: string, chainId: number, contract: string } {
    const { network, chain } = this.#options
    return { name: network.name, chainId: network.chainId, contract: chain.domain.contract.slice(2).toLowerCase() }
  }

  async #publish (batch: PublishedBatch): Promise<void> {
    const now = JSON.stringify([batch.state, batch.root, batch.chain])
    if (this.#published.get(batch.number) === now) return
    await this.#options.mailbox.publish(batch)
    this.#published.set(batch.number, now)
  }

  #toRecord ({ number, firstBlock, lastBlock, root, transactionHash, blockNumber }: AnchoredBatch): AnchorRecord {
    const { chainId, contract } = this.#chainName()
    return {
      batch: number,
      firstBlock,
      lastBlock,
      root,
      chainId,
      contract,
      transactionHash: transactionHash.slice(2),
      evmBlock: Number(blockNumber)
    }
  }
}
