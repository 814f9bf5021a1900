import fabric from '@hyperledger/fabric-protos'
import { sha256 } from '@epione/crypto'
import { readEnvelope, readMessage, readUint32 } from '@epione/ledger/blocks'
import type { Committed } from '@epione/ledger/client'
import type { TransactionName } from '@epione/protocol'
import { FabricDeviceEndorser } from '../../ledger/src/fabric/device-endorser.ts'
import type { DeviceEndorser, DeviceIdentity, PreparedStep } from '../../ledger/src/fabric/device-port.ts'
import { createMemoryJournal } from '../../ledger/src/fabric/journal.ts'
import { Peers } from '../../ledger/src/fabric/peers.ts'
import type { MemoryLedger } from './memory-ledger.ts'

const { common, gateway, ledger, peer } = fabric

/** Where the double's contracts are, to those who compare it. */
export const MEMORY_CHANNEL = { channel: 'memory', chaincode: 'epione' } as const

/**
 * What an in-memory ledger does for identities whose keys it does not have: proposals are those of the real library, transactions are
 * spelt as peers spell them, and endorsing runs the real contracts. Like peers it believes no proposal and no transaction unless it is
 * signed; whether the signature is good was judged before.
 */
export class MemoryDevices implements DeviceEndorser {
  readonly #memory: MemoryLedger
  readonly #library: FabricDeviceEndorser
  readonly #endorsed = new Map<string, () => Promise<Committed>>()

  constructor (memory: MemoryLedger) {
    this.#memory = memory
    const peers = new Peers([{ address: 'localhost:1', tlsName: 'localhost', tlsCaPem: '' }])
    const asker = { mspId: '', credentials: new Uint8Array(), signer: () => Promise.reject(new Error('nobody asks')) }
    this.#library = new FabricDeviceEndorser({ peers, ...MEMORY_CHANNEL, journal: createMemoryJournal(), submitBudgetMs: 0, asker })
  }

  propose (identity: DeviceIdentity, transaction: TransactionName, args: string[]): PreparedStep {
    return this.#library.propose(identity, transaction, args)
  }

  async endorse (identity: DeviceIdentity, { txId, toSign }: PreparedStep): Promise<PreparedStep> {
    const proposal = peer.Proposal.deserializeBinary(toSign)
    const header = common.Header.deserializeBinary(proposal.getHeader_asU8())
    const { transaction, args, timeMs } = readCall(proposal, header)
    const { result, order } = await this.#memory.prepare({ ...identity, txId, timeMs }, transaction, args)
    this.#endorsed.set(txId, order)
    const payload = spellTransaction(proposal, header, result)
    const envelope = new common.Envelope()
    envelope.setPayload(payload)
    const prepared = new gateway.PreparedTransaction()
    prepared.setTransactionId(txId)
    prepared.setEnvelope(envelope)
    return { txId, stage: 'transaction', kept: prepared.serializeBinary(), toSign: payload }
  }

  async commit ({ txId, toSign }: PreparedStep): Promise<Committed> {
    const order = this.#endorsed.get(txId)
    const envelope = new common.Envelope()
    envelope.setPayload(toSign)
    if (order === undefined || readEnvelope(envelope.serializeBinary())?.txId !== txId) throw new Error(`nobody endorsed ${txId}`)
    this.#endorsed.delete(txId)
    return await order()
  }
}

type Proposal = InstanceType<typeof peer.Proposal>
type Header = InstanceType<typeof common.Header>

function readCall (proposal: Proposal, header: Header): { transaction: TransactionName, args: string[], timeMs: number } {
  const payload = peer.ChaincodeProposalPayload.deserializeBinary(proposal.getPayload_asU8())
  const spec = peer.ChaincodeInvocationSpec.deserializeBinary(payload.getInput_asU8()).getChaincodeSpec()
  const [name = '', ...args] = (spec?.getInput()?.getArgsList_asU8() ?? []).map((arg) => Buffer.from(arg).toString())
  const timestamp = readMessage(header.getChannelHeader_asU8(), 3)
  const timeMs = readUint32(timestamp, 1) * 1_000 + Math.floor(readUint32(timestamp, 2) / 1_000_000)
  return { transaction: name as TransactionName, args, timeMs }
}

/** As `protoutil.CreateTx` of Fabric does it. */
function spellTransaction (proposal: Proposal, header: Header, result: Uint8Array): Uint8Array {
  const [channelHeader, signatureHeader] = [header.getChannelHeader_asU8(), header.getSignatureHeader_asU8()]
  const call = proposal.getPayload_asU8()
  const chaincode = new peer.ChaincodeID()
  chaincode.setName(MEMORY_CHANNEL.chaincode)
  chaincode.setVersion('1')
  const answer = new peer.Response()
  answer.setStatus(200)
  answer.setPayload(result)
  const space = new ledger.rwset.NsReadWriteSet()
  space.setNamespace(MEMORY_CHANNEL.chaincode)
  const sets = new ledger.rwset.TxReadWriteSet()
  sets.setNsRwsetList([space])
  const action = new peer.ChaincodeAction()
  action.setResults(sets.serializeBinary())
  action.setResponse(answer)
  action.setChaincodeId(chaincode)
  const response = new peer.ProposalResponsePayload()
  response.setProposalHash(sha256(Buffer.concat([channelHeader, signatureHeader, call])))
  response.setExtension$(action.serializeBinary())
  const endorsement = new peer.Endorsement()
  endorsement.setEndorser(Buffer.from('a peer'))
  endorsement.setSignature(Buffer.from('its signature'))
  const endorsed = new peer.ChaincodeEndorsedAction()
  endorsed.setProposalResponsePayload(response.serializeBinary())
  endorsed.setEndorsementsList([endorsement])
  const content = new peer.ChaincodeActionPayload()
  content.setChaincodeProposalPayload(call)
  content.setAction(endorsed)
  const one = new peer.TransactionAction()
  one.setHeader(signatureHeader)
  one.setPayload(content.serializeBinary())
  const transaction = new peer.Transaction()
  transaction.setActionsList([one])
  const payload = new common.Payload()
  payload.setHeader(header)
  payload.setData(transaction.serializeBinary())
  return payload.serializeBinary()
}
