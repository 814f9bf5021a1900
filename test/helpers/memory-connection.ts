import { sha256, toHex, utf8 } from '@epione/crypto'
import { parseBlock } from '@epione/ledger/blocks'
import type { PeerBlock } from '@epione/ledger/blocks'
import type {
  CommittedTransaction, LedgerBlock, LedgerConnection, LedgerIdentity
} from '../../ledger/src/fabric/ledger-connection.ts'
import { DevicePort } from '@epione/ledger/fabric'
import { serializeMemoryBlock } from './memory-block.ts'
import { MemoryDevices } from './memory-devices.ts'
import type { ChaincodeEvent, LedgerIdentity as MemoryIdentity, MemoryLedger } from './memory-ledger.ts'

/** What a test's CA certifies: the double's "certificate" is the JSON of it. */
export function toLedgerIdentity ({ mspId, ...certified }: MemoryIdentity): LedgerIdentity {
  return { mspId, certificate: JSON.stringify(certified), privateKey: '-----BEGIN PRIVATE KEY-----' }
}

/** Made up, but the same for every gateway. */
export function headerHashAt (blockNumber: bigint): string {
  return toHex(sha256(utf8(`header ${String(blockNumber)}`)))
}

/** The blocks of an in-memory ledger, kept for whoever follows it. */
export class MemoryBlocks {
  readonly memory: MemoryLedger
  readonly #blocks: LedgerBlock[] = []
  readonly #waiting = new Set<() => void>()
  readonly #devices: MemoryDevices

  constructor (memory: MemoryLedger) {
    this.memory = memory
    this.#devices = new MemoryDevices(memory)
    memory.onEvent((event) => { this.#add(event) })
  }

  /** A connection for one gateway. */
  connect (networkId: string): LedgerConnection {
    const { memory } = this
    return {
      portFor: ({ mspId, certificate }) => memory.portFor({ ...JSON.parse(certificate) as Omit<MemoryIdentity, 'mspId'>, mspId }),
      devicePortFor: (identity, desk) => new DevicePort({
        identity,
        desk,
        endorser: this.#devices,
        reader: memory.portFor({ mspId: identity.mspId, staffId: 'gateway', role: 'gateway' })
      }),
      networkId: () => Promise.resolve(networkId),
      height: () => Promise.resolve(memory.height),
      blocks: (from, signal) => this.#follow(from, signal),
      findTransaction: (txId) => Promise.resolve(this.#find(txId)),
      blockHolding: (txId) => Promise.resolve(this.#blockHolding(txId)),
      settleJournal: () => Promise.resolve(0),
      close: () => Promise.resolve()
    }
  }

  #add ({ timeMs, ...event }: ChaincodeEvent): void {
    const last = this.#blocks.at(-1)
    if (last?.blockNumber === event.blockNumber) {
      last.events.push(event)
      last.newestMs = Math.max(last.newestMs ?? 0, timeMs)
      return
    }
    const { blockNumber } = event
    this.#blocks.push({ blockNumber, headerHash: headerHashAt(blockNumber), newestMs: timeMs, events: [event], unreadable: [] })
    // The other events of the block are announced in the same turn.
    setImmediate(() => { for (const wake of [...this.#waiting]) wake() })
  }

  async * #follow (from: bigint, signal: AbortSignal): AsyncGenerator<LedgerBlock, void, void> {
    let next = this.#blocks.findIndex((b) => b.blockNumber >= from)
    if (next < 0) next = this.#blocks.length
    while (!signal.aborted) {
      const block = this.#blocks[next]
      if (block === undefined) {
        await this.#change(signal)
      } else {
        next += 1
        yield block
      }
    }
  }

  #change (signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#waiting.delete(done)
        signal.removeEventListener('abort', done)
        resolve()
      }
      this.#waiting.add(done)
      signal.addEventListener('abort', done)
    })
  }

  #blockHolding (txId: string): PeerBlock | undefined {
    const block = this.#blocks.find(({ events }) => events.some((event) => event.txId === txId))
    return block === undefined ? undefined : parseBlock(serializeMemoryBlock(block))
  }

  #find (txId: string): CommittedTransaction | undefined {
    for (const { blockNumber, events } of this.#blocks) {
      const event = events.find((e) => e.txId === txId)
      if (event === undefined) continue
      const { name, payload, args } = event
      return { valid: true, blockNumber: Number(blockNumber), event: { name, payload, args } }
    }
    return undefined
  }
}
