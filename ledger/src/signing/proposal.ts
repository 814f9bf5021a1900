import { concatBytes, equalConstantTime, sha256, toHex } from '@epione/crypto'
import { BlockError, hasField, listBytes, readBytes, readMessage, readString, readUint32 } from '../blocks/index.ts'
import { encodeMessage } from './encode.ts'
import { SigningRefused } from './errors.ts'
import type { SigningDifference } from './errors.ts'

/** HeaderType.ENDORSER_TRANSACTION and ChaincodeSpec.Type.NODE, which the gateway's library writes (fabric-protos). */
const [ENDORSER_TRANSACTION, NODE] = [3, 2]
/** How far (ms) a proposal's time may be from the device's clock: endorsers take 30 s from theirs. */
const TIME_TOLERANCE_MS = 60_000
const [MS, NANOS_PER_MS] = [1_000, 1_000_000]

/** What a device asked for, and who it is. */
export interface AskedTransaction {
  channel: string
  chaincode: string
  mspId: string
  /** Whether a certificate, PEM, is of the device's own key. */
  isOwn: (certificate: string) => boolean
  /** Whether a transaction with these arguments is what was asked for. */
  isAsked: (transaction: string, args: readonly string[]) => boolean
  /** ms */
  now: number
}

/** A proposal that is what the device asked for; its parts are what the transaction must repeat. */
export interface CheckedProposal {
  txId: string
  transaction: string
  args: readonly string[]
  channel: string
  chaincode: string
  certificate: string
  channelHeader: Uint8Array
  signatureHeader: Uint8Array
  payload: Uint8Array
}

/**
 * Reads the bytes of a `peer.Proposal` that a device is to sign, and compares all of it: channel, chaincode, transaction, arguments,
 * creator, transaction id, time, and that nothing is handed on beside the arguments. At last it is written anew: what reads alike and is
 * spelt otherwise is refused, too. @throws {SigningRefused}
 */
export function checkProposal (bytes: Uint8Array, asked: AskedTransaction): CheckedProposal {
  return readable(() => {
    const [header, payload] = [readBytes(bytes, 1), readBytes(bytes, 2)]
    const [channelHeader, signatureHeader] = [readBytes(header, 1), readBytes(header, 2)]
    const [creator, nonce] = [readBytes(signatureHeader, 1), readBytes(signatureHeader, 2)]
    const certificate = requireHeader(channelHeader, creator, nonce, asked)
    const { transaction, args } = requireCall(payload, asked)
    const timestamp = readMessage(channelHeader, 3)
    const same = encodeProposal({ ...asked, timestamp, nonce, certificate, args: [transaction, ...args] })
    requireThat(equalConstantTime(bytes, same), 'ENCODING', 'the proposal has parts that nobody asked for')
    const [txId, { channel, chaincode }] = [readString(channelHeader, 5), asked]
    return { txId, transaction, args, channel, chaincode, certificate, channelHeader, signatureHeader, payload }
  })
}

/** The creator's certificate. */
function requireHeader (channelHeader: Uint8Array, creator: Uint8Array, nonce: Uint8Array, asked: AskedTransaction): string {
  requireThat(readUint32(channelHeader, 1) === ENDORSER_TRANSACTION, 'HEADER', 'this is no proposal of a transaction')
  const channel = readString(channelHeader, 4)
  requireThat(channel === asked.channel, 'CHANNEL', `the proposal is for the channel ${JSON.stringify(channel)}`)
  const named = readString(readMessage(readBytes(channelHeader, 7), 2), 2)
  requireThat(named === asked.chaincode, 'CHAINCODE', `the proposal is for the chaincode ${JSON.stringify(named)}`)
  const timestamp = readMessage(channelHeader, 3)
  const time = readUint32(timestamp, 1) * MS + Math.floor(readUint32(timestamp, 2) / NANOS_PER_MS)
  requireThat(Math.abs(time - asked.now) <= TIME_TOLERANCE_MS, 'TIME', 'the proposal is of another time than the device\'s clock says')
  const [mspId, certificate] = [readString(creator, 1), readString(creator, 2)]
  requireThat(mspId === asked.mspId && asked.isOwn(certificate), 'CREATOR', 'the proposal is not under this device\'s own certificate')
  requireThat(nonce.length > 0, 'HEADER', 'the proposal has no nonce')
  requireThat(readString(channelHeader, 5) === toHex(sha256(concatBytes(nonce, creator))), 'TX_ID', 'the transaction id is not that of nonce and creator')
  return certificate
}

function requireCall (payload: Uint8Array, asked: AskedTransaction): { transaction: string, args: string[] } {
  requireThat(!hasField(payload, 2), 'TRANSIENT', 'the proposal hands something on beside its arguments')
  const spec = readMessage(readBytes(payload, 1), 1)
  const named = readString(readMessage(spec, 2), 2)
  requireThat(named === asked.chaincode, 'CHAINCODE', `the proposal calls the chaincode ${JSON.stringify(named)}`)
  const [transaction = '', ...args] = listBytes(readMessage(spec, 3), 1).map(toText)
  requireThat(asked.isAsked(transaction, args), 'ARGUMENTS', `the proposal is for ${JSON.stringify(transaction)} with something else than was asked for`)
  return { transaction, args }
}

/** What a proposal is made of; `args` begin with the transaction's name. */
interface ProposalParts {
  channel: string
  chaincode: string
  timestamp: Uint8Array
  nonce: Uint8Array
  mspId: string
  certificate: string
  args: readonly string[]
}

function encodeProposal ({ channel, chaincode, timestamp, nonce, mspId, certificate, args }: ProposalParts): Uint8Array {
  const creator = encodeMessage([1, mspId], [2, certificate])
  const time = encodeMessage([1, readUint32(timestamp, 1)], [2, readUint32(timestamp, 2)])
  const called = encodeMessage([2, chaincode])
  const channelHeader = encodeMessage(
    [1, ENDORSER_TRANSACTION], [3, time], [4, channel], [5, toHex(sha256(concatBytes(nonce, creator)))], [7, encodeMessage([2, called])]
  )
  const header = encodeMessage([1, channelHeader], [2, encodeMessage([1, creator], [2, nonce])])
  const input = encodeMessage(...args.map((arg) => [1, arg, 'always'] as const))
  const spec = encodeMessage([1, NODE], [2, called], [3, input])
  return encodeMessage([1, header], [2, encodeMessage([1, encodeMessage([1, spec])])])
}

/** @throws {SigningRefused} unless it holds */
export function requireThat (holds: boolean, difference: SigningDifference, why: string): asserts holds {
  if (!holds) throw new SigningRefused(difference, `The gateway asks for a signature on something else: ${why}`)
}

/** Does what reads; bytes that are no message are refused like any other difference. */
export function readable<T> (read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof SigningRefused) throw error
    if (!(error instanceof BlockError)) throw error
    throw new SigningRefused('UNREADABLE', 'The gateway asks for a signature on what is no message of Fabric', { cause: error })
  }
}

function toText (bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    throw new BlockError('ENVELOPE_MALFORMED', 'An argument is no UTF-8.', { cause: error })
  }
}
