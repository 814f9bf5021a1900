import common from '@hyperledger/fabric-protos/lib/common/common_pb.js'
import events from '@hyperledger/fabric-protos/lib/peer/chaincode_event_pb.js'
import proposals from '@hyperledger/fabric-protos/lib/peer/proposal_pb.js'
import responses from '@hyperledger/fabric-protos/lib/peer/proposal_response_pb.js'
import transactions from '@hyperledger/fabric-protos/lib/peer/transaction_pb.js'
import { concatBytes, equalConstantTime, sha256, toHex } from '@epione/crypto'
import { readWriteSets } from './read-write-set.ts'
import type { SpaceSet } from './read-write-set.ts'

/** Bytes that somebody is said to have signed. */
export interface SignedBytes { readonly identity: Uint8Array, readonly data: Uint8Array, readonly signature: Uint8Array }

/** Validation codes that this audit derives itself (fabric-protos: peer/transaction.proto). */
export const CODES = {
  VALID: 0,
  BAD_PAYLOAD: 2,
  BAD_COMMON_HEADER: 3,
  BAD_CREATOR_SIGNATURE: 4,
  INVALID_ENDORSER_TRANSACTION: 5,
  BAD_PROPOSAL_TXID: 8,
  DUPLICATE_TXID: 9,
  ENDORSEMENT_POLICY_FAILURE: 10,
  MVCC_READ_CONFLICT: 11,
  PHANTOM_READ_CONFLICT: 12,
  UNKNOWN_TX_TYPE: 13,
  BAD_RWSET: 22,
  ILLEGAL_WRITESET: 23,
  INVALID_CHAINCODE: 25,
  INVALID_OTHER_REASON: 255
} as const

/** An envelope taken apart as far as it goes; `fault` is the code that Fabric gives where it goes no further. */
export interface LedgerTransaction {
  readonly index: number
  readonly kind: 'config' | 'endorser' | 'other'
  readonly txId: string
  readonly creator?: SignedBytes
  readonly endorsements: SignedBytes[]
  readonly chaincode: string
  readonly sets: SpaceSet[]
  readonly event?: { readonly name: string, readonly payload: Uint8Array }
  readonly fault?: number
}

const NOTHING = { txId: '', endorsements: [], chaincode: '', sets: [] }

/** Takes a block's envelope apart, in the order of Fabric's own checks. */
export function parseTransaction (index: number, bytes: Uint8Array): LedgerTransaction {
  let opened: Opened
  try {
    opened = open(bytes)
  } catch {
    // The code tells what a peer makes of bytes that it cannot read.
    return { index, kind: 'other', ...NOTHING, fault: CODES.BAD_PAYLOAD }
  }
  const { header, signatureHeader, payload, creator } = opened
  const txId = header.getTxId()
  if (header.getType() === common.HeaderType.CONFIG) return { index, kind: 'config', ...NOTHING, txId, creator }
  const base = { index, kind: 'endorser' as const, ...NOTHING, txId, creator }
  if (header.getType() !== common.HeaderType.ENDORSER_TRANSACTION) return { ...base, kind: 'other', fault: CODES.UNKNOWN_TX_TYPE }
  if (signatureHeader.getNonce_asU8().length === 0 || header.getEpoch() !== 0) return { ...base, fault: CODES.BAD_COMMON_HEADER }
  if (txId !== toHex(sha256(concatBytes(signatureHeader.getNonce_asU8(), signatureHeader.getCreator_asU8())))) return { ...base, fault: CODES.BAD_PROPOSAL_TXID }
  try {
    return { ...base, ...readActions(header, payload) }
  } catch {
    // As above.
    return { ...base, fault: CODES.INVALID_ENDORSER_TRANSACTION }
  }
}

interface Opened { header: common.ChannelHeader, signatureHeader: common.SignatureHeader, payload: common.Payload, creator: SignedBytes }

function open (bytes: Uint8Array): Opened {
  const envelope = common.Envelope.deserializeBinary(bytes)
  const data = envelope.getPayload_asU8()
  const payload = common.Payload.deserializeBinary(data)
  const header = common.ChannelHeader.deserializeBinary(payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array())
  const signatureHeader = common.SignatureHeader.deserializeBinary(payload.getHeader()?.getSignatureHeader_asU8() ?? new Uint8Array())
  return { header, signatureHeader, payload, creator: { identity: signatureHeader.getCreator_asU8(), data, signature: envelope.getSignature_asU8() } }
}

function readActions (header: common.ChannelHeader, payload: common.Payload): Partial<LedgerTransaction> {
  const actions = transactions.Transaction.deserializeBinary(payload.getData_asU8()).getActionsList()
  const [action] = actions
  if (action === undefined || actions.length !== 1) return { fault: CODES.INVALID_ENDORSER_TRANSACTION }
  const content = transactions.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8())
  const response = content.getAction()?.getProposalResponsePayload_asU8() ?? new Uint8Array()
  const answered = responses.ProposalResponsePayload.deserializeBinary(response)
  const proposalHash = sha256(concatBytes(payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array(), action.getHeader_asU8(), content.getChaincodeProposalPayload_asU8()))
  if (!equalConstantTime(proposalHash, answered.getProposalHash_asU8())) return { fault: CODES.INVALID_ENDORSER_TRANSACTION }
  const result = proposals.ChaincodeAction.deserializeBinary(answered.getExtension_asU8())
  const chaincode = proposals.ChaincodeHeaderExtension.deserializeBinary(header.getExtension_asU8()).getChaincodeId()?.getName() ?? ''
  const endorsements = (content.getAction()?.getEndorsementsList() ?? []).map((e) => {
    const identity = e.getEndorser_asU8()
    return { identity, data: concatBytes(response, identity), signature: e.getSignature_asU8() }
  })
  return { endorsements, chaincode, ...readResult(result, chaincode) }
}

function readResult (result: proposals.ChaincodeAction, chaincode: string): Partial<LedgerTransaction> {
  if (chaincode === '' || result.getChaincodeId()?.getName() !== chaincode || result.getChaincodeId()?.getVersion() === '') return { fault: CODES.INVALID_CHAINCODE }
  let sets: SpaceSet[]
  try {
    sets = readWriteSets(result.getResults_asU8())
  } catch {
    // As above.
    return { fault: CODES.BAD_RWSET }
  }
  const namespaces = sets.filter((set) => set.collection === '').map((set) => set.namespace)
  if (new Set(namespaces).size !== namespaces.length) return { fault: CODES.ILLEGAL_WRITESET }
  const bytes = result.getEvents_asU8()
  if (bytes.length === 0) return { sets }
  const event = events.ChaincodeEvent.deserializeBinary(bytes)
  if (event.getChaincodeId() !== chaincode) return { fault: CODES.INVALID_OTHER_REASON }
  return { sets, event: { name: event.getEventName(), payload: event.getPayload_asU8() } }
}
