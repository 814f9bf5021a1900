import common from '@hyperledger/fabric-protos/lib/common/common_pb.js'
import peerEvents from '@hyperledger/fabric-protos/lib/peer/chaincode_event_pb.js'
import proposals from '@hyperledger/fabric-protos/lib/peer/proposal_pb.js'
import responses from '@hyperledger/fabric-protos/lib/peer/proposal_response_pb.js'
import transactions from '@hyperledger/fabric-protos/lib/peer/transaction_pb.js'
import { AnchorError } from '../errors.ts'

/** What an envelope says of itself. Whether it took effect only the validation code beside it tells. */
export interface EnvelopeContents {
  txId: string
  channel: string
  /** Serialized identity of its creator. */
  creator: Uint8Array
  event?: { chaincode: string, name: string, payload: Uint8Array }
}

/** Reads an endorser transaction's envelope and the chaincode event in it; undefined for an envelope of another kind. Throws `ENVELOPE_MALFORMED`. */
export function readEnvelope (bytes: Uint8Array): EnvelopeContents | undefined {
  try {
    const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(bytes).getPayload_asU8())
    const header = common.ChannelHeader.deserializeBinary(payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array())
    if (header.getType() !== common.HeaderType.ENDORSER_TRANSACTION) return undefined
    const creator = common.SignatureHeader.deserializeBinary(payload.getHeader()?.getSignatureHeader_asU8() ?? new Uint8Array()).getCreator_asU8()
    const event = readEvent(payload.getData_asU8())
    return { txId: header.getTxId(), channel: header.getChannelId(), creator, ...(event === undefined ? {} : { event }) }
  } catch (error) {
    throw new AnchorError('ENVELOPE_MALFORMED', 'These bytes are no transaction of Fabric.', { cause: error })
  }
}

function readEvent (transactionBytes: Uint8Array): EnvelopeContents['event'] {
  const [action] = transactions.Transaction.deserializeBinary(transactionBytes).getActionsList()
  const endorsed = transactions.ChaincodeActionPayload.deserializeBinary(action?.getPayload_asU8() ?? new Uint8Array()).getAction()
  const response = responses.ProposalResponsePayload.deserializeBinary(endorsed?.getProposalResponsePayload_asU8() ?? new Uint8Array())
  const bytes = proposals.ChaincodeAction.deserializeBinary(response.getExtension_asU8()).getEvents_asU8()
  if (bytes.length === 0) return undefined
  const event = peerEvents.ChaincodeEvent.deserializeBinary(bytes)
  return { chaincode: event.getChaincodeId(), name: event.getEventName(), payload: event.getPayload_asU8() }
}
