import type { LedgerPort } from '../client/index.ts'
import type { DeviceIdentity, SigningDesk } from './device-port.ts'
import type { PeerBlock, UnreadableTransaction } from '../blocks/index.ts'

/** An X.509 identity under which transactions are created. Certificate and key are PEM. */
export interface LedgerIdentity { mspId: string, certificate: string, privateKey: string }

/**
 * A chaincode event of a valid transaction. `payload` is the JSON of the stored object, `args` what the transaction was called with: its
 * name, then its arguments.
 */
export interface LedgerEvent { name: string, payload: Uint8Array, txId: string, blockNumber: bigint, args: readonly Uint8Array[] }

/** A committed block, reduced to the chaincode events of its valid transactions in order, and those that cannot be read. */
export interface LedgerBlock {
  blockNumber: bigint
  /** Hex. */
  headerHash: string
  /**
   * Newest time (ms) of a transaction whose event it has: endorsers of a majority found it within 30 s of their clocks. Absent where no
   * transaction took effect.
   */
  newestMs?: number
  events: LedgerEvent[]
  unreadable: readonly UnreadableTransaction[]
}

/** A transaction as its block has it. Only a `valid` one took effect; `event` is its chaincode event, where that can be read. */
export interface CommittedTransaction { valid: boolean, blockNumber: number, event?: Pick<LedgerEvent, 'name' | 'payload' | 'args'> }

/** The ledger as one organisation's own peers show it. */
export interface LedgerConnection {
  /** The ledger under one identity; cheap, connections are shared. */
  portFor: (identity: LedgerIdentity) => LedgerPort
  /** The same of an identity whose key is at its person's device; `desk` keeps what is to be signed. */
  devicePortFor: (identity: DeviceIdentity, desk: SigningDesk) => LedgerPort
  /** SHA-256 of block 0's DER header (PROTOCOL §7), hex. */
  networkId: () => Promise<string>
  /** Number of blocks: the next block has this number. */
  height: () => Promise<bigint>
  /**
   * Blocks from `from` on, in order, as they commit. Ends when aborted; throws when the peer is lost, or sends what is not the next block.
   */
  blocks: (from: bigint, signal: AbortSignal) => AsyncIterable<LedgerBlock>
  /** The transaction as the own peer's blocks have it; undefined when none has. */
  findTransaction: (txId: string) => Promise<CommittedTransaction | undefined>
  /** The block, as the own peer stores it, that holds a transaction; undefined when none does. */
  blockHolding: (txId: string) => Promise<PeerBlock | undefined>
  /** Submits journalled transactions made before this time (ms) once more; tells how many remain in doubt. */
  settleJournal: (createdBefore: number) => Promise<number>
  close: () => Promise<void>
}
