import common from '@hyperledger/fabric-protos/lib/common/common_pb.js'
import transactions from '@hyperledger/fabric-protos/lib/peer/transaction_pb.js'
import { concatBytes, equalConstantTime, sha256, toHex } from '@epione/crypto'
import { countMessages, hasField, readBytes, readFirst, readMessage, readString, readUint32 } from '../blocks/index.ts'
import { readWriteSets } from './read-write-set.ts'
import { CODES } from './validation-codes.ts'
import type { SpaceSet } from './read-write-set.ts'
import type { Fault } from './validation-codes.ts'

/** Bytes that somebody is said to have signed. */
export interface SignedBytes { readonly identity: Uint8Array, readonly data: Uint8Array, readonly signature: Uint8Array }

/** An envelope taken apart as far as it goes; `fault` says why it goes no further. */
export interface LedgerTransaction {
  readonly index: number
  readonly kind: 'config' | 'endorser' | 'other'
  /** As peers enter it in their index, whatever becomes of the transaction; empty when they cannot read one. */
  readonly txId: string
  readonly creator?: SignedBytes
  readonly endorsements: SignedBytes[]
  readonly chaincode: string
  readonly sets: SpaceSet[]
  readonly event?: { readonly name: string, readonly payload: Uint8Array }
  readonly fault?: Fault
}

const NOTHING = { txId: '', endorsements: [], chaincode: '', sets: [] }
const { CONFIG, CONFIG_UPDATE, ENDORSER_TRANSACTION } = common.HeaderType

/** Takes a block's envelope apart, in the order of Fabric's own checks (fabric: core/common/validation, core/committer/txvalidator/v20). */
export function parseTransaction (index: number, bytes: Uint8Array): LedgerTransaction {
  const nothing = { index, kind: 'other' as const, ...NOTHING }
  const data = attempt(() => readBytes(bytes, 1))
  if (data === undefined) return { ...nothing, fault: { code: CODES.INVALID_OTHER_REASON, before: 'signature' } }
  const header = attempt(() => readMessage(data, 1))
  if (header === undefined) return { ...nothing, fault: { code: CODES.BAD_PAYLOAD, before: 'signature' } }
  const base = { ...nothing, txId: attempt(() => indexedTxId(data, header)) ?? '' }
  const opened = attempt(() => openHeader(header))
  if (opened === undefined) return { ...base, fault: { code: CODES.BAD_COMMON_HEADER, before: 'signature' } }
  const creator = { identity: opened.creator, data, signature: readBytes(bytes, 2) }
  if (opened.type === CONFIG) return { ...base, kind: 'config', creator }
  if (opened.type === CONFIG_UPDATE) return { ...base, creator, fault: { code: CODES.UNSUPPORTED_TX_PAYLOAD, before: 'duplicates' } }
  if (opened.txId !== computeTxId(opened)) {
    return { ...base, kind: 'endorser', creator, fault: { code: CODES.BAD_PROPOSAL_TXID, before: 'duplicates' } }
  }
  return { ...base, kind: 'endorser', creator, ...readActions(opened.channelHeader, readBytes(data, 2)) }
}

interface OpenedHeader { channelHeader: Uint8Array, type: number, txId: string, nonce: Uint8Array, creator: Uint8Array }

/** The headers of an envelope; undefined for one that peers do not take. */
function openHeader (header: Uint8Array): OpenedHeader | undefined {
  const [channelHeader, signatureHeader] = [readBytes(header, 1), readBytes(header, 2)]
  const [type, txId] = [readUint32(channelHeader, 1), readString(channelHeader, 5)]
  const [nonce, creator] = [readBytes(signatureHeader, 2), readBytes(signatureHeader, 1)]
  const isKnown = type === CONFIG || type === CONFIG_UPDATE || type === ENDORSER_TRANSACTION
  // Strings that nobody asks for must be text all the same.
  readString(channelHeader, 4)
  // The configuration of block 0, which no peer checks, has no creator.
  const isSigned = type === CONFIG || (nonce.length > 0 && creator.length > 0)
  const isWhole = isKnown && isSigned && common.ChannelHeader.deserializeBinary(channelHeader).getEpoch() === 0
  return isWhole ? { channelHeader, type, txId, nonce, creator } : undefined
}

/** An id is taken from the header or, where that has none, computed (fabric: protoutil.GetOrComputeTxIDFromEnvelope). */
function indexedTxId (payload: Uint8Array, header: Uint8Array): string | undefined {
  if (!hasField(payload, 1)) return undefined
  const said = readString(readBytes(header, 1), 5)
  return said !== '' ? said : computeTxId({ nonce: readBytes(readBytes(header, 2), 2), creator: readBytes(readBytes(header, 2), 1) })
}

