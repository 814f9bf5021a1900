import type { TransactionName } from '@epione/protocol'
import type { Committed } from '../client/index.ts'
import type { DeviceEndorser, DeviceIdentity, PreparedStep } from './device-port.ts'
import { resultOfEnvelope } from './fabric-port.ts'
import type { TransactionJournal } from './journal.ts'
import type { FabricIdentity, Peers } from './peers.ts'
import { driveToCommit, requireValid } from './submission.ts'

export interface DeviceEndorserOptions {
  peers: Peers
  channel: string
  chaincode: string
  journal: TransactionJournal
  submitBudgetMs: number
  /** The own organisation's: asks whether a transaction is committed. */
  asker: FabricIdentity
}

/** Prepares and carries, through the organisation's own peers, what devices sign. */
export class FabricDeviceEndorser implements DeviceEndorser {
  readonly #options: DeviceEndorserOptions

  constructor (options: DeviceEndorserOptions) {
    this.#options = options
  }

  propose (identity: DeviceIdentity, transaction: TransactionName, args: string[]): PreparedStep {
    const { peers, channel, chaincode } = this.#options
    const contract = peers.gateway(withoutKey(identity)).getNetwork(channel).getContract(chaincode)
    const proposal = contract.newProposal(transaction, { arguments: args })
    return { txId: proposal.getTransactionId(), stage: 'proposal', kept: proposal.getBytes(), toSign: proposal.getDigest() }
  }

  async endorse (identity: DeviceIdentity, { kept }: PreparedStep, signature: Uint8Array): Promise<PreparedStep> {
    const transaction = await this.#options.peers.call(withoutKey(identity), async (gateway) =>
      await gateway.newSignedProposal(kept, signature).endorse())
    return { txId: transaction.getTransactionId(), stage: 'transaction', kept: transaction.getBytes(), toSign: transaction.getDigest() }
  }

  async commit ({ txId, kept }: PreparedStep, signature: Uint8Array, transactionName: TransactionName): Promise<Committed> {
    const { peers, asker, journal, submitBudgetMs } = this.#options
    const transaction = peers.gateway(asker).newSignedTransaction(kept, signature)
    const envelope = transaction.getBytes()
    await journal.add({ txId, transactionName, envelope, createdAt: Date.now() })
    const status = await driveToCommit(() => peers.gateway(asker), envelope, txId, submitBudgetMs, () => { peers.giveUp(peers.current) })
    await journal.remove(txId)
    requireValid(status)
    return { result: resultOfEnvelope(transaction.getResult(), envelope), txId, blockNumber: status.blockNumber }
  }
}

/** Signs nothing: the library asks a signer only for what has no signature yet. */
function withoutKey ({ mspId, certificate }: DeviceIdentity): FabricIdentity {
  return { mspId, credentials: Buffer.from(certificate), signer: () => Promise.reject(new Error('the key of this identity is at its person\'s device')) }
}
