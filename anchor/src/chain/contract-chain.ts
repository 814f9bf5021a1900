import {
  decodeAnchorCall, decodeAnchoredLog, decodeWitnessesChangedLog, readHead, recoverBatchSigner, WITNESSES_CHANGED_TOPIC
} from '@epione/ledger/contract'
import { AnchorError } from '../errors.ts'
import type { Address, Log, PublicClient } from 'viem'
import type { AnchorDomain, WitnessSignature } from '@epione/ledger/contract'
import type { AnchorChain, AnchoredBatch, ChainHead } from './anchor-chain.ts'

export interface ContractOptions {
  client: PublicClient
  domain: AnchorDomain
  /** EVM block of the deployment: no log is older. */ deploymentBlock: bigint
}

/** The deployed contract, read through an RPC. */
export class ContractChain implements AnchorChain {
  readonly domain: AnchorDomain
  readonly #client: PublicClient
  readonly #deploymentBlock: bigint

  constructor ({ client, domain, deploymentBlock }: ContractOptions) {
    this.domain = domain
    this.#client = client
    this.#deploymentBlock = deploymentBlock
  }

  /** Tells this chain from any other: chain id, contract, and the hash of the block that it was deployed in. */
  async identity (): Promise<string> {
    const { hash } = await this.#client.getBlock({ blockNumber: this.#deploymentBlock })
    return `${this.domain.chainId}:${this.domain.contract.toLowerCase()}:${hash}`
  }

  async head (): Promise<ChainHead> {
    const { number, nextBlock } = await readHead(this.#client, { contract: this.domain.contract })
    return { number: Number(number), nextBlock: Number(nextBlock) }
  }

  async find (number: number): Promise<AnchoredBatch | undefined> {
    const logs = await this.#logs()
    for (const log of logs) {
      const batch = decodeAnchoredLog(log)
      if (batch === null || Number(batch.number) !== number) continue
      const { transactionHash, blockNumber, blockHash } = log
      // Without a block it is a log of a pending transaction.
      if (transactionHash === null || blockNumber === null || blockHash === null) continue
      return {
        number,
        firstBlock: Number(batch.firstBlock),
        lastBlock: Number(batch.lastBlock),
        root: batch.root,
        transactionHash,
        blockNumber,
        blockHash
      }
    }
    return undefined
  }

  /** The witnesses, ascending, who sign batch `number`. */
  async witnesses (number: number): Promise<Address[]> {
    const sets = (await this.#logs()).flatMap((log) => log.topics[0] === WITNESSES_CHANGED_TOPIC ? [decodeWitnessesChangedLog(log)] : [])
    const present = sets.filter((set) => set !== null && Number(set.fromBatch) <= number).at(-1)
    if (present === undefined || present === null) {
      throw new AnchorError(
        'CONTRACT_MISSING',
        `The contract ${this.domain.contract} names no witnesses: check its address and deployment block.`
      )
    }
    return [...present.witnesses]
  }

  /** Signatures that an anchored batch carries in its transaction. */
  async signatures ({ number, firstBlock, lastBlock, root, transactionHash }: AnchoredBatch): Promise<WitnessSignature[]> {
    const { input } = await this.#client.getTransaction({ hash: transactionHash })
    const batch = { number: BigInt(number), firstBlock: BigInt(firstBlock), lastBlock: BigInt(lastBlock), root }
    const signatures = decodeAnchorCall(input).entries.flatMap((entry) => 'signature' in entry ? [entry.signature] : [])
    return await Promise.all(
      signatures.map(async (signature) =>
        ({ witness: (await recoverBatchSigner(this.domain, batch, signature)).toLowerCase() as Address, signature }))
    )
  }

  async #logs (): Promise<Log[]> {
    return await this.#client.getLogs({ address: this.domain.contract, fromBlock: this.#deploymentBlock, toBlock: 'latest' })
  }
}