function computeTxId ({ nonce, creator }: Pick<OpenedHeader, 'nonce' | 'creator'>): string {
  return toHex(sha256(concatBytes(nonce, creator)))
}

const MALFORMED: Pick<LedgerTransaction, 'fault'> = { fault: { code: CODES.INVALID_ENDORSER_TRANSACTION, before: 'duplicates' } }
const refused = (code: number): Pick<LedgerTransaction, 'fault'> => ({ fault: { code, before: 'endorsements' } })

function readActions (channelHeader: Uint8Array, transaction: Uint8Array): Partial<LedgerTransaction> {
  const action = attempt(() => countMessages(transaction, 1) === 1 ? readFirst(transaction, 1) : undefined)
  const parts = action === undefined ? undefined : attempt(() => openAction(action))
  if (parts === undefined) return MALFORMED
  const { actionHeader, response, proposal, endorsements } = parts
  const said = attempt(() => readBytes(response, 1))
  if (said === undefined || proposal.length === 0 || !equalConstantTime(sha256(concatBytes(channelHeader, actionHeader, proposal)), said)) {
    return MALFORMED
  }
  const chaincode = attempt(() => readString(readMessage(readBytes(channelHeader, 7), 2), 2))
  if (chaincode === undefined) return refused(CODES.BAD_HEADER_EXTENSION)
  const result = attempt(() => readBytes(response, 2))
  if (result === undefined || result.length === 0) return refused(CODES.BAD_RESPONSE_PAYLOAD)
  return { endorsements, chaincode, ...attempt(() => readResult(result, channelHeader, chaincode)) ?? refused(CODES.BAD_RESPONSE_PAYLOAD) }
}

interface ActionParts { actionHeader: Uint8Array, response: Uint8Array, proposal: Uint8Array, endorsements: SignedBytes[] }

function openAction (action: Uint8Array): ActionParts | undefined {
  const actionHeader = readBytes(action, 1)
  // The nonce and creator of the action are not compared with those of the envelope, but must be there.
  if (readBytes(actionHeader, 1).length === 0 || readBytes(actionHeader, 2).length === 0) return undefined
  const content = readBytes(action, 2)
  const endorsed = transactions.ChaincodeEndorsedAction.deserializeBinary(readMessage(content, 2))
  const response = endorsed.getProposalResponsePayload_asU8()
  const endorsements = endorsed.getEndorsementsList().map((one) => {
    const identity = one.getEndorser_asU8()
    return { identity, data: concatBytes(response, identity), signature: one.getSignature_asU8() }
  })
  return { actionHeader, response, proposal: readBytes(content, 1), endorsements }
}

function readResult (result: Uint8Array, channelHeader: Uint8Array, chaincode: string): Partial<LedgerTransaction> {
  const called = readMessage(result, 4)
  const [name, version] = [readString(called, 2), readString(called, 3)]
  const sets = attempt(() => readWriteSets(readBytes(result, 1)))
  if (sets === undefined) return refused(CODES.BAD_RWSET)
  if (!hasField(readBytes(channelHeader, 7), 2) || !hasField(result, 4)) return refused(CODES.INVALID_OTHER_REASON)
  if (chaincode === '' || name !== chaincode || version === '') return refused(CODES.INVALID_CHAINCODE)
  const event = attempt(() => readEvent(readBytes(result, 2), chaincode))
  if (event === undefined) return refused(CODES.INVALID_OTHER_REASON)
  const namespaces = sets.filter((set) => set.collection === '').map((set) => set.namespace)
  if (new Set(namespaces).size !== namespaces.length) return refused(CODES.ILLEGAL_WRITESET)
  return { sets, ...event }
}

/** The event, none where there are no bytes of one; undefined for one of another chaincode. */
function readEvent (bytes: Uint8Array, chaincode: string): Pick<LedgerTransaction, 'event'> | undefined {
  if (bytes.length === 0) return {}
  if (readString(bytes, 1) !== chaincode) return undefined
  return { event: { name: readString(bytes, 3), payload: readBytes(bytes, 4) } }
}

/** What cannot be read is nothing: which code a peer gives it then, the caller knows. */
function attempt<T> (read: () => T): T | undefined {
  try {
    return read()
  } catch {
    // The decoder of fabric-protos throws whatever it likes, RangeError for groups nested too deep among it.
    return undefined
  }
}
