import type { TransactionName } from '@epione/protocol'
import { readBytes, readEnvelope } from '../blocks/index.ts'
import type { ChaincodeEvent } from '../blocks/index.ts'
import { resultOf } from '../client/index.ts'
import type { Committed, LedgerPort } from '../client/index.ts'
import type { Gateway } from '@hyperledger/fabric-gateway'
import type { TransactionJournal } from './journal.ts'
import type { FabricIdentity, Peers } from './peers.ts'
import { driveToCommit, requireValid } from './submission.ts'

export interface FabricPortOptions {
  peers: Peers
  identity: FabricIdentity
  channel: string
  chaincode: string
  journal: TransactionJournal
  /** How long (ms) a caller waits for a transaction in doubt. */
  submitBudgetMs: number
}

/** The ledger under one identity, through the organisation's own peers. */
export class FabricPort implements LedgerPort {
  readonly #options: FabricPortOptions

  constructor (options: FabricPortOptions) {
    this.#options = options
  }

  /**
   * Endorses once, journals the signed transaction, and submits these bytes until their fate is known.
   * @throws {LedgerError} refused by the chaincode
   * @throws {ReadConflict} lost against another transaction, to be made anew
   * @throws {LedgerUnavailable} when the transaction was endorsed, the journal keeps it
   */
  async submit (transactionName: TransactionName, args: string[]): Promise<Committed> {
    const { peers, identity, journal, submitBudgetMs } = this.#options
    const { txId, envelope, result } = await peers.call(identity, (gateway) => this.#endorse(gateway, transactionName, args))
    await journal.add({ txId, transactionName, envelope, createdAt: Date.now() })
    const status = await driveToCommit(() => peers.gateway(identity), envelope, txId, submitBudgetMs, () => { peers.giveUp(peers.current) })
    await journal.remove(txId)
    requireValid(status)
    return { result, txId, blockNumber: status.blockNumber }
  }

  /** Asks the own organisation's peers only: another's word about the ledger proves nothing. */
  async evaluate (transactionName: TransactionName, args: string[]): Promise<Uint8Array> {
    const { peers, identity, channel, chaincode } = this.#options
    return await peers.call(identity, (gateway) =>
      gateway.getNetwork(channel).getContract(chaincode).evaluate(transactionName, {
        arguments: args,
        endorsingOrganizations: [identity.mspId]
      }))
  }

  async #endorse (
    gateway: Gateway,
    transactionName: TransactionName,
    args: string[]
  ): Promise<{ txId: string, envelope: Uint8Array, result: Uint8Array }> {
    const { identity, channel, chaincode } = this.#options
    const transaction = await gateway.getNetwork(channel).getContract(chaincode).newProposal(transactionName, { arguments: args }).endorse()
    // Signed before it is journalled, so that what is submitted again is the same to the last byte.
    const signature = await identity.signer(transaction.getDigest())
    const envelope = gateway.newSignedTransaction(transaction.getBytes(), signature).getBytes()
    return { txId: transaction.getTransactionId(), envelope, result: resultOfEnvelope(transaction.getResult(), envelope) }
  }
}

/** Field of a `PreparedTransaction` that holds the envelope (`gateway.PreparedTransaction` of fabric-protos). */
const PREPARED_ENVELOPE = 2

/** What an endorsed transaction returns, as the library serializes it for later. */
export function resultOfEnvelope (response: Uint8Array, prepared: Uint8Array): Uint8Array {
  return resultOf(response, eventOf(prepared))
}

/** The event of an endorsed transaction, as the library serializes it for later. */
function eventOf (prepared: Uint8Array): ChaincodeEvent | undefined {
  return readEnvelope(readBytes(prepared, PREPARED_ENVELOPE))?.event
}
