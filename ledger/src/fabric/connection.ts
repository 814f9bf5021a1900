import { common } from '@hyperledger/fabric-protos'
import { GatewayError as FabricError } from '@hyperledger/fabric-gateway'
import type { LedgerPort } from '../client/index.ts'
import { toHex } from '@epione/crypto'
import { BlockError, findValidTransaction, headerHashOf, parseBlock, readEvents } from '../blocks/index.ts'
import type { PeerBlock } from '../blocks/index.ts'
import { FabricDeviceEndorser } from './device-endorser.ts'
import { DevicePort } from './device-port.ts'
import type { DeviceIdentity, SigningDesk } from './device-port.ts'
import { isUnreachable, LedgerUnavailable } from './errors.ts'
import { FabricPort } from './fabric-port.ts'
import { createMemoryJournal } from './journal.ts'
import type { TransactionJournal } from './journal.ts'
import type { CommittedTransaction, LedgerBlock, LedgerConnection, LedgerIdentity } from './ledger-connection.ts'
import { Peers, toFabricIdentity } from './peers.ts'
import type { FabricIdentity, PeerEndpoint } from './peers.ts'
import { driveToCommit, SUBMIT_BUDGET_MS } from './submission.ts'

export interface FabricOptions {
  /** Peers of the own organisation. */
  peers: readonly PeerEndpoint[]
  channel: string
  chaincode: string
  /** Reads blocks and resubmits journalled transactions. */
  identity: LedgerIdentity
  /** Durable in the gateway; in memory by default. */
  journal?: TransactionJournal
  /** How long (ms) a caller waits for a transaction in doubt. */
  submitBudgetMs?: number
}

/** Fabric answers an unknown transaction id with this text and a code that it uses for much else. */
const UNKNOWN_TRANSACTION = /no such transaction ID/

/** Connects to a Fabric channel through the organisation's own peers. Connecting is lazy: no peer need be up. */
export function connectFabric (options: FabricOptions): FabricConnection {
  return new FabricConnection(options)
}

export class FabricConnection implements LedgerConnection {
  readonly #peers: Peers
  readonly #options: FabricOptions
  readonly #identity: FabricIdentity
  readonly #journal: TransactionJournal

  constructor (options: FabricOptions) {
    this.#options = options
    this.#peers = new Peers(options.peers)
    this.#identity = toFabricIdentity(options.identity, true)
    this.#journal = options.journal ?? createMemoryJournal()
  }

  portFor (identity: LedgerIdentity): LedgerPort {
    const { channel, chaincode, submitBudgetMs = SUBMIT_BUDGET_MS } = this.#options
    const isOwn = identity.certificate === this.#options.identity.certificate
    return new FabricPort({
      peers: this.#peers,
      identity: isOwn ? this.#identity : toFabricIdentity(identity),
      channel,
      chaincode,
      journal: this.#journal,
      submitBudgetMs
    })
  }

