import { createHash } from 'node:crypto'
import { canonicalize } from '@epione/crypto'
import { LedgerClient, ReadConflict, resultOf } from '@epione/ledger/client'
import { OFFICE_UNIT, OFFICES, parseLedgerError } from '@epione/protocol'
import { createCertificate } from './certificates.ts'
import type { CertificateSubject } from './certificates.ts'
import { createChaincode } from './fabric-runtime.ts'
import { MemoryState } from './memory-state.ts'
import { MemoryStub } from './memory-stub.ts'
import type { Committed, LedgerPort } from '@epione/ledger/client'
import type { LedgerKey, TransactionName } from '@epione/protocol'
import type { ReadWriteSet } from './memory-state.ts'
import type { Proposal } from './memory-stub.ts'

/**
 * Whose certificate creates transactions; `staffId` is the common name, `admin` the node OU. Roles that are offices come with
 * the unit of offices, as a hospital's admin gives them; `unit` is another, as the registrar of staff gives.
 */
export interface LedgerIdentity {
  mspId: string
  staffId: string
  role?: string
  department?: string
  scope?: string
  admin?: boolean
  unit?: string
}

export interface ChaincodeEvent {
  name: string
  payload: Uint8Array
  txId: string
  timeMs: number
  blockNumber: bigint
  /** What the transaction was called with: its name, then its arguments. */
  args: Uint8Array[]
}

/** A transaction as its block has it; only a `valid` one took effect. */
export interface BlockTransaction { valid: boolean, blockNumber: number, event?: { name: string, payload: Uint8Array } }

export interface MemoryLedgerOptions {
  /** Clock in ms of clients and endorsers; by default the process's. */
  clock?: () => number
  /** How often each transaction is simulated; the results must agree byte for byte. */
  endorsers?: number
}

interface Endorsed {
  txId: string
  timeMs: number
  result: Uint8Array
  readWriteSet: ReadWriteSet
  event: MemoryStub['event']
  args: Uint8Array[]
}
interface Pending extends Endorsed { resolve: (committed: Committed) => void, reject: (error: Error) => void }

/**
 * A ledger in memory that runs the real contracts in Fabric's own runtime and models what decides their fate on a
 * channel: versions, read sets, phantoms, reads of old values within a transaction, blocks, and conflicts.
 * Transactions endorsed at the same time go into one block, in the order in which they were endorsed.
 */
export class MemoryLedger {
  readonly #state = new MemoryState()
  readonly #clock: () => number
  readonly #endorsers: ReturnType<typeof createChaincode>[]
  readonly #listeners = new Set<(event: ChaincodeEvent) => void>()
  readonly #committed = new Map<string, BlockTransaction>()
  #pending: Pending[] = []
  #simulating = 0
  #holds = 0
  #transactions = 0
  #height = 1n
  #conflicts = 0
  #stateCalls = 0

  constructor ({ clock = Date.now, endorsers = 1 }: MemoryLedgerOptions = {}) {
    this.#clock = clock
    this.#endorsers = Array.from({ length: endorsers }, () => createChaincode(() => this.#clock()))
  }

  /** Number of the next block. */
  get height (): bigint {
    return this.#height
  }

  /** Transactions that lost against another one so far. */
  get conflicts (): number {
    return this.#conflicts
  }

  /** Reads, writes and ranges that contracts asked an endorser for so far. */
  get stateCalls (): number {
    return this.#stateCalls
  }

