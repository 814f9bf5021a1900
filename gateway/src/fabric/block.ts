import { common, peer } from '@hyperledger/fabric-protos'
import { blockHeaderHash, toHex } from '@epione/crypto'
import type { LedgerBlock } from './ledger-connection.ts'

/** Index of the validation codes in a block's metadata. */
const TRANSACTIONS_FILTER = 2

/** A transaction of a block: `valid` is the peer's verdict, `event` its chaincode event. */
export interface BlockTransaction { txId: string, valid: boolean, event?: { name: string, payload: Uint8Array } }

/**
 * Fabric's header hash: SHA-256 of DER SEQUENCE { INTEGER number, OCTET STRING previous hash, OCTET STRING data hash }.
 * That of block 0 is the network id (PROTOCOL §4, §7). Hex.
 */
export function headerHash (header: { number: bigint, previousHash: Uint8Array, dataHash: Uint8Array }): string {
  return toHex(blockHeaderHash(Number(header.number), header.previousHash, header.dataHash))
}

/** Header hash of a serialized block. */
export function headerHashOf (blockBytes: Uint8Array): string {
  const header = common.Block.deserializeBinary(blockBytes).getHeader()
  if (header === undefined) throw new TypeError('the block has no header')
  return headerHash({ number: BigInt(header.getNumber()), previousHash: header.getPreviousHash_asU8(), dataHash: header.getDataHash_asU8() })
}

/** Number and endorser transactions of a serialized block, in order, with the events that the chaincode emitted. */
export function parseBlock (blockBytes: Uint8Array, chaincode: string): { blockNumber: number, transactions: BlockTransaction[] } {
  const block = common.Block.deserializeBinary(blockBytes)
  const codes = block.getMetadata()?.getMetadataList_asU8()[TRANSACTIONS_FILTER] ?? new Uint8Array()
  const transactions = (block.getData()?.getDataList_asU8() ?? [])
    .map((envelope, index) => parseTransaction(envelope, codes[index] === peer.TxValidationCode.VALID, chaincode))
    .filter((transaction) => transaction !== undefined)
  return { blockNumber: block.getHeader()?.getNumber() ?? 0, transactions }
}

/** A serialized block reduced to the events of its valid transactions. */
export function toLedgerBlock (blockBytes: Uint8Array, chaincode: string): LedgerBlock {
  const { blockNumber, transactions } = parseBlock(blockBytes, chaincode)
  const events = transactions.flatMap(({ txId, valid, event }) => valid && event !== undefined ? [{ ...event, txId, blockNumber: BigInt(blockNumber) }] : [])
  return { blockNumber: BigInt(blockNumber), events }
}

/** An envelope's payload and the channel header in it, which names the transaction. */
export function openEnvelope (bytes: Uint8Array): { payload: common.Payload, header: common.ChannelHeader } {
  const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(bytes).getPayload_asU8())
  return { payload, header: common.ChannelHeader.deserializeBinary(payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array()) }
}

function parseTransaction (envelopeBytes: Uint8Array, valid: boolean, chaincode: string): BlockTransaction | undefined {
  const { payload, header } = openEnvelope(envelopeBytes)
  if (header.getType() !== common.HeaderType.ENDORSER_TRANSACTION) return undefined
  const event = parseEvent(payload.getData_asU8())
  const isOurs = event !== undefined && event.getChaincodeId() === chaincode && event.getEventName() !== ''
  const txId = header.getTxId()
  return isOurs ? { txId, valid, event: { name: event.getEventName(), payload: event.getPayload_asU8() } } : { txId, valid }
}

function parseEvent (transactionBytes: Uint8Array): peer.ChaincodeEvent | undefined {
  const [action] = peer.Transaction.deserializeBinary(transactionBytes).getActionsList()
  const endorsed = peer.ChaincodeActionPayload.deserializeBinary(action?.getPayload_asU8() ?? new Uint8Array()).getAction()
  const response = peer.ProposalResponsePayload.deserializeBinary(endorsed?.getProposalResponsePayload_asU8() ?? new Uint8Array())
  const bytes = peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8()).getEvents_asU8()
  return bytes.length === 0 ? undefined : peer.ChaincodeEvent.deserializeBinary(bytes)
}