  devicePortFor (identity: DeviceIdentity, desk: SigningDesk): LedgerPort {
    const { channel, chaincode, submitBudgetMs = SUBMIT_BUDGET_MS } = this.#options
    const endorser = new FabricDeviceEndorser({
      peers: this.#peers,
      channel,
      chaincode,
      journal: this.#journal,
      submitBudgetMs,
      asker: this.#identity
    })
    return new DevicePort({ identity, desk, endorser, reader: this.portFor(this.#options.identity) })
  }

  async networkId (): Promise<string> {
    return toHex(headerHashOf(parseAnswer(await this.#query('GetBlockByNumber', '0'))))
  }

  async height (): Promise<bigint> {
    return BigInt(common.BlockchainInfo.deserializeBinary(await this.#query('GetChainInfo')).getHeight())
  }

  async blockHolding (txId: string): Promise<PeerBlock | undefined> {
    try {
      return parseAnswer(await this.#query('GetBlockByTxID', txId))
    } catch (error) {
      if (error instanceof Error && error.cause instanceof FabricError && isUnknownTransaction(error.cause)) return undefined
      throw error
    }
  }

  async findTransaction (txId: string): Promise<CommittedTransaction | undefined> {
    const block = await this.blockHolding(txId)
    if (block === undefined) return undefined
    const blockNumber = Number(block.number)
    const index = findValidTransaction(block, txId)
    if (index === undefined) return { valid: false, blockNumber }
    const event = readEvents(block, this.#options.chaincode).events.find((e) => e.index === index)
    if (event === undefined) return { valid: true, blockNumber }
    const { name, payload, args } = event
    return { valid: true, blockNumber, event: { name, payload, args } }
  }

  async * blocks (from: bigint, signal: AbortSignal): AsyncGenerator<LedgerBlock, void, void> {
    const asked = this.#peers.current
    let next = from
    for await (const bytes of this.rawBlocks(from, signal)) {
      yield toLedgerBlock(this.#parseNext(bytes, next, asked), this.#options.chaincode)
      next += 1n
    }
  }

  /** Serialized blocks, as the own peer stores them; otherwise as `blocks`. */
  async * rawBlocks (from: bigint, signal: AbortSignal): AsyncGenerator<Uint8Array, void, void> {
    const asked = this.#peers.current
    const network = this.#peers.gateway(this.#identity).getNetwork(this.#options.channel)
    const stream = await network.getBlockEvents({ startBlock: from })
    // Of a peer that answers nobody a stream would wait for minutes.
    const lost = this.#peers.lossOf(asked)
    const close = (): void => { stream.close() }
    signal.addEventListener('abort', close)
    lost.addEventListener('abort', close)
    try {
      if (signal.aborted) return
      for await (const block of stream) yield block.serializeBinary()
      lost.throwIfAborted()
    } catch (error) {
      if (signal.aborted) return
      if (isUnreachable(error)) this.#peers.giveUp(asked)
      throw error
    } finally {
      signal.removeEventListener('abort', close)
      lost.removeEventListener('abort', close)
      stream.close()
    }
  }

  /**
   * Submits journalled transactions made before `createdBefore` (ms) once more and forgets those whose fate is known.
   * Their creators signed them; the gateway only carries the bytes. Returns how many remain.
   */
  async settleJournal (createdBefore: number): Promise<number> {
    let remaining = 0
    for (const { txId, envelope } of await this.#journal.list(createdBefore)) {
      try {
        await driveToCommit(() => this.#peers.gateway(this.#identity), envelope, txId, 0, () => { this.#peers.giveUp(this.#peers.current) })
        await this.#journal.remove(txId)
      } catch (error) {
        if (!(error instanceof LedgerUnavailable)) throw error
        remaining += 1
      }
    }
    return remaining
  }

  close (): Promise<void> {
    this.#peers.close()
    return Promise.resolve()
  }

  /** A peer that sends what is not the next block is left for another. @throws {BlockError} */
  #parseNext (bytes: Uint8Array, due: bigint, asked: number): PeerBlock {
    try {
      const block = parseBlock(bytes)
      if (block.number !== due) throw new BlockError('BLOCK_OUT_OF_ORDER', `The peer sent block ${block.number} where block ${due} is due.`)
      return block
    } catch (error) {
      this.#peers.giveUp(asked)
      throw error
    }
  }

  async #query (name: string, ...args: string[]): Promise<Uint8Array> {
    const { channel } = this.#options
    return await this.#peers.call(this.#identity, (gateway) =>
      gateway.getNetwork(channel).getContract('qscc').evaluate(name, {
        arguments: [channel, ...args],
        endorsingOrganizations: [this.#identity.mspId]
      }))
  }
}

/** A block that the own peer answered. @throws {LedgerUnavailable} for what is none */
function parseAnswer (bytes: Uint8Array): PeerBlock {
  try {
    return parseBlock(bytes)
  } catch (error) {
    if (error instanceof BlockError) {
      throw new LedgerUnavailable(`the hospital's own peer answers ${error.code} where a block is due`, { cause: error })
    }
    throw error
  }
}

/** A block reduced to what it changed. */
function toLedgerBlock (block: PeerBlock, chaincode: string): LedgerBlock {
  const { events, unreadable } = readEvents(block, chaincode)
  return {
    blockNumber: block.number,
    headerHash: toHex(headerHashOf(block)),
    ...(events.length > 0 && { newestMs: Math.max(...events.map(({ timeMs }) => timeMs)) }),
    events: events.map(({ name, payload, txId, args }) => ({ name, payload, txId, args, blockNumber: block.number })),
    unreadable
  }
}

function isUnknownTransaction (error: FabricError): boolean {
  return [error.message, ...error.details.map((d) => d.message)].some((m) => UNKNOWN_TRANSACTION.test(m))
}