  /**
   * Endorses a transaction under a certificate, PEM, that exists, with an id that somebody else gave it, and says how it is ordered.
   */
  async prepare (
    { mspId, certificate, txId, timeMs }: Pick<Proposal, 'mspId' | 'certificate' | 'txId' | 'timeMs'>,
    transaction: TransactionName,
    args: string[]
  ): Promise<{ result: Uint8Array, order: () => Promise<Committed> }> {
    const endorsed = await this.#endorse({ txId, channel: 'memory', timeMs, mspId, certificate, transaction, args })
    return { result: endorsed.result, order: async () => await this.#order(endorsed) }
  }

  /** The ledger as this identity; `clock` is the one that stamps its transactions. */
  portFor (identity: LedgerIdentity, { clock = this.#clock }: { clock?: () => number } = {}): LedgerPort {
    const { mspId } = identity
    const certificate = createCertificate(subjectOf(identity))
    const propose = (
      transaction: TransactionName,
      args: string[]
    ): Proposal => ({ txId: this.#nextTxId(), channel: 'memory', timeMs: clock(), mspId, certificate, transaction, args })
    return {
      submit: (transaction, args) => this.#submit(propose(transaction, args)),
      evaluate: async (transaction, args) => (await this.#endorse(propose(transaction, args))).result
    }
  }

  clientFor (identity: LedgerIdentity, options?: { clock?: () => number }): LedgerClient {
    return new LedgerClient(this.portFor(identity, options))
  }

  /** Calls back for the event of every valid transaction, in block order; returns how to stop it. */
  onEvent (listener: (event: ChaincodeEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => { this.#listeners.delete(listener) }
  }

  /** What a block has of this transaction, conflicts included; undefined when no block has it. */
  findTransaction (txId: string): BlockTransaction | undefined {
    return this.#committed.get(txId)
  }

  /**
   * What a dishonest majority does without our chaincode: exchanges the value under a key, whatever the contracts say. `null` deletes it;
   * with `at` it becomes another key's. Returns how to undo it.
   */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- names what the contracts wrote there
  alter<T extends object> (key: LedgerKey, change: (value: T) => object | null, at = key): () => void {
    const found = this.#state.get(nameOf(key))
    if (found === undefined) throw new Error(`nothing stands under ${nameOf(key)}`)
    const changed = change(JSON.parse(Buffer.from(found.value).toString()) as T)
    const former = this.#state.get(nameOf(at))?.value ?? null
    const write = (value: Uint8Array | null): void => {
      this.#state.apply({ reads: new Map(), ranges: [], writes: new Map([[nameOf(at), value]]) }, `altered ${String(++this.#transactions)}`)
    }
    write(changed === null ? null : Buffer.from(canonicalize(changed)))
    return () => { write(former) }
  }

  /** Keeps endorsed transactions back until the returned function orders them, all in one block. */
  hold (): () => void {
    this.#holds++
    return () => {
      this.#holds--
      this.#scheduleBlock()
    }
  }

  /** Takes out of what is held the transactions that are endorsed by now, as who orders them later does; returns how they are ordered. */
  async keepBack (): Promise<() => void> {
    while (this.#simulating > 0 || this.#pending.length === 0) await new Promise(setImmediate)
    const kept = this.#pending
    this.#pending = []
    return () => {
      this.#pending.push(...kept)
      this.#scheduleBlock()
    }
  }

  #nextTxId (): string {
    return createHash('sha256').update(`memory ledger transaction ${String(++this.#transactions)}`).digest('hex')
  }

  async #submit (proposal: Proposal): Promise<Committed> {
    return await this.#order(await this.#endorse(proposal))
  }

  async #order (endorsed: Endorsed): Promise<Committed> {
    return await new Promise((resolve, reject) => {
      this.#pending.push({ ...endorsed, resolve, reject })
      this.#scheduleBlock()
    })
  }

  async #endorse (proposal: Proposal): Promise<Endorsed> {
    this.#simulating++
    try {
      const [first, ...others] = await Promise.all(this.#endorsers.map((chaincode) => this.#simulate(chaincode, proposal)))
      if (first === undefined) throw new Error('a ledger needs an endorser')
      if (others.some((o) => describe(o) !== describe(first))) {
        throw new Error(`endorsers of ${proposal.transaction} differ: it is not deterministic`)
      }
      return first
    } finally {
      this.#simulating--
      this.#scheduleBlock()
    }
  }

  async #simulate (chaincode: ReturnType<typeof createChaincode>, proposal: Proposal): Promise<Endorsed> {
    const stub = new MemoryStub(this.#state, proposal)
    const { status, message = '', payload } = await chaincode.Invoke(stub)
    this.#stateCalls += stub.calls
    if (stub.openIterators > 0) throw new Error(`${proposal.transaction} left an iterator open`)
    if (status >= 400) throw parseLedgerError(`chaincode response ${String(status)}, ${message}`) ?? new Error(message)
    const { event, readWriteSet } = stub
    const args = [proposal.transaction, ...proposal.args].map((arg) => new TextEncoder().encode(arg))
    return { txId: proposal.txId, timeMs: proposal.timeMs, result: resultOf(payload ?? new Uint8Array(), event), readWriteSet, event, args }
  }

  /** Blocks are cut between simulations, so each of them sees one state throughout. */
  #scheduleBlock (): void {
    setImmediate(() => {
      if (this.#simulating === 0 && this.#holds === 0 && this.#pending.length > 0) this.#commitBlock()
    })
  }

  #commitBlock (): void {
    const block = this.#pending
    const blockNumber = this.#height++
    this.#pending = []
    block.forEach((tx, index) => {
      const valid = this.#state.isCurrent(tx.readWriteSet)
      this.#committed.set(tx.txId, { valid, blockNumber: Number(blockNumber), ...(tx.event !== undefined && { event: tx.event }) })
      if (!valid) {
        this.#conflicts++
        tx.reject(new ReadConflict(tx.txId))
        return
      }
      this.#state.apply(tx.readWriteSet, `${String(blockNumber)}.${String(index)}`)
      if (tx.event !== undefined) this.#announce({ ...tx.event, txId: tx.txId, timeMs: tx.timeMs, blockNumber, args: tx.args })
      tx.resolve({ result: tx.result, txId: tx.txId, blockNumber })
    })
  }

  #announce (event: ChaincodeEvent): void {
    this.#listeners.forEach((listener) => { listener(event) })
  }
}

/** As the hospital's CA would certify it. */
export function subjectOf (identity: LedgerIdentity): CertificateSubject {
  const { staffId, admin = false, role, department, scope, unit = OFFICES.some((o) => o === role) ? OFFICE_UNIT : 'staff' } = identity
  const attributes = Object.fromEntries(
    Object.entries({ role, department, scope }).filter((entry): entry is [string, string] => entry[1] !== undefined)
  )
  return { commonName: staffId, units: [admin ? 'admin' : 'client', unit], attributes }
}

/** As Fabric composes keys. */
function nameOf ({ objectType, attributes }: LedgerKey): string {
  return `\0${[objectType, ...attributes].join('\0')}\0`
}

/** Everything that endorsers must agree on. */
function describe ({ result, readWriteSet: { reads, ranges, writes }, event }: Endorsed): string {
  const hex = (bytes: Uint8Array | null): string | null => bytes === null ? null : Buffer.from(bytes).toString('hex')
  return JSON.stringify([
    hex(result), [...reads], ranges, [...writes].map(([key, value]) => [key, hex(value)]), event?.name,
    event === undefined ? null : hex(event.payload)
  ])
}
