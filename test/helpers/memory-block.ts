import { common, peer } from '@hyperledger/fabric-protos'
import { concatBytes, sha256, utf8 } from '@epione/crypto'
import { LEDGER_EVENTS, TRANSACTIONS } from '@epione/protocol'
import type { ProxyState } from '@epione/protocol'
import { adminIdentity, proposalOf, signEnvelope } from './admin-envelope.ts'
import { adminSecret } from './founding.ts'
import type { LedgerEvent } from '../../ledger/src/fabric/ledger-connection.ts'
import { toLedgerBytes } from './ledgers/serialize.ts'

/** An event; what its transaction was called with is left out of the block. */
type Told = Omit<LedgerEvent, 'args'>

/**
 * A block of the in-memory ledger in the form in which a peer sends it, one valid transaction for each event. Header chain
 * and commit hash are made up, but the same each time.
 */
export function serializeMemoryBlock ({ blockNumber, events }: { blockNumber: bigint, events: readonly Told[] }): Uint8Array {
  const envelopes = events.map(serializeTransaction)
  const commitHash = new common.Metadata()
  commitHash.setValue(sha256(utf8(`commit ${String(blockNumber)}`)))
  return toLedgerBytes({
    number: blockNumber,
    previousHash: sha256(utf8(`before ${String(blockNumber)}`)),
    dataHash: sha256(concatBytes(...envelopes)),
    envelopes,
    metadata: [new Uint8Array(), new Uint8Array(), new Uint8Array(envelopes.length), new Uint8Array(), commitHash.serializeBinary()]
  })
}

function serializeTransaction ({ name, payload, txId }: Told): Uint8Array {
  const event = new peer.ChaincodeEvent()
  event.setChaincodeId('epione')
  event.setTxId(txId)
  event.setEventName(name)
  event.setPayload(payload)
  const result = new peer.ChaincodeAction()
  result.setEvents(event.serializeBinary())
  const response = new peer.ProposalResponsePayload()
  response.setExtension$(result.serializeBinary())
  const endorsed = new peer.ChaincodeEndorsedAction()
  endorsed.setProposalResponsePayload(response.serializeBinary())
  const action = new peer.ChaincodeActionPayload()
  action.setAction(endorsed)
  const registered = name === LEDGER_EVENTS.proxyRegistered ? readRegistration(payload) : undefined
  if (registered !== undefined) action.setChaincodeProposalPayload(proposalOf(registered.args))
  const step = new peer.TransactionAction()
  step.setPayload(action.serializeBinary())
  const transaction = new peer.Transaction()
  transaction.setActionsList([step])
  return wrap(txId, transaction.serializeBinary(), registered?.mspId)
}

/** A registration is shown as its admin submitted it: exports rest on who did. */
function readRegistration (payload: Uint8Array): { mspId: string, args: string[] } {
  const { mspId, encryptionKey, signingKey, gatewayUrl } = JSON.parse(Buffer.from(payload).toString()) as ProxyState
  return { mspId, args: [TRANSACTIONS.directoryRegisterProxy, JSON.stringify({ encryptionKey, signingKey, gatewayUrl })] }
}

/** Signed by the admin of `mspId`, where one is named. */
export function wrap (txId: string, data: Uint8Array, mspId?: string, secret = adminSecret(mspId ?? '')): Uint8Array {
  const channelHeader = new common.ChannelHeader()
  channelHeader.setType(common.HeaderType.ENDORSER_TRANSACTION)
  channelHeader.setChannelId('records')
  channelHeader.setTxId(txId)
  const header = new common.Header()
  header.setChannelHeader(channelHeader.serializeBinary())
  if (mspId !== undefined) {
    const signatureHeader = new common.SignatureHeader()
    signatureHeader.setCreator(adminIdentity(mspId, secret))
    header.setSignatureHeader(signatureHeader.serializeBinary())
  }
  const payload = new common.Payload()
  payload.setHeader(header)
  payload.setData(data)
  if (mspId !== undefined) return signEnvelope(payload.serializeBinary(), secret)
  const envelope = new common.Envelope()
  envelope.setPayload(payload.serializeBinary())
  return envelope.serializeBinary()
}
