import common from '@hyperledger/fabric-protos/lib/common/common_pb.js'
import { equalConstantTime } from '@epione/crypto'
import { BlockError } from './errors.ts'
import { listBytes, readBytes, readFirst, readMessage, readString, readUint32 } from './wire.ts'

/**
 * Longest payload (bytes) of an event that is read. Contracts emit stored objects of a few statements, and a statement has at most 64 KiB.
 */
export const EVENT_BYTES_MAX = 1024 * 1024

/** What an envelope says of itself. Whether it took effect only the validation code beside it tells. */
export interface EnvelopeContents {
  txId: string
  channel: string
  /** Its creator's clock, ms; endorsers of our chaincode refuse one that is far from theirs. */
  timeMs: number
  /** Serialized identity of its creator. */
  creator: Uint8Array
  event?: ChaincodeEvent
  /** What the chaincode was called with: the transaction's name, then its arguments. Peers took it as endorsers saw it. */
  args: readonly Uint8Array[]
}

/** A chaincode event as its transaction carries it. */
export interface ChaincodeEvent { chaincode: string, name: string, payload: Uint8Array }

/** Numbers of the fields on the way to an event (fabric-protos: common/common.proto, peer/*.proto). */
const FIELD = {
  envelopePayload: 1,
  payloadHeader: 1,
  payloadData: 2,
  channelHeader: 1,
  signatureHeader: 2,
  headerType: 1,
  timestamp: 3,
  channelId: 4,
  txId: 5,
  seconds: 1,
  nanos: 2,
  creator: 1,
  actions: 1,
  actionPayload: 2,
  proposalPayload: 1,
  invocation: 1,
  chaincodeSpec: 1,
  chaincodeInput: 3,
  chaincodeArgs: 1,
  endorsedAction: 2,
  responsePayload: 1,
  extension: 2,
  events: 2,
  eventChaincode: 1,
  eventName: 3,
  eventPayload: 4
} as const

/**
 * Reads an endorser transaction's envelope and the chaincode event in it; undefined for an envelope of another kind. Time and
 * memory are linear in the bytes. Throws `ENVELOPE_MALFORMED`, `EVENT_TOO_LARGE`.
 */
export function readEnvelope (bytes: Uint8Array): EnvelopeContents | undefined {
  const payload = readBytes(bytes, FIELD.envelopePayload)
  const header = readMessage(payload, FIELD.payloadHeader)
  const channelHeader = readBytes(header, FIELD.channelHeader)
  if (readUint32(channelHeader, FIELD.headerType) !== common.HeaderType.ENDORSER_TRANSACTION) return undefined
  const creator = readBytes(readBytes(header, FIELD.signatureHeader), FIELD.creator)
  const action = readAction(readBytes(payload, FIELD.payloadData))
  const event = readEvent(action)
  return {
    txId: readString(channelHeader, FIELD.txId),
    channel: readString(channelHeader, FIELD.channelId),
    timeMs: readTime(readMessage(channelHeader, FIELD.timestamp)),
    creator,
    args: readArguments(action),
    ...(event === undefined ? {} : { event })
  }
}

/** A `google.protobuf.Timestamp` in ms; of its seconds 32 bits, which last until 2106. */
function readTime (timestamp: Uint8Array): number {
  return readUint32(timestamp, FIELD.seconds) * 1_000 + Math.floor(readUint32(timestamp, FIELD.nanos) / 1_000_000)
}

/** Payload of a transaction's first action: peers take no transaction with more. */
function readAction (transaction: Uint8Array): Uint8Array {
  return readBytes(readFirst(transaction, FIELD.actions) ?? new Uint8Array(), FIELD.actionPayload)
}

function readArguments (action: Uint8Array): Uint8Array[] {
  const invocation = readBytes(readBytes(action, FIELD.proposalPayload), FIELD.invocation)
  return listBytes(readMessage(readMessage(invocation, FIELD.chaincodeSpec), FIELD.chaincodeInput), FIELD.chaincodeArgs)
}

function readEvent (action: Uint8Array): ChaincodeEvent | undefined {
  const response = readBytes(readMessage(action, FIELD.endorsedAction), FIELD.responsePayload)
  const event = readBytes(readBytes(response, FIELD.extension), FIELD.events)
  if (event.length === 0) return undefined
  const payload = readBytes(event, FIELD.eventPayload)
  if (payload.length > EVENT_BYTES_MAX) {
    throw new BlockError('EVENT_TOO_LARGE', `The event has ${payload.length} bytes, more than ${EVENT_BYTES_MAX}.`)
  }
  return { chaincode: readString(event, FIELD.eventChaincode), name: readString(event, FIELD.eventName), payload }
}

/**
 * Whether an envelope re-encodes to its own bytes: only then are its boundaries what its signer made (Fabric concatenates
 * envelopes without lengths).
 */
export function isCanonicalEnvelope (bytes: Uint8Array): boolean {
  try {
    return equalConstantTime(common.Envelope.deserializeBinary(bytes).serializeBinary(), bytes)
  } catch {
    // What cannot be read at all does not re-encode either.
    return false
  }
}
